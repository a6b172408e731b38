"""The first look at a whole file, before anything is written: how many rows, which dates, what occurs twice."""

from collections.abc import Mapping

from supportq.intake.columns import Columns
from supportq.intake.fields import MOMENTS, Field
from supportq.intake.identity import Repeats, content
from supportq.intake.table import Table
from supportq.intake.times import DateColumn, Dates
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Survey:
    """What only all rows together can tell; `undated` rows do not say when they came in."""

    row_count: int
    dates: Mapping[Field, Dates]
    zoneless: tuple[str, ...]
    suspects: frozenset[int]
    undated: int = 0


def survey(table: Table, columns: Columns) -> Survey:
    """Read all rows once; raise SupportqError for text that can't be decoded and dates that can't be decided."""
    repeats = Repeats()
    keys = [column.index for column in columns.of(Field.KEY)]
    watched = {column: DateColumn(column) for column in columns.of(*MOMENTS)}
    places = [(column.index, dates) for column, dates in watched.items()]
    moments = [column.index for column in columns.of(Field.AT)]
    count = undated = 0
    for row in table.rows():
        count += 1
        if row.fault:
            continue
        key = row.cells[keys[0]].strip() if keys else ""
        undated += not any(row.cells[index].strip() for index in moments)
        repeats.see(key or content(row.cells))
        for index, dates in places:
            dates.see(row.cells[index].strip())
    return Survey(
        row_count=count,
        dates={column.target.field: dates.dates() for column, dates in watched.items()},
        zoneless=tuple(column.header for column, dates in watched.items() if dates.is_zoneless),
        suspects=repeats.suspects,
        undated=undated,
    )
