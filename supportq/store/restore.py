"""An export read back: every row as it was, under the id that it had, and what follows from them worked out anew."""

import base64
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from supportq.errors import SupportqError
from supportq.model.title import cut
from supportq.store import check, migrations, versions
from supportq.store.export import PARTS, Part, Record, is_export
from supportq.store.queue import Queue
from supportq.store.rebuild import rebuild, ticket_count
from supportq.values import dataclass

Report = Callable[[int, int], None]

COUNT_TICKETS = "select count(*) from ticket where undone = 0"

COLUMNS = "select name from pragma_table_info(:table)"

SET_LAST_ID = "update sqlite_sequence set seq = max(seq, :last) where name = :table"

ADD_LAST_ID = """
insert into sqlite_sequence (name, seq)
select :table, :last
where not exists (select 1 from sqlite_sequence where name = :table)
"""

WORK = 3
"""To work out what follows from the rows takes about twice as long as to read them."""

_BATCH_ROWS = 1000
_BATCH_BYTES = 1 << 20

_PARTS = {part.record: part for part in PARTS}
_NO_COLUMNS = frozenset({"record", "tags", "fields", "participants", "links"})
"""What stands in a line beside the columns of its table: its kind, and the projections that a ticket shows."""

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BrokenExport(SupportqError):
    """An export that was cut off, mended or mixed up."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line:,} of the export: {why}", "nothing was made of it; export the queue anew")


class Line(NamedTuple):
    """A line of an export: where it stands, how long it is, and what it says."""

    number: int
    size: int
    record: Record


@dataclass(frozen=True, slots=True)
class Header:
    """What an export says of itself: the stored form that its rows have, and the last ids that were given out."""

    schema: int
    last_ids: Mapping[str, int]


def read_header(line: bytes) -> Header:
    """Read the first line of an export; raise SupportqError for anything else, or one of a newer supportq."""
    if not is_export(line):
        raise SupportqError("this is no export of a queue", "make one: supportq export -o all.jsonl")
    record = _record(1, line)
    schema, last_ids = record.get("schema"), record.get("last_ids")
    if not isinstance(schema, int) or not isinstance(last_ids, dict) or schema < 1:
        raise BrokenExport(1, "the stored form or the last ids are missing")
    if schema > migrations.LATEST:
        raise SupportqError(
            f"the export has schema {schema}, and this supportq knows {migrations.LATEST}", "use a newer supportq"
        )
    return Header(schema, last_ids)


def load(queue: Queue, header: Header, lines: Iterable[bytes], report: Report) -> int:
    """Fill a new queue, laid out in the form of the header, with the lines below it; return how many tickets it has.

    What is reported are lines read and tickets worked out, and how far that is of `WORK` times the bytes of the lines.
    No one else may have the queue yet. Raises BrokenExport; what the lines of chosen tickets name and don't hold is
    left to `check_whole`.
    """
    connection = queue.connection
    connection.execute("pragma foreign_keys = off")
    number = position = 0
    for batch in _batches(_rows_of(lines)):
        with queue.writing():
            _insert(connection, batch)
        number, position = batch[-1].number, position + sum(line.size for line in batch)
        report(number, position)
    with queue.writing():
        _give_out_no_id_again(connection, header.last_ids)
        migrations.migrate(connection)
    if not versions.version_ids(connection):
        raise BrokenExport(1, "no settings stand below it")
    step = (WORK - 1) * position / max(1, ticket_count(queue))
    rebuild(queue, lambda done, _: report(number + done, position + int(step * done)))
    with queue.writing():
        check.rebuild_search(connection)
    connection.execute("pragma foreign_keys = on")
    return int(connection.execute(COUNT_TICKETS).fetchone()[0])


def check_whole(connection: sqlite3.Connection, lines: Iterable[bytes]) -> None:
    """Raise SupportqError for rows that name what isn't there, with their line among those of the export."""
    if missing := check.find_missing(connection):
        what = f"{missing.parent.replace('_', ' ')} {missing.id}"
        raise SupportqError(f"{_place(missing, lines)} names {what}, which it does not hold", *_NOT_ALONE)
    if problem := next(check.orphans(connection), None):
        raise SupportqError(f"the export names what it does not hold: {problem}", *_NOT_ALONE)


