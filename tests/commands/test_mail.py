"""Mail becomes tickets: from files of any kind and from mail servers, each where it belongs, nothing lost."""

import bz2
import gzip
import io
import lzma
import mailbox
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from processes import SUPPORTQ
from queues import new_queue
from running import Run, run

from supportq.errors import ExitCode

OURS = "ann@loom.example"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    queue = new_queue(tmp_path / "desk.db")
    run("config", "set", "agents.ann.email", OURS, "--yes", queue=queue)
    return queue


def mail(number: int = 1, *, who: str = "Ida <ida@example.com>", body: str = "It creaks.", **headers: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = who, "desk@loom.example", f"<{number}@example.com>"
    made["Date"] = "Fri, 20 Nov 2026 10:00:00 +0100"
    made["Subject"] = headers.pop("subject", "Loom")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made.as_bytes()


def with_file(name: str, data: bytes, number: int = 1) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"], made["Message-ID"] = "ida@example.com", "Loom", f"<{number}@example.com>"
    made.set_content("See the file.")
    made.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    return made.as_bytes()


def deliver(desk: Path, data: bytes, *words: str) -> Run:
    return run("deliver", *words, queue=desk, stdin=data.decode("utf-8", "surrogateescape"))


def facts(desk: Path, statement: str) -> list[tuple[str, ...]]:
    shown = run("sql", statement, "-f", "tsv", "--no-header", queue=desk)
    assert shown.code == 0, shown.err
    return [tuple(line.split("\t")) for line in shown.out.splitlines()]


def places(desk: Path) -> list[tuple[str, str]]:
    """Return the messages that came in by mail, each as its ticket and why it is there."""
    told = facts(desk, "select ticket_id, why_thread from message where direction = 'in' order by id")
    return [(ticket, why) for ticket, why in told]


def box(path: Path, *mails: bytes) -> Path:
    made = mailbox.mbox(str(path))
    for each in mails:
        made.add(each)
    made.close()
    return path


def maildir(path: Path, *mails: bytes) -> Path:
    made = mailbox.Maildir(str(path))
    for each in mails:
        made.add(each)
    (path / "dovecot-uidlist").write_text("3 V1 N1\n")
    (path / "tmp" / "half").write_bytes(mails[0][:20])
    return path


def zipped_maildir(path: Path, *mails: bytes) -> Path:
    return Path(shutil.make_archive(str(path), "zip", maildir(path.with_suffix(".made"), *mails)))


def zipped(path: Path, *mails: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number, each in enumerate(mails):
            archive.writestr(f"folder/{number}.eml", each)
    return path


def tarred(path: Path, *mails: bytes) -> Path:
    return Path(shutil.make_archive(str(path), "gztar", maildir(path.with_suffix(".made"), *mails)))


def gzipped_in_a_zip(path: Path, *mails: bytes) -> Path:
    return zipped(path, *(gzip.compress(each) for each in mails))


def gzipped(path: Path, *mails: bytes) -> Path:
    path.write_bytes(gzip.compress(box(path.with_suffix(".box"), *mails).read_bytes()))
    return path


def folder(path: Path, *mails: bytes) -> Path:
    (path / "inner").mkdir(parents=True)
    for number, each in enumerate(mails):
        (path / "inner" / f"{number}").write_bytes(each)
    (path / ".hidden").write_text("x")
    return path


@pytest.mark.parametrize("packed", [box, maildir, zipped_maildir, zipped, gzipped, gzipped_in_a_zip, tarred, folder])
def test_mail_is_recognised_in_every_kind_of_file_and_taken_once(desk: Path, tmp_path: Path, packed: Any) -> None:
    file = packed(tmp_path / "mails", mail(1), mail(2, who="Bo <bo@example.com>"))

    assert "2 imported" in run("import", str(file), queue=desk).err
    assert "2 unchanged" in run("import", str(file), queue=desk).err
    assert facts(desk, "select customer, subject from ticket_view order by 1") == [("Bo", "Loom"), ("Ida", "Loom")]
    assert run("doctor", queue=desk).code == 0


def test_one_mail_on_standard_input_is_taken_and_shown_as_it_came(desk: Path) -> None:
    run("import", "-", queue=desk, stdin=mail().decode())

    assert "It creaks." in run("show", "1", queue=desk).out
    assert run("show", "1", "--raw", queue=desk).out.rstrip() == mail().decode().rstrip()
    assert facts(desk, "select at from message") == [("2026-11-20T09:00:00Z",)]


def test_a_mail_is_known_again_whatever_was_written_above_it_since(desk: Path) -> None:
    deliver(desk, mail())

    assert deliver(desk, b"Received: from a by b; Fri, 20 Nov 2026 10:00:07 +0100\nX-Status: R\n" + mail()).code == 0
    assert deliver(desk, mail().replace(b"\n", b"\r\n").replace(b"Date: ", b"Date:\r\n ")).code == 0
    assert len(places(desk)) == 1


def test_mails_without_a_message_id_are_told_apart_by_every_byte(desk: Path) -> None:
    nameless = b"From: ida@example.com\nSubject: Call me\n\nPlease.\n"
    for data in (nameless, nameless, b"Received: from a by b; Fri, 20 Nov 2026 10:00:07 +0100\n" + nameless):
        deliver(desk, data)

    assert len(places(desk)) == 2


def test_after_an_undo_the_same_mail_comes_in_again(desk: Path) -> None:
    deliver(desk, mail())
    run("undo", "2", queue=desk)
    deliver(desk, mail())

    assert facts(desk, "select count(*) from message_view") == [("1",)]


def test_an_answer_goes_to_the_ticket_of_the_mail_that_it_names(desk: Path) -> None:
    deliver(desk, mail(1))
    deliver(desk, mail(2, In_Reply_To="<1@example.com>"))
    deliver(desk, mail(3, References="<1@example.com> <unknown@example.com>"))

    assert places(desk) == [
        ("1", "nothing in it names an earlier one"),
        ("1", "it answers <1@example.com>"),
        ("1", "it answers <1@example.com>"),
    ]
    shown = run("show", "1", "--why-thread", queue=desk).out
    assert "[why here: it answers <1@example.com>]" in shown


def test_mails_of_one_mailbox_find_each_other(desk: Path, tmp_path: Path) -> None:
    file = box(tmp_path / "box", mail(1), mail(2, In_Reply_To="<1@example.com>"))

    assert "1 imported, 1 added to their tickets" in run("import", str(file), queue=desk).err


def test_a_mailbox_that_begins_with_its_newest_mail_is_read_from_its_end(desk: Path, tmp_path: Path) -> None:
    answers = [mail(number, In_Reply_To=f"<{number + 1}@example.com>") for number in range(1, 1201, 2)]
    later = [each.replace(b"10:00:00", b"11:00:00") for each in answers]
    file = box(tmp_path / "box", *later, *(mail(number) for number in range(2, 1202, 2)))

    assert "600 imported, 600 added to their tickets" in run("import", str(file), queue=desk).err
    assert facts(desk, "select count(*) from ticket where created_at = '2026-11-20T09:00:00Z'") == [("600",)]


def test_a_question_that_comes_in_after_its_answer_joins_it(desk: Path) -> None:
    deliver(desk, mail(2, In_Reply_To="<1@example.com>"))
    deliver(desk, mail(1))
    deliver(desk, mail(3, who="Bo <bo@example.com>", In_Reply_To="<4@example.com>"))
    deliver(desk, mail(4))

    assert places(desk) == [
        ("1", "nothing in it names an earlier one"),
        ("1", "a mail there answers it, and came in before"),
        ("2", "nothing in it names an earlier one"),
        ("3", "its sender has no part in ticket 2, though a mail there answers it, and came in before"),
    ]


def test_the_mails_of_a_folder_find_each_other_in_any_order(desk: Path, tmp_path: Path) -> None:
    later = mail(1, In_Reply_To="<2@example.com>").replace(b"10:00:00", b"11:00:00")

    done = run("import", str(folder(tmp_path / "mails", later, mail(2))), queue=desk)

    assert "1 imported, 1 added to their tickets" in done.err


def test_a_stranger_who_names_a_ticket_gets_one_of_their_own_that_is_tied_to_it(desk: Path) -> None:
    deliver(desk, mail(1))
    deliver(desk, mail(2, who="eve@example.com", subject="Re: Loom [#1]", In_Reply_To="<1@example.com>"))

    assert places(desk)[1] == ("2", "its sender has no part in ticket 1, though it answers <1@example.com>")
    assert facts(desk, "select ticket_id, other_id, kind from link") == [("2", "1", "related")]
    assert "It names ticket 1" in run("show", "2", queue=desk).out


def test_the_mark_in_a_subject_counts_for_the_customer(desk: Path) -> None:
    deliver(desk, mail(1))
    deliver(desk, mail(2, subject="AW: Loom [#1]"))

    assert places(desk)[1] == ("1", "[#1] stands in its subject")


def test_whoever_names_a_mail_that_we_signed_has_had_it_and_takes_part(desk: Path, tmp_path: Path) -> None:
    deliver(desk, mail(1))
    run("reply", "1", "-m", "On its way.", "--eml", str(tmp_path / "out.eml"), queue=desk)
    ours = facts(desk, "select external_id from message where direction = 'out'")[0][0]

    deliver(desk, mail(2, who="bo@example.com", In_Reply_To=ours))
    deliver(desk, mail(3, who="eve@example.com", In_Reply_To=ours.replace("<1.", "<1.0")))

    assert places(desk)[1:] == [
        ("1", f"it answers our mail {ours}, which we had signed"),
        ("2", "nothing in it names an earlier one"),
    ]
    assert facts(desk, "select role from participant where ticket_id = 1") == [("participant",)]


def test_the_same_message_id_with_other_words_is_kept_with_a_note(desk: Path) -> None:
    deliver(desk, mail(1))
    deliver(desk, mail(1, body="Something else."))

    assert places(desk)[1] == ("1", "another mail there is called <1@example.com> too")
    assert "has the same Message-ID" in run("show", "1", queue=desk).out


def test_automatic_mail_is_kept_and_moves_nothing(desk: Path) -> None:
    deliver(desk, mail(1))
    run("reply", "1", "-m", "On its way.", "--resolve", queue=desk)
    deliver(desk, mail(2, In_Reply_To="<1@example.com>", Auto_Submitted="auto-replied"))

    assert facts(desk, "select status from ticket") == [("resolved",)]
    assert facts(desk, "select automatic from message where direction = 'in' order by id") == [("0",), ("1",)]


def test_a_mail_without_a_stamp_of_a_server_came_when_it_was_delivered(desk: Path) -> None:
    deliver(desk, mail(1))

    assert facts(desk, "select at from message") == [("2026-11-20T15:00:00Z",)]


def test_who_got_a_copy_of_what_opens_a_ticket_has_part_in_it(desk: Path) -> None:
    deliver(desk, mail(1, Cc=f"Zoe <zoe@example.com>, ida@example.com, {OURS}, no-reply@example.com"))
    deliver(desk, mail(2, who="zoe@example.com", In_Reply_To="<1@example.com>"))

    assert [ticket for ticket, _ in places(desk)] == ["1", "1"]
    assert facts(desk, "select name from participant join customer on id = customer_id") == [("Zoe",)]


def test_no_more_of_a_mail_is_read_than_a_mail_may_have(desk: Path) -> None:
    with Path("/dev/zero").open("rb") as endless:
        words = [SUPPORTQ, "deliver", "--queue", str(desk)]
        ended = subprocess.run(words, stdin=endless, capture_output=True, text=True, check=False, timeout=60)

    assert ended.returncode == 75
    assert "the mail is larger than" in ended.stderr


def test_a_bounce_opens_the_ticket_of_the_reply_that_it_returns(desk: Path, tmp_path: Path) -> None:
    deliver(desk, mail(1))
    run("reply", "1", "-m", "On its way.", "--eml", str(tmp_path / "out.eml"), queue=desk)
    ours = facts(desk, "select external_id from message where direction = 'out'")[0][0]

    deliver(desk, mail(2, who="MAILER-DAEMON@example.com", body=f"No such user.\n\nMessage-ID: {ours}\n"))

    assert places(desk)[1] == ("1", f"it returns our mail {ours}")
    assert facts(desk, "select status, reply_failed from ticket") == [("open", "1")]
    assert facts(desk, "select count(*) from customer") == [("1",)]
    assert facts(desk, "select author from message where customer_id is null and direction = 'in'") == [("system",)]
    assert facts(desk, "select count(*) from participant") == [("0",)]


def test_a_mail_opens_a_ticket_again_only_some_times_a_day(desk: Path) -> None:
    deliver(desk, mail(1))
    for number in range(2, 9):
        run("resolve", "1", queue=desk)
        deliver(desk, mail(number, In_Reply_To="<1@example.com>").replace(b"10:00:00 +0100", b"15:59:00 +0100"))

    assert facts(desk, "select status, reopen_count from ticket") == [("resolved", "5")]
    assert "did not open it again" in run("show", "1", queue=desk).out


def test_answers_of_ours_in_a_mailbox_are_answers_and_in_the_post_a_machines(desk: Path, tmp_path: Path) -> None:
    ours = mail(2, who=f"Ann <{OURS}>", body="On its way.", In_Reply_To="<1@example.com>")

    run("import", str(box(tmp_path / "box", mail(1), ours)), queue=desk)
    deliver(desk, mail(3, who=OURS))

    assert facts(desk, "select direction, agent, automatic from message order by id") == [
        ("in", "", "0"),
        ("out", "ann", "0"),
        ("in", "", "1"),
    ]
    assert facts(desk, "select status, reply_count from ticket where id = 1") == [("pending", "1")]


def test_lists_and_forms_of_our_own_bring_what_people_wrote(desk: Path) -> None:
    run("config", "set", "mail_lists", '["Support.Loom.example"]', "--yes", queue=desk)
    run("config", "set", "web_forms", '["form@loom.example"]', "--yes", queue=desk)
    listed = {"List_Id": "Support <support.loom.example>", "Precedence": "list"}

    deliver(desk, mail(1, **listed))
    deliver(
        desk, mail(2, who="Form <form@loom.example>", Reply_To="Bo <bo@example.com>", Auto_Submitted="auto-generated")
    )
    deliver(desk, mail(3, Auto_Submitted="auto-replied", **listed))
    deliver(desk, mail(4, List_Id="<news.example.com>"))

    assert facts(desk, "select customer, automatic from message_view order by id") == [
        ("Ida", "0"),
        ("Bo", "0"),
        ("Ida", "1"),
        ("Ida", "1"),
    ]


def test_a_mail_that_can_not_be_read_is_kept_and_named(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.eml").write_bytes(b"\x00\x01 no header")

    done = run("import", str(tmp_path / "odd.eml"), queue=desk)

    assert (done.code, "kept unread, as ticket 1" in done.err, "odd.eml" in done.err) == (0, True, True)
    assert facts(desk, "select subject, customer, tags from ticket_view") == [
        ("(a mail that could not be read)", "unknown sender", "unreadable")
    ]


def test_what_is_no_mail_in_a_folder_is_rejected_by_its_name(desk: Path, tmp_path: Path) -> None:
    inside = folder(tmp_path / "mails", mail())
    (inside / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (inside / "more.mbox.gz").write_bytes(gzip.compress(box(tmp_path / "box", mail(2)).read_bytes()))

    done = run("import", str(inside), "--rejects", str(tmp_path / "rejects.csv"), queue=desk)

    assert (done.code, "2 imported, 1 rejected" in done.err) == (ExitCode.REJECTED, True)
    assert f"it is no mail; a table is imported by itself,{inside}/photo.jpg" in (tmp_path / "rejects.csv").read_text()


def test_a_folder_of_other_files_is_taken_for_mail_only_if_that_is_said(desk: Path, tmp_path: Path) -> None:
    inside = folder(tmp_path / "project", mail())
    for number in range(3):
        (inside / f"{number}.py").write_text("import this")

    refused = run("import", str(inside), queue=desk)
    told = run("import", str(inside), "--from", "eml", queue=desk)

    assert (refused.code, "of the first 4 files in it 1 are mails" in refused.err) == (ExitCode.USAGE, True)
    assert (told.code, "1 imported, 3 rejected" in told.err) == (ExitCode.REJECTED, True)


@pytest.mark.parametrize("name", [".", "..", "./"])
def test_rejects_of_the_folder_one_is_in_lie_beside_it(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    inside = folder(tmp_path / "mails", mail())
    (inside / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (inside / "deeper").mkdir()
    monkeypatch.chdir(inside / "deeper" if name == ".." else inside)

    run("import", name, queue=desk)

    assert (tmp_path / "mails.rejects.csv").exists()


@pytest.mark.parametrize(
    ("words", "stdin"),
    [((), b""), (("--nonsense",), mail()), (("--queue", "none.db"), mail()), (("--as", "nobody"), mail())],
)
def test_every_failure_of_a_delivery_tells_the_server_to_try_again(
    desk: Path, words: tuple[str, ...], stdin: bytes
) -> None:
    assert deliver(desk, stdin, *words).code == ExitCode.TRY_AGAIN


def test_a_subject_that_says_deliver_is_no_delivery(desk: Path) -> None:
    assert run("show", "deliver", "--nonsense", queue=desk).code == ExitCode.USAGE


def test_the_same_file_in_two_mails_is_stored_once_and_saved_under_names_of_their_own(
    desk: Path, tmp_path: Path
) -> None:
    deliver(desk, with_file("../../bill.pdf", b"%PDF", 1))
    deliver(desk, with_file("bill.pdf", b"%PDF", 2))
    listed = run("attachment", "list", "-f", "ids", queue=desk).out

    saved = run("attachment", "save", "-", "--to", str(tmp_path / "out"), queue=desk, stdin=listed)

    assert facts(desk, "select count(*) from blob") == [("1",)]
    assert saved.out.splitlines() == [str(tmp_path / "out" / name) for name in ("bill.pdf", "bill-2.pdf")]
    assert [path.read_bytes() for path in (tmp_path / "out").iterdir()] == [b"%PDF", b"%PDF"]


def test_saving_follows_no_link_and_replaces_nothing(desk: Path, tmp_path: Path) -> None:
    deliver(desk, with_file("bill.pdf", b"%PDF"))
    out = tmp_path / "out"
    out.mkdir()
    (out / "bill.pdf").symlink_to(tmp_path / "elsewhere")

    run("attachment", "save", "1", "--to", str(out), queue=desk)

    assert not (tmp_path / "elsewhere").exists()
    assert (out / "bill-2.pdf").read_bytes() == b"%PDF"


def test_nothing_is_saved_where_one_of_several_is_missing(desk: Path, tmp_path: Path) -> None:
    deliver(desk, with_file("bill.pdf", b"%PDF"))

    assert run("attachment", "save", "1", "9", "--to", str(tmp_path / "out"), queue=desk).code == ExitCode.NOT_FOUND
    assert not (tmp_path / "out").exists()


def test_a_packed_table_is_read_as_what_is_inside(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "rows.csv.gz").write_bytes(gzip.compress(b"email,subject\nida@example.com,Loom\n"))

    assert "1 imported" in run("import", str(tmp_path / "rows.csv.gz"), queue=desk).err


def test_a_broken_archive_is_one_clear_error(desk: Path, tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("a.eml", mail())
    (tmp_path / "a.zip").write_bytes(whole.getvalue()[:40])
    (tmp_path / "a.gz").write_bytes(gzip.compress(mail())[:40])

    for name in ("a.zip", "a.gz"):
        done = run("import", str(tmp_path / name), queue=desk)
        assert (done.code, "can't be unpacked" in done.err) == (ExitCode.FAILED, True)
        assert "get it once more" in done.err


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress])
def test_what_is_packed_in_a_way_that_is_not_read_is_to_be_unpacked(
    desk: Path, tmp_path: Path, pack: Callable[[bytes], bytes]
) -> None:
    (tmp_path / "rows.csv").write_bytes(pack(b"email,subject\nida@example.com,Loom\n"))

    done = run("import", str(tmp_path / "rows.csv"), queue=desk)

    assert (done.code, "unpack it, and import what was inside" in done.err) == (ExitCode.FAILED, True)
