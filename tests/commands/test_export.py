import csv
import gzip
import json
import mailbox
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from queues import SETTINGS, a_queue, ago
from running import run

from supportq.model.channel import Channel
from supportq.model.event import Kind
from supportq.store.export import PARTS

_DERIVED = {"ticket_tag", "ticket_field", "participant", "link", "clock", "course", "ending"}
_KEPT = "subject,customer,channel,status,replies,created"
_OF_THIS_COPY = {"mail_fetch", "mail_left"}
"""How far mailboxes were read: another copy looks for itself, and knows the mails that it has."""


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_what_is_named_like_a_workbook_is_not_written_as_something_else(own_friday: Path, tmp_path: Path) -> None:
    refused = run("export", "-o", str(tmp_path / "all.xlsx"), queue=own_friday)

    assert (refused.code, list(tmp_path.glob("all.*"))) == (2, [])
    assert f"-o {tmp_path}/all.csv --spreadsheet" in refused.err


def test_every_row_but_secrets_and_projections_is_exported(friday: Path) -> None:
    found = lines_of(run("export", queue=friday).out)

    with closing(sqlite3.connect(friday)) as connection:
        for part in PARTS:
            count = connection.execute(f"select count(*) from {part.table}").fetchone()[0]
            assert sum(line["record"] == part.record for line in found) == count - (part.table == "desk")
    assert "signing_key" not in {line.get("key") for line in found}


def test_no_table_is_forgotten(friday: Path) -> None:
    with closing(sqlite3.connect(friday)) as connection:
        names = {row[0] for row in connection.execute("select name from sqlite_schema where type = 'table'")}
    kept = {name for name in names if not name.startswith(("sqlite_", "_sqlite_", "search"))}

    assert kept - _DERIVED - _OF_THIS_COPY == {part.table for part in PARTS}


def test_an_export_says_what_it_is_and_where_it_ends(friday: Path) -> None:
    first, *lines, last = lines_of(run("export", queue=friday).out)

    assert (first["record"], first["last_ids"]["ticket"]) == ("export", 5)
    assert last == {"record": "end", "lines": len(lines)}


def test_keys_leave_only_if_that_is_asked_for(friday: Path) -> None:
    found = lines_of(run("export", "--with-keys", queue=friday).out)

    assert "signing_key" in {line.get("key") for line in found}


