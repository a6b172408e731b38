"""The verbs that end, park and reopen tickets: resolve, close, reopen, spam, wait, dismiss."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from queues import NOW, SETTINGS, Bench, a_queue, ago

from supportq.errors import UsageError
from supportq.model.clock import ClockKind, Standing
from supportq.model.event import Kind
from supportq.model.ticket import Status, Ticket
from supportq.store.change import Done, Writer
from supportq.store.projected import read_clocks, read_tickets
from supportq.when import find_day, parse_working
from supportq.work.close import close
from supportq.work.dismiss import dismiss
from supportq.work.moves import Refused
from supportq.work.reopen import reopen
from supportq.work.resolve import resolve
from supportq.work.spam import spam
from supportq.work.wait import Awaited, wait


def ticket(bench: Bench, number: int) -> Ticket:
    return read_tickets(bench.queue, [number])[number]


@contextmanager
def a_desk_that_allows(folder: Path, transitions: str) -> Iterator[Bench]:
    with a_queue(folder, f"{SETTINGS}\n[transitions]\n{transitions}\n") as bench:
        yield bench


def test_a_ticket_resolved_without_a_reply_is_warned_of(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))

    done = resolve(bench.writer(), [number], resolution="fixed", reason="rang them", spent_s=600)

    found = ticket(bench, number)
    assert done.warnings == (f"{number} ends with a customer's message unanswered",)
    assert (found.status, found.resolution, found.spent_s) == (Status.RESOLVED, "fixed", 600)
    assert found.closes_at == NOW + timedelta(days=14)


def test_many_tickets_that_end_unanswered_share_one_warning(bench: Bench) -> None:
    numbers = [bench.ask("Loom", ago(hours=1)) for _ in range(12)]

    done = resolve(bench.writer(), numbers)

    assert done.warnings == ("1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more end with a customer's message unanswered",)


@pytest.mark.parametrize("verb", [resolve, close, spam])
def test_what_is_done_is_not_done_again(bench: Bench, verb: Callable[[Writer, list[int]], Done]) -> None:
    number = bench.ask("Loom", ago(hours=1))

    verb(bench.writer(), [number])
    again = verb(bench.writer(), [number])

    assert again.touched == ()
    assert "already" in again.warnings[0]


def test_a_closed_ticket_can_only_be_opened_again(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))
    close(bench.writer(), [number])

    with pytest.raises(Refused) as error:
        resolve(bench.writer(), [number])

    assert error.value.cures == (f"open it first: supportq reopen {number}",)


def test_a_resolved_ticket_whose_window_is_over_counts_as_closed(bench: Bench) -> None:
    number = bench.ask("Loom", ago(days=30))
    resolve(bench.writer(ago(days=20)), [number])

    with pytest.raises(Refused, match="is closed"):
        wait(bench.writer(), [number], until=None, awaited=Awaited.CUSTOMER)


@pytest.mark.parametrize("verb", [resolve, close, spam])
def test_whatever_a_ticket_became_it_opens_again(bench: Bench, verb: Callable[[Writer, list[int]], Done]) -> None:
    number = bench.ask("Loom", ago(hours=1))
    verb(bench.writer(), [number])

    reopen(bench.writer(), [number])

    found = ticket(bench, number)
    assert (found.status, found.reopen_count, found.closes_at) == (Status.OPEN, 1, None)


def test_a_merged_ticket_stays_where_it_went(bench: Bench) -> None:
    target, source = bench.ask("Loom", ago(hours=2)), bench.ask("Loom too", ago(hours=1))
    bench.record(source, NOW, Kind.MERGED, into=target, messages=[])

    with pytest.raises(Refused) as error:
        reopen(bench.writer(), [source])

    assert "supportq undo" in error.value.cures[0]


def test_a_parked_ticket_opens_by_reopen_and_by_itself(bench: Bench) -> None:
    by_hand, alone = bench.ask("Loom", ago(hours=5)), bench.ask("Yarn", ago(hours=5))
    wait(bench.writer(ago(hours=4)), [by_hand, alone], until=ago(hours=-1), awaited=Awaited.THIRD_PARTY)
    held = ticket(bench, alone)

    reopen(bench.writer(), [by_hand])

    assert held.status is Status.ON_HOLD
    assert ticket(bench, by_hand).status is Status.OPEN
    assert held.status_on(ago(hours=-1)) is Status.OPEN


def test_a_snooze_for_nobody_keeps_the_status_and_pauses_no_clock(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))
    before = read_clocks(bench.queue, [number])

    wait(bench.writer(), [number], until=ago(hours=-3), awaited=None)

    assert ticket(bench, number).status is Status.NEW
    assert ticket(bench, number).is_snoozed(NOW)
    assert read_clocks(bench.queue, [number]) == before


def test_working_time_passes_in_the_hours_of_the_ticket_s_team(bench: Bench) -> None:
    office = bench.ask("Loom", ago(hours=1), team="technical")
    always = bench.ask("Yarn", ago(hours=1), team="sales")

    wait(bench.writer(), [office, always], until=parse_working("4wh"), awaited=None)

    assert ticket(bench, office).wake_at == datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    assert ticket(bench, always).wake_at == ago(hours=-4)


def test_without_a_team_working_time_passes_in_the_hours_of_the_promise_for_every_ticket(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS.replace('hours = "always"', 'hours = "office"')) as bench:
        number = bench.ask("Loom", ago(hours=1))

        wait(bench.writer(), [number], until=parse_working("4wh"), awaited=None)

        assert ticket(bench, number).wake_at == datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def test_a_day_without_a_time_begins_when_the_ticket_s_team_opens(bench: Bench) -> None:
    office = bench.ask("Loom", ago(hours=1), team="technical")
    always = bench.ask("Yarn", ago(hours=1), team="sales")

    wait(bench.writer(), [office, always], until=find_day("sat", now=NOW, zone=UTC), awaited=None)

    assert ticket(bench, office).wake_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert ticket(bench, always).wake_at == datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
    assert find_day("sat 10:00", now=NOW, zone=UTC) is None


@pytest.mark.parametrize("until", [None, ago(hours=1), NOW])
def test_waiting_needs_a_moment_that_lies_ahead(bench: Bench, until: datetime | None) -> None:
    number = bench.ask("Loom", ago(hours=2))

    with pytest.raises(UsageError):
        wait(bench.writer(), [number], until=until, awaited=None)


def test_a_dismissed_message_needs_no_reply_and_its_clock_ends_without_a_verdict(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))

    dismiss(bench.writer(), [number], reason="only said thanks")
    again = dismiss(bench.writer(), [number])

    clocks = {clock.kind: clock.standing for clock in read_clocks(bench.queue, [number])[number]}
    assert clocks[ClockKind.FIRST_RESPONSE] is Standing.VOID
    assert ticket(bench, number).unanswered_since is None
    assert again.warnings == (f"{number} has no unanswered message",)


def test_a_desk_may_forbid_moves_and_the_refusal_names_the_legal_ones(tmp_path: Path) -> None:
    with a_desk_that_allows(tmp_path, 'new = ["open", "spam"]') as bench:
        number = bench.ask("Loom", ago(hours=1))

        with pytest.raises(Refused) as error:
            close(bench.writer(), [number])
        spam(bench.writer(), [number])

        assert error.value.cures == ("what it may become: open spam",)
        assert ticket(bench, number).status is Status.SPAM


def test_a_refusal_for_one_ticket_leaves_all_as_they_were(bench: Bench) -> None:
    fine, closed = bench.ask("Loom", ago(hours=1)), bench.ask("Yarn", ago(hours=1))
    close(bench.writer(), [closed])

    with pytest.raises(Refused):
        resolve(bench.writer(), [fine, closed])

    assert ticket(bench, fine).status is Status.NEW
