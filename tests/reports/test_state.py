import json
import shlex
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from desks import a_friday_desk, same_screen
from queues import NOW, new_queue
from reports.history import Story, recorded, stories
from running import run

from supportq.reports._state import overloaded

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def friday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_friday_desk(tmp_path_factory.mktemp("state"))


def told(queue: Path, *words: str) -> dict[str, dict[str, Any]]:
    """Return the state of a desk by measure."""
    return {row["measure"]: row for row in json.loads(run("report", *words, "--json", queue=queue).out)}


def test_the_state_of_a_desk_fits_one_screen(friday: Path) -> None:
    shown = run("report", queue=friday, terminal=True).out

    assert len(shown.splitlines()) <= 23
    same_screen("report_state", shown)


def test_a_pipe_gets_a_line_for_each_figure_with_its_command(friday: Path) -> None:
    lines = run("report", queue=friday).out.splitlines()

    assert lines[0] == "measure\tvalue\tbefore\tn\tcommand\tunit"
    assert {line.count("\t") for line in lines} == {5}


def test_figures_of_one_kind_are_sorted_among_themselves(friday: Path) -> None:
    rows = [json.loads(line) for line in run("report", "-s", "value", "-f", "jsonl", queue=friday).out.splitlines()]
    spans = [row["value"] for row in rows if row["unit"] == "seconds"]

    assert spans == sorted(spans)
    assert [row["unit"] for row in rows if row["value"] is not None][:2] == ["seconds", "seconds"]


@pytest.mark.parametrize("words", [(), ("--where", "team:sales not:has:note")])
def test_every_command_that_digs_deeper_works_as_it_is_printed(words: tuple[str, ...], friday: Path) -> None:
    for row in told(friday, *words).values():
        program, *rest = shlex.split(row["command"])
        ran = run(*rest, queue=friday)

        assert (program, ran.code, ran.err) == ("supportq", 0, ""), row["command"]


def test_counts_are_those_of_the_lists_behind_them() -> None:
    queue = recorded()
    for name in ("late", "at_risk"):
        row = told(queue)[name]
        _, *words = shlex.split(row["command"])
        listed = run(*words, "-f", "ids", "-L", "0", queue=queue).out.split()

        assert row["value"] == len(listed)


def test_the_figures_are_those_that_plain_loops_find_in_two_years() -> None:
    found = told(recorded())
    counted = [story for story in stories() if not _is_left_out(story)]
    day = datetime(2026, 11, 20, tzinfo=BERLIN)

    assert found["open"]["value"] == sum(_is_open(story) for story in counted)
    assert found["oldest"]["value"] == max(
        (NOW - story.created_at).total_seconds() for story in counted if _is_open(story)
    )
    assert found["came_in_today"]["value"] == _came(counted, day, NOW)
    assert found["came_in_today"]["before"] == _came(counted, day - timedelta(7), NOW - timedelta(7))


def _came(counted: list[Story], since: datetime, until: datetime) -> int:
    return sum(since <= story.created_at < until for story in counted)


def _is_left_out(story: Story) -> bool:
    ends = [deed.verb for deed in story.deeds if deed.verb in {"spam", "merged"}]
    return bool(ends) or all(deed.data.get("automatic") for deed in story.deeds)


def _is_open(story: Story) -> bool:
    moves = [deed.verb for deed in story.deeds if deed.verb in {"asked", "reopened", "resolved", "closed"}]
    return not moves or moves[-1] in {"asked", "reopened"}


def test_who_was_not_satisfied_is_told_until_somebody_gets_back_to_them(tmp_path: Path) -> None:
    queue = a_friday_desk(tmp_path)
    for words in ("resolve 4 --yes", "rate 4 1"):
        assert run(*words.split(), queue=queue).code == 0
    assert told(queue)["to_follow_up"]["value"] == 1
    assert digested(queue)["waiting"]["to_follow_up"] == 1

    assert run("reply", "4", "-m", "Sorry!", queue=queue).code == 0
    assert told(queue)["to_follow_up"]["value"] == 0


def digested(queue: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run("report", "digest", "--json", queue=queue).out)
    return found


def test_an_empty_queue_has_nothing_open_and_no_rates(tmp_path: Path) -> None:
    found = told(new_queue(tmp_path / "empty.db"))

    assert {row["value"] for row in found.values()} == {0, None}
    assert found["kept_this_week"]["value"] is None
    assert found["kept_this_week"]["n"] == 0


def test_whoever_has_twice_as_much_as_the_others_and_five_more_is_overloaded() -> None:
    assert overloaded({"ann": 20, "ben": 4, "eve": 6}) == [("ann", 20, 5.0)]
    assert overloaded({"ann": 4, "ben": 0}) == []
    assert overloaded({"ann": 19, "ben": 10}) == []
    assert overloaded({"ann": 50}) == []


def test_a_report_says_what_it_counts() -> None:
    assert "Overloaded is an agent" in " ".join(run("report", "state", "--define", queue=recorded()).out.split())
