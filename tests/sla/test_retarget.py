"""Changes while clocks run: retargeting, what is breached and what takes a breach away, settings, alarms."""

from datetime import datetime

import pytest
from builders import ALWAYS, clock, clocks, fri, history, moment, mon, promised, read, targets, thu, tue, wed, weekdays

from supportq.model.clock import Cause, Clock, ClockKind, Standing

FIRST, TOTAL = ClockKind.FIRST_RESPONSE, ClockKind.RESOLUTION_TOTAL
OFFICE = weekdays("9-17")
PROMISED = promised(
    targets(team="sales", first="1h"), targets(first="8h", urgent_first="30m", low_first="24h"), hours=OFFICE
)
ASKED = "mon 09:00 asked"


def first(*entries: str) -> Clock:
    return clock(FIRST, history(*entries), PROMISED)


def test_v13_a_due_moment_moved_into_the_past_is_breached_when_it_was_moved() -> None:
    waits = first(ASKED, "mon 12:00 priority urgent")

    assert (waits.due_at, waits.breached_at, waits.cause) == (mon("09:30"), mon("12:00"), Cause.RETARGET)


def test_a_new_target_is_counted_from_the_start() -> None:
    assert first(ASKED, "mon 09:20 priority urgent").due_at == mon("09:30")
    assert first(ASKED, "mon 12:00 priority low").due_at == wed("17:00")


def test_another_team_is_another_policy() -> None:
    waits = first(ASKED, "mon 09:20 team sales")

    assert (waits.policy, waits.due_at) == ("sales", mon("10:00"))


def test_a_promise_broken_by_time_before_the_change_is_broken_by_time() -> None:
    waits = first(ASKED, "tue 12:00 priority urgent")

    assert (waits.breached_at, waits.cause, waits.priority) == (mon("17:00"), Cause.LATE, "normal")


def test_a_stopped_clock_keeps_its_target() -> None:
    waits = first(ASKED, "mon 12:00 replied", "mon 12:01 priority urgent")

    assert (waits.standing, waits.target_s) == (Standing.MET, 8 * 3600)


def test_a_clock_that_goes_on_follows_what_changed_while_it_stood() -> None:
    waits = first(ASKED, "mon 09:10 resolved", "mon 10:00 priority urgent", "tue 09:00 reopened")

    assert (waits.target_s, waits.due_at) == (1800, tue("09:20"))


def test_lowering_a_priority_erases_no_breach() -> None:
    waits = first(ASKED, "mon 12:00 priority urgent", "mon 12:01 priority low", "mon 12:02 replied")

    assert (waits.standing, waits.breached_at) == (Standing.MISSED, mon("12:00"))


def test_an_open_ended_pause_can_be_breached_by_a_change_alone() -> None:
    terms = promised(targets(resolution="8h", urgent_resolution="1h"), hours=OFFICE)
    entries = ASKED, "mon 11:00 pending"

    assert clock(TOTAL, history(*entries, "thu 11:00 noted"), terms).breached_at is None
    assert clock(TOTAL, history(*entries, "thu 11:00 priority urgent"), terms).breached_at == thu("11:00")


def test_a_paused_clock_is_retargeted_with_the_time_it_has_used() -> None:
    terms = promised(targets(resolution="8h", high_resolution="4h"), hours=OFFICE)
    waits = clock(TOTAL, history(ASKED, "mon 11:00 pending", "tue 09:00 priority high"), terms)

    assert (waits.standing, waits.remaining_s) == (Standing.PAUSED, 2 * 3600)


def test_undo_of_the_change_takes_its_breach_away() -> None:
    waits = first(ASKED, "mon 12:00 priority urgent", "mon 12:05 undone 2")

    assert (waits.breached_at, waits.due_at) == (None, mon("17:00"))


def test_redo_brings_it_back() -> None:
    assert first(ASKED, "mon 12:00 priority urgent", "mon 12:05 undone 2", "mon 12:06 redone 2").cause is Cause.RETARGET


def test_undo_of_a_reply_lets_the_clock_run_on_as_if_it_had_never_stopped() -> None:
    waits = first(ASKED, "mon 12:00 replied", "tue 12:00 undone 2", "tue 12:01 noted")

    assert (waits.standing, waits.breached_at) == (Standing.RUNNING, mon("17:00"))


def test_undo_of_the_creation_leaves_nothing() -> None:
    folded = read(history(ASKED, "mon 12:00 noted", "mon 12:05 undone 1"), PROMISED)

    assert (folded.ticket, folded.clocks) == (None, ())


