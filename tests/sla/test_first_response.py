"""First response: every row of its table, and the soft clock of automatic messages."""

from datetime import timedelta

import pytest
from builders import clock, clocks, fri, history, imported, mon, promised, read, targets, thu, tue, wed, weekdays

from supportq.model.clock import Cause, Clock, ClockKind, Pause, Standing

FIRST, NEXT = ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE
PROMISED = promised(targets(first="2h", next="4h"), hours=weekdays("9-17"))


def first(*entries: str) -> Clock:
    return clock(FIRST, history(*entries), PROMISED)


def test_a_customers_message_starts_the_clock_at_its_own_time() -> None:
    waits = first("mon 16:30 asked recorded mon 16:45")

    assert (waits.standing, waits.started_at, waits.due_at) == (Standing.RUNNING, mon("16:30"), tue("10:30"))


def test_a_live_answer_meets_it_at_once() -> None:
    waits = first("mon 16:30 answered")

    assert (waits.standing, waits.elapsed_s, waits.live) == (Standing.MET, 0, True)


def test_a_ticket_opened_by_us_has_no_first_response_and_its_answer_starts_a_next_one() -> None:
    events = history("mon 10:00 replied", "mon 11:00 asked")

    assert clocks(FIRST, events, PROMISED) == []
    assert clock(NEXT, events, PROMISED).started_at == mon("11:00")


def test_a_human_reply_in_time_meets_it() -> None:
    waits = first("mon 16:30 asked", "tue 10:30 replied")

    assert (waits.standing, waits.stopped_at) == (Standing.MET, tue("10:30"))
    assert (waits.business_s, waits.elapsed_s) == (2 * 3600, 18 * 3600)


def test_a_human_reply_a_second_too_late_misses_it_since_the_due_moment() -> None:
    waits = first("mon 16:30 asked", "tue 10:30:01 replied")

    assert (waits.standing, waits.breached_at, waits.cause) == (Standing.MISSED, tue("10:30"), Cause.LATE)


def test_a_queued_reply_does_not_stop_it_until_it_is_sent() -> None:
    entries = "mon 10:00 asked", "mon 11:00 queued"

    assert first(*entries).standing is Standing.RUNNING
    assert first(*entries, "mon 11:05 sent").stopped_at == mon("11:05")
    assert first(*entries, "mon 11:05 failed").standing is Standing.RUNNING
    assert first(*entries, "mon 11:05 unsure").standing is Standing.RUNNING
    assert first(*entries, "mon 11:05 cancelled").standing is Standing.RUNNING


def test_a_reply_that_was_on_its_way_when_the_ticket_was_resolved_stops_it_when_it_is_sent() -> None:
    on_its_way = "mon 10:00 asked", "mon 11:00 queued resolved"

    assert first(*on_its_way, "mon 11:05 sent").stopped_at == mon("11:05")
    assert first(*on_its_way, "mon 12:05 sent").standing is Standing.MISSED
    assert first("mon 10:00 asked", "mon 11:00 resolved", "mon 11:05 queued silently", "mon 11:10 sent").why_void


@pytest.mark.parametrize("ended", ["mon 11:05 sent", "mon 11:05 unsure"])
def test_a_resolving_reply_that_never_arrives_gives_no_time_away(ended: str) -> None:
    waits = first("mon 10:00 asked", "mon 11:00 queued resolved", ended, "mon 11:30 failed")

    assert (waits.standing, waits.started_at, waits.due_at) == (Standing.RUNNING, mon("10:00"), mon("12:00"))


def test_an_unsure_reply_that_is_confirmed_stops_it_at_the_attempt() -> None:
    entries = "mon 10:00 asked", "mon 11:00 queued", "mon 11:05 unsure", "mon 11:05 sent recorded mon 15:00"

    waits = first(*entries)

    assert (waits.standing, waits.stopped_at) == (Standing.MET, mon("11:05"))


