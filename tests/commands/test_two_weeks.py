"""Two weeks of a team's life on the real command line, against a table of its clocks that was written by hand."""

import json
import re
import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from queues import new_queue
from running import run

HERE = Path(__file__).parent
BERLIN = ZoneInfo("Europe/Berlin")
SCRIPT, _, TABLE = (HERE / "two_weeks.txt").read_text(encoding="utf-8").partition("EVERY CLOCK")

CLOCKS = "select * from clock_view order by ticket_id, kind, ordinal"


def moment(text: str) -> datetime:
    """Return what is 03-23 09:00 in Berlin."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=BERLIN)


def deeds() -> Iterator[tuple[str, str, str, int]]:
    """Yield when it was, who did it, the words of the command, and its exit code."""
    for at, agent, words, code in re.findall(r"^(\S+ \S+)  (\w+)  (.+?)(?: {2,}exits (\d))?$", SCRIPT, re.MULTILINE):
        yield at, agent, words, int(code or 0)


def row(clock: dict[str, Any], now: datetime) -> str:
    """Return a clock as a line of the table, its cells apart by one space."""
    late = clock["breached_at"] or (clock["due_at"] if _is_late(clock, now) else None)
    cells = [clock["ticket_id"], clock["kind"], clock["ordinal"]]
    cells += [_local(clock[name]) or "-" for name in ("started_at", "due_at", "stopped_at")]
    cells += ["late" if _is_late(clock, now) else clock["standing"], clock["why_void"]]
    cells += ["live" if clock["live"] else "", "recorded-late" if clock["late_recorded"] else "", _local(late)]
    cells += [clock["cause"] if clock["cause"] == "retarget" else "", _open(clock)]
    return " ".join(str(cell) for cell in cells if cell)


def _is_late(clock: dict[str, Any], now: datetime) -> bool:
    return clock["stopped_at"] is None and clock["due_at"] is not None and datetime.fromisoformat(clock["due_at"]) < now


def _local(stamp: str | None) -> str:
    return f"{datetime.fromisoformat(stamp).astimezone(BERLIN):%m-%d %H:%M}" if stamp else ""


def _open(clock: dict[str, Any]) -> str:
    if clock["stopped_at"] is None:
        return "-"
    minutes = clock["business_s"] // 60
    return f"{minutes // 60}:{minutes % 60:02}"


def test_every_clock_of_two_weeks_is_what_the_spec_says(tmp_path: Path) -> None:
    settings = (HERE / "two_weeks.toml").read_text(encoding="utf-8")
    queue = new_queue(tmp_path / "desk.db", settings, now=moment("03-22 12:00"))

    for at, agent, words, code in deeds():
        done = run(*shlex.split(words), queue=queue, agent=agent, now=moment(at).isoformat())
        assert done.code == code, f"{at} {words}: {done.err}"

    now = moment("04-05 23:00")
    clocks = json.loads(run("sql", CLOCKS, "--json", queue=queue, now=now.isoformat()).out)
    expected = [" ".join(line.split()) for line in TABLE.splitlines() if line[:2].strip().isdigit()]
    assert [row(clock, now) for clock in clocks] == expected
