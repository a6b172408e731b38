import io
import sys
from collections.abc import Callable

import pytest
import xlwt
from imports import inquiries, reading
from spreadsheets import MOMENT, ods, xls, xlsx

from supportq.errors import SupportqError

HEADER: list[str | float | MOMENT] = ["ref", "email", "subject", "received", "weight", "new"]


@pytest.mark.parametrize("kind", [xlsx, xls])
def test_cells_stay_what_they_show(kind: Callable[..., bytes]) -> None:
    written = kind(HEADER, ["007", "ann@example.com", "+49", MOMENT(46328.5), 2.5, True])
    (found,) = inquiries(written, f"a.{kind.__name__}")

    assert (found.key, found.subject, found.fields) == ("007", "+49", (("weight", "2.5"),))
    assert found.facts == (("new", "TRUE"),)
    assert found.at is not None
    assert found.at.isoformat() == "2026-11-02T11:00:00+00:00"


def test_a_title_above_the_header_is_no_header() -> None:
    (found,) = inquiries(xlsx(["All tickets"], [], ["ref", "email", "body"], [7, "ann@example.com", "hello"]), "a.xlsx")

    assert (found.key, found.body) == ("7", "hello")


def test_what_libreoffice_writes_is_read_too() -> None:
    (found,) = inquiries(ods(["ref", "email", "body"], [7, "ann@example.com", "hello"]), "a.ods")

    assert (found.key, found.body) == ("7", "hello")


@pytest.mark.parametrize("kind", [xlsx, xls, ods])
def test_a_spreadsheet_is_known_without_its_name(kind: Callable[..., bytes]) -> None:
    assert len(inquiries(kind(["ref", "email", "body"], [7, "ann@example.com", "hello"]), "standard input")) == 1


@pytest.mark.parametrize("data", [b"", b"PK\3\4 nothing", b"ref,email\n1,ann@example.com\n"])
def test_what_is_no_spreadsheet_is_said_in_a_line(data: bytes) -> None:
    with pytest.raises(SupportqError, match=r"a\.xlsx can't be read as a spreadsheet"):
        reading(data, "a.xlsx")


def test_a_message_of_outlook_is_called_what_it_is() -> None:
    old_form = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "__properties_version1.0".encode("utf-16-le")

    with pytest.raises(SupportqError, match=r"a\.msg is a message in Outlook's own form"):
        inquiries(old_form, "a.msg")


def test_an_empty_sheet_is_said_in_a_line() -> None:
    with pytest.raises(SupportqError, match="holds no table"):
        reading(xlsx(["alone"]), "a.xlsx")


def test_without_its_package_the_way_to_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)

    with pytest.raises(SupportqError, match="one more package") as caught:
        reading(xlsx(["ref", "email"]), "a.xlsx")
    assert caught.value.cures == (f"install for this Python: {sys.executable} -m pip install 'python-calamine>=0.4'",)


def test_the_sheets_that_are_not_read_are_named() -> None:
    book, stream = xlwt.Workbook(), io.BytesIO()
    for name in ("Cover", "Open", "Closed", "Names"):
        sheet = book.add_sheet(name)
        sheet.write(5, 0, "Ida" if name == "Names" else "")
        for place, cell in enumerate(("ref", "email", "body") if name in {"Open", "Closed"} else ("All",)):
            sheet.write(0, place, cell)
    book.save(stream)

    table = reading(stream.getvalue(), "a.xls").table

    assert (table.sheet, table.unread) == ("Open", ("Closed", "Names"))
