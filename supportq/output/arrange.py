"""Choose columns, sort and cut a table as a reader's options say."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import Enum
from itertools import islice
from typing import Any, TypeVar

from supportq.errors import UnknownWord
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.output.outcome import ReadOptions
from supportq.when.stamps import FOREVER, format_stamp

T = TypeVar("T")

_ABSENT = (None, "", (), FOREVER, format_stamp(FOREVER))


def arrange(table: Table, options: ReadOptions) -> Table:
    """Return the table in the order, to the length and with the columns that were asked for."""
    if options.columns == "help":
        return columns_of(table)
    if options.sort:
        table = replace(table, rows=sort_rows(table, options.sort))
    if options.limit:
        table = replace(table, rows=islice(table.rows, options.limit))
    return choose_columns(table, options.columns) if options.columns else table


def columns_of(table: Table) -> Table:
    """Return a table of the columns that a table can show."""
    columns = (Column("column", "Column"), Column("title", "Title", wide=True), Column("default", "Default", Kind.BOOL))
    rows = [(column.key, column.title, column.shown) for column in table.columns]
    return Table(columns, rows, caption="-c NAME,NAME shows these, -c all every one")


def choose_columns(table: Table, wanted: str) -> Table:
    """Return the table with the columns named in `wanted`, in that order; `all` shows every column."""
    keys = [column.key for column in table.columns]
    if wanted == "all":
        return table.choose(keys)
    chosen = [_column(name.strip(), table) for name in wanted.split(",")]
    return table.choose(list(dict.fromkeys(chosen)))


def sort_rows(table: Table, wanted: str) -> list[Row]:
    """Return all rows sorted by `key[:desc]`, several joined by commas; what is absent comes last either way."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    rows = list(table.rows)
    for part in reversed(wanted.split(",")):
        key, _, order = part.strip().partition(":")
        downwards = _known("order", order or "asc", {"asc": False, "desc": True})
        rows = _sorted(rows, places[_column(key.strip(), table)], downwards=downwards)
    return rows


def _column(name: str, table: Table) -> str:
    """Return the key of a column by that, by its field in JSON or by the title that no other bears."""
    keys = {column.key: column.key for column in table.columns}
    fields = {column.field: column.key for column in table.columns}
    known = {**_by_title(table), **fields, **keys}
    return known[name] if name in known else known.get(name.casefold()) or _known("column", name, keys)


def _by_title(table: Table) -> dict[str, str]:
    titles = Counter(column.title.casefold() for column in table.columns)
    return {column.title.casefold(): column.key for column in table.columns if titles[column.title.casefold()] == 1}


def _sorted(rows: Iterable[Row], place: int, *, downwards: bool) -> list[Row]:
    present: list[Row] = []
    absent: list[Row] = []
    for row in rows:
        (absent if row[place] in _ABSENT else present).append(row)
    return sorted(present, key=_rank_at(place), reverse=downwards) + absent


def _rank_at(place: int) -> Callable[[Row], Any]:
    return lambda row: _rank(row[place])


def _rank(cell: Cell) -> Any:
    """Return what a cell is sorted by: words of a closed set stand in the order of that set."""
    if isinstance(cell, Enum):
        return list(type(cell)).index(cell)
    return cell.casefold() if isinstance(cell, str) else cell


def _known(what: str, word: str, known: Mapping[str, T]) -> T:
    if word not in known:
        raise UnknownWord(what, word, known)
    return known[word]
