"""The answer to a query in SQL, as a table."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from supportq.model.table import Column, Kind, Row, Table
from supportq.store.sql import Answer


def answer_table(answer: Answer) -> Table:
    """Return the rows of an answer as they come; columns whose first cell is a number stand to the right."""
    rows = iter(answer.rows)
    first = list(islice(rows, 1))
    cells = first[0] if first else ("",) * len(answer.names)
    columns = [_column(name, cell) for name, cell in zip(answer.names, cells, strict=True)]
    return Table(tuple(columns), _rows(chain(first, rows)))


def _column(name: str, cell: Any) -> Column:
    return Column(name, name, Kind.NUMBER if isinstance(cell, int | float) else Kind.TEXT)


def _rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    """Yield rows with bytes written as hexadecimal digits."""
    for row in rows:
        yield tuple(cell.hex() if isinstance(cell, bytes) else cell for cell in row)