def test_a_clock_whose_promise_a_change_takes_away_is_void_until_it_is_promised_again() -> None:
    terms = promised(targets(team="sales", first="8h"), targets(first="8h", resolution="32h"), hours=OFFICE)
    moved = history(ASKED, "mon 10:00 team sales", "mon 11:00 replied")
    back = history(ASKED, "mon 10:00 team sales", "mon 12:00 team none")

    void, again = clock(TOTAL, moved, terms), clock(TOTAL, back, terms)

    assert (void.standing, void.why_void, void.stopped_at) == (Standing.VOID, "no longer promised", mon("10:00"))
    assert (void.target_s, void.due_at) == (32 * 3600, thu("17:00"))
    assert (again.standing, again.due_at, again.why_void) == (Standing.RUNNING, thu("17:00"), None)


def test_a_correction_voids_a_clock_for_good() -> None:
    waits = first(
        ASKED, "tue 12:00 replied", "wed 12:00 corrected first_response", "wed 13:00 failed", "fri 09:00 noted"
    )

    assert (waits.standing, waits.why_void, waits.breached_at) == (Standing.VOID, "corrected", None)


def test_a_reply_recorded_late_but_given_in_time_meets_it_flagged() -> None:
    waits = first(ASKED, "mon 17:00 replied recorded tue 10:00")

    assert (waits.standing, waits.breached_at, waits.late_recorded) == (Standing.MET, None, True)


def test_a_reply_recorded_late_and_given_late_stays_missed() -> None:
    waits = first(ASKED, "mon 17:00:01 replied recorded tue 10:00")

    assert (waits.standing, waits.breached_at, waits.late_recorded) == (Standing.MISSED, mon("17:00"), True)


def test_a_reply_given_before_a_retarget_and_recorded_after_it_is_judged_by_the_promise_of_its_time() -> None:
    waits = first(ASKED, "mon 12:00 priority urgent", "mon 11:00 replied recorded mon 13:00")

    assert (waits.standing, waits.target_s, waits.due_at) == (Standing.MET, 8 * 3600, mon("17:00"))


def test_a_promise_that_counts_again_is_that_of_the_priority_which_the_ticket_had_then() -> None:
    waits = first(ASKED, "mon 12:00 priority urgent", "mon 12:03 priority low", "mon 09:10 replied recorded mon 13:00")

    assert (waits.standing, waits.target_s, waits.priority) == (Standing.MET, 8 * 3600, "normal")


def test_a_reply_recorded_late_counts_though_the_ticket_was_resolved_meanwhile() -> None:
    waits = first(ASKED, "tue 12:00 resolved", "mon 10:00 replied silently recorded tue 13:00")

    assert (waits.standing, waits.stopped_at) == (Standing.MET, mon("10:00"))


def test_a_pause_recorded_late_takes_no_breach_away() -> None:
    terms = promised(targets(resolution="8h"), hours=OFFICE)
    waits = clock(TOTAL, history(ASKED, "mon 12:00 pending recorded tue 12:00"), terms)

    assert waits.breached_at == mon("17:00")


def test_running_clocks_follow_the_newest_settings_and_stopped_ones_keep_theirs() -> None:
    older = promised(targets(first="8h", resolution="8h"), hours=OFFICE)
    newer = promised(targets(first="1h", resolution="4h"), hours=OFFICE, since="mon 10:30")

    events = history(ASKED, "mon 10:00 replied open")
    answered, resolving = (clock(kind, events, older, newer) for kind in (FIRST, TOTAL))

    assert (answered.settings_id, answered.target_s) == (1, 8 * 3600)
    assert (resolving.settings_id, resolving.due_at) == (2, mon("13:00"))


def test_settings_that_move_a_due_moment_into_the_past_breach_when_they_are_applied() -> None:
    older = promised(targets(first="8h"), hours=OFFICE)
    newer = promised(targets(first="1h"), hours=OFFICE, since="mon 10:30")

    waits = clock(FIRST, history(ASKED), older, newer)

    assert (waits.breached_at, waits.cause, waits.settings_id) == (mon("10:30"), Cause.RETARGET, 2)


def test_undo_of_settings_takes_away_the_breach_that_they_alone_had_brought() -> None:
    older, newer = promised(targets(first="8h"), hours=OFFICE), promised(targets(first="1h"), since="mon 10:30")
    again = promised(targets(first="8h"), hours=OFFICE, since="mon 11:00", takes_back=2)

    def undone(*entries: str) -> Clock:
        return clock(FIRST, history(*entries), older, newer, again)

    assert (undone(ASKED).breached_at, undone(ASKED).due_at, undone(ASKED).settings_id) == (None, mon("17:00"), 3)
    assert undone(ASKED, "mon 16:00 replied").standing is Standing.MET
    assert undone(ASKED, "mon 10:45 replied").breached_at == mon("10:30")


