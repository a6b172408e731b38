"""Resolution, first and total, and the update clock: every row of their tables, and the vectors of pauses."""

import pytest
from builders import clock, clocks, fri, history, imported, mon, promised, sat, targets, tue, wed, weekdays

from supportq.model.clock import ClockKind, Standing
from supportq.sla.terms import Terms

KIND_FIRST, TOTAL, UPDATE = ClockKind.RESOLUTION_FIRST, ClockKind.RESOLUTION_TOTAL, ClockKind.UPDATE
BOTH = KIND_FIRST, TOTAL
PROMISED = promised(targets(resolution="8h"), hours=weekdays("9-17"))
HOLDING = promised(targets(resolution="8h", pause_on="resolution on_hold"), hours=weekdays("9-17"))
ASKED = "mon 09:00 asked"


@pytest.mark.parametrize("kind", BOTH)
def test_creation_starts_both(kind: ClockKind) -> None:
    waits = clock(kind, history(ASKED), PROMISED)

    assert (waits.standing, waits.started_at, waits.due_at) == (Standing.RUNNING, mon("09:00"), mon("17:00"))


@pytest.mark.parametrize("kind", BOTH)
def test_one_target_serves_both_and_resolving_stops_both(kind: ClockKind) -> None:
    assert clock(kind, history(ASKED, "mon 17:00 resolved"), PROMISED).standing is Standing.MET
    assert clock(kind, history(ASKED, "mon 17:00:01 resolved"), PROMISED).standing is Standing.MISSED


def test_v11_pending_pauses_it_until_the_customer_writes() -> None:
    events = history(ASKED, "mon 11:00 pending", "tue 15:00 asked")

    assert clock(TOTAL, events, PROMISED).due_at == wed("13:00")


def test_v12_pending_overnight_adds_nothing() -> None:
    assert clock(TOTAL, history(ASKED, "mon 18:00 pending", "tue 08:00 asked"), PROMISED).due_at == mon("17:00")


def test_an_open_ended_pause_has_no_due_moment_but_seconds_left() -> None:
    waits = clock(TOTAL, history(ASKED, "mon 11:00 pending"), PROMISED)

    assert (waits.standing, waits.due_at, waits.risk_at, waits.remaining_s) == (Standing.PAUSED, None, None, 6 * 3600)


def test_a_pause_that_begins_at_the_due_moment_breaks_no_promise() -> None:
    events = history(ASKED, "mon 17:00 pending", "wed 09:00 resolved")

    assert clock(TOTAL, events, PROMISED).standing is Standing.MET


def test_a_pause_of_known_end_has_the_due_moment_that_follows() -> None:
    waits = clock(TOTAL, history(ASKED, "mon 11:00 pending until tue 15:00"), PROMISED)

    assert (waits.standing, waits.due_at, waits.remaining_s) == (Standing.PAUSED, wed("13:00"), None)
    assert waits.standing_on(tue("14:59:59")) is Standing.PAUSED
    assert waits.standing_on(tue("15:00")) is Standing.RUNNING


def test_a_snooze_that_has_ended_counts_whatever_happens_later() -> None:
    waits = clock(TOTAL, history(ASKED, "mon 11:00 pending until tue 15:00", "thu 10:00 noted"), PROMISED)

    assert waits.due_at == waits.breached_at == wed("13:00")


def test_a_second_snooze_does_not_count_the_time_between_the_two() -> None:
    events = history(ASKED, "mon 11:00 pending until mon 13:00", "mon 15:00 pending until tue 10:00")

    assert clock(TOTAL, events, PROMISED).due_at == tue("14:00")


def test_a_snooze_that_keeps_the_status_pauses_nothing() -> None:
    assert clock(TOTAL, history(ASKED, "mon 11:00 snoozed until wed 09:00"), PROMISED).due_at == mon("17:00")


