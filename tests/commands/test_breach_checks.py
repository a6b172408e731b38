"""Checks with names: every breach is told, and told once."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from queues import SETTINGS, Bench, a_queue, ago
from running import Run, run

from supportq.model.channel import Channel
from supportq.model.event import Kind
from supportq.model.message import Author, Direction
from supportq.model.ticket import Status
from supportq.output.formats.table import MOST_ROWS
from supportq.store.gather import Saying

NIGHT = "2026-11-20T20:00:00Z"
MONDAY = "2026-11-23T09:00:00Z"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with a_queue(tmp_path) as bench:
        yield bench


def check(bench: Bench, *words: str, **how: str) -> Run:
    return run("breaches", "--check", "mail", *words, queue=bench.queue.path, **how)  # type: ignore[arg-type]


def told(bench: Bench, *words: str, **how: str) -> list[tuple[int, str, str]]:
    rows = json.loads(check(bench, *words, "-f", "json", **how).out)
    return [(row["id"], row["clock"], row["standing"]) for row in rows]


def test_a_breach_is_told_once_by_each_check(bench: Bench) -> None:
    bench.ask("Late", ago(hours=3))

    first, again = check(bench, "--since-last"), check(bench, "--since-last")
    other = run("breaches", "--check", "page", "--since-last", "-q", queue=bench.queue.path)

    assert (first.code, first.out.splitlines()[-1]) == (6, "new: 1 promise late, 0 at risk, on 1 ticket")
    assert (again.code, again.out, again.err) == (0, "", "")
    assert other.code == 6


def test_whoever_is_paged_by_the_exit_code_is_paged_once(bench: Bench) -> None:
    bench.ask("Late", ago(hours=3))

    assert [check(bench, "--since-last", "-q").code for _ in range(2)] == [6, 0]


def test_without_since_last_a_check_tells_what_is_late_for_as_long_as_it_is(bench: Bench) -> None:
    late = bench.ask("Late", ago(hours=3))

    assert told(bench) == told(bench) == [(late, "first_response", "late")]


@pytest.mark.parametrize("words", [(), ("--since-last",)])
def test_a_breach_that_ended_between_two_runs_is_told_once(bench: Bench, words: tuple[str, ...]) -> None:
    number = bench.ask("Two hours are promised", ago(hours=3))
    assert told(bench, *words, now="2026-11-20T13:00:00Z") == []
    bench.reply(number, ago(minutes=5), status=Status.OPEN)

    shown = check(bench, *words)

    assert shown.code == 6
    assert "missed" in shown.out
    assert shown.out.splitlines()[-1].endswith("0 promises late, 1 missed and over, 0 at risk, on 1 ticket")
    assert check(bench, *words).out == ""


def test_how_late_a_missed_promise_was_is_counted_to_its_end(bench: Bench) -> None:
    number = bench.ask("Two hours are promised", ago(hours=3))
    for name in ("mail", "table"):
        run("breaches", "--check", name, queue=bench.queue.path, now="2026-11-20T13:00:00Z")
    bench.reply(number, ago(minutes=30))

    (row,) = json.loads(check(bench, "-f", "json", now=MONDAY).out)
    table = run("breaches", "--check", "table", "-f", "table", queue=bench.queue.path, now=MONDAY).out

    assert (row["late_by_s"], row["late_working_s"]) == (1800, 1800)
    assert "3d" not in table
    assert table.count("30m") == 2


def test_a_breach_that_was_told_while_it_lasted_is_not_told_again_as_missed(bench: Bench) -> None:
    number = bench.ask("Late", ago(hours=3))
    check(bench, "--since-last")
    bench.reply(number, ago(), status=Status.OPEN)

    assert told(bench, "--since-last") == []


def test_a_first_run_has_nothing_to_catch_up_with(bench: Bench) -> None:
    number = bench.ask("Answered too late, long ago", ago(days=9))
    bench.reply(number, ago(days=8), status=Status.PENDING)

    assert told(bench) == []


def test_what_was_missed_before_is_no_news_when_something_else_happens_to_the_ticket(bench: Bench) -> None:
    number = bench.ask("Answered too late, long ago", ago(days=9))
    bench.reply(number, ago(days=8), status=Status.PENDING)
    check(bench)
    bench.note(number, ago())

    assert told(bench) == []


def test_breaches_that_events_recorded_late_bring_to_light_are_told(bench: Bench) -> None:
    check(bench, "--since-last")
    words = ("log", "Rang on Tuesday", "-c", "eve@example.com", "--at", "2026-11-17T10:00:00Z", "-m", "Where is it?")
    run(*words, queue=bench.queue.path)
    run("reply", "1", "-m", "Here.", "--at", "2026-11-18T10:00:00Z", queue=bench.queue.path)

    assert told(bench, "--since-last") == [(1, "first_response", "missed")]
    assert told(bench, "--since-last") == []


def test_a_breach_that_an_undo_brings_back_is_told(bench: Bench) -> None:
    number = bench.ask("Answered too late", ago(days=1))
    bench.reply(number, ago(hours=3))
    bench.record(number, ago(hours=2), Kind.CORRECTED, clock="first_response")
    check(bench, "--since-last")
    run("undo", queue=bench.queue.path)

    assert told(bench, "--since-last") == [(number, "first_response", "missed")]


def test_both_promises_to_resolve_are_missed_as_one(bench: Bench) -> None:
    number = bench.ask("Resolved too late", ago(days=10))
    bench.reply(number, ago(days=10), status=Status.OPEN)
    check(bench, now="2026-11-10T16:00:00Z")
    bench.record(number, ago(days=1), Kind.RESOLVED)

    assert told(bench) == [(number, "resolution_first", "missed")]


def test_a_risk_that_nobody_was_told_of_is_news_when_risks_are_asked_for(bench: Bench) -> None:
    number = bench.ask("Nearly late", ago(minutes=115))

    silent = check(bench, "--since-last")
    asked = check(bench, "--since-last", "--fail-on", "at-risk")
    again = check(bench, "--since-last", "--fail-on", "at-risk")

    assert (silent.code, silent.out) == (0, "")
    assert (asked.code, f" {number}  in 5m" in asked.out) == (5, True)
    assert (again.code, again.out) == (0, "")


def test_news_is_never_cut(bench: Bench) -> None:
    with bench.writer(ago(hours=3)).change("import") as change:
        for _ in range(MOST_ROWS + 1):
            said = Saying(Direction.IN, Author.CUSTOMER, Channel.PHONE, "Hello?", ago(hours=3))
            number = change.new_ticket(None, at=ago(hours=3), channel=Channel.PHONE)
            change.record(number, Kind.ASKED, at=ago(hours=3), message=change.say(number, said))
        change.store()

    assert check(bench, "--since-last").out.count("First response") == MOST_ROWS + 1


def test_a_check_is_never_cut_short_of_what_it_takes_for_told(bench: Bench) -> None:
    for _ in range(51):
        bench.ask("Late", ago(hours=3))

    assert check(bench, "-L", "1").code == 2
    assert check(bench).out.count("First response") == 51


def test_whoever_asks_for_columns_consumes_no_news(bench: Bench) -> None:
    bench.ask("Late", ago(hours=3))

    asked = check(bench, "--since-last", "-c", "help")

    assert (asked.code, "late_working" in asked.out) == (0, True)
    assert check(bench, "--since-last").code == 6


def test_what_could_not_be_said_is_said_by_the_next_run(bench: Bench, tmp_path: Path) -> None:
    bench.ask("Late", ago(hours=3))

    refused = check(bench, "--since-last", "-o", str(tmp_path / "missing" / "late.md"))

    assert refused.code == 1
    assert check(bench, "--since-last").code == 6


def test_a_queue_that_can_not_be_written_is_no_place_for_a_check(bench: Bench) -> None:
    bench.ask("Late", ago(hours=3))
    with closing(sqlite3.connect(bench.queue.path)) as lock:
        lock.execute("begin immediate")
        shown = check(bench, "--since-last", environment={"SUPPORTQ_BUSY": "0"})  # type: ignore[arg-type]

    assert (shown.code, "Late" in shown.out) == (75, True)
    assert check(bench, "--since-last").code == 6


def test_news_without_the_name_of_a_check_is_refused(bench: Bench) -> None:
    refused = run("breaches", "--since-last", queue=bench.queue.path)

    assert refused.code == 2
    assert "--check mail --since-last" in refused.err


def test_nobody_is_woken_for_a_team_that_is_closed(bench: Bench) -> None:
    bench.ask("For the office", ago(days=3), team="technical")

    at_night = run("breaches", queue=bench.queue.path, now=NIGHT)

    assert (at_night.code, at_night.out, at_night.err) == (0, "", "")
    assert run("breaches", "-q", queue=bench.queue.path, now=NIGHT).code == 0
    assert run("breaches", queue=bench.queue.path, now=MONDAY).code == 6


@pytest.mark.parametrize("words", [("--always",), ("-q", "--always"), ("--json",), ("-f", "prom")])
def test_whoever_asks_for_everything_gets_it_at_night_too(bench: Bench, words: tuple[str, ...]) -> None:
    bench.ask("For the office", ago(days=3), team="technical")

    assert run("breaches", *words, queue=bench.queue.path, now=NIGHT).code == 6


def test_a_person_at_a_terminal_sees_everything_at_night(bench: Bench) -> None:
    bench.ask("For the office", ago(days=3), team="technical")

    shown = run("breaches", queue=bench.queue.path, now=NIGHT, terminal=True)

    assert "For the office" in shown.out
    assert shown.err == "1 late promise raises no alarm until Technical opens Mon 09:00 (--always)\n"
    assert "no alarm" not in run("breaches", queue=bench.queue.path, now=MONDAY, terminal=True).err


@pytest.mark.parametrize("words", [(), ("-q",), ("--json",), ("--check", "mail"), ("--always",), ("-f", "nagios")])
@pytest.mark.parametrize("now", [NIGHT, MONDAY])
def test_the_exit_code_is_the_same_whether_or_not_somebody_watches(
    bench: Bench, words: tuple[str, ...], now: str
) -> None:
    bench.ask("For the office", ago(days=3), team="technical")

    codes = {run("breaches", *words, queue=bench.queue.path, now=now, terminal=seen).code for seen in (False, True)}

    assert len(codes) == 1


def test_teams_that_are_open_hear_of_their_own_tickets_and_of_those_of_no_team(bench: Bench) -> None:
    for team in ("sales", "technical", None):
        bench.ask(f"For {team}", ago(days=3), team=team)

    shown = run("breaches", queue=bench.queue.path, now=NIGHT).out

    assert [f"For {team}" in shown for team in ("sales", "technical", None)] == [True, False, True]


def test_while_every_team_is_closed_tickets_of_no_team_wait_too(tmp_path: Path) -> None:
    with a_queue(
        tmp_path, SETTINGS.replace('name = "Sales"\nhours = "always"', 'name = "Sales"\nhours = "office"')
    ) as desk:
        desk.ask("For nobody yet", ago(days=3))

        assert run("breaches", "-q", queue=desk.queue.path, now=NIGHT).code == 0
        assert run("breaches", "-q", queue=desk.queue.path, now=MONDAY).code == 6


def test_what_was_held_back_at_night_is_told_once_in_the_morning(bench: Bench) -> None:
    check(bench, "--since-last")
    number = bench.ask("For the office", ago(days=3), team="technical")
    bench.reply(number, ago(minutes=10), status=Status.OPEN)
    open_house = bench.ask("For sales", ago(days=3), team="sales")
    bench.reply(open_house, ago(minutes=10), status=Status.OPEN)

    nights = [check(bench, "--since-last", now=NIGHT).out for _ in range(2)]
    mornings = [check(bench, "--since-last", now=MONDAY).out for _ in range(2)]

    assert ["For sales" in shown for shown in nights + mornings] == [True, False, False, False]
    assert ["For the office" in shown for shown in nights + mornings] == [False, False, True, False]
