import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imports import inquiries, reading, rejects, rows

from supportq.errors import SupportqError, UsageError
from supportq.intake.csv import open_csv
from supportq.intake.inquiry import Entry, Reject
from supportq.intake.source import Source

HEADER = "ref,email,subject,message\n"
ROW = "1,ann@example.com,Zamówienie,Gdzie jest?\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_outside_of_quotes(delimiter: str) -> None:
    text = delimiter.join(['"ref, or; the | number"', "email", "subject"]) + "\n"
    text += delimiter.join(["1", "ann@example.com", "hello"])

    assert [inquiry.subject for inquiry in inquiries(text)] == ["hello"]


def test_a_spreadsheet_may_declare_its_delimiter() -> None:
    (found,) = rows("sep=;\nemail;subject, or so;body\nann@example.com;a;b\n")

    assert isinstance(found, Entry)
    assert (found.line, found.inquiry.body) == (3, "b")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_by_its_mark(encoding: str) -> None:
    assert inquiries((HEADER + ROW).encode(encoding))[0].subject == "Zamówienie"


def test_a_named_encoding_is_used() -> None:
    data = (HEADER + ROW).encode("cp1250")

    assert inquiries(data, encoding="cp1250")[0].subject == "Zamówienie"
    with pytest.raises(UsageError, match='no encoding "cp12500"'):
        rows(data, encoding="cp12500")


@pytest.mark.parametrize("lead", [0, 70_000])
def test_bytes_that_can_not_be_decoded_are_named_by_their_offset(lead: int) -> None:
    data = HEADER.encode() + b"x" * lead + b"ab\xe4cd\n"

    with pytest.raises(SupportqError, match=f"byte {len(HEADER) + lead + 2:,} can't be read as utf-8") as caught:
        rows(data)
    assert "--encoding cp1252" in caught.value.cures[0]


def test_half_a_utf_16_character_at_the_end_is_an_error() -> None:
    with pytest.raises(SupportqError, match="utf-16"):
        rows((HEADER + ROW).encode("utf-16")[:-1])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_as_what_it_is(encoding: str) -> None:
    data = (HEADER + ROW).encode(encoding)

    assert rows(data) == rows(data, encoding=encoding) == rows(HEADER + ROW)


def test_what_is_no_text_is_called_so() -> None:
    with pytest.raises(SupportqError, match="is no text"):
        rows(b"\x7fELF\x02\x01\x01\0\0\0\0")


def test_rows_are_numbered_by_their_first_physical_line() -> None:
    text = HEADER + '1,ann@example.com,"a\nb\r\nc",x\n\n,,,\n' + ROW.replace("1,", "2,")

    assert [row.line for row in rows(text)] == [2, 7]


def test_rows_that_all_end_in_a_delimiter_have_no_cell_behind_it_and_one_alone_has() -> None:
    ended = ROW.replace("\n", ",\n")
    assert ended != ROW

    assert rows(HEADER + ended * 2) == rows(HEADER + ROW * 2)
    assert isinstance(rows(HEADER + ROW + ended)[1], Reject)


def test_ragged_rows_are_rejected_and_kept_as_they_are() -> None:
    assert rejects(HEADER + "1,ann@example.com\n" + ROW + "2,bob@example.com,a,b,c\n") == [
        (2, "2 cells where the header has 4"),
        (4, "5 cells where the header has 4"),
    ]


def test_empty_cells_behind_the_last_column_are_nothing() -> None:
    assert rows(HEADER + ROW.replace("\n", ",,\n")) == rows(HEADER + ROW)


@pytest.mark.parametrize(
    "tail", ['2,bob@example.com,a,"cut', '2,bob@example.com,a,"', '2,bob@example.com,a,"cut\nend\n']
)
def test_a_cell_that_is_cut_off_by_the_end_of_the_file_is_named(tail: str) -> None:
    (_, cut) = rows(HEADER + ROW + tail)

    assert isinstance(cut, Reject)
    assert (cut.line, cut.cells[3]) == (3, tail.split('"')[1])
    assert cut.reason.startswith("the file ends inside a quoted cell")


def test_a_last_line_without_an_end_is_whole() -> None:
    assert inquiries(HEADER + "1,ann@example.com,a,end")[0].body == "end"