def test_on_hold_runs_unless_the_policy_pauses_on_it() -> None:
    events = history(ASKED, "mon 11:00 on_hold", "tue 15:00 asked third_party")

    assert clock(TOTAL, events, PROMISED).due_at == mon("17:00")
    assert clock(TOTAL, events, HOLDING).due_at == wed("13:00")


def test_from_one_pausing_status_to_another_it_stays_paused() -> None:
    terms = promised(targets(resolution="8h", pause_on="resolution pending on_hold"), hours=weekdays("9-17"))
    waits = clock(TOTAL, history(ASKED, "mon 10:00 pending", "mon 11:00 on_hold", "mon 12:00 asked"), terms)

    assert [(pause.why, pause.until) for pause in waits.pauses] == [
        ("pending", mon("11:00")),
        ("on_hold", mon("12:00")),
    ]


@pytest.mark.parametrize("why", ["closed", "spam", "merged"])
def test_an_end_without_being_resolved_voids_it_or_is_missed_past_due(why: str) -> None:
    assert clock(TOTAL, history(ASKED, f"mon 16:00 {why}"), PROMISED).why_void == why
    assert clock(TOTAL, history(ASKED, f"tue 16:00 {why}"), PROMISED).standing is Standing.MISSED


@pytest.mark.parametrize("again", ["reopened", "asked"])
def test_reopened_the_first_is_untouched_and_the_total_goes_on_without_the_closed_span(again: str) -> None:
    events = history(ASKED, "mon 11:00 resolved", f"wed 09:00 {again}", "wed 12:00 resolved")

    assert clock(KIND_FIRST, events, PROMISED).stopped_at == mon("11:00")
    total = clock(TOTAL, events, PROMISED)
    assert (total.stopped_at, total.business_s, total.elapsed_s) == (wed("12:00"), 5 * 3600, 5 * 3600)


def test_a_breach_recorded_stays_when_the_total_goes_on() -> None:
    events = history(ASKED, "tue 11:00 resolved", "wed 09:00 reopened", "wed 09:01 resolved")

    assert (clock(TOTAL, events, PROMISED).standing, clock(TOTAL, events, PROMISED).breached_at) == (
        Standing.MISSED,
        mon("17:00"),
    )


@pytest.mark.parametrize("kind", BOTH)
def test_what_an_end_had_voided_goes_on_when_the_ticket_is_reopened(kind: ClockKind) -> None:
    waits = clock(kind, history(ASKED, "mon 11:00 closed", "wed 09:00 reopened"), PROMISED)

    assert (waits.standing, waits.due_at) == (Standing.RUNNING, wed("15:00"))


def test_on_reopen_restart_starts_the_total_anew_and_keeps_the_old_one() -> None:
    terms = promised(targets(resolution="8h", on_reopen="restart"), hours=weekdays("9-17"))
    old, new = clocks(TOTAL, history(ASKED, "mon 11:00 resolved", "wed 09:00 reopened"), terms)

    assert (old.standing, old.stopped_at) == (Standing.MET, mon("11:00"))
    assert (new.ordinal, new.started_at, new.due_at) == (2, wed("09:00"), wed("17:00"))


def test_a_resolution_recorded_late_with_its_reply_is_met_when_it_was_in_time() -> None:
    waits = clock(TOTAL, history(ASKED, "mon 16:00 replied resolved recorded tue 12:00"), PROMISED)

    assert (waits.standing, waits.breached_at, waits.late_recorded) == (Standing.MET, None, True)


def test_an_import_finds_each_ticket_as_if_it_had_been_recorded_when_it_happened() -> None:
    events = imported(ASKED, "mon 10:00 replied", "tue 10:00 asked", "tue 11:00 resolved")

    waits = clock(TOTAL, events, PROMISED)

    assert (waits.standing, waits.business_s, waits.late_recorded) == (Standing.MET, 2 * 3600, False)


