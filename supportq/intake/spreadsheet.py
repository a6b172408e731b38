"""Spreadsheets (xlsx, xls, ods) as tables, by python-calamine: cells as they stand, formulas by their last result."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial

from supportq.errors import NeedsPackages, SupportqError
from supportq.intake.source import Source
from supportq.intake.table import Row, Table

Value = str | float | bool | datetime | date | time | timedelta
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN = b"opendocument.spreadsheet"
_OUTLOOK = "__properties_version1.0".encode("utf-16-le")
_LOOKED_THROUGH = 1 << 22
_HALF = timedelta(seconds=0.5)
"""Moments are kept as fractions of a day there, which no second fits exactly."""

_AS_MAIL = "save it as .eml, or have msgconvert (libemail-outlook-message-perl) write one of it"
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def is_spreadsheet(source: Source) -> bool:
    """Tell a spreadsheet by what is in it, whatever it is called."""
    if source.head(len(_OLD)) == _OLD:
        return True
    try:
        with zipfile.ZipFile(source.stream) as archive:
            return any(name.startswith("xl/") for name in archive.namelist()) or _OPEN in archive.read("mimetype")
    except (zipfile.BadZipFile, KeyError):
        return False
    finally:
        source.stream.seek(0)


def open_spreadsheet(source: Source) -> Table:
    """Read the first sheet that holds a table; its header is the first row with more than one cell.

    The other sheets with tables, or with more than a line, are named by it as unread.
    """
    found: Table | None = None
    others = []
    for name, sheet in _sheets(source):
        place = next((place for place, cells in enumerate(sheet) if sum(cell != "" for cell in cells) > 1), None)
        if found is None and place is not None:
            found = Table(tuple(map(_written, sheet[place])), partial(_iter_rows, sheet, place), sheet=name)
        elif place is not None or sum(any(cell != "" for cell in cells) for cells in sheet) > 1:
            others.append(name)
    if found is not None:
        return replace(found, unread=tuple(others))
    raise SupportqError(f"{source.name} holds no table", "the first row with several cells names the columns")


def _sheets(source: Source) -> Iterator[tuple[str, Sequence[Sequence[Value]]]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise NeedsPackages("spreadsheets need", "python-calamine>=0.4") from None
    source.stream.seek(0)
    try:
        workbook = CalamineWorkbook.from_filelike(source.stream)
        for name in workbook.sheet_names:
            yield name, workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as fault:
        if _OUTLOOK in source.head(_LOOKED_THROUGH):
            raise SupportqError(f"{source.name} is a message in Outlook's own form", _AS_MAIL) from None
        raise SupportqError(f"{source.name} can't be read as a spreadsheet: {fault}", "save it as CSV") from None


def _iter_rows(sheet: Sequence[Sequence[Value]], header: int) -> Iterator[Row]:
    for place in range(header + 1, len(sheet)):
        cells = [_written(value) for value in sheet[place]]
        if any(cells):
            yield Row(place + 1, cells)


def _written(value: Value) -> str:
    """Return a cell as text: whole numbers without a point, moments as 2026-03-02 09:14:00, times as 49:30:00, TRUE."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return str((value + _HALF).replace(microsecond=0))
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return str(value)
