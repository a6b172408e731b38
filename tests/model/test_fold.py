"""The life of a ticket: the status that each event leaves it in, and the fields that a history adds up to."""

import pytest
from builders import fri, history, mon, tue

from supportq.model.fold import fold
from supportq.model.ticket import Status, Ticket

NEW = "mon 09:00 asked"


def ticket(*entries: str) -> Ticket:
    folded = fold(history(*entries))
    assert folded is not None
    return folded


@pytest.mark.parametrize(
    ("entries", "status"),
    [
        ((NEW,), Status.NEW),
        ((NEW, "mon 10:00 asked"), Status.NEW),
        ((NEW, "mon 10:00 priority high"), Status.NEW),
        ((NEW, "mon 10:00 noted"), Status.NEW),
        ((NEW, "mon 10:00 snoozed until tue 09:00"), Status.NEW),
        ((NEW, "mon 10:00 team sales"), Status.OPEN),
        ((NEW, "mon 10:00 assigned ann"), Status.OPEN),
        (("mon 09:00 answered",), Status.OPEN),
        (("mon 09:00 replied",), Status.PENDING),
        ((NEW, "mon 10:00 replied"), Status.PENDING),
        ((NEW, "mon 10:00 replied open"), Status.OPEN),
        ((NEW, "mon 10:00 replied resolved"), Status.RESOLVED),
        ((NEW, "mon 10:00 replied", "mon 11:00 asked"), Status.OPEN),
        ((NEW, "mon 10:00 replied", "mon 11:00 asked automatic"), Status.PENDING),
        ((NEW, "mon 10:00 on_hold", "mon 11:00 asked"), Status.OPEN),
        ((NEW, "mon 10:00 on_hold", "mon 11:00 asked third_party"), Status.OPEN),
        ((NEW, "mon 10:00 pending", "mon 11:00 asked third_party"), Status.PENDING),
        ((NEW, "mon 10:00 pending", "mon 11:00 snoozed until tue 09:00"), Status.PENDING),
        ((NEW, "mon 10:00 resolved", "mon 11:00 asked"), Status.OPEN),
        ((NEW, "mon 10:00 resolved", "mon 11:00 asked automatic"), Status.RESOLVED),
        ((NEW, "mon 10:00 closed", "mon 11:00 asked"), Status.CLOSED),
        ((NEW, "mon 10:00 spam", "mon 11:00 asked"), Status.SPAM),
        ((NEW, "mon 10:00 spam", "mon 11:00 reopened"), Status.OPEN),
        ((NEW, "mon 10:00 merged"), Status.CLOSED),
        ((NEW, "mon 10:00 replied", "mon 10:01 failed"), Status.OPEN),
        ((NEW, "mon 10:00 acknowledged", "mon 10:01 failed 2"), Status.NEW),
        ((NEW, "mon 10:00 queued", "mon 10:01 cancelled"), Status.OPEN),
        ((NEW, "mon 10:00 queued", "mon 10:01 spam", "mon 10:02 cancelled"), Status.SPAM),
        ((NEW, "mon 10:00 queued", "mon 10:01 unsure"), Status.PENDING),
        ((NEW, "mon 10:00 queued", "mon 10:01 unsure", "mon 10:02 failed"), Status.OPEN),
    ],
)
def test_the_status_after_each_event(entries: tuple[str, ...], status: Status) -> None:
    assert ticket(*entries).status is status


def test_a_snooze_ends_by_itself() -> None:
    sleeping = ticket(NEW, "mon 10:00 pending until tue 09:00")

    assert sleeping.status_on(tue("08:59:59")) is Status.PENDING
    assert sleeping.status_on(tue("09:00")) is Status.OPEN


def test_what_happens_after_a_snooze_finds_the_ticket_open_since_its_end() -> None:
    woken = ticket(NEW, "mon 10:00 pending until tue 09:00", "thu 09:00 noted")

    assert (woken.status, woken.status_at, woken.wake_at) == (Status.OPEN, tue("09:00"), None)


def test_a_customers_message_ends_a_snooze() -> None:
    assert ticket(NEW, "mon 10:00 snoozed until fri 09:00", "mon 11:00 asked").wake_at is None


def test_status_moments_never_run_backwards() -> None:
    reopened = ticket(NEW, "mon 12:00 resolved", "mon 11:55 asked recorded mon 12:02")

    assert (reopened.status, reopened.status_at) == (Status.OPEN, mon("12:00"))


def test_a_reopened_ticket_counts_how_often_and_forgets_how_it_ended() -> None:
    reopened = ticket(NEW, "mon 10:00 resolved", "tue 10:00 asked", "thu 10:00 resolved", "fri 10:00 reopened")

    assert (reopened.reopen_count, reopened.resolution, reopened.closes_at) == (2, None, None)
    assert reopened.updated_at == fri("10:00")


def test_a_dismissal_leaves_nothing_unanswered_even_when_an_earlier_reply_bounces() -> None:
    dismissed = ticket(NEW, "mon 10:00 replied", "mon 11:00 asked", "mon 11:01 dismissed", "mon 11:02 failed")

    assert dismissed.unanswered_since == mon("09:00")


def test_undo_takes_a_change_out_and_redo_puts_it_back() -> None:
    entries = NEW, "mon 10:00 priority high", "mon 10:01 team sales", "mon 10:02 undone 2"

    assert (ticket(*entries).priority, ticket(*entries).team) == ("normal", "sales")
    assert ticket(*entries, "mon 10:03 redone 2").priority == "high"


def test_a_ticket_whose_creation_was_undone_is_none() -> None:
    assert fold(history(NEW, "mon 10:00 noted", "mon 10:01 undone 1")) is None


@pytest.mark.parametrize(
    ("outcome", "waits", "failed", "replies"),
    [
        ((), True, False, 0),
        (("sent",), False, False, 1),
        (("sent", "sent"), False, False, 1),
        (("sent", "failed"), False, True, 0),
        (("unsure",), False, False, 0),
        (("unsure", "sent"), False, False, 1),
        (("failed", "sent"), False, False, 1),
        (("cancelled",), False, False, 0),
    ],
)
def test_a_reply_counts_once_it_was_sent(outcome: tuple[str, ...], waits: bool, failed: bool, replies: int) -> None:  # noqa: FBT001 - cells of a table
    found = ticket(NEW, "mon 10:00 queued", *(f"mon 10:0{minute} {verb}" for minute, verb in enumerate(outcome, 1)))

    assert (found.reply_waiting, found.reply_failed, found.reply_count) == (waits, failed, replies)
    assert (found.unanswered_since is None) is (replies == 1)


def test_an_acknowledgement_that_is_sent_answers_nobody() -> None:
    acknowledged = ticket(NEW, "mon 09:01 acknowledged", "mon 09:02 sent 2")

    assert (acknowledged.reply_count, acknowledged.unanswered_since) == (0, mon("09:00"))