def test_a_resolution_whose_moment_an_import_did_not_know_has_no_data() -> None:
    waits = clock(TOTAL, imported(ASKED, "mon 10:00 replied", "mon 10:00 resolved sometime"), PROMISED)

    assert (waits.standing, waits.business_s) == (Standing.NO_DATA, None)


UPDATING = promised(targets(update="1d"))


def test_the_first_word_to_the_customer_starts_the_update_clock_and_each_next_one_meets_it() -> None:
    assert clocks(UPDATE, history(ASKED, "mon 10:00 noted"), UPDATING) == []
    events = history(ASKED, "mon 10:00 replied open", "tue 09:00 replied open")

    assert [(told.standing, told.due_at) for told in clocks(UPDATE, events, UPDATING)] == [
        (Standing.MET, tue("10:00")),
        (Standing.RUNNING, wed("09:00")),
    ]


def test_pending_pauses_the_update_clock() -> None:
    events = history(ASKED, "mon 10:00 replied", "thu 10:00 asked")

    assert clock(UPDATE, events, UPDATING).due_at == fri("10:00")


def test_on_hold_pauses_the_update_clock_only_where_the_policy_says_so() -> None:
    events = history(ASKED, "mon 10:00 replied open", "mon 22:00 on_hold", "wed 10:00 asked")
    holding = promised(targets(update="1d", pause_on="update on_hold"))

    assert clock(UPDATE, events, UPDATING).due_at == tue("10:00")
    assert clock(UPDATE, events, holding).due_at == wed("22:00")


def test_a_word_that_waits_in_the_outbox_is_no_update_until_it_is_sent() -> None:
    entries = ASKED, "mon 10:00 replied open", "mon 20:00 queued open"

    assert len(clocks(UPDATE, history(*entries), UPDATING)) == 1
    assert len(clocks(UPDATE, history(*entries, "mon 21:00 sent"), UPDATING)) == 2


def test_resolving_voids_the_update_clock_until_the_ticket_is_reopened() -> None:
    entries = ASKED, "mon 10:00 replied open", "mon 12:00 resolved"

    assert clock(UPDATE, history(*entries), UPDATING).why_void == "resolved"
    assert clock(UPDATE, history(*entries, "fri 12:00 reopened"), UPDATING).due_at == sat("10:00")


@pytest.mark.parametrize("kind", BOTH)
@pytest.mark.parametrize("told", ["replied resolved|failed", "queued resolved|failed", "queued resolved|cancelled"])
@pytest.mark.parametrize("terms", [PROMISED, promised(targets(resolution="8h", on_reopen="restart"))])
def test_what_a_reply_resolved_goes_on_from_its_old_start_if_that_never_arrives(
    kind: ClockKind, told: str, terms: Terms
) -> None:
    reply, news = told.split("|")
    waits = clock(kind, history(ASKED, f"mon 10:00 {reply}", f"mon 11:00 {news}"), terms)

    assert (waits.standing, waits.due_at, waits.pauses) == (Standing.RUNNING, mon("17:00"), ())


def test_a_bounce_takes_no_resolve_back_that_another_word_brought() -> None:
    apart = history(ASKED, "mon 10:00 replied", "mon 10:00 resolved", "mon 11:00 failed")
    again = history(ASKED, "mon 10:00 replied resolved", "mon 11:00 asked", "mon 12:00 resolved", "mon 13:00 failed 2")

    assert clock(KIND_FIRST, apart, PROMISED).stopped_at == mon("10:00")
    assert clock(KIND_FIRST, again, PROMISED).stopped_at == mon("12:00")


def test_when_an_update_bounces_the_clock_counts_from_the_word_before() -> None:
    events = history(ASKED, "mon 10:00 replied open", "tue 09:00 replied open", "tue 09:01 failed")

    before, after = clocks(UPDATE, events, UPDATING)

    assert (before.standing, before.due_at) == (Standing.RUNNING, tue("10:00"))
    assert after.why_void == "bounced"
