"""Times that people type and see: in their zone, and refused where they can be read in two ways."""

from pathlib import Path

import pytest
from queues import new_queue
from running import run

from supportq.errors import ExitCode


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    return new_queue(tmp_path / "desk.db")


def test_an_unknown_zone_of_the_machine_is_refused_before_anything_is_written(queue: Path) -> None:
    refused = run("log", "Loom", "-c", "ida@example.com", queue=queue, zone="Europe/Belrin")

    assert refused.code == ExitCode.USAGE
    assert refused.err.startswith('supportq: TZ names no time zone: "Europe/Belrin"\n  did you mean Europe/Berlin')
    assert run("count", queue=queue).out == "0\n"


def test_a_zone_without_a_name_is_called_what_its_clocks_show(queue: Path) -> None:
    rule = "CET-1CEST,M3.5.0,M10.5.0/3"
    run("log", "Loom", "-c", "ida@example.com", queue=queue)

    assert "(CET)" in run("sla", "why", "1", "-v", queue=queue, terminal=True, zone=rule).out


def test_a_queue_is_not_created_with_a_zone_that_other_machines_do_not_know(tmp_path: Path) -> None:
    refused = run("init", str(tmp_path / "team.db"), queue=tmp_path / "team.db", zone="<+03>-3")

    assert refused.code == ExitCode.USAGE
    assert "--tz Europe/Berlin" in refused.err


@pytest.mark.parametrize(
    "words",
    [
        ("log", "Loom", "-c", "ida@example.com", "--at", "2026-10-25 02:30"),
        ("report", "volume", "--since", "2026-10-25 02:30"),
        ("list", "created:2026-10-25 02:30.."),
        ("hours", "add", "office", "2026-10-25 02:30", "8h"),
    ],
)
def test_a_time_that_comes_twice_is_refused_wherever_it_is_typed(queue: Path, words: tuple[str, ...]) -> None:
    refused = run(*words, queue=queue)

    assert refused.code == ExitCode.USAGE
    assert "write 2026-10-25T02:30+02:00 or 2026-10-25T02:30+01:00" in refused.err


def test_a_reply_before_its_inquiry_is_refused_with_a_moment_of_ones_own_zone(queue: Path) -> None:
    run("log", "Loom", "-c", "ida@example.com", "--at", "today 14:05", queue=queue)

    refused = run("reply", "1", "-m", "Done.", "--at", "today 14:04", queue=queue)

    assert refused.code == ExitCode.USAGE
    assert refused.err == (
        "supportq: 1 can't have been answered before it came in\n"
        "  name that moment or a later one: --at 2026-11-20T14:05+01:00\n"
    )
    assert run("reply", "1", "-m", "Done.", "--at", "2026-11-20T14:05+01:00", queue=queue).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("changes", "--since", "yesterday"), "yesterday.. is 2026-11-19T00:00+01:00..\n"),
        (("hours", "add", "office", "9am", "2h"), "9am is 2026-11-21T09:00+01:00\n"),
        (("list", "created:last-week"), "created:2026-11-09T00:00+01:00..2026-11-16T00:00+01:00\n"),
        (("list", "not:idle:2d.."), "not:updated:..2026-11-18T16:00:01+01:00\n"),
        (("list", "status:open"), ""),
    ],
)
def test_what_words_were_taken_to_mean_is_told_to_those_who_ask(queue: Path, words: tuple[str, ...], said: str) -> None:
    assert run(*words, "-v", queue=queue).err == said
    assert run(*words, queue=queue).err == run(*words, "-v", "-q", queue=queue).err == ""


def test_a_time_of_day_that_was_yesterday_s_is_said_so(tmp_path: Path) -> None:
    queue = new_queue(tmp_path / "desk.db")

    assert "(at yesterday 17:00, " in run("log", "Loom", "-c", "Eve", "--at", "17:00", queue=queue).err


def test_nothing_waits_until_a_moment_that_no_calendar_knows(queue: Path) -> None:
    run("log", "Loom", "-c", "ida@example.com", "--team", "technical", queue=queue)

    refused = run("wait", "1", "--until", "2300-01-01", queue=queue)

    assert (refused.code, refused.err.splitlines()[0]) == (
        ExitCode.USAGE,
        "supportq: business hours are known for the years 1900 to 2199 only",
    )


def test_a_pretended_moment_is_one_of_ones_own_zone(queue: Path) -> None:
    shown = run("hours", "list", "-c", "standing", "--no-header", "--now", "2026-11-20 16:30", queue=queue)

    assert shown.out == "open\nopen\n"
