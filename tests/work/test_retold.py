"""Newer files and fuller ones: the same truth whichever way it comes in."""

from pathlib import Path

import pytest
from queues import new_queue
from running import run

from supportq.errors import ExitCode

CLOCKS = "select ticket_id, kind, ordinal, standing from clock order by ticket_id, kind, ordinal"
STANDING = "select id, status, coalesce(unanswered_since, '') from ticket order by id"

LIST = """\
Number,Subject,Email,Created,Status
T-1,Loom,ida@example.com,2026-11-02T08:00:00Z,open
T-2,Wool,bo@example.com,2026-11-02T08:00:00Z,pending
T-3,Yarn,bo@example.com,2026-11-02T08:00:00Z,closed
T-4,Felt,bo@example.com,2026-11-02T08:00:00Z,on_hold
"""
WORDS = """\
ticket_ref,at,author,author_role,direction,channel,public,body
T-1,2026-11-02T08:30:00Z,ann,agent,out,email,yes,ours
T-2,2026-11-02T08:30:00Z,ann,agent,out,email,yes,ours
T-2,2026-11-02T08:40:00Z,Bo <bo@example.com>,customer,in,email,yes,theirs
T-3,2026-11-02T08:40:00Z,Bo <bo@example.com>,customer,in,email,yes,theirs
T-4,2026-11-02T08:00:00Z,Bo <bo@example.com>,customer,in,email,yes,theirs
"""


def row(folder: Path, name: str, status: str, resolved: str = "", answered: str = "") -> str:
    file = folder / name
    cells = f"1,Loom,ida@example.com,2026-10-01T08:00:00Z,{status},{resolved},{answered},It creaks"
    file.write_text(f"Number,Subject,Email,Created,Status,Resolved,First response at,Body\n{cells}\n")
    return str(file)


def figures(desk: Path, statement: str) -> str:
    shown = run("sql", statement, "-f", "tsv", "--no-header", queue=desk)
    assert shown.code == ExitCode.DONE, shown.err
    return shown.out


@pytest.mark.parametrize("answered", ["", "2026-10-01T10:00:00Z"])
@pytest.mark.parametrize("resolved", ["", "2026-10-01T12:00:00Z"])
@pytest.mark.parametrize("new", ["open", "pending", "on_hold", "resolved", "closed", "spam"])
@pytest.mark.parametrize("old", ["new", "open"])
def test_an_inquiry_that_a_newer_list_renews_has_the_clocks_of_one_that_was_read_from_that_alone(
    tmp_path: Path, old: str, new: str, resolved: str, answered: str
) -> None:
    renewed, fresh = new_queue(tmp_path / "renewed.db"), new_queue(tmp_path / "fresh.db")
    newer = row(tmp_path, "newer.csv", new, resolved if new in {"resolved", "closed"} else "", answered)

    run("import", row(tmp_path, "older.csv", old), queue=renewed)
    run("import", newer, "--on-duplicate", "update", queue=renewed)
    run("import", newer, queue=fresh)

    assert figures(renewed, CLOCKS) == figures(fresh, CLOCKS)
    assert figures(renewed, STANDING) == figures(fresh, STANDING)
    assert run("doctor", queue=renewed).code == ExitCode.DONE


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("words", [(), ("--source", "north")])
def test_who_spoke_last_is_owed_an_answer_and_moves_no_status_that_a_list_states(
    tmp_path: Path, words: tuple[str, ...], *, apart: bool
) -> None:
    desk = new_queue(tmp_path / "desk.db")
    files = [str(tmp_path / "list.csv"), str(tmp_path / "words.csv")]
    for file, text in zip(files, (LIST, WORDS), strict=True):
        Path(file).write_text(text)

    for each in [[file] for file in files] if apart else [files]:
        assert run("import", *each, *words, queue=desk).code == ExitCode.DONE

    assert figures(desk, STANDING).splitlines() == [
        "1\topen\t",
        "2\tpending\t2026-11-02T08:40:00Z",
        "3\tclosed\t",
        "4\ton_hold\t2026-11-02T08:00:00Z",
    ]
    owed = "select ticket_id, kind from clock where standing = 'running' and kind like '%response' order by 1"
    assert figures(desk, owed).splitlines() == ["2\tnext_response", "4\tfirst_response"]
    assert run("doctor", queue=desk).code == ExitCode.DONE
