"""The demonstration: a worked desk from the packaged samples, whatever day it is."""

from pathlib import Path

import pytest
from running import run


@pytest.mark.parametrize("now", ["2026-11-22T12:00:00Z", "2024-07-01T03:00:00Z"])
def test_the_demo_shows_a_year_of_work_with_a_few_late_tickets(tmp_path: Path, now: str) -> None:
    done = run("demo", str(tmp_path / "there"), "--now", now, queue=tmp_path / "none.db")
    desk = tmp_path / "there" / "demo.db"

    assert done.code == 0
    assert " late" in done.out
    assert "SLA attainment" in done.out
    assert str(desk) in done.err
    assert run("next", "priority:urgent", "-f", "ids", queue=desk, now=now).out == "373\n"
    assert run("count", queue=desk, now=now).out == "16\n"
    assert run("breaches", "-q", queue=desk, now=now, agent="mia").code == 6
    assert run("doctor", queue=desk, now=now, agent="mia").code == 0


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    run("demo", str(tmp_path), queue=tmp_path / "none.db")

    assert run("demo", str(tmp_path), queue=tmp_path / "none.db").code == 1
