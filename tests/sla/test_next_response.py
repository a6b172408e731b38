"""Next response: every row of its table, and the order in which messages and replies are recorded."""

import pytest
from builders import clock, clocks, history, mon, promised, read, targets, tue, wed, weekdays

from supportq.model.clock import ClockKind, Standing, WhyVoid

FIRST, NEXT = ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE
PROMISED = promised(targets(first="2h", next="4h"), hours=weekdays("9-17"))
ANSWERED = "mon 09:00 asked", "mon 09:30 replied"


def test_a_customers_message_after_the_first_response_starts_it() -> None:
    waits = clock(NEXT, history(*ANSWERED, "mon 15:00 asked"), PROMISED)

    assert (waits.standing, waits.started_at, waits.due_at) == (Standing.RUNNING, mon("15:00"), tue("11:00"))


def test_a_participants_message_counts_as_the_customers() -> None:
    assert clock(NEXT, history(*ANSWERED, "mon 15:00 asked participant"), PROMISED).started_at == mon("15:00")


def test_further_messages_change_nothing_since_the_oldest_unanswered_one_counts() -> None:
    assert clock(NEXT, history(*ANSWERED, "mon 10:00 asked", "mon 12:00 asked"), PROMISED).due_at == mon("14:00")


def test_an_older_message_that_arrives_later_counts_from_its_own_time() -> None:
    waits = clock(NEXT, history(*ANSWERED, "mon 10:00 asked", "mon 09:45 asked recorded mon 10:10"), PROMISED)

    assert (waits.started_at, waits.due_at) == (mon("09:45"), mon("13:45"))


def test_a_human_reply_recorded_after_the_message_stops_it() -> None:
    waits = clock(NEXT, history(*ANSWERED, "mon 10:00 asked", "mon 14:00 replied"), PROMISED)

    assert (waits.standing, waits.stopped_at) == (Standing.MET, mon("14:00"))


def test_each_run_of_messages_has_a_clock_of_its_own() -> None:
    events = history(*ANSWERED, "mon 10:00 asked", "mon 11:00 replied", "mon 12:00 asked", "mon 16:30 replied")

    assert [(waits.ordinal, waits.standing) for waits in clocks(NEXT, events, PROMISED)] == [
        (1, Standing.MET),
        (2, Standing.MISSED),
    ]


def test_a_mail_sent_before_our_reply_that_arrives_after_it_is_unanswered() -> None:
    events = history("mon 09:00 asked", "mon 10:00 replied", "mon 09:55 asked recorded mon 10:02")

    assert clock(FIRST, events, PROMISED).stopped_at == mon("10:00")
    assert clock(NEXT, events, PROMISED).started_at == mon("09:55")


def test_a_reply_given_before_the_message_was_asked_does_not_answer_it() -> None:
    events = history(*ANSWERED, "mon 11:00 asked", "mon 10:30 replied recorded mon 12:00")

    assert clock(NEXT, events, PROMISED).standing is Standing.RUNNING


def test_a_reply_given_between_two_messages_answers_only_the_older_one() -> None:
    events = history(*ANSWERED, "mon 10:00 asked", "mon 11:00 asked", "mon 10:30 replied recorded mon 12:00")

    assert [(waits.started_at, waits.stopped_at) for waits in clocks(NEXT, events, PROMISED)] == [
        (mon("10:00"), mon("10:30")),
        (mon("11:00"), None),
    ]


def test_a_message_that_came_while_the_reply_was_queued_waits_from_its_own_time() -> None:
    events = history("mon 09:00 asked", "mon 10:00 queued", "mon 10:02 asked", "mon 10:05 sent")

    assert clock(FIRST, events, PROMISED).stopped_at == mon("10:05")
    assert clock(NEXT, events, PROMISED).started_at == mon("10:02")


def test_a_reply_that_was_sent_after_another_answers_no_later_message() -> None:
    events = history("mon 09:00 asked", "mon 09:10 queued", "mon 09:20 replied", "mon 09:30 asked", "mon 09:40 sent 2")

    assert clock(NEXT, events, PROMISED).standing is Standing.RUNNING


