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

WIDTH = 78
"""What a mail shows of a line before it breaks it."""

_STAR = "*"
_FIGURES = (
    Column("figure", "Figure"),
    Column("value", "Value"),
    Column("change", "Change", wide=True),
    Column("n", "n", Kind.NUMBER, faint=True),
    Column("n_before", "n before", Kind.NUMBER, faint=True),
)


@dataclass(frozen=True, slots=True)
class News:
    """What a digest tells beside the main figures: where they moved, who waits, the worst and the oldest tickets.

    The tables show some of what is late and open; some promises are overdue and raise no alarm, and how many is told
    beside what is late.
    """

    moved: Table
    late: Table
    late_count: int
    oldest: Table
    open_count: int
    waiting: Facts
    quiet_count: int = 0


def digest_page(overview: Overview, news: News, sheet: Sheet) -> Page:
    """Return what changed since the period before, where it did, what is late and what is old."""
    late = _told(news.late, "Nothing else is late." if news.quiet_count else "Nothing is late.")
    blocks = (
        Block(aside=_beside_figures(overview), body=_figures(overview, sheet)),
        Block("Came in", "where most has changed", _told(news.moved, _still(overview))),
        Block("Waiting now", body=news.waiting),
        Block("Late now", _beside_late(news), late),
        Block("Open the longest", _beside_oldest(news), _told(news.oldest, "Nothing is open.")),
        Block("More", body=_deeper(overview)),
    )
    return Page(overview.title, blocks, _record(overview, news), WIDTH)


def _beside_figures(overview: Overview) -> str:
    told = (f"beside {overview.before}", overview.remark, overview.zone)
    starred = f"; {_STAR} is surer than chance" if any(figure.is_sure for figure in overview.figures) else ""
    return ", ".join(filter(None, told)) + starred


def _still(overview: Overview) -> str:
    """Say why no change is told: there was nothing before, or it was much the same."""
    return "Nothing has changed much." if overview.is_compared else "There was nothing before."


def _figures(overview: Overview, sheet: Sheet) -> Table:
    rows = [
        (each.title, told_value(each, sheet), _change(each, sheet), each.of, each.of_before)
        for each in overview.figures
    ]
    return Table(_FIGURES, rows)


def _change(figure: Figure, sheet: Sheet) -> str:
    return told_change(figure, sheet) + (f" {_STAR}" if figure.is_sure else "")


def _beside_late(news: News) -> str:
    quiet = f"; {news.quiet_count:,} overdue, with no alarm" if news.quiet_count else ""
    return f"{_part(news.late, news.late_count)}all: supportq breaches{quiet}"


def _beside_oldest(news: News) -> str:
    return f"{_part(news.oldest, news.open_count)}all: supportq list -s created"


def _part(table: Table, count: int) -> str:
    """Return how many rows of all are told, where they are not all."""
    told = len(list(table.rows))
    return f"{told} of {count:,}, " if told < count else ""


def _deeper(overview: Overview) -> Facts:
    """Return the command behind each figure, which no width cuts."""
    told = {figure.title: figure.deeper for figure in overview.figures}
    if overview.is_compared:
        told["How sure that is"] = overview.surely
    return Facts(tuple(Column("deeper", title, unbroken=True) for title in told), tuple(told.values()))


def _told(table: Table, nothing: str) -> Table | str:
    return table if list(table.rows) else nothing


def _record(overview: Overview, news: News) -> dict[str, Any]:
    return {
        "desk": overview.desk,
        "period": overview.period,
        "before": overview.before,
        "at": overview.at,
        "zone": overview.zone,
        "where": overview.where,
        "figures": [_record_of(figure) for figure in overview.figures],
        "moved": list(_records(news.moved)),
        "waiting": next(_records(Table(news.waiting.columns, [news.waiting.cells]))),
        "late": list(_records(news.late)),
        "late_count": news.late_count,
        "overdue_without_alarm": news.quiet_count,
        "oldest": list(_records(news.oldest)),
        "open_count": news.open_count,
    }


def _record_of(figure: Figure) -> dict[str, Any]:
    return {
        "figure": figure.title,
        "kind": figure.kind,
        "value": figure.value,
        "before": figure.before,
        "is_sure": figure.is_sure,
        "n": figure.counted,
        "n_before": figure.counted_before,
        "deeper": figure.deeper,
    }


def _records(table: Table) -> Iterator[dict[str, Any]]:
    fields = [column.field for column in table.columns]
    writers = writers_of_json(table.columns)
    for row in table.rows:
        yield dict(zip(fields, (write(cell) for write, cell in zip(writers, row, strict=True)), strict=True))