def test_a_nul_byte_rejects_its_row_alone() -> None:
    assert rejects(HEADER + ROW + "2,bob@example.com,a,b\0c\n" + ROW.replace("1,", "3,")) == [
        (3, "a NUL byte stands in it, which no text holds")
    ]


def test_a_cell_of_ten_megabytes_is_taken() -> None:
    assert len(inquiries(HEADER + f"1,ann@example.com,long,{'x' * 10_000_000}\n")[0].body) == 10_000_000


@pytest.mark.parametrize("cell", ["x\n" * 1_000_000, "x" * 3_000_000])
def test_a_cell_past_the_largest_is_refused_by_line(monkeypatch: pytest.MonkeyPatch, cell: str) -> None:
    monkeypatch.setattr("supportq.intake.csv.LARGEST_CELL", 1 << 20)

    with pytest.raises(SupportqError, match="line 3: a cell of more than 1 MB"):
        rows(HEADER + ROW + f'2,bob@example.com,"{cell}')


def test_a_line_without_an_end_is_noticed_before_it_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("supportq.intake.csv.LARGEST_CELL", 1 << 20)
    source = Source("a.csv", io.BytesIO((HEADER + "x" * 50_000_000).encode()))

    with pytest.raises(SupportqError, match="line 2: a cell of more than 1 MB"):
        list(open_csv(source).rows())
    assert source.stream.tell() < 4_000_000


@pytest.mark.parametrize("data", ["", "\n \n", "\ufeff"])
def test_an_empty_file_is_an_error(data: str) -> None:
    with pytest.raises(SupportqError, match=r"is empty|no column that is known"):
        rows(data)


def test_a_picture_is_said_to_be_no_text() -> None:
    with pytest.raises(SupportqError, match="is no text"):
        rows(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.png")


def test_a_header_without_rows_is_no_error() -> None:
    assert rows(HEADER) == []


def test_the_columns_of_a_mended_reject_file_are_left_out() -> None:
    mended = "line,reason," + HEADER + '17,"no channel ""fax""",' + ROW

    assert inquiries(mended) == inquiries(HEADER + ROW)
    assert reading(mended).table.columns == ("ref", "email", "subject", "message")


@pytest.mark.parametrize("delimiter", ["tab", "\t"])
def test_the_delimiter_can_be_named(delimiter: str) -> None:
    assert (
        len(
            inquiries(
                "email\tsubject, or; so\nann@example.com\thello\n",
                delimiter=delimiter,
                mapping=(("subject, or; so", "subject"),),
            )
        )
        == 1
    )
    with pytest.raises(UsageError, match='";;" is no delimiter'):
        rows(HEADER, delimiter=";;")


CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=100)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=5), st.sampled_from([",", ";", "\t", "|"]))
def test_what_a_csv_writer_writes_comes_back(messages: list[tuple[str, str]], delimiter: str) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(["email", "subject", "Freeform", "body"])
    writer.writerows(["ann@example.com", "s", fact, body] for fact, body in messages)

    found = inquiries(file.getvalue())

    unguarded = [
        body.removeprefix("'") if body[:1] == "'" and body[1:2] in set("=+-@") else body for _, body in messages
    ]
    assert [inquiry.body for inquiry in found] == [body if body.strip() else "" for body in unguarded]


@settings(max_examples=150)
@given(st.data())
def test_mutated_files_give_inquiries_rejects_or_one_clear_error(data: st.DataObject) -> None:
    clean = bytearray((HEADER + ROW * 3 + '9,"bob@example.com","quoted, ""twice""","two\nlines"\n').encode())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(clean) - 1))
        clean[place : place + data.draw(st.integers(0, 3))] = data.draw(
            st.binary(max_size=3) | st.sampled_from([b'"', b"\n", b"\r", b";", b"'", b","])
        )
    with suppress(SupportqError):
        found = reading(bytes(clean))
        assert len(list(found)) == found.survey.row_count


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Gdzie jest moje zamówienie?"),
        ("cp1250", "Gdzie jest moje zamówienie? Proszę o pomoc, bo krosno skrzypi coraz głośniej."),
        ("cp1252", "Wo ist meine Bestellung? Können Sie mir bitte möglichst schnell helfen, für den Webstuhl?"),
    ],
)
def test_an_encoding_is_guessed_where_that_is_wanted(encoding: str, text: str) -> None:
    data = f"email;body\nann@example.com;{text}\n".encode(encoding)

    assert inquiries(data, encoding="auto")[0].body == text