def test_a_queue_comes_back_from_its_export(friday: Path, tmp_path: Path) -> None:
    run("export", "-o", str(tmp_path / "all.jsonl"), queue=friday)
    made = run("init", str(tmp_path / "copy.db"), "--from", str(tmp_path / "all.jsonl"), queue=friday)
    again = run("export", queue=tmp_path / "copy.db")

    assert made.err.startswith(f"Created {tmp_path}/copy.db from {tmp_path}/all.jsonl: 5 tickets.\n")
    assert again.out == (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    assert run("doctor", queue=tmp_path / "copy.db").code == 0


def test_an_export_says_that_mail_is_fetched_and_not_by_which_file(own_friday: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run("config", "set", "channels.sms.fetcher", "fetch-sms", queue=own_friday)
    run("fetch", queue=own_friday)
    exported = run("export", queue=own_friday).out
    run("init", str(copy), "--from", "-", queue=own_friday, stdin=exported)
    run("fetch", "--here", queue=copy)

    assert {"record": "desk", "key": "mail_home", "value": ""} in lines_of(exported)
    assert run("export", queue=copy).out == exported


def test_a_queue_can_come_back_through_a_pipe(friday: Path, tmp_path: Path) -> None:
    text = run("export", queue=friday).out

    assert run("init", str(tmp_path / "copy.db"), "--from", "-", queue=friday, stdin=text).code == 0
    assert run("export", queue=tmp_path / "copy.db").out == text


def test_a_queue_can_come_back_from_a_packed_export(friday: Path, tmp_path: Path) -> None:
    (tmp_path / "all.jsonl.gz").write_bytes(gzip.compress(run("export", queue=friday).out.encode()))

    assert run("init", str(tmp_path / "copy.db"), "--from", str(tmp_path / "all.jsonl.gz"), queue=friday).code == 0


def test_an_export_brings_its_own_settings(friday: Path, tmp_path: Path) -> None:
    shown = run("init", str(tmp_path / "copy.db"), "--from", "all.jsonl", "--preset", "small", queue=friday)

    assert (shown.code, shown.err.splitlines()[0]) == (2, "supportq: an export brings its own settings")


def test_an_export_is_not_imported_as_inquiries(own_friday: Path, tmp_path: Path) -> None:
    run("export", "-o", str(tmp_path / "all.jsonl"), queue=own_friday)
    before = run("export", queue=own_friday).out
    shown = run("import", str(tmp_path / "all.jsonl"), queue=own_friday)

    assert shown.code == 1
    assert shown.err.splitlines()[1] == f"  make a queue of it: supportq init FILE --from {tmp_path}/all.jsonl"
    assert run("export", queue=own_friday).out == before


def test_a_selector_takes_out_those_tickets_and_all_that_belongs_to_them(friday: Path) -> None:
    found = lines_of(run("export", "1", queue=friday).out)

    assert {line["ticket_id"] for line in found if line["record"] == "event"} == {1}
    assert [line["name"] for line in found if line["record"] == "customer"] == ["Ida Berg"]
    assert [line["body"] for line in found if line["record"] == "text"] == ["Order 12 not here"]
    assert len([line for line in found if line["record"] == "message"]) == 3


def test_a_ticket_carries_its_parts(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS) as bench:
        number = bench.ask("Order 12", ago(hours=1))
        bench.record(number, ago(), Kind.CHANGED, tags_added=["late", "vip"], fields={"order": "A-17"})
        queue = bench.queue.path

    (ticket,) = [line for line in lines_of(run("export", queue=queue).out) if line["record"] == "ticket"]

    assert (ticket["tags"], ticket["fields"], ticket["links"]) == (["late", "vip"], {"order": "A-17"}, [])


def test_rows_of_tickets_go_into_a_spreadsheet_by_the_name_of_the_file(own_friday: Path, tmp_path: Path) -> None:
    shown = run("export", "-o", str(tmp_path / "all.csv"), queue=own_friday)
    with (tmp_path / "all.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert shown.out == ""
    assert [row["id"] for row in rows] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("where", ["missing/all.jsonl", "."])
def test_a_file_that_can_not_be_written_is_one_clear_error(own_friday: Path, tmp_path: Path, where: str) -> None:
    shown = run("export", "-o", str(tmp_path / where), queue=own_friday)

    assert shown.code == 1
    assert "can't write" in shown.err


def test_a_failed_export_leaves_the_earlier_file(own_friday: Path, tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text("earlier")
    shown = run("export", "77", "-o", str(tmp_path / "all.jsonl"), queue=own_friday)

    assert shown.code == 3
    assert (tmp_path / "all.jsonl").read_text() == "earlier"
    assert not list(tmp_path.glob(".all*"))


HOSTILE = "<script>alert(1)</script> [x](javascript:1) \x1b[31m"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A desk with one ticket of hostile words, a note, a mail as it was received, and two files of one name."""
    with a_queue(tmp_path) as bench:
        number = bench.ask(
            HOSTILE,
            ago(days=2),
            who="[x](javascript:1) \x1b[31m <ida@example.com>",
            body=f"{HOSTILE}\nFrom here\n> a\n> b\n> c",
        )
        bench.note(number, ago(days=1), "Only for us.")
        bench.reply(number, ago(hours=1), "It is on its way.")
        bench.ask("Call me", ago(hours=2), who="+49 30 1234567", channel=Channel.PHONE)
        bench.queue.connection.executescript(
            """
            insert into blob values ('h', 3, x'616263');
            insert into attachment (message_id, name, content_type, hash) values
              (1, '../../a.txt', 'text/plain', 'h'), (1, 'A.TXT', 'text/plain', 'h');
            """
        )
        bench.ask("A mail", ago(hours=1))
        bench.queue.connection.execute(
            "insert into original values (5, 0, ?)", [b"From: Eve <e@x>\r\n\r\nFrom \xff\r\n"]
        )
        return bench.queue.path


@pytest.mark.parametrize(("form", "harm"), [("html", r"<script|\x1b"), ("md", r"(?<!\\)(?:<script|\[x)|\x1b")])
def test_each_ticket_becomes_a_file_that_is_harmless_and_whole(
    desk: Path, tmp_path: Path, form: str, harm: str
) -> None:
    folder = tmp_path / "new" / "tickets"
    shown = run("export", "-f", form, "-o", str(folder), queue=desk)
    page = (folder / f"1.{form}").read_text(encoding="utf-8")

    assert (shown.out, shown.err) == ("", f"Written: 3 tickets in {folder}\n")
    assert sorted(str(file.relative_to(folder)) for file in folder.rglob("*.*")) == [
        *(f"1.{form}", "1/A-2.TXT", "1/a.txt", f"2.{form}", f"3.{form}"),
    ]
    assert (folder / "1" / "a.txt").read_bytes() == b"abc"
    assert ({file.stat().st_mode & 0o077 for file in folder.rglob("*")}, folder.stat().st_mode & 0o077) == ({0}, 0)
    assert not re.search(harm, page)
    assert "1/A-2.TXT, 3 bytes" in page
    assert "2026-11-18T16:00+01:00" in page
    assert "quoted lines" not in page
    assert "Only for us" in page


def test_a_second_export_replaces_the_files_of_the_first(desk: Path, tmp_path: Path) -> None:
    for _ in range(2):
        shown = run("export", "1", "-f", "md", "-o", str(tmp_path / "out"), queue=desk)

    assert shown.code == 0
    assert len(list((tmp_path / "out" / "1").iterdir())) == 2


@pytest.mark.parametrize("words", [("-f", "html"), ("-f", "md", "-o", "x.md"), ("-o", "x.html")])
def test_a_folder_must_be_named_for_files_of_tickets(friday: Path, words: tuple[str, ...]) -> None:
    shown = run("export", *words, queue=friday)

    assert (shown.code, shown.out) == (2, "")
    assert "each ticket is a file of its own" in shown.err


def test_a_folder_that_can_not_be_made_is_one_clear_error(friday: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    shown = run("export", "-f", "html", "-o", str(tmp_path / "file" / "in"), queue=friday)

    assert (shown.code, shown.err) == (1, f"supportq: can't write {tmp_path}/file/in: Not a directory\n")


def test_what_was_said_goes_into_an_mbox_and_notes_stay(desk: Path, tmp_path: Path) -> None:
    run("export", "-o", str(tmp_path / "desk.mbox"), queue=desk)
    box = mailbox.mbox(tmp_path / "desk.mbox")
    mails = [box[key] for key in box.keys()]  # noqa: SIM118 - a mailbox is no mapping
    box.close()

    assert [mail["X-Supportq-Channel"] for mail in mails] == ["email", "email", "phone", None]
    assert [mail["X-Supportq-Ticket"] for mail in mails] == ["1", "1", "2", None]
    assert mails[1]["In-Reply-To"] == mails[0]["Message-ID"]
    assert mails[1]["To"].endswith("<ida@example.com>")
    assert mails[2]["From"] == "49-30-1234567@phone.invalid"
    assert [part.get_filename() for part in mails[0].walk() if part.get_filename()] == ["../../a.txt", "A.TXT"]
    assert (tmp_path / "desk.mbox").read_bytes().endswith(b"From: Eve <e@x>\n\n>From \xff\n\n")


def test_an_mbox_of_ours_comes_back_as_what_it_was_and_adds_nothing_to_its_own_queue(tmp_path: Path) -> None:
    queue, copy, box = tmp_path / "desk.db", tmp_path / "copy.db", tmp_path / "desk.mbox"
    for made in (queue, copy):
        run("init", str(made), "--as", "kim", "--preset", "small", queue=made)
    run("log", "Drips", "-c", "ida@example.com", "--channel", "email", "-m", "It drips", "--as", "kim", queue=queue)
    run("log", "Rang", "-c", "+49 30 1234567", "--channel", "phone", "-m", "Upset", "--as", "kim", queue=queue)
    run("reply", "1", "-m", "Oil it", "--as", "kim", queue=queue)
    run("reply", "2", "-m", "We rang back", "--as", "kim", queue=queue)
    run("export", "-o", str(box), queue=queue)
    again = run("import", str(box), "--as", "kim", queue=queue)
    there = run("import", str(box), "--as", "kim", queue=copy)

    assert again.err == "4 mails: 4 unchanged.\n"
    assert there.err.startswith("4 mails: 2 imported, 2 added to their tickets.\n")
    both = [lines_of(run("list", "-f", "jsonl", "-c", _KEPT, "-s", "id", queue=each).out) for each in (queue, copy)]
    assert both[0] == both[1]
    assert [(row["status"], row["customer"]) for row in both[1]] == [
        ("pending", "ida@example.com"),
        ("pending", "+49 30 1234567"),
    ]


def test_a_stranger_hides_no_mail_behind_the_name_of_a_message(own_friday: Path, tmp_path: Path) -> None:
    run("log", "Rang", "-c", "bo@example.com", "--channel", "phone", "-m", "Upset", queue=own_friday)
    run("export", "6", "-o", str(tmp_path / "desk.mbox"), queue=own_friday)
    (name,) = re.findall("Message-ID: (.*)", (tmp_path / "desk.mbox").read_text(encoding="utf-8"))
    mail = f"From: Eve <eve@example.com>\nSubject: Mine\nMessage-ID: {name}\n\nI wait\n"

    assert "1 mail: 1 imported.\n" in run("import", "-", queue=own_friday, stdin=mail).err


def test_no_format_forgets_to_hide_who_people_are(friday: Path, tmp_path: Path) -> None:
    shown = [run("export", "1-3", "--anonymise", "-f", form, queue=friday).out for form in ("jsonl", "csv", "mbox")]
    run("export", "1-3", "--anonymise", "-f", "html", "-o", str(tmp_path / "out"), queue=friday)
    shown += [file.read_text(encoding="utf-8") for file in sorted((tmp_path / "out").iterdir())]

    assert len(shown) == 6
    assert all("Customer 000001" in text or "Customer 000002" in text for text in shown)
    assert [word for word in ("Ida", "Bo", "bo@", "ida@", "Monday", "Login") for text in shown if word in text] == []


@pytest.mark.parametrize(
    "words",
    [
        ("--with-keys", "-f", "csv"),
        ("--with-keys", "--anonymise"),
        ("--follow", "--anonymise"),
        ("--follow", "-o", "new.jsonl"),
        ("--follow", "-f", "csv"),
        ("--after", "3"),
        ("-f", "mbx"),
    ],
)
def test_what_can_not_be_meant_is_refused(friday: Path, words: tuple[str, ...]) -> None:
    assert run("export", *words, queue=friday).code == 2


def test_what_is_no_letter_of_ascii_stays_readable_where_nothing_else_can_be_written(friday: Path) -> None:
    program = [sys.executable, "-c", "from supportq.app import main; main()", "export", "--queue", str(friday)]
    shown = subprocess.run(program, capture_output=True, check=True, env={"PYTHONIOENCODING": "latin-1"})

    assert [json.loads(line) for line in shown.stdout.splitlines()] == lines_of(run("export", queue=friday).out)


def test_a_file_that_can_not_be_written_is_named(friday: Path) -> None:
    refused = run("export", "-f", "csv", "-o", "/dev/full", queue=friday)

    assert refused.code == 1
    assert "can't write /dev/full: No space left on device" in refused.err
