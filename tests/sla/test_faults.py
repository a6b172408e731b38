"""Faults seen in other systems, one test each: the thirteen that ours must never have."""

from datetime import timedelta

from builders import clock, clocks, history, moment, mon, promised, sat, sun, targets, tue, wed, weekdays

from supportq.model.clock import ClockKind, Standing
from supportq.sla.hours import Hours, faults

FIRST, NEXT, TOTAL = ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE, ClockKind.RESOLUTION_TOTAL
OFFICE = weekdays("9-17")


def test_fault_1_a_short_breach_between_two_cron_runs_is_recorded() -> None:
    waits = clock(FIRST, history("mon 10:00 asked", "mon 11:00:20 replied"), promised(targets(first="1h")))

    assert (waits.standing, waits.breached_at) == (Standing.MISSED, mon("11:00"))


def test_fault_2_neither_a_priority_nor_new_hours_flip_a_ticket_that_was_answered_in_time() -> None:
    events = history("mon 10:00 asked", "mon 10:50 replied", "mon 11:00 priority urgent", "wed 09:00 noted")
    older = promised(targets(first="1h", urgent_first="5m"), hours=OFFICE)
    newer = promised(targets(first="1m"), since="tue 00:00")

    waits = clock(FIRST, events, older, newer)

    assert (waits.standing, waits.target_s, waits.settings_id) == (Standing.MET, 3600, 1)


def test_fault_3_every_span_keeps_its_times_after_the_settings_change() -> None:
    entries = [
        f"mon {hour:02}:{minute} {verb}" for hour in (9, 10, 11) for minute, verb in ((10, "asked"), (40, "replied"))
    ]
    older, newer = promised(targets(first="1h", next="1h")), promised(targets(next="5m"), since="tue 00:00")

    answers = clocks(NEXT, history(*entries), older, newer)

    assert [(answer.started_at, answer.elapsed_s, answer.standing) for answer in answers] == [
        (mon("10:10"), 1800, Standing.MET),
        (mon("11:10"), 1800, Standing.MET),
    ]


def test_fault_4_hours_without_a_working_day_are_refused_and_loop_nowhere() -> None:
    assert faults(Hours("none", "Europe/Berlin", ((),) * 7))


def test_fault_5_a_lunch_break_does_not_count() -> None:
    terms = promised(targets(first="1h"), hours=weekdays("8-12, 13-18"))

    assert clock(FIRST, history("mon 11:30 asked"), terms).due_at == mon("13:30")


def test_fault_6_a_holiday_makes_it_due_later_and_never_sooner() -> None:
    events = history("mon 16:00 asked")
    holidays = weekdays("9-17", holidays=(("2026-01-13", "2026-01-13"),))

    assert clock(FIRST, events, promised(targets(first="2h"), hours=OFFICE)).due_at == tue("10:00")
    assert clock(FIRST, events, promised(targets(first="2h"), hours=holidays)).due_at == wed("10:00")


def test_fault_7_a_first_response_may_take_longer_than_a_next_one() -> None:
    terms = promised(targets(first="8h", next="1h"))

    assert clock(FIRST, history("mon 09:00 asked", "mon 09:30 asked"), terms).due_at == mon("17:00")


def test_fault_8_a_day_of_a_clock_change_has_23_or_25_hours() -> None:
    terms = promised(targets(first="24h"))

    assert clock(FIRST, history("2026-03-28 12:00 asked"), terms).due_at == moment("2026-03-29 13:00")
    assert clock(FIRST, history("2026-10-24 12:00 asked"), terms).due_at == moment("2026-10-25 11:00")


def test_fault_9_no_alarm_rings_at_midnight_or_on_a_weekend() -> None:
    waits = clock(FIRST, history("fri 16:30 asked"), promised(targets(first="2h"), hours=OFFICE))

    assert not any(waits.is_late(at) for at in (sat("00:00"), sat("12:00"), sun("23:59"), moment("next mon 10:30")))
    assert waits.is_late(moment("next mon 10:30:01"))
    assert waits.risk_at == moment("next mon 10:18")


def test_fault_10_time_already_paused_is_kept_when_the_policy_changes() -> None:
    terms = promised(targets(team="sales", resolution="6h"), targets(resolution="8h"), hours=OFFICE)
    events = history("mon 09:00 asked", "mon 10:00 pending", "mon 12:00 asked", "mon 13:00 team sales")

    assert clock(TOTAL, events, terms).due_at == mon("17:00")


def test_fault_11_the_last_pause_before_a_resolution_is_not_billed_as_work() -> None:
    events = history("mon 09:00 asked", "mon 10:00 pending", "wed 12:00 resolved")

    waits = clock(TOTAL, events, promised(targets(resolution="8h"), hours=OFFICE))

    assert (waits.standing, waits.business_s) == (Standing.MET, 3600)
    assert waits.paused_s == timedelta(days=2, hours=2) // timedelta(seconds=1)


def test_fault_12_a_status_change_is_no_first_response() -> None:
    events = history("mon 09:00 asked", "mon 09:05 triaged", "mon 09:10 pending", "mon 09:20 on_hold")

    assert clock(FIRST, events, promised(targets(first="1h"))).standing is Standing.RUNNING


def test_fault_13_no_clock_runs_on_after_a_ticket_was_resolved_without_a_reply() -> None:
    events = history("mon 09:00 asked", "mon 09:30 resolved", "fri 09:00 noted")

    waits = clock(FIRST, events, promised(targets(first="1h")))

    assert (waits.standing, waits.stopped_at, waits.breached_at) == (Standing.VOID, mon("09:30"), None)