@pytest.mark.parametrize(
    "entry",
    [
        "mon 10:05 noted",
        "mon 10:05 acknowledged",
        "mon 10:05 notified",
        "mon 10:05 triaged",
        "mon 10:05 assigned ann",
        "mon 10:05 priority high",
        "mon 10:05 asked automatic",
        "mon 10:05 asked third_party",
        "mon 10:05 asked",
    ],
)
def test_nothing_but_a_human_reply_stops_it(entry: str) -> None:
    assert first("mon 10:00 asked", entry).due_at == mon("12:00")


@pytest.mark.parametrize("entry", ["pending", "on_hold", "snoozed until wed 09:00", "pending until wed 09:00"])
def test_no_status_pauses_it(entry: str) -> None:
    waits = first("mon 10:00 asked", f"mon 10:30 {entry}")

    assert (waits.standing, waits.due_at) == (Standing.RUNNING, mon("12:00"))


@pytest.mark.parametrize("why", ["resolved", "closed", "spam", "merged", "dismissed"])
def test_an_end_without_a_reply_in_time_voids_it_with_the_reason(why: str) -> None:
    waits = first("mon 10:00 asked", f"mon 12:00 {why}")

    assert (waits.standing, waits.why_void, waits.breached_at) == (Standing.VOID, why, None)


@pytest.mark.parametrize("why", ["resolved", "closed", "spam", "merged", "dismissed"])
def test_past_due_is_missed_however_it_ends(why: str) -> None:
    waits = first("mon 10:00 asked", f"mon 12:00:01 {why}")

    assert (waits.standing, waits.why_void, waits.breached_at) == (Standing.MISSED, None, mon("12:00"))


def test_reopened_still_unanswered_after_a_miss_keeps_the_miss_and_starts_a_next_response() -> None:
    events = history("mon 10:00 asked", "mon 15:00 resolved", "tue 10:00 reopened")

    assert clock(FIRST, events, PROMISED).standing is Standing.MISSED
    assert clock(NEXT, events, PROMISED).started_at == tue("10:00")


@pytest.mark.parametrize(
    ("why", "again"),
    [("resolved", "reopened"), ("closed", "reopened"), ("spam", "reopened"), ("resolved", "asked")],
)
def test_reopened_after_a_void_the_same_clock_goes_on_without_the_closed_span(why: str, again: str) -> None:
    events = history("mon 10:00 asked", f"mon 11:00 {why}", f"wed 10:00 {again}")

    waits = clock(FIRST, events, PROMISED)

    assert (waits.standing, waits.due_at) == (Standing.RUNNING, wed("11:00"))
    assert waits.pauses == (Pause(mon("11:00"), wed("10:00"), "closed"),)
    assert clocks(NEXT, events, PROMISED) == []


def test_resolving_and_reopening_again_and_again_launders_nothing() -> None:
    entries = ["mon 10:00 asked"]
    for hour in (10, 11, 12, 13):
        entries += [f"mon {hour}:30 resolved", f"mon {hour}:40 reopened"]

    waits = first(*entries, "mon 15:00 replied")

    assert (waits.standing, waits.breached_at) == (Standing.MISSED, mon("12:20"))


def test_a_reply_that_reopens_the_ticket_still_counts_as_its_first_response() -> None:
    waits = first("mon 10:00 asked", "mon 11:00 resolved", "wed 10:00 replied")

    assert (waits.standing, waits.business_s, waits.stopped_at) == (Standing.MET, 3600, wed("10:00"))


def test_a_dismissal_is_final() -> None:
    events = history("mon 10:00 asked", "mon 11:00 dismissed", "mon 11:05 resolved", "tue 09:00 reopened")

    assert clock(FIRST, events, PROMISED).why_void == "dismissed"
    assert clocks(NEXT, events, PROMISED) == []


def test_a_message_in_a_spam_ticket_is_owed_an_answer_when_the_ticket_turns_out_to_be_none() -> None:
    events = history("mon 10:00 asked", "mon 10:30 replied", "mon 11:00 spam", "mon 12:00 asked", "tue 09:00 reopened")

    assert clock(NEXT, events, PROMISED).started_at == tue("09:00")