def test_undo_of_settings_leaves_a_breach_that_something_else_had_brought() -> None:
    same = targets(first="2h", urgent_first="30m")
    older, newer = promised(same), promised(same, warn_fraction=0.5, since="mon 09:30")
    again = promised(same, since="mon 12:00", takes_back=2)

    def breach(*entries: str) -> datetime | None:
        return clock(FIRST, history(ASKED, *entries), older, newer, again).breached_at

    assert breach() == mon("11:00")
    assert breach("mon 10:00 priority urgent") == mon("10:00")


def test_new_hours_count_from_the_start_too() -> None:
    older, newer = promised(targets(first="8h"), hours=OFFICE), promised(targets(first="8h"), since="mon 10:30")
    events = history("mon 09:30 asked")

    assert clock(FIRST, events, older).due_at == tue("09:30")
    assert clock(FIRST, events, older, newer).due_at == mon("17:30")


def test_settings_that_pause_on_hold_pause_what_is_on_hold_from_then_on() -> None:
    older = promised(targets(resolution="8h"), hours=OFFICE)
    newer = promised(targets(resolution="8h", pause_on="resolution on_hold"), hours=OFFICE, since="mon 11:00")

    waits = clock(TOTAL, history(ASKED, "mon 10:00 on_hold"), older, newer)

    assert (waits.standing, waits.remaining_s) == (Standing.PAUSED, 6 * 3600)


def test_settings_applied_after_a_snooze_ended_pause_nothing() -> None:
    older = promised(targets(resolution="8h", pause_on=""), hours=OFFICE)
    newer = promised(targets(resolution="8h"), hours=OFFICE, since="mon 15:00")

    waits = clock(TOTAL, history(ASKED, "mon 10:00 pending until mon 12:00"), older, newer)

    assert (waits.standing, waits.due_at) == (Standing.RUNNING, mon("17:00"))


def test_tickets_older_than_the_first_settings_use_the_first() -> None:
    assert clock(FIRST, history("2025-03-03 09:00 asked"), PROMISED).due_at == moment("2025-03-03 17:00")


def test_the_first_policy_that_selects_the_ticket_counts() -> None:
    everyone, sales = targets(first="8h"), targets(team="sales", first="1h")

    waits = clock(FIRST, history(ASKED, "mon 09:01 team sales"), promised(everyone, sales, hours=ALWAYS))

    assert (waits.policy, waits.due_at) == ("default", mon("17:00"))


def test_enforce_from_keeps_older_tickets_computed_and_quiet() -> None:
    terms = promised(targets(first="1h"), enforce_from=tue("00:00"))
    old, new = clock(FIRST, history(ASKED, "fri 09:00 noted"), terms), clock(FIRST, history("tue 09:00 asked"), terms)

    assert (old.breached_at, old.alarms, new.alarms) == (mon("10:00"), False, True)


def test_figures_count_where_the_ticket_was_when_the_promise_was_broken() -> None:
    entries = ASKED, "mon 09:10 team sales", "mon 09:20 assigned ann", "tue 10:00 assigned ben", "tue 11:00 replied"

    assert first(*entries).assignee == "ann"


def test_figures_count_where_the_ticket_was_when_the_clock_stopped() -> None:
    entries = ASKED, "mon 09:20 assigned ann", "mon 09:30 replied", "mon 09:40 assigned ben"

    assert first(*entries).assignee == "ann"
    assert first(*entries, "mon 09:50 failed").assignee == "ben"


def test_a_clock_is_at_risk_when_the_warning_fraction_is_used_up() -> None:
    terms = promised(targets(first="10h"), hours=OFFICE, warn_fraction=0.9)

    assert clock(FIRST, history(ASKED), terms).risk_at == tue("10:00")


@pytest.mark.parametrize(("now", "late"), [(mon("17:00"), False), (mon("17:00:01"), True), (fri("09:00"), True)])
def test_a_clock_is_late_when_it_runs_past_its_due_moment(now: datetime, *, late: bool) -> None:
    assert first(ASKED).is_late(now) is late


def test_a_ticket_merged_away_is_closed_into_the_other_and_its_clocks_are_void() -> None:
    folded = read(history(ASKED, "mon 10:00 merged"), PROMISED)

    assert folded.ticket is not None
    assert (folded.ticket.status, folded.ticket.merged_into) == ("closed", 2)
    assert [waits.why_void for waits in clocks(FIRST, history(ASKED, "mon 10:00 merged"), PROMISED)] == ["merged"]
