"""The first look at a whole file, before anything is written: how many rows, which dates, what occurs twice."""

from collections.abc import Mapping

from supportq.errors import SupportqError
from supportq.intake.columns import Columns
from supportq.intake.dates import DateColumn, all_dates, find_dates_fault
from supportq.intake.fields import MOMENTS, Field
from supportq.intake.identity import Repeats, content
from supportq.intake.table import Table
from supportq.intake.times import Dates
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Survey:
    """What only all rows together can tell; `undated` rows do not say when they came in.

    With a `fault` the dates can't be read.
    """

    row_count: int
    dates: Mapping[Field, Dates]
    zoneless: tuple[str, ...]
    suspects: frozenset[int]
    undated: int = 0
    fault: SupportqError | None = None


def survey(table: Table, columns: Columns, *, day_first: bool | None = None) -> Survey:
    """Read all rows once; `day_first` decides dates that leave it open. Raise SupportqError for undecodable text."""
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
    findings = [dates.finding().settled(said=day_first) for dates in watched.values()]
    return Survey(
        row_count=count,
        dates=all_dates(findings),
        zoneless=tuple(column.header for column, dates in watched.items() if dates.is_zoneless),
        suspects=repeats.suspects,
        undated=undated,
        fault=find_dates_fault(findings),
    )