def test_the_status_of_a_reply_is_set_when_it_is_queued_and_sending_changes_none() -> None:
    entries = "mon 09:00 asked", "mon 10:00 queued"
    queued = read(history(*entries), PROMISED).ticket
    sent = read(history(*entries, "mon 10:02 asked", "mon 10:05 sent"), PROMISED).ticket

    assert queued is not None
    assert sent is not None
    assert (queued.status, queued.reply_waiting) == ("pending", True)
    assert (sent.status, sent.reply_waiting) == ("open", False)


def test_automatic_mail_starts_nothing_and_reopens_nothing() -> None:
    folded = read(history(*ANSWERED, "mon 10:00 resolved", "mon 10:01 asked automatic"), PROMISED)

    assert folded.ticket is not None
    assert folded.ticket.status == "resolved"
    assert {waits.kind for waits in folded.clocks} == {FIRST}


def test_a_third_party_is_owed_no_reply_but_ends_the_hold() -> None:
    folded = read(history(*ANSWERED, "mon 10:00 on_hold", "mon 11:00 asked third_party"), PROMISED)

    assert folded.ticket is not None
    assert folded.ticket.status == "open"
    assert {waits.kind for waits in folded.clocks} == {FIRST}


def test_a_dismissal_in_time_voids_it_for_good() -> None:
    events = history(*ANSWERED, "mon 10:00 asked", "mon 11:00 dismissed", "mon 12:00 resolved", "tue 09:00 reopened")

    assert clock(NEXT, events, PROMISED).why_void is WhyVoid.DISMISSED


@pytest.mark.parametrize("why", ["resolved", "closed", "spam", "merged"])
def test_an_end_while_unanswered_voids_it(why: str) -> None:
    waits = clock(NEXT, history(*ANSWERED, "mon 10:00 asked", f"mon 11:00 {why}"), PROMISED)

    assert (waits.standing, waits.why_void) == (Standing.VOID, WhyVoid.UNANSWERED)


@pytest.mark.parametrize("why", ["resolved", "closed", "spam", "merged", "dismissed"])
def test_past_due_it_is_missed_however_it_ends(why: str) -> None:
    waits = clock(NEXT, history(*ANSWERED, "mon 10:00 asked", f"mon 14:00:01 {why}"), PROMISED)

    assert (waits.standing, waits.breached_at) == (Standing.MISSED, mon("14:00"))


def test_when_the_reply_that_stopped_it_bounces_it_goes_on_from_its_old_start() -> None:
    events = history(*ANSWERED, "mon 10:00 asked", "mon 11:00 replied", "mon 11:01 failed")

    waits = clock(NEXT, events, PROMISED)

    assert (waits.standing, waits.started_at, waits.due_at) == (Standing.RUNNING, mon("10:00"), mon("14:00"))


def test_reopened_after_a_void_it_goes_on_without_the_closed_span() -> None:
    events = history(*ANSWERED, "mon 10:00 asked", "mon 11:00 resolved", "wed 09:00 reopened")

    assert clock(NEXT, events, PROMISED).due_at == wed("12:00")


def test_an_agents_reopen_with_nothing_unanswered_starts_nothing() -> None:
    assert clocks(NEXT, history(*ANSWERED, "mon 10:00 resolved", "tue 09:00 reopened"), PROMISED) == []


def test_a_customers_reopen_starts_it_at_the_message() -> None:
    events = history(*ANSWERED, "mon 10:00 resolved", "tue 09:00 asked")

    assert clock(NEXT, events, PROMISED).started_at == tue("09:00")


def test_it_pauses_on_hold_only_where_the_policy_says_so() -> None:
    events = history(*ANSWERED, "mon 10:00 asked", "mon 11:00 on_hold", "mon 13:00 noted")
    pausing = promised(targets(next="4h", pause_on="next on_hold"), hours=weekdays("9-17"))

    assert clock(NEXT, events, PROMISED).due_at == mon("14:00")
    assert (clock(NEXT, events, pausing).standing, clock(NEXT, events, pausing).remaining_s) == (
        Standing.PAUSED,
        3 * 3600,
    )


def test_pending_never_pauses_it() -> None:
    assert clock(NEXT, history(*ANSWERED, "mon 10:00 asked", "mon 11:00 pending"), PROMISED).due_at == mon("14:00")
