"""The digest of a desk: a page short enough for a mail on Monday morning."""

from collections.abc import Iterator
from typing import Any

from supportq.model.overview import Figure, Overview
from supportq.model.table import Column, Kind, Table
from supportq.output.cells import writers_of_json
from supportq.output.compared import told_change, told_value
from supportq.output.outcome import Block, Facts, Page
from supportq.output.sheet import Sheet
from supportq.values import dataclass

_FIGURES = (
    Column("figure", "Figure"),
    Column("value", "Value"),
    Column("change", "Change", wide=True),
    Column("n", "n", Kind.NUMBER, faint=True),
)


@dataclass(frozen=True, slots=True)
class News:
    """What a digest tells beside the main figures: where they moved, the worst and the oldest tickets.

    Some promises are overdue and raise no alarm: how many, is told beside what is late.
    """

    moved: Table
    late: Table
    oldest: Table
    quiet_count: int = 0


def digest_page(overview: Overview, news: News, sheet: Sheet) -> Page:
    """Return what changed since the period before, where it did, what is late and what is old."""
    blocks = (
        Block(aside=f"beside {overview.before}", body=_figures(overview, sheet)),
        Block("Came in", "where most has changed", _told(news.moved, "Nothing has changed much.")),
        Block(
            "Late now",
            _beside_late(news),
            _told(news.late, "Nothing else is late." if news.quiet_count else "Nothing is late."),
        ),
        Block("Open the longest", "all: supportq list -s created", _told(news.oldest, "Nothing is open.")),
        Block("More", body=_deeper(overview)),
    )
    return Page(f"{overview.desk}: {overview.period}", blocks, _record(overview, news))


def _figures(overview: Overview, sheet: Sheet) -> Table:
    figures = overview.figures
    rows = [(each.title, told_value(each, sheet), told_change(each, sheet), each.of) for each in figures]
    return Table(_FIGURES, rows)


def _beside_late(news: News) -> str:
    quiet = f"; {news.quiet_count:,} overdue, with no alarm" if news.quiet_count else ""
    return f"all: supportq breaches{quiet}"


def _deeper(overview: Overview) -> Facts:
    """Return the command behind each figure, which no width cuts."""
    columns = tuple(Column("deeper", figure.title) for figure in overview.figures)
    return Facts(columns, tuple(figure.deeper for figure in overview.figures))


def _told(table: Table, nothing: str) -> Table | str:
    return table if list(table.rows) else nothing


def _record(overview: Overview, news: News) -> dict[str, Any]:
    return {
        "desk": overview.desk,
        "period": overview.period,
        "before": overview.before,
        "at": overview.at,
        "figures": [_record_of(figure) for figure in overview.figures],
        "moved": list(_records(news.moved)),
        "late": list(_records(news.late)),
        "overdue_without_alarm": news.quiet_count,
        "oldest": list(_records(news.oldest)),
    }


def _record_of(figure: Figure) -> dict[str, Any]:
    return {
        "figure": figure.title,
        "kind": figure.kind,
        "value": figure.value,
        "before": figure.before,
        "n": figure.counted,
        "deeper": figure.deeper,
    }


def _records(table: Table) -> Iterator[dict[str, Any]]:
    fields = [column.field for column in table.columns]
    writers = writers_of_json(table.columns)
    for row in table.rows:
        yield dict(zip(fields, (write(cell) for write, cell in zip(writers, row, strict=True)), strict=True))