def _place(missing: check.Missing, lines: Iterable[bytes]) -> str:
    """Return the line that names what is missing; what follows from several lines has none."""
    for number, raw in enumerate(lines, 1):
        record = _record(number, raw)
        part = _PARTS.get(str(record.get("record")))
        if part and part.table == missing.table and str(record.get(missing.column)) == str(missing.id):
            return f"line {number:,} of the export"
    return "the export"


def _rows_of(lines: Iterable[bytes]) -> Iterator[Line]:
    """Yield the lines between the first and the last, which must say how many they are."""
    number = 1
    for number, raw in enumerate(lines, 2):
        record = _record(number, raw)
        if record.get("record") == "end":
            if record.get("lines") != number - 2:
                raise BrokenExport(number, f"{record.get('lines')} lines should stand before it, and {number - 2} do")
            return
        yield Line(number, len(raw), record)
    raise BrokenExport(number, "it was cut off here")


def _record(number: int, raw: bytes) -> Record:
    try:
        record = json.loads(raw)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise BrokenExport(number, "it is cut off, or no JSON object")
    return record


def _batches(lines: Iterable[Line]) -> Iterator[Sequence[Line]]:
    """Yield lines of one kind together, but neither too many nor too long ones at once."""
    batch: list[Line] = []
    size = 0
    for line in lines:
        is_full = len(batch) == _BATCH_ROWS or size > _BATCH_BYTES
        if batch and (is_full or line.record.keys() != batch[0].record.keys() or _kind(line) != _kind(batch[0])):
            yield batch
            batch, size = [], 0
        batch.append(line)
        size += line.size
    if batch:
        yield batch


def _kind(line: Line) -> Any:
    return line.record.get("record")


def _insert(connection: sqlite3.Connection, batch: Sequence[Line]) -> None:
    part = _part(batch[0])
    names = [name for name in batch[0].record if name not in _NO_COLUMNS]
    unknown = set(names) - {row[0] for row in connection.execute(COLUMNS, {"table": part.table})}
    if unknown or not names:
        raise BrokenExport(batch[0].number, f"{part.record} has no {', '.join(sorted(unknown)) or 'columns'}")
    statement = f"insert into {part.table} ({', '.join(names)}) values ({', '.join('?' * len(names))})"
    for line in batch:
        try:
            connection.execute(statement, [_cell(name, line.record[name], part) for name in names])
        except _NOT_STORABLE as fault:
            raise BrokenExport(line.number, _why(fault, line.record)) from fault


def _why(fault: Exception, record: Record) -> str:
    """Say what is wrong with a record, by the column that SQLite names."""
    told = str(fault)
    columns = [
        word for word in re.findall(r"\w+", told.partition(" column ")[2] or told.partition(": ")[2]) if word in record
    ]
    if "datatype mismatch" in told:
        columns = ["id"]
    if not columns:
        return "it can't be stored: a value in it is none that a queue holds"
    if told.startswith("UNIQUE"):
        return f"another line has the same {' and '.join(columns)}"
    value = record.get(columns[0])
    return (
        f"its {columns[0]} is missing" if value is None else f"its {columns[0]} can't be {cut(_write(value), _SHOWN)}"
    )


def _part(line: Line) -> Part:
    part = _PARTS.get(str(_kind(line)))
    if part is None:
        raise BrokenExport(line.number, f'nobody knows the record "{_kind(line)}"')
    return part


def _cell(name: str, value: Any, part: Part) -> Any:
    if name in part.json:
        return _write(value)
    return base64.b64decode(value) if name == "bytes" else value


def _give_out_no_id_again(connection: sqlite3.Connection, last_ids: Mapping[str, int]) -> None:
    known = {part.table for part in PARTS}
    rows = [{"table": table, "last": last} for table, last in last_ids.items() if table in known]
    connection.executemany(ADD_LAST_ID, rows)
    connection.executemany(SET_LAST_ID, rows)


_NOT_ALONE = ("some tickets can't stand alone; export all of them: supportq export -o all.jsonl",)
_SHOWN = 40
_NOT_STORABLE = (
    sqlite3.IntegrityError,
    sqlite3.InterfaceError,
    sqlite3.ProgrammingError,
    OverflowError,
    TypeError,
    ValueError,
)
