"""What is kept of the desk that a ticket was imported from, and how the ticket is found by it."""

import json
from pathlib import Path

import pytest
from queues import new_queue
from running import run

MESSAGES = """\
ticket_ref,at,author,direction,body
SUP-1,2026-11-02T09:00:00Z,ida@example.com,in,The loom is late
SUP-1,2026-11-02T10:00:00Z,Kim Lane,out,It left on Monday
"""

TICKETS = "id,created,subject,body,email,Old queue\n501,2026-11-02T09:00:00Z,Reed,It is bent,ann@example.com,Returns\n"


@pytest.fixture
def moved(tmp_path: Path) -> Path:
    """Lend a desk that came from two others."""
    queue = new_queue(tmp_path / "desk.db")
    for name, text in (("messages.csv", MESSAGES), ("shop.csv", TICKETS)):
        (tmp_path / name).write_text(text)
        assert (
            run("import", str(tmp_path / name), *(["--source", "shop"] * (name == "shop.csv")), queue=queue).code == 0
        )
    return queue


def test_a_ticket_is_found_by_its_key_elsewhere(moved: Path) -> None:
    for words in (("search", "SUP-1"), ("list", "key:SUP-1"), ("list", "source:messages"), ("show", "key:SUP-1")):
        assert run(*words, "-f", "ids", queue=moved).out == "1\n", words
    assert run("list", "source:none", "-f", "ids", queue=moved).out == ""
    assert run("list", "-c", "id,source,key,address,facts", "-s", "id", "-f", "csv", queue=moved).out.splitlines()[
        1:
    ] == [
        "1,messages,SUP-1,ida@example.com,author (message 2)=Kim Lane",
        "2,shop,501,ann@example.com,Old queue=Returns",
    ]


def test_show_tells_where_a_ticket_was_and_what_was_said_of_it_there(moved: Path) -> None:
    plain, verbose = (run("show", "2", *more, queue=moved, terminal=True).out for more in ((), ("-v",)))
    record = json.loads(run("show", "2", "--json", queue=moved).out)

    assert "shop 501" in plain
    assert "Old queue" not in plain
    assert "Returns" in verbose
    assert (record["origins"], record["facts"]) == ([{"source": "shop", "key": "501"}], {"Old queue": "Returns"})


def test_who_wrote_at_another_desk_is_named(moved: Path) -> None:
    assert "Kim Lane  " in run("show", "1", queue=moved, terminal=True).out
    assert json.loads(run("show", "1", "--json", queue=moved).out)["messages"][1]["author_name"] == "Kim Lane"
