"""Promises that somebody declared void: for good, for all to see, and with a way back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from queues import Bench, a_queue, ago

from supportq.errors import NotFound, UsageError
from supportq.model.clock import Clock, ClockKind, Standing
from supportq.store.projected import read_clocks
from supportq.work.correct import Meant, correct
from supportq.work.reopen import reopen
from supportq.work.resolve import resolve
from supportq.work.undo import undo

FIRST = Meant("first_response")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A queue with one ticket that was answered late, and twice more in time."""
    with a_queue(tmp_path) as bench:
        number = bench.ask("Yarn", ago(hours=40))
        for hours in (30, 20, 10):
            bench.reply(number, ago(hours=hours))
            bench.ask_again(number, ago(hours=hours - 1))
        yield bench


def clocks(bench: Bench, kind: ClockKind) -> list[Clock]:
    return [clock for clock in read_clocks(bench.queue, [1])[1] if clock.kind is kind]


def test_a_corrected_promise_is_void_and_an_undo_brings_it_back(bench: Bench) -> None:
    correct(bench.writer(), [1], FIRST, reason="holiday entered late")
    (corrected,) = clocks(bench, ClockKind.FIRST_RESPONSE)
    undo(bench.writer())
    (restored,) = clocks(bench, ClockKind.FIRST_RESPONSE)

    assert (corrected.standing, corrected.why_void, corrected.breached_at) == (Standing.VOID, "corrected", None)
    assert (restored.standing, restored.breached_at) == (Standing.MISSED, ago(hours=38))


def test_a_reopening_revives_no_corrected_promise(bench: Bench) -> None:
    correct(bench.writer(ago(hours=8)), [1], Meant("resolution"), reason="flood")
    resolve(bench.writer(ago(hours=7)), [1])
    reopen(bench.writer(ago(hours=6)), [1])

    for kind in (ClockKind.RESOLUTION_FIRST, ClockKind.RESOLUTION_TOTAL):
        assert [clock.why_void for clock in clocks(bench, kind)] == ["corrected"]


def test_one_of_several_promises_of_a_kind_is_named_by_its_ordinal(bench: Bench) -> None:
    correct(bench.writer(), [1], Meant("next_response", 2), reason="rang back")

    assert [clock.standing for clock in clocks(bench, ClockKind.NEXT_RESPONSE)] == ["met", "void", "running"]


def test_who_is_asked_after_a_correction_is_owed_an_answer_again(bench: Bench) -> None:
    correct(bench.writer(ago(hours=8)), [1], Meant("next_response", 3), reason="rang back")
    bench.ask_again(1, ago(hours=2))

    *_, last = clocks(bench, ClockKind.NEXT_RESPONSE)
    assert (last.standing, last.started_at) == (Standing.RUNNING, ago(hours=2))


def test_a_promise_that_was_never_made_is_not_found(bench: Bench) -> None:
    with pytest.raises(NotFound, match="1 has no next response 4"):
        correct(bench.writer(), [1], Meant("next_response", 4), reason="rang back")


def test_of_several_tickets_those_without_such_a_promise_are_named(bench: Bench) -> None:
    other = bench.ask("Loom", ago(hours=1))

    done = correct(bench.writer(), [1, other], Meant("next_response", 1), reason="rang back")

    assert done.touched == (1,)
    assert done.warnings[0] == f"{other} has no next response 1"
    assert [(each.field, each.before, each.after) for each in done.differences] == [("next_response", "met", "void")]


@pytest.mark.parametrize(
    ("with_met", "expected", "told"),
    [
        (False, ["met", "met", "void"], "2 of the clocks were met, so they stay (void them too: --met)"),
        (True, ["void", "void", "void"], "2 of the clocks were met, and won't count as kept any more"),
    ],
)
def test_what_was_met_stays_met_unless_it_is_wanted_too_and_the_correction_says_so(
    bench: Bench, *, with_met: bool, expected: list[str], told: str
) -> None:
    other = bench.ask("Loom", ago(hours=1))
    done = correct(bench.writer(), [1, other], Meant("next_response", with_met=with_met), reason="flood")

    assert [clock.standing for clock in clocks(bench, ClockKind.NEXT_RESPONSE)] == expected
    assert done.warnings[-1] == told


def test_a_correction_of_nothing_but_kept_promises_changes_nothing(bench: Bench) -> None:
    correct(bench.writer(ago(hours=9.5)), [1], Meant("next_response", 3), reason="rang back")

    assert correct(bench.writer(), [1], Meant("next_response"), reason="flood").touched == ()


def test_the_only_promise_of_its_kind_is_void_even_if_it_was_met(bench: Bench) -> None:
    other = bench.ask("Loom", ago(hours=1))
    bench.reply(other, ago(minutes=50))

    done = correct(bench.writer(), [other], FIRST, reason="not ours")

    assert [(each.field, each.before, each.after) for each in done.differences] == [("first_response", "met", "void")]


def test_what_is_corrected_already_stays_as_it_is(bench: Bench) -> None:
    correct(bench.writer(), [1], FIRST, reason="holiday entered late")

    assert correct(bench.writer(), [1], FIRST, reason="again").touched == ()


def test_a_correction_without_a_reason_is_refused(bench: Bench) -> None:
    with pytest.raises(UsageError, match="reason"):
        correct(bench.writer(), [1], FIRST, reason=" ")
