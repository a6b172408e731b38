"""What an import says of a file: what was recognised, why, and what every column and word is taken to mean."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from supportq.commands.foreseen import left
from supportq.commands.remarks import naming
from supportq.errors import ExitCode
from supportq.intake.columns import Column as FileColumn
from supportq.intake.columns import Why
from supportq.intake.fields import Field
from supportq.intake.glossary import Entry, glossary
from supportq.intake.opening import Batch, Opened
from supportq.intake.reading import Reading
from supportq.intake.recognition import nearly
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.output.outcome import Block, Facts, Outcome, Page


def explained(batch: Batch) -> Outcome:
    """Show how each file is read and on what that rests; write nothing."""
    notes = (*left(batch), *_faults(batch))
    code = (
        ExitCode.FAILED
        if any(isinstance(reading, Reading) and reading.fault for reading in batch.readings)
        else ExitCode.DONE
    )
    if len(batch.readings) == 1 and not isinstance(batch.readings[0], Reading):
        return Outcome(text=f"{_mail(batch.readings[0])}\n", notes=notes)
    parts = [_part(reading) for reading in batch.readings]
    if len(parts) == 1:
        blocks, record = parts[0]
        return Outcome(page=Page(f"How {batch.readings[0].name} is read", blocks, record), notes=notes, exit_code=code)
    told = [
        replace(block, heading=f"{reading.name}: {block.heading}" if place == 0 else block.heading)
        for reading, (blocks, _) in zip(batch.readings, parts, strict=True)
        for place, block in enumerate(blocks)
    ]
    files = [{"file": reading.name, **record} for reading, (_, record) in zip(batch.readings, parts, strict=True)]
    return Outcome(
        page=Page(f"How {len(parts)} files are read, in this order", tuple(told), files), notes=notes, exit_code=code
    )


def _faults(batch: Batch) -> Iterator[str]:
    """Yield why files can't be imported as they are, and the cures."""
    for reading in batch.readings:
        if isinstance(reading, Reading) and reading.fault:
            yield f"can't be imported yet: {naming(reading, batch.readings)}{reading.fault.cause}"
            yield from (f"  {cure}" for cure in reading.fault.cures)


def _mail(reading: Opened) -> str:
    return f"{reading.name} holds mail, which says by its own headers what it is."


def _part(reading: Opened) -> tuple[tuple[Block, ...], dict[str, Any]]:
    """Return what there is to say of one file, for people and as a record."""
    if not isinstance(reading, Reading):
        return (Block("Mail", body=_mail(reading)),), {}
    file = _file(reading)
    columns = list(_columns(reading))
    words = [_word(entry) for entry in glossary(reading.table, reading.columns, reading.words)]
    blocks = [Block("File", body=Facts(_FILE, file)), *_told(columns)]
    blocks += [Block("Words", body=Table(_WORDS, words))] if words else []
    record = _record(_FILE, file) | {"columns": _records(_COLUMNS, columns), "words": _records(_WORDS, words)}
    record["fault"] = reading.fault.cause if reading.fault else None
    return tuple(blocks), record


def _file(reading: Reading) -> Row:
    recognised = reading.recognised
    near = [f"{name} lacks {', '.join(lacking)}" for name, lacking in nearly(reading.headers)]
    return (
        recognised.profile.title,
        recognised.name,
        recognised.desk,
        _why(reading),
        "" if recognised.profile.is_foreign else "; ".join(near),
        reading.source,
        reading.refers_to,
        _identity(reading),
        f"the sheet {reading.table.sheet}"
        if reading.table.sheet
        else _DELIMITERS.get(reading.table.delimiter, f"cells between {reading.table.delimiter}"),
        str(reading.zone) if reading.survey.zoneless else "",
        ", ".join(reading.table.unread),
        reading.survey.row_count,
        reading.survey.undated,
    )


def _identity(reading: Reading) -> str:
    keys = reading.columns.of(Field.KEY)
    by = f'the column "{keys[0].header}"' if keys else "all that it says"
    return f"by {by} (a file that has the keys of another: --source NAME)"


def _why(reading: Reading) -> str:
    recognised = reading.recognised
    if recognised.is_chosen:
        return "chosen by --profile"
    profile = recognised.profile
    if missing := profile.missing(reading.headers):
        told = ", ".join(profile.told_by(reading.headers))
        return f"it has the columns {told}, which no other form has, though not {', '.join(missing)}"
    signature = ", ".join(profile.signature)
    return f"it has the columns {signature}" if signature else "it has not all columns of any other form"


def _columns(reading: Reading) -> Iterator[Row]:
    """Yield what each column is read as, by its header in the file; a form may make some of others."""
    written = dict(zip(reading.recognised.profile.translated(reading.headers), reading.headers, strict=True))
    read = {column.header for column in reading.columns}
    for column in reading.columns:
        why = column.why.value if column.header in written else _MADE
        told = "; ".join(filter(None, (why, _order(reading, column))))
        yield written.get(column.header, column.header), str(column.target), told
    for header in (header for header in written if header not in read):
        yield written[header], "", _USED


def _told(columns: Sequence[Row]) -> Iterator[Block]:
    """Yield the columns for people: those that are read, and the names of the others."""
    yield Block("Columns", body=Table(_COLUMNS, [cells for cells in columns if cells[-1] != Why.UNKNOWN]))
    if facts := [str(header) for header, _, why in columns if why == Why.UNKNOWN]:
        yield Block("Kept as facts", body=", ".join(facts))


def _order(reading: Reading, column: FileColumn) -> str:
    """Return what was decided about the dates of a column, looking at all of them."""
    dates = reading.survey.dates.get(column.target.field)
    if dates is None or dates.day_first is None:
        return ""
    return "the day comes first" if dates.day_first else "the month comes first"


def _word(entry: Entry) -> Row:
    return entry.header, entry.word, entry.rows, "rejected" if entry.is_rejected else entry.meaning or "kept as a fact"


def _record(columns: Sequence[Column], cells: Row) -> dict[str, Cell]:
    return {column.key: cell for column, cell in zip(columns, cells, strict=True)}


def _records(columns: Sequence[Column], rows: Iterable[Row]) -> list[dict[str, Cell]]:
    return [_record(columns, cells) for cells in rows]


_MADE = "made by the form"
_USED = "the form makes others of it"
_DELIMITERS = {
    "": "objects",
    ",": "cells between commas",
    ";": "cells between semicolons",
    "\t": "cells between tabs",
}
_FILE = (
    Column("form", "Form"),
    Column("profile", "Profile"),
    Column("settings", "Of the settings"),
    Column("why", "Since"),
    Column("nearly", "Nearly"),
    Column("source", "Source"),
    Column("refers_to", "Speaks of tickets of"),
    Column("identity", "Known again"),
    Column("delimiter", "Written as"),
    Column("zone", "Time zone"),
    Column("unread", "Sheets not read"),
    Column("rows", "Rows", Kind.NUMBER),
    Column("undated", "Without a date", Kind.NUMBER),
)
_COLUMNS = (Column("column", "Column"), Column("field", "Read as"), Column("why", "Why"))
_WORDS = (
    Column("column", "Column"),
    Column("word", "Word"),
    Column("rows", "Rows", Kind.NUMBER),
    Column("meaning", "Means"),
)