def test_when_the_reply_bounces_it_goes_on_from_its_old_start() -> None:
    entries = "mon 10:00 asked", "mon 11:00 replied", "mon 15:00 failed"

    waits = first(*entries)

    assert (waits.standing, waits.started_at, waits.due_at) == (Standing.RUNNING, mon("10:00"), mon("12:00"))
    assert (waits.breached_at, waits.stopped_at) == (mon("12:00"), None)


def test_when_the_reply_bounces_a_reply_by_another_way_still_counts() -> None:
    waits = first("mon 10:00 asked", "mon 11:00 replied", "mon 11:30 replied", "mon 15:00 failed 2")

    assert (waits.standing, waits.stopped_at) == (Standing.MET, mon("11:30"))


def test_when_a_bounce_brings_back_the_older_clock_the_newer_one_is_void() -> None:
    events = history("mon 10:00 asked", "mon 11:00 replied", "mon 11:20 asked", "mon 11:30 failed")

    assert clock(FIRST, events, PROMISED).due_at == mon("12:00")
    assert clock(NEXT, events, PROMISED).why_void == "bounced"


def test_a_bounce_opens_the_ticket_again() -> None:
    ticket = read(history("mon 10:00 asked", "mon 11:00 replied resolved", "mon 11:30 failed"), PROMISED).ticket

    assert ticket is not None
    assert (ticket.status, ticket.reply_failed, ticket.unanswered_since) == ("open", True, mon("10:00"))


def test_an_automatic_message_that_opens_a_ticket_starts_the_soft_clock() -> None:
    waits = first("mon 10:00 asked automatic")

    assert (waits.soft, waits.policy, waits.target_s) == (True, "soft", 7 * 86_400)
    assert waits.due_at == mon("10:00") + timedelta(days=7)


def test_a_priority_does_not_move_the_soft_clock() -> None:
    assert first("mon 10:00 asked automatic", "mon 11:00 priority urgent").target_s == 7 * 86_400


def test_a_human_reply_meets_the_soft_clock() -> None:
    assert first("mon 10:00 asked automatic", "tue 10:00 replied").standing is Standing.MET


def test_a_human_message_voids_the_soft_clock_and_starts_a_first_response() -> None:
    soft, human = clocks(FIRST, history("mon 10:00 asked automatic", "mon 11:00 asked"), PROMISED)

    assert (soft.standing, soft.why_void) == (Standing.VOID, "asked")
    assert (human.soft, human.started_at, human.due_at) == (False, mon("11:00"), mon("13:00"))


def test_a_soft_clock_that_ended_with_its_ticket_goes_on_with_it() -> None:
    waits = first("mon 10:00 asked automatic", "mon 11:00 resolved", "tue 11:00 reopened")

    assert (waits.soft, waits.due_at) == (True, mon("10:00") + timedelta(days=8))


def test_without_a_policy_an_answer_is_promised_within_seven_days() -> None:
    waits = clock(FIRST, history("mon 10:00 asked"), promised(targets(team="sales", first="1h")))

    assert (waits.policy, waits.due_at) == ("soft", mon("10:00") + timedelta(days=7))


def test_an_imported_ticket_of_unknown_messages_has_clocks_without_data() -> None:
    terms = promised(targets(first="2h", next="2h", resolution="8h"))
    events = imported("mon 10:00 unknown", "tue 11:00 resolved")

    assert {clock.standing for clock in read(events, terms).clocks} == {Standing.NO_DATA}


def test_what_a_customer_writes_after_such_an_import_is_owed_a_next_response() -> None:
    events = history("mon 10:00 unknown", "thu 11:00 asked", "fri 09:00 replied")

    assert clock(NEXT, events, PROMISED).stopped_at == fri("09:00")
    assert clock(NEXT, events, PROMISED).started_at == thu("11:00")


def test_a_note_that_may_have_been_the_answer_leaves_it_without_data_and_what_was_asked_after_it_is_owed() -> None:
    events = history("mon 10:00 asked", "mon 10:30 noted perhaps", "mon 11:00 asked")

    assert clock(FIRST, events, PROMISED).standing is Standing.NO_DATA
    assert clock(NEXT, events, PROMISED).started_at == mon("11:00")
