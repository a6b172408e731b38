"""Triage: rules or values at once, or one key for each ticket."""

import os
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest
from queues import SETTINGS, new_queue
from running import run

from supportq.errors import ExitCode

RULES = """
[[rules]]
name = "Money back"
when = "text:refund"
team = "sales"
tags = ["refund"]

[[rules]]
name = "Shouting"
when = "text:now"
priority = "high"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    desk = new_queue(tmp_path / "desk.db", SETTINGS + RULES)
    for subject in ("Refund please", "Refund NOW", "A question"):
        run("log", subject, "-c", "ida@example.com", "--no-rules", queue=desk)
    return desk


def told(desk: Path, statement: str) -> list[str]:
    return run("sql", statement, "-f", "tsv", "--no-header", queue=desk).out.splitlines()


def test_rules_say_what_each_of_them_did_and_what_is_left(desk: Path) -> None:
    done = run("triage", "--auto", "-f", "tsv", queue=desk)

    assert done.code == 0
    assert done.out.splitlines()[1:] == [
        "1\tMoney back\tteam sales,+refund",
        "2\tMoney back\tteam sales,+refund",
        "2\tShouting\tpriority high",
    ]
    assert "1 left to decide" in done.err
    assert told(desk, "select status, team, priority from ticket order by id") == [
        "open\tsales\tnormal",
        "open\tsales\thigh",
        "new\t\tnormal",
    ]


def test_rules_that_run_quietly_say_nothing(desk: Path) -> None:
    done = run("triage", "--auto", "-q", queue=desk)

    assert (done.code, done.out, done.err) == (0, "", "")


def test_rules_have_nothing_to_do_a_second_time(desk: Path) -> None:
    run("triage", "--auto", queue=desk)

    assert "The rules had nothing to change." in run("triage", "--auto", queue=desk).err


def test_rules_leave_what_a_person_has_set(desk: Path) -> None:
    run("prioritise", "2", "low", queue=desk)
    run("triage", "--auto", queue=desk)

    assert told(desk, "select priority from ticket where id = 2") == ["low"]


def test_values_are_set_at_once_and_the_tickets_are_open(desk: Path) -> None:
    done = run("triage", "1,3", "--team", "technical", "--priority", "urgent", queue=desk)

    assert "2 tickets triaged" in done.err
    assert told(desk, "select status, team, priority from ticket where id in (1, 3)") == ["open\ttechnical\turgent"] * 2


def test_without_a_terminal_it_names_the_flags_that_answer(desk: Path) -> None:
    done = run("triage", queue=desk)

    assert done.code == ExitCode.USAGE
    assert "--auto" in done.err


def test_the_rules_run_where_nobody_is_an_agent(desk: Path) -> None:
    assert run("triage", "--auto", queue=desk, agent="", environment={"LOGNAME": "cron"}).code == 0
    assert told(desk, "select actor from change order by id desc limit 1") == ["system"]


def walked(desk: Path, *keys: str, words: Sequence[str] = (), **environment: str) -> pexpect.spawn:
    told_so = {"SUPPORTQ_QUEUE": str(desk), "SUPPORTQ_AGENT": "ann", "SUPPORTQ_NOW": "2026-11-20T15:00:00Z"}
    told_so |= {"PATH": os.environ["PATH"], "HOME": str(desk.parent), "TERM": "xterm", "PYTHONUTF8": "1", **environment}
    command = ["-c", "from supportq.app import main; main()", "triage", *words]
    child = pexpect.spawn(sys.executable, command, env=told_so, encoding="utf-8", dimensions=(24, 80), timeout=20)
    for key in keys:
        child.expect("q quit")
        child.send(key)
    return child


def test_one_key_decides_a_ticket_and_the_next_one_comes(desk: Path) -> None:
    child = walked(desk, "1", "\r", "s")
    child.expect("3 decided")
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 0
    assert told(desk, "select status, team from ticket order by id") == ["open\tsales", "open\tsales", "spam\t"]


def test_a_priority_waits_for_the_key_that_decides(desk: Path) -> None:
    child = walked(desk, "ua", "q")
    child.expect("1 decided, 2 still new")

    assert told(desk, "select status, priority, assignee from ticket where id = 1") == ["open\turgent\tann"]


def test_back_takes_back_the_decision_before_so_that_it_can_be_made_anew(desk: Path) -> None:
    child = walked(desk, "b1", "k", "b", "b", "s", "o", "q")
    child.expect("2 decided, 1 still new")

    assert told(desk, "select status, team from ticket order by id") == ["spam\t", "open\t", "new\t"]


def test_enter_is_not_offered_where_the_rules_say_nothing(desk: Path) -> None:
    child = walked(desk, "k", "k", "\r")
    child.expect("the rules say nothing about it; choose a key")
    child.send("?q")
    child.expect("l n h u set its priority first; s is spam")
    child.expect("0 decided, 3 still new")


@pytest.mark.parametrize(("key", "code"), [("\x04", 0), ("\x03", 130)])
def test_ending_the_input_or_interrupting_leaves_the_rest_as_it_was(desk: Path, key: str, code: int) -> None:
    child = walked(desk, key, NO_COLOR="1")
    child.expect("0 decided, 3 still new")
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == code


def test_each_decision_bears_the_time_of_its_key(desk: Path) -> None:
    child = walked(desk, "o", SUPPORTQ_NOW="")
    child.expect("q quit")
    time.sleep(1.1)
    child.send("oq")
    child.expect("2 decided")

    at = told(desk, "select distinct at from event where change_id in (select id from change where verb = 'triage')")
    assert len(at) == 2


def test_what_a_colleague_did_meanwhile_is_shown_and_not_decided_over(desk: Path) -> None:
    child = walked(desk)
    child.expect("1 of 3")
    child.expect("q quit")
    run("take", "1", queue=desk, agent="ben")
    child.send("s")
    child.expect("Since you looked at 1:")
    child.expect("1 is not new any more")
    child.expect("2 of 3")
    child.send("q")
    child.expect("0 decided, 2 still new")

    assert told(desk, "select status, assignee from ticket where id = 1") == ["open\tben"]


def test_a_dry_walk_changes_nothing_and_offers_no_undo(desk: Path) -> None:
    child = walked(desk, "o", "b", "s", "q", words=("-n",))
    child.expect("Dry run: 1 would be decided; nothing was changed.\r\n")
    child.expect(pexpect.EOF)

    assert told(desk, "select distinct status from ticket") == ["new"]


def test_tickets_that_are_not_new_are_named_and_not_walked(desk: Path) -> None:
    run("take", "1,3", queue=desk)
    child = walked(desk, words=("1,3",))
    child.expect("1 and 3 are not new.")
    child.expect("Decide anew: supportq triage TICKETS --team TEAM")
    walked(desk, "k", words=("1,2",)).expect("0 decided, 1 still new")


def test_a_priority_that_is_not_kept_is_said_and_one_that_is_comes_with_what_was_done(desk: Path) -> None:
    child = walked(desk, "hk")
    child.expect("priority high is not kept")
    child.expect("q quit")
    child.send("no")
    child.expect("2: open, priority normal")


def test_a_change_that_was_asked_about_bears_the_time_of_the_yes(desk: Path) -> None:
    run("log", "One more", "-c", "ida@example.com", queue=desk)
    child = walked(desk, words=("1-4", "--team", "sales"), SUPPORTQ_NOW="")
    child.expect("4 tickets match")
    time.sleep(1.1)
    before = datetime.now(UTC).replace(microsecond=0)
    child.send("y\r")
    child.expect("4 tickets triaged")

    (at,) = told(desk, "select distinct at from event where change_id = (select max(id) from change)")
    assert datetime.fromisoformat(at) >= before
