"""Running clocks that follow new settings."""

from deeds import HISTORIES, History, a_worked_desk
from hypothesis import given, settings
from queues import SETTINGS, ago

from supportq.settings.check import check
from supportq.store.rebuild import differing
from supportq.work.config import apply

STRICTER = SETTINGS.replace('hours = "office"\nfirst', 'hours = "always"\nfirst').replace(
    'resolution = "3d"', 'resolution = "1d"\npause_on = { resolution = ["on_hold"], next_response = ["on_hold"] }'
)


@settings(max_examples=25, deadline=None)
@given(history=HISTORIES)
def test_clocks_that_follow_new_settings_are_what_the_histories_add_up_to(history: History) -> None:
    with a_worked_desk(history) as bench:
        apply(bench.writer(ago(minutes=10)), check(STRICTER))
        apply(bench.writer(ago(minutes=5)), check(SETTINGS))

        assert list(differing(bench.queue, lambda _rows, _position: None)) == []
