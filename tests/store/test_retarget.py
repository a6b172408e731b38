"""Running clocks that follow new settings."""

from pathlib import Path

from deeds import HISTORIES, TO_THEM, History, a_worked_desk, hand_over, learn
from hypothesis import given, settings
from queues import SETTINGS, Bench, a_queue, ago

from supportq.model.event import Kind
from supportq.settings.check import check
from supportq.store.projected import read_clocks
from supportq.store.rebuild import differing
from supportq.store.retarget import Act, apply_settings, foresee
from supportq.work.config import apply

STRICTER = SETTINGS.replace('hours = "office"\nfirst', 'hours = "always"\nfirst').replace(
    'resolution = "3d"', 'resolution = "1d"\npause_on = { resolution = ["on_hold"], next_response = ["on_hold"] }'
)

RENAMED = SETTINGS.replace("Loom support", "Elsewhere")

CLOCKS = "select ticket_id, kind, standing, due_at, settings_id from clock order by ticket_id, kind"


@settings(max_examples=25, deadline=None)
@given(history=HISTORIES)
def test_clocks_that_follow_new_settings_are_what_the_histories_add_up_to(history: History) -> None:
    with a_worked_desk(history) as bench:
        apply(bench.writer(ago(minutes=10)), check(STRICTER))
        apply(bench.writer(ago(minutes=5)), check(SETTINGS))
        apply(bench.writer(ago(minutes=3)), check(RENAMED))

        assert list(differing(bench.queue, lambda _rows, _position: None)) == []


def test_settings_that_promise_the_same_touch_no_clock_and_keep_the_version_that_promised(bench: Bench) -> None:
    bench.ask("Parcel", ago(hours=2))
    before = bench.queue.connection.execute(CLOCKS).fetchall()

    applied = apply(bench.writer(ago(hours=1)), check(RENAMED))
    bench.ask("Invoice", ago(minutes=30))

    assert (applied.version, applied.moved) == (2, 0)
    after = bench.queue.connection.execute(CLOCKS).fetchall()
    assert after[: len(before)] == before
    assert {row[-1] for row in after} == {1}
    assert list(differing(bench.queue, lambda _rows, _position: None)) == []


def test_a_paused_clock_that_new_settings_break_is_late_by_them(bench: Bench) -> None:
    number = bench.ask("Parcel", ago(hours=6))
    bench.record(number, ago(hours=2), Kind.WAITED, status="pending")

    applied = apply(bench.writer(), check(SETTINGS.replace('resolution = "3d"', 'resolution = "3h"')))

    assert (applied.moved, applied.late) == (1, 1)


def test_what_is_written_while_settings_are_worked_out_follows_them_too(bench: Bench) -> None:
    known = bench.ask("Parcel", ago(hours=2))
    act = Act("config apply", "ann", ago(minutes=5))
    foreseen = foresee(bench.queue, check(STRICTER), act)
    bench.note(known, ago(minutes=4), "seen")
    bench.ask("Invoice", ago(minutes=4))

    with bench.queue.writing():
        applied = apply_settings(bench.queue, check(STRICTER), act, foreseen)

    assert (applied.version, applied.moved) == (2, 2)
    assert list(differing(bench.queue, lambda _rows, _position: None)) == []


def test_what_is_learned_of_a_customer_later_changes_no_promise_until_the_ticket_does(tmp_path: Path) -> None:
    with a_queue(tmp_path, TO_THEM) as bench:
        number = bench.ask("Parcel", ago(hours=2), who="+49 30 1234567")
        learn(bench, number, ago(hours=1), "ida@example.com")
        assert list(differing(bench.queue, lambda _rows, _position: None)) == []
        assert policies(bench, number) == {"everybody"}

        bench.record(number, ago(minutes=5), Kind.CHANGED, priority="high")

        assert policies(bench, number) == {"them"}
        assert list(differing(bench.queue, lambda _rows, _position: None)) == []


def test_settings_choose_by_what_is_known_of_a_customer_when_they_are_applied(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Parcel", ago(hours=2), who="+49 30 1234567")
        learn(bench, number, ago(minutes=90), "ida@example.com")
        apply(bench.writer(ago(hours=1)), check(TO_THEM))
        other = bench.ask("Yarn", ago(minutes=50), who="+48 22 1234567")
        learn(bench, other, ago(minutes=40), "Jo Ost")

        assert (policies(bench, number), policies(bench, other)) == ({"them"}, {"everybody"})
        assert list(differing(bench.queue, lambda _rows, _position: None)) == []


def test_a_promise_that_was_kept_stays_that_to_the_customer_who_was_answered(tmp_path: Path) -> None:
    with a_queue(tmp_path, TO_THEM) as bench:
        number = bench.ask("Parcel", ago(hours=2))
        bench.reply(number, ago(hours=1))
        hand_over(bench, number, ago(minutes=5), "Ann van der Zoë <z@x.eu>")

        kept = {clock.policy for clock in read_clocks(bench.queue, [number])[number] if not clock.standing.is_live}
        assert kept == {"them"}
        assert list(differing(bench.queue, lambda _rows, _position: None)) == []


def policies(bench: Bench, number: int) -> set[str]:
    """Return the policies that the clocks of a ticket follow."""
    return {clock.policy for clock in read_clocks(bench.queue, [number])[number]}
