import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from imports import inquiries, reading, rows

from supportq.errors import SupportqError
from supportq.intake.inquiry import Entry, Reject
from supportq.intake.rejects import RejectFile

TEXT = 'email;body;channel\nann@example.com;"a; ""b""\r\nc";fax\nann@example.com;ragged\nann@example.com;ok;chat\n'


OBJECTS = (
    '{"email": "ann@example.com", "body": "a", "at" : "2026-01-02T03:04:05Z", "channel": "fax", "order": {"n": 1.50}}\n'
    '{"email": "ann@example.com", "body": "cut \n'
    "[1, 2]\n"
    "{}\n"
    '{"line": 2, "reason": "no line of ours", "email": "ann@example.com", "body": "ok"}\n'
)


def write_rejects(path: Path, text: str, name: str = "in.csv") -> RejectFile:
    """Write the rejects of a file."""
    found = reading(text, name)
    with RejectFile(path, found.table.columns, found.table.delimiter) as file:
        for row in found:
            if isinstance(row, Reject):
                file.add(row)
    return file


def test_rejects_can_be_mended_and_imported_again(tmp_path: Path) -> None:
    path = tmp_path / "in.csv.rejects.csv"
    assert write_rejects(path, TEXT).count == 2

    mended = path.read_bytes().replace(b";fax", b";phone").replace(b";ragged", b";no more;sms")

    assert [inquiry.body for inquiry in inquiries(mended)] == ['a; "b"\r\nc', "no more"]


def test_rejects_that_are_not_mended_are_the_same_rejects_again(tmp_path: Path) -> None:
    path = tmp_path / "in.csv.rejects.csv"
    write_rejects(path, TEXT)

    again = [(row.reason, row.cells) for row in rows(path.read_bytes()) if isinstance(row, Reject)]

    assert again == [(row.reason, row.cells) for row in rows(TEXT) if isinstance(row, Reject)]


def test_rejected_objects_are_untouched_behind_line_and_reason(tmp_path: Path) -> None:
    path = tmp_path / "in.rejects.jsonl"
    assert write_rejects(path, OBJECTS, "in.jsonl").count == 4

    first, *others = path.read_text().splitlines()

    assert first.endswith(OBJECTS.splitlines()[0].removeprefix("{"))
    assert json.loads(first)["reason"].startswith('no channel "fax"')
    cut, *_ = map(json.loads, others)
    mended = "\n".join((first.replace('"fax"', '"phone"'), json.dumps(cut | {"raw": cut["raw"] + '"}'}), others[1]))
    found = rows(mended, "in.rejects.jsonl")
    assert [isinstance(row, Reject) for row in found] == [False, False, True]
    assert isinstance(found[0], Entry)
    assert found[0].inquiry.facts == (("order.n", "1.50"),)


def test_rejected_objects_that_are_not_mended_are_rejected_again(tmp_path: Path) -> None:
    path = tmp_path / "in.rejects.jsonl"
    write_rejects(path, OBJECTS, "in.jsonl")

    again = rows(path.read_text(), "in.rejects.jsonl")

    assert [isinstance(row, Reject) for row in again] == [True] * 4
    assert again[0] == rows(OBJECTS, "in.jsonl")[0]


def test_a_rejected_record_of_many_lines_stands_on_one_and_comes_in_when_it_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "in.rejects.jsonl"
    record = {"email": "ann@example.com", "body": "a\nb", "channel": "fax"}
    write_rejects(path, json.dumps([record], indent=4), "in.json")

    (line,) = path.read_text().splitlines()
    (mended,) = inquiries(line.replace('"fax"', '"phone"'), path.name)

    assert (json.loads(line)["line"], mended.body) == (2, "a\nb")


def test_without_a_reject_there_is_no_file(tmp_path: Path) -> None:
    write_rejects(tmp_path / "rejects.csv", "email,body\nann@example.com,x\n")

    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_that_somebody_mended_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"
    write_rejects(path, TEXT)
    write_rejects(path, TEXT)
    assert [file.name for file in tmp_path.iterdir()] == ["rejects.csv"]
    path.write_text("mended")

    write_rejects(path, TEXT)

    assert (tmp_path / "rejects.csv~").read_text() == "mended"
    assert path.read_text().startswith("line;reason;email")


def test_rejects_sent_to_a_pipe_leave_it_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_text)
        assert write_rejects(pipe, TEXT).count == 2
        assert read.result().startswith("line;reason;email")
    assert pipe.is_fifo()


def test_an_interrupted_import_leaves_the_rejects_found_so_far(tmp_path: Path) -> None:
    path = tmp_path / "rejects.csv"

    with suppress(KeyboardInterrupt), RejectFile(path, ("email",)) as file:
        file.add(Reject(2, "why", ("x",)))
        raise KeyboardInterrupt

    assert path.read_text().splitlines() == ["line,reason,email", "2,why,x"]


def test_a_place_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    with RejectFile(tmp_path / "no" / "r.csv", ()) as file, pytest.raises(SupportqError, match="can't write") as caught:
        file.add(Reject(2, "why", ()))
    assert caught.value.cures == ("choose another place: --rejects FILE",)


def test_a_link_stays_and_what_it_leads_to_takes_the_rejects(tmp_path: Path) -> None:
    link, target = tmp_path / "rejects.csv", tmp_path / "real.csv"
    link.symlink_to(target)

    write_rejects(link, TEXT)

    assert link.is_symlink()
    assert target.read_text().startswith("line;reason;")


def test_a_row_with_several_faults_names_all_of_them() -> None:
    (reject,) = rows("email,body,status,priority,received\nann@example.com,x,Opn,urgnt,soon\n")

    assert isinstance(reject, Reject)
    assert all(word in reject.reason for word in ('"Opn"', '"urgnt"', '"soon"'))
