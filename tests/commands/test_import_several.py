"""Importing several files at once: in an order that joins them, as one change, with a line for each."""

import csv
import json
import re
from importlib import import_module
from pathlib import Path
from zipfile import ZipFile

import pytest
from queues import new_queue
from running import Run, run

from supportq.errors import ExitCode

SAID = """\
ticket_ref,at,author,author_role,direction,channel,public,body
4711,2026-11-02T09:00:00Z,kim,agent,out,email,yes,We look at it
4711,2026-11-02T10:00:00Z,Ida <ida@example.com>,customer,in,email,yes,Thanks
"""
LATER = "4711,2026-11-02T11:00:00Z,Ida <ida@example.com>,customer,in,email,yes,Still creaks\n"
JANUARY = "id,email,subject,status\n1,a@example.com,Hello,open\n2,b@example.com,Loom,frozen\n"
FEBRUARY = "id,email,subject,status\n3,a@example.com,Hello,open\n4,nobody,Loom,open\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return new_queue(tmp_path / "desk.db")


def written(desk: Path, **files: str) -> list[str]:
    """Write files beside the queue, and return their paths."""
    paths = [desk.parent / f"{name}.csv" for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        path.write_text(text)
    return [str(path) for path in paths]


def zendesk() -> str:
    text: str = import_module("profiles.zendesk").DATA
    return text


def imported(desk: Path, *words: str) -> Run:
    return run("import", *words, queue=desk)


def counted(desk: Path, what: str) -> int:
    return int(run("sql", f"select count(*) from {what}", "-f", "tsv", "--no-header", queue=desk).out)


def said_of(desk: Path, ticket: int) -> list[str]:
    statement = f"select body from message_view where ticket_id = {ticket} order by at, id"
    return run("sql", statement, "-f", "tsv", "--no-header", queue=desk).out.splitlines()


def test_messages_find_the_tickets_that_come_along_whichever_is_named_first(desk: Path) -> None:
    done = imported(desk, *written(desk, said=SAID, tickets=zendesk()))

    assert done.code == ExitCode.DONE
    assert "tickets.csv: 2 rows: 2 imported." in done.err
    assert "said.csv: 2 messages: 2 added to their tickets." in done.err
    assert said_of(desk, 1) == ["", "We look at it", "Thanks"]


def test_messages_that_come_later_alone_find_them_too(desk: Path) -> None:
    imported(desk, *written(desk, said=SAID, tickets=zendesk()))

    (said,) = written(desk, said=SAID + LATER)

    assert "1 added to their tickets, 2 unchanged" in imported(desk, said).err
    assert "Still creaks" in said_of(desk, 1)


LIST = """\
id,subject,email,created,status
T-1,Creaking loom,ida@example.com,2026-11-02T08:14:22Z,open
T-2,Late parcel,bo@example.com,2026-11-03T09:00:00Z,open
"""
TALK = """\
ticket_ref,at,author,author_role,direction,channel,public,body
T-1,2026-11-02T08:14:22Z,Ida <ida@example.com>,customer,in,email,yes,It creaks
T-1,2026-11-02T08:40:00Z,kim,agent,out,email,yes,Oil it
T-2,2026-11-03T09:40:00Z,Bo <bo@example.com>,customer,in,email,yes,Where is it
"""


def test_messages_find_the_tickets_of_an_earlier_import_and_say_whose_they_are(desk: Path) -> None:
    tickets, talk = written(desk, tickets=LIST, talk=TALK)
    imported(desk, tickets)

    told = "its messages go on with tickets of csv"
    assert told in imported(desk, talk, "--dry-run").err
    done = imported(desk, talk)

    assert (done.code, told in done.err, counted(desk, "ticket")) == (ExitCode.DONE, True, 2)


def test_messages_find_their_tickets_among_those_of_several_desks(desk: Path) -> None:
    done = imported(desk, *written(desk, tickets=LIST, talk=TALK, zendesk=zendesk()))

    assert "talk.csv: 3 messages: 3 added to their tickets." in done.err
    assert counted(desk, "ticket") == 4


def test_a_ticket_of_a_list_begins_with_the_words_that_its_messages_have_for_that_moment(desk: Path) -> None:
    files = written(desk, tickets=LIST, talk=TALK)

    imported(desk, *files)

    assert said_of(desk, 1) == ["It creaks", "Oil it"]
    assert said_of(desk, 2) == ["", "Where is it"]
    assert run("list", "1", "-f", "tsv", "--no-header", "-c", "channel,source", queue=desk).out == "email\tcsv\n"
    assert "3 unchanged" in imported(desk, *files).err


def test_a_ticket_that_its_messages_opened_takes_its_subject_and_customer_from_its_own_row_later(desk: Path) -> None:
    said: dict[str, object] = {"body": "Called him", "internal": False, "created_at": "2026-10-01T10:00:00Z"}
    article = {"id": 11, "ticket_id": 1, "type": "phone", "sender": "Agent", "from": "Kim", **said}
    ticket = {"id": 1, "number": "65001", "title": "Loom", "state": "open", "priority": "2 normal", "group": "Users"}
    ticket |= {"group_id": 1, "priority_id": 2, "state_id": 2, "customer_id": 2, "owner_id": 1, "article_count": 1}
    ticket |= {"customer": "nic@example.com", "owner": "-", "created_at": "2026-10-01T08:00:00Z"}
    ticket |= {
        "updated_at": "2026-10-01T08:00:00Z",
        "create_article_type": "email",
        "create_article_sender": "Customer",
    }
    for name, rows in (("articles", [article]), ("tickets", [ticket])):
        file = desk.parent / f"{name}.json"
        file.write_text(json.dumps(rows))
        assert imported(desk, str(file)).code == ExitCode.DONE

    columns = "subject,customer,unanswered"
    told = run("list", "status:any", "-f", "tsv", "--no-header", "-c", columns, queue=desk).out
    assert told == "Loom\tnic@example.com\t\n"


def test_a_list_that_comes_after_its_messages_tells_of_the_tickets_that_these_have_opened(desk: Path) -> None:
    tickets, talk = written(desk, tickets=LIST, talk=TALK)
    imported(desk, talk)

    assert "dry run: 2 would be updated" in imported(desk, tickets, "--dry-run").err
    assert "2 rows: 2 updated." in imported(desk, tickets).err
    assert "2 rows: 2 unchanged." in imported(desk, tickets).err

    subjects = run("list", "status:any", "-f", "tsv", "--no-header", "-c", "id,subject", "--sort", "id", queue=desk).out
    assert subjects == "1\tCreaking loom\n2\tLate parcel\n"


def test_messages_of_a_rejected_ticket_are_rejected_with_it_and_both_can_be_mended(desk: Path) -> None:
    files = written(desk, tickets=LIST.replace("22Z,open", "22Z,frozen"), talk=TALK)

    rehearsed = imported(desk, *files, "--dry-run").err
    assert "1 would be added to their tickets, 2 would be rejected" in rehearsed
    assert "1 added to their tickets, 2 rejected" in imported(desk, *files).err
    mended = [Path(file).with_suffix(".rejects.csv") for file in files]
    mended[0].write_text(mended[0].read_text().replace("frozen", "open"))

    assert imported(desk, *map(str, mended)).code == ExitCode.DONE
    assert (counted(desk, "ticket"), "Oil it" in said_of(desk, 2)) == (2, True)


def test_messages_that_may_be_of_two_desks_are_taken_only_when_it_is_said_of_which(desk: Path) -> None:
    tickets, talk = written(desk, tickets=LIST, talk=TALK)
    imported(desk, tickets, "--source", "north")
    imported(desk, tickets, "--source", "south")

    asked = imported(desk, talk)

    assert asked.code == ExitCode.USAGE
    assert 'may speak of the tickets of "north" and "south"' in asked.err
    assert "3 added to their tickets" in imported(desk, talk, "--source", "south").err


def test_messages_without_any_tickets_open_their_own_and_go_on_opening(desk: Path) -> None:
    more = TALK + "T-3,2026-11-04T09:40:00Z,Cy <cy@example.com>,customer,in,email,yes,New\n"
    (talk,) = written(desk, talk=TALK)
    imported(desk, talk)
    written(desk, talk=more)

    assert "4 messages: 1 imported, 3 unchanged" in imported(desk, talk).err


def test_all_files_are_one_change_and_one_undo(desk: Path) -> None:
    files = written(desk, said=SAID, tickets=zendesk())
    imported(desk, *files)
    assert counted(desk, "change where verb = 'import'") == 1

    run("undo", "--yes", queue=desk)

    assert run("list", "--all", "-f", "ids", queue=desk).out == ""
    assert "2 imported" in imported(desk, *files).err


def test_an_import_that_stopped_in_its_second_file_goes_on_in_the_same_change(desk: Path) -> None:
    files = written(desk, january=JANUARY.replace("frozen", "open"), february=FEBRUARY)
    assert imported(desk, *files, "--max-rejects", "0").code == ExitCode.REJECTED

    written(desk, february=FEBRUARY.replace("nobody", "d@example.com"))

    assert "It went on with the import that was interrupted" in imported(desk, *files).err
    assert (counted(desk, "change where verb = 'import'"), counted(desk, "ticket")) == (1, 4)


def test_rejects_of_files_with_the_same_columns_are_mended_in_one(desk: Path) -> None:
    files = written(desk, january=JANUARY, february=FEBRUARY)

    assert imported(desk, *files).code == ExitCode.REJECTED

    mended = desk.parent / "january.rejects.csv"
    with mended.open() as lines:
        reasons = [row["reason"] for row in csv.DictReader(lines)]
    assert [reason.partition(": ")[0] for reason in reasons] == files
    mended.write_text(mended.read_text().replace("frozen", "open").replace("nobody", "d@example.com"))
    assert "2 imported" in imported(desk, str(mended)).err


def test_rejects_of_files_with_other_columns_are_kept_apart(desk: Path) -> None:
    files = written(desk, january=JANUARY, said=SAID.replace("2026-11-02T10:00:00Z", "soon"))
    bad = desk.parent / "bad.csv"

    imported(desk, *files, "--rejects", str(bad))

    assert bad.read_text().splitlines()[0] == "line,reason,id,email,subject,status"
    assert (desk.parent / "bad-2.csv").read_text().startswith("line,reason,ticket_ref,")


def test_a_file_that_holds_no_inquiries_is_named_before_anything_is_written(desk: Path) -> None:
    files = written(desk, january=JANUARY, users="name,role\nKim,agent\n")

    done = imported(desk, *files)

    assert (done.code, f"{files[1]}: no column says what somebody wants" in done.err) == (ExitCode.FAILED, True)
    assert counted(desk, "ticket") == 0


@pytest.mark.parametrize("name", ["export.zip", "export"])
def test_tables_in_an_archive_or_a_folder_come_in_and_what_is_none_is_named(desk: Path, name: str) -> None:
    folder = desk.parent / "export"
    folder.mkdir()
    (folder / "said.csv").write_text(SAID)
    (folder / "tickets.csv").write_text(zendesk())
    (folder / "users.csv").write_text("name,role\nKim,agent\n")
    (folder / "logo.png").write_bytes(b"\x89PNG")
    with ZipFile(desk.parent / "export.zip", "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)

    done = imported(desk, str(desk.parent / name))

    assert done.code == ExitCode.REJECTED
    assert "logo.png: it is no table and no mail" in done.err
    assert re.search(r"users.csv: no column says what somebody wants: .*\n  say which is which: --map", done.err)
    assert said_of(desk, 1) == ["", "We look at it", "Thanks"]


def test_a_rehearsal_and_an_explanation_tell_of_each_file_in_the_order_of_reading(desk: Path) -> None:
    said, tickets = written(desk, said=SAID, tickets=zendesk())

    plan = json.loads(imported(desk, said, tickets, "--dry-run", "-f", "json").out)
    told = json.loads(imported(desk, said, tickets, "--explain", "-f", "json").out)

    assert [(file["file"], file["new"]) for file in plan["files"]] == [(tickets, 2), (said, 2)]
    assert f"dry run: {said}: 2 would be added to their tickets\n" in imported(desk, said, tickets, "--dry-run").err
    assert [(file["file"], file["profile"], file["refers_to"]) for file in told] == [
        (tickets, "zendesk", ""),
        (said, "messages", "zendesk"),
    ]
    assert counted(desk, "ticket") == 0


def test_standard_input_is_one_of_several_files_but_only_once(desk: Path) -> None:
    files = written(desk, tickets=zendesk())

    assert imported(desk, "-", "-").code == ExitCode.USAGE
    assert "standard input: 2 messages" in run("import", *files, "-", queue=desk, stdin=SAID).err
