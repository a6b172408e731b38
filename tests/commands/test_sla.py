"""Promises listed and explained."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from queues import SETTINGS, Bench, a_queue, ago
from running import run

from supportq.errors import ExitCode
from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.settings.check import check
from supportq.work.config import apply
from supportq.work.promises import account_of


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    """A queue with one ticket of the technical team: answered, waited for, asked again."""
    with a_queue(tmp_path) as bench:
        number = bench.ask("Loom stops", ago(hours=30), team="technical")
        bench.reply(number, ago(hours=27))
        bench.ask_again(number, ago(hours=20))
        bench.note(number, ago(hours=19))
        return bench.queue.path


def test_every_policy_is_listed_with_its_targets(queue: Path) -> None:
    listed = run("sla", "list", queue=queue, environment={}).out.splitlines()

    assert listed[0].split("\t")[:3] == ["policy", "clock", "low_s"]
    assert listed[1].split("\t") == [
        "technical",
        "first_response",
        *["28800"] * 2,
        "14400",
        "1800",
        "office",
        "team:technical",
    ]
    assert len(listed) == 1 + 2 * 3


def test_what_is_promised_every_so_often_is_listed_too(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS.replace('resolution = "3d"', 'update = "3d"')) as bench:
        listed = run("sla", "list", "-c", "policy,clock,normal", queue=bench.queue.path).out.splitlines()

    assert listed[-1].split("\t") == ["everybody", "update", "259200"]


def test_why_names_the_policy_its_line_and_what_was_counted(queue: Path) -> None:
    told = run("sla", "why", "1", "--tz", "Europe/Berlin", queue=queue, terminal=True).out

    assert "First response  met, 5h of open time to spare   Fri 20 Nov 10:00" in told
    assert "technical, because team:technical (line 29, settings version 1)" in told
    assert "Promise  within 8h of open time, as priority is normal (line 33," in told
    assert "office (Europe/Berlin)" in told
    assert "Resolution      running, 62h of open time left" in told
    assert "Thu 19 Nov 13:00  Thu 19 Nov 20:00  pending" in told
    assert "Every event" not in told


def test_why_cites_no_policy_where_none_matches_though_one_is_called_default(tmp_path: Path) -> None:
    named = SETTINGS.replace('name = "everybody"', 'name = "default"\nwhen = "team:sales"')
    with a_queue(tmp_path, named) as bench:
        bench.ask("Yarn", ago(hours=1))
        told = run("sla", "why", "1", queue=bench.queue.path, terminal=True).out

    assert "no policy matches: the soft promise" in told
    assert "(line" not in told


def test_why_names_the_change_that_broke_a_promise_and_for_how_long(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Yarn", ago(hours=1))
        bench.record(number, ago(minutes=20), Kind.CHANGED, priority="urgent")
        told = run("sla", "why", "1", "--tz", "UTC", queue=bench.queue.path, terminal=True).out

    assert "First response  late by 30m of open time " in told
    assert "Late from  Fri 20 Nov 14:40, now 20m by the calendar" in told
    moved = "priority urgent, by ann at Fri 20 Nov 14:40, moved the due moment into the past, Fri 20 Nov 16:00 before"
    assert moved in " ".join(told.split())


def test_why_shows_no_intervals_where_none_were_counted_and_why_a_shut_span_was_not(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Yarn", ago(hours=5))
        bench.reply(number, ago(hours=5))
        bench.record(number, ago(hours=3), Kind.RESOLVED)
        bench.record(number, ago(hours=2), Kind.REOPENED)
        told = run("sla", "why", "1", "--tz", "UTC", queue=bench.queue.path, terminal=True).out

    assert "Nothing to show" not in told
    assert "Fri 20 Nov 12:00  Fri 20 Nov 13:00  resolved or closed" in told


def test_why_tells_what_has_passed_from_what_is_to_come_and_when_a_clock_warns(queue: Path) -> None:
    told = run("sla", "why", "1", "--tz", "Europe/Berlin", queue=queue, terminal=True).out

    next_response = told[told.rindex("Next response") :]
    assert "Warns    50% used up Fri 20 Nov 17:00, 90% used up Mon 23 Nov 15:24" in next_response
    assert "Fri 20 Nov 09:00  Fri 20 Nov 16:00  7h          7h" in next_response
    assert "Fri 20 Nov 16:00  Fri 20 Nov 17:00  1h to come  8h" in next_response


def test_why_names_the_days_that_are_not_like_others(tmp_path: Path) -> None:
    special = '["09:00-17:00"]\nholidays = ["2026-11-18..2026-11-19", "2026-11-22"]\n[hours.office.openings]\n'
    with a_queue(tmp_path, SETTINGS.replace('["09:00-17:00"]', special + '2026-11-21 = ["10:00-12:00"]')) as bench:
        bench.ask("Yarn", ago(days=3), team="technical")
        told = run("sla", "why", "1", "-f", "table", queue=bench.queue.path).out

    assert "But on   Wed 18 Nov (holiday), Thu 19 Nov (holiday), Sat 21 Nov (one-off opening times)" in told
    assert "Sun 22 Nov" not in told


def test_why_names_who_declared_a_promise_void_and_the_reason(queue: Path) -> None:
    run("sla", "correct", "1", "--clock", "first_response", "--reason", "holiday entered late", queue=queue)

    told = run("sla", "why", "1", "--tz", "Europe/Berlin", queue=queue, terminal=True).out
    record = json.loads(run("sla", "why", "1", "--json", queue=queue).out)

    assert "First response  void: corrected" in told
    assert "Does not count  says ann, Fri 20 Nov 16:00: holiday entered late" in told
    (first,) = [clock for clock in record["clocks"] if clock["clock"] == "first_response"]
    assert first["correction"] == {"agent": "ann", "at": "2026-11-20T15:00:00Z", "reason": "holiday entered late"}


def test_why_shows_each_event_where_more_is_asked_for(queue: Path) -> None:
    told = run("sla", "why", "1", "-v", "-f", "table", queue=queue).out

    assert "2026-11-19 21:00:00 v1  note, by ann: no clock moves" in told
    assert "first response is met, due 2026-11-20 10:00:00" in told


def test_why_is_a_record_for_programs(queue: Path) -> None:
    record = json.loads(run("sla", "why", "1", "--json", queue=queue).out)

    first = next(clock for clock in record["clocks"] if clock["clock"] == "first_response")
    assert (first["standing"], first["policy_line"], first["hours"]) == ("met", 29, "office")
    assert (first["team"], first["agent"], first["business_s"]) == ("technical", None, 10_800)
    assert (first["target_key"], first["target_line"]) == ("first_response.normal", 33)
    assert first["intervals"] == [{"start": "2026-11-19T09:00:00Z", "end": "2026-11-19T12:00:00Z", "open_s": 10_800}]


def test_a_pipe_gets_every_span_counted_or_not(queue: Path) -> None:
    rows = run("sla", "why", "1", "-c", "clock,span,start,end,open,why", queue=queue).out.splitlines()

    assert rows[0] == "clock\tspan\tstart\tend\topen_s\twhy"
    assert [row.split("\t")[1:] for row in rows if row.startswith("resolution_first")] == [
        ["counted", "2026-11-19T09:00:00Z", "2026-11-19T12:00:00Z", "10800", ""],
        ["paused", "2026-11-19T12:00:00Z", "2026-11-19T19:00:00Z", "", "pending"],
        *(
            ["counted", f"2026-11-{day}T08:00:00Z", f"2026-11-{day}T16:00:00Z", "28800", ""]
            for day in (20, 23, 24, 25, 26, 27, 30)
        ),
        ["counted", "2026-12-01T08:00:00Z", "2026-12-01T16:00:00Z", "28800", ""],
        ["counted", "2026-12-02T08:00:00Z", "2026-12-02T13:00:00Z", "18000", ""],
    ]


def test_a_pipe_that_asks_for_more_gets_every_event_and_what_it_did(queue: Path) -> None:
    run("resolve", "1", queue=queue)
    run("undo", queue=queue)

    columns = "recorded_at,event,agent,change,undone,settings_version,clock,became,due_at"
    rows = run("sla", "why", "1", "-v", "-c", columns, queue=queue).out.splitlines()

    first = ["2026-11-19T09:00:00Z", "asked", "ann", "2", "false", "1", "first_response", "starts"]
    assert [*first, "2026-11-20T09:00:00Z"] in [row.split("\t") for row in rows]
    assert "2026-11-20T15:00:00Z\tresolved\tann\t6\ttrue\t1\tresolution_first\tis met\t2026-12-02T13:00:00Z" in rows
    assert "2026-11-19T20:00:00Z\tnoted\tann\t5\tfalse\t1\t\t\t" in rows


def test_what_was_undone_is_told_and_marked(queue: Path) -> None:
    run("resolve", "1", queue=queue)
    run("undo", queue=queue)

    told = run("sla", "why", "1", "-v", "-f", "table", queue=queue).out

    assert "by ann (change 6, undone since): resolution is met" in told
    assert "undone, change 6, by ann: resolution goes on" in told


def test_settings_are_told_where_they_moved_a_clock(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Yarn", ago(hours=1))
        apply(bench.writer(), check(SETTINGS.replace('"2h"', '"3h"')))
        apply(bench.writer(), check(SETTINGS.replace('"2h"', '"3h"') + "# the same\n"))

        steps = account_of(bench.queue, number, verbose=True).steps

    assert [(step.settings_id, step.effects[0].became) for step in steps if step.event is None] == [(2, "moves")]


def test_a_ticket_that_is_not_there_is_not_found(queue: Path) -> None:
    assert run("sla", "why", "99", queue=queue).code == ExitCode.NOT_FOUND


def test_several_tickets_are_not_explained_at_once(queue: Path) -> None:
    assert run("sla", "why", "status:resolved", queue=queue).code == ExitCode.USAGE


LATER = SETTINGS.replace('normal = "8h"', 'normal = "2h"')


def test_a_plan_tells_what_would_have_been_kept_and_which_tickets_would_flip(queue: Path) -> None:
    told = run("sla", "plan", "--settings", "-", "-f", "table", queue=queue, stdin=LATER).out

    figures = next(line.split() for line in told.splitlines() if line.startswith("First response"))
    assert figures[2:] == ["100", "%", "0", "%", "1", "0", "0", "1", "0"]
    assert "1 ticket would flip" in told
    assert told.splitlines()[-1].split() == ["1", "normal", "First", "response", "Loom", "stops", "technical"]


def test_a_plan_is_rows_and_records_for_programs_and_numbers_for_other_commands(queue: Path) -> None:
    record = json.loads(run("sla", "plan", "--settings", "-", "--json", queue=queue, stdin=LATER).out)
    rows = run("sla", "plan", "--settings", "-", queue=queue, stdin=LATER).out.splitlines()

    assert (record["tickets"], record["flips"], record["flipping"]) == (1, 1, [1])
    assert rows[1].split("\t")[:7] == ["technical", "normal", "first_response", "1.0", "0.0", "1", "0"]
    assert run("sla", "plan", "--settings", "-", "-f", "ids", queue=queue, stdin=LATER).out == "1\n"
    assert run("sla", "plan", "--settings", "-", "-f", "ids", queue=queue, stdin=SETTINGS).out == ""


def test_a_plan_counts_the_tickets_it_is_told_to(queue: Path) -> None:
    where = ("--where", "team:sales", "-f", "ids")

    assert run("sla", "plan", "--settings", "-", *where, queue=queue, stdin=LATER).out == ""


def test_a_plan_of_what_is_to_come_is_refused(queue: Path) -> None:
    refused = run("sla", "plan", "--settings", "-", "--since", "2027-01-01", queue=queue, stdin=LATER)

    assert refused.code == ExitCode.USAGE
    assert "nothing was promised since 2027-01-01: that is to come" in refused.err


def test_settings_with_faults_are_not_tried_and_every_fault_is_told(queue: Path) -> None:
    refused = run("sla", "plan", "--settings", "-", queue=queue, stdin='nme = "x"\n')

    assert refused.code == ExitCode.FAILED
    assert "line 1: nme: no such key" in refused.err


def test_a_correction_says_what_would_change_and_stays_visible(queue: Path) -> None:
    words = ("sla", "correct", "1", "--clock", "first_response", "--reason", "holiday entered late")

    foreseen = run(*words, "--dry-run", queue=queue)
    corrected = run(*words, queue=queue)

    assert foreseen.out.splitlines()[1] == "1\tfirst_response\tmet\tvoid"
    assert corrected.err.startswith("Ticket 1 corrected")
    assert "void (corrected)" in run("show", "1", queue=queue, environment={"PAGER": ""}).out


def test_a_correction_of_a_late_promise_says_that_it_was_late(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Nobody answered", ago(days=3))
        late = bench.queue.path

    told = run("sla", "correct", str(number), "--clock", "first_response", "--reason", "rang them", queue=late).err

    assert told == f"Ticket {number} corrected: first response void (was late). Undo: supportq undo\n"


HAPPENINGS = st.lists(
    st.tuples(st.sampled_from(["asked", "replied", "waited", "urgent", "moved"]), st.integers(1, 50)), max_size=8
)


@settings(max_examples=25, deadline=None)
@given(happenings=HAPPENINGS)
def test_what_was_counted_until_the_due_moment_adds_up_to_the_target(
    tmp_path_factory: pytest.TempPathFactory, happenings: list[tuple[str, int]]
) -> None:
    with a_queue(tmp_path_factory.mktemp("queue")) as bench:
        number = bench.ask("Yarn", at := ago(days=30))
        for what, hours in happenings:
            at += timedelta(hours=hours)
            happen(bench, number, what, at)
        clocks = account_of(bench.queue, number, verbose=False).clocks

    for explained in clocks:
        clock = explained.clock
        total = sum(((end - start) for start, end in explained.intervals), timedelta()).total_seconds()
        if clock.stopped_at is not None and (clock.due_at is None or clock.stopped_at <= clock.due_at):
            assert total == clock.business_s
        elif clock.due_at is not None:
            assert total == clock.target_s
        else:
            assert total == clock.target_s - (clock.remaining_s or 0)


def happen(bench: Bench, number: int, what: str, at: datetime) -> None:
    match what:
        case "asked":
            bench.ask_again(number, at)
        case "replied":
            bench.reply(number, at)
        case "waited":
            bench.record(number, at, Kind.WAITED, status=Status.PENDING)
        case "urgent":
            bench.record(number, at, Kind.CHANGED, priority="urgent")
        case "moved":
            bench.record(number, at, Kind.CHANGED, team="technical")
