"""The SQL that a report prints, run by SQLite alone, against the report's own figures."""

import csv
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from reports.asked import rows_of
from reports.history import recorded
from reports.test_history import QUESTIONS

from supportq.reports import Question, find_report
from supportq.reports._weekly import place_of
from supportq.store.opening import open_queue
from supportq.store.queue import Queue

every_question = pytest.mark.parametrize("question", QUESTIONS[::2], ids=lambda it: "-".join(it.by) or "all")

SPREAD = ("median", "p90", "p95", "mean")


@pytest.fixture(scope="module")
def queue() -> Iterator[Queue]:
    opened = open_queue(recorded(), write=False)
    yield opened
    opened.close()


def told_by_sql(name: str, question: Question) -> list[dict[str, Any]]:
    """Run what a report prints in a connection that knows nothing of ours."""
    statement = find_report(name).sql
    assert statement is not None
    connection = sqlite3.connect(f"file:{recorded()}?mode=ro", uri=True)
    try:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(statement(question))]
    finally:
        connection.close()


def told_by_report(name: str, queue: Queue, question: Question) -> list[dict[str, Any]]:
    return rows_of(find_report(name).build(queue, question))


def counted(rows: Sequence[dict[str, Any]], *keys: str) -> Counter[tuple[Any, ...]]:
    found: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        found[tuple(row[key] for key in keys)] += row["n"]
    return +found


@every_question
def test_arrivals(queue: Queue, question: Question) -> None:
    asked = [row for row in told_by_sql("volume", question) if row["outside"] is None]

    assert counted(asked, *question.by) == counted(told_by_report("volume", queue, question), *question.by)


@every_question
def test_promises(queue: Queue, question: Question) -> None:
    fates = ("met", "late", "retarget", "no_data", "running", "outside")
    rows = told_by_report("sla", queue, question)
    of_report = [{**row, "fate": fate, "n": row[fate]} for row in rows for fate in fates]
    asked = [row for row in told_by_sql("sla", question) if row["fate"] in fates]
    keys = (*question.by, "clock", "fate")

    assert counted(asked, *keys) == counted(of_report, *keys)


@every_question
@pytest.mark.parametrize("name", ["response", "resolution"])
def test_times(queue: Queue, question: Question, name: str) -> None:
    keys = (*question.by, "time")
    rows = [row for row in told_by_report(name, queue, question) if row["n"]]
    of_report = {tuple(row[key] for key in keys): tuple(row[key] for key in ("n", *SPREAD)) for row in rows}
    asked = {
        tuple(row[key] for key in keys): tuple(row[key] for key in ("n", *(f"{key}_s" for key in SPREAD)))
        for row in told_by_sql(name, question)
        if row["left_out"] is None
    }

    assert asked == of_report


@every_question
def test_the_flow(queue: Queue, question: Question) -> None:
    rows = told_by_report("flow", queue, question)
    events = {"created": "n", "resolved": "resolved", "reopened": "reopened", "done": "done"}
    of_report = [{**row, "event": event, "n": row[key]} for row in rows for event, key in events.items()]
    asked = [row for row in told_by_sql("flow", question) if row["outside"] is None]

    assert counted(asked, *question.by, "event") == counted(of_report, *question.by, "event")


@every_question
def test_answers(queue: Queue, question: Question) -> None:
    asked = [row for row in told_by_sql("answered", question) if row["fate"] in {"in_time", "late"}]

    assert counted(asked, *question.by) == counted(told_by_report("answered", queue, question), *question.by)


def test_the_hours_of_the_week(queue: Queue) -> None:
    question = QUESTIONS[1]
    asked = [row for row in told_by_sql("seasonality", question) if row["outside"] is None]
    placed = [{**row, **dict(zip(("weekday", "clock_hour"), place_of(row["hour"]), strict=True))} for row in asked]
    keys = (*question.by, "weekday", "clock_hour")

    assert counted(placed, *keys) == counted(told_by_report("seasonality", queue, question), *keys)


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the shell of SQLite is not installed")
def test_the_shell_of_sqlite_tells_the_same(queue: Queue) -> None:
    question, report = QUESTIONS[2], find_report("response")
    assert report.sql is not None
    words = ("sqlite3", "-readonly", "-csv", "-header", str(recorded()))
    ran = subprocess.run(words, input=report.sql(question), capture_output=True, text=True, check=True)
    asked = [{**row, "n": int(row["n"])} for row in csv.DictReader(ran.stdout.splitlines()) if not row["left_out"]]
    keys = (*question.by, "time")
    of_report = [{**row, "team": row["team"] or ""} for row in told_by_report("response", queue, question)]

    assert counted(asked, *keys) == counted(of_report, *keys)
