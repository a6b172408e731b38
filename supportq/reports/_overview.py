"""The whole desk in a period: its main figures beside those of an earlier one, and a section for each report."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from supportq.model.overview import Exhibit, Figure, Section
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.reports import Question, Report, find_report, names
from supportq.reports._pictures import chart_of, title_of
from supportq.store.queue import Queue
from supportq.values import dataclass

TIME = "time"
"""Stands for days, weeks or months, whichever there are enough of and not too many."""

MOST_ROWS = 60

_FIRST = ("volume", "flow", "backlog", "response", "waits", "sla", "seasonality", "csat")
"""What people look at first; other reports follow by name, folded."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A main figure: from which column of a report, in which row where there are several, and if more of it is good."""

    title: str
    report: str
    column: str
    good: int = 0
    row: str = ""
    deeper: str = ""


LEADS = (
    Lead("Open at the end", "backlog", "n", -1, deeper="supportq report backlog --by team"),
    Lead("Came in", "volume", "n", deeper="supportq report volume --by channel"),
    Lead("Resolved", "flow", "resolved", 1, deeper="supportq report flow --by week"),
    Lead(
        "First response, median",
        "response",
        "median",
        -1,
        row="first_response",
        deeper="supportq report response --by team",
    ),
    Lead(
        "Time to resolve, median",
        "resolution",
        "median",
        -1,
        row="first",
        deeper="supportq report resolution --by team",
    ),
    Lead("Every promise kept", "sla", "rate", 1, row="every_clock", deeper="supportq report sla --by team"),
    Lead("Reopened", "reopens", "rate", -1, deeper="supportq report reopens --by team"),
    Lead("Satisfied", "csat", "rate", 1, deeper="supportq report csat --by team"),
)

DEFINITIONS = {
    "digest": """Tell in brief how the desk did, beside the period before.

It is about last week, and about any other time with --since and --until. The figures are those of the reports that
stand under More. Came in tells which channels, categories and teams had at least two tickets more or less than
before, the five that changed most. Who waits, what is late and what is open longest is as of now.""",
    "page": """Show the whole desk with charts, as one file of HTML.

Each section is one of the reports, with its own definition; the main figures are those of these reports beside the
period before. What is late and what is open longest is as of now.""",
}
"""What the digest and the page tell."""

MOST_MOVED = 5

_MOVING = ("channel", "category", "team")
_MOVED = (
    Column("of", "Of"),
    Column("n", "n", Kind.NUMBER),
    Column("before", "Before", Kind.NUMBER, faint=True),
    Column("change", "Change", Kind.NUMBER, signed=True),
)


def figures(queue: Queue, question: Question, before: Question) -> tuple[Figure, ...]:
    """Return the main figures of a period, each beside what it was in an earlier one."""
    answers = {
        name: [find_report(name).build(queue, each) for each in (question, before)]
        for name in dict.fromkeys(lead.report for lead in LEADS)
        if name in names()
    }
    return tuple(
        figure for lead in LEADS if lead.report in answers and (figure := _figure(lead, *answers[lead.report]))
    )


def sections(queue: Queue, question: Question) -> Iterator[Section]:
    """Yield what each report says of a period, in the order in which people look."""
    for name in sorted(names(), key=_rank):
        report = find_report(name)
        groupings = [_settled(by, report, question) for by in report.on_page if set(by) <= {TIME, *report.keys}]
        tables = [(report.build(queue, replace(question, by=by)), by) for by in groupings]
        if tables:
            exhibits = _telling([_exhibit(report, table, by) for table, by in tables])
            about, *definition = (" ".join(each.split()) for each in report.definition.split("\n\n"))
            title = tables[0][0].title
            folded = name not in _FIRST
            yield Section(name, title, about, exhibits, tuple(definition), f"supportq report {name}", folded)


def movements(queue: Queue, question: Question, before: Question) -> Table:
    """Return where arrivals changed most: channels, categories and teams."""
    volume = find_report("volume")
    rows: list[tuple[str, int, int, int]] = []
    for key in _MOVING:
        now, earlier = (_counts(volume.build(queue, replace(each, by=(key,)))) for each in (question, before))
        for name in dict.fromkeys((*now, *earlier)):
            counts = now.get(name, 0), earlier.get(name, 0)
            rows.append((f"{key} {name}", *counts, counts[0] - counts[1]))
    moved = sorted((row for row in rows if abs(row[3]) > 1), key=lambda row: -abs(row[3]))
    return Table(_MOVED, moved[:MOST_MOVED])


def _counts(table: Table) -> dict[str, int]:
    place = table.find("n")
    return {str(row[0]): int(_number(row[place]) or 0) for row in table.rows if row[0]} if place else {}


def _figure(lead: Lead, now: Table, before: Table) -> Figure | None:
    place = now.find(lead.column)
    if place is None:
        return None
    kind = now.columns[place].kind
    counted = place if kind is Kind.NUMBER else now.find("n")
    rows = [_row_of(table, lead.row) for table in (now, before)]
    value, was = (_number(row[place]) for row in rows)
    n, n_before = (None if counted is None else int(_number(row[counted]) or 0) for row in rows)
    return Figure(lead.title, value, was, kind, lead.good, n, n_before, lead.deeper)


def _row_of(table: Table, name: str) -> Row:
    """Return the row that has a name in one of its cells, or the only one."""
    rows = list(table.rows)
    nothing: Row = (None,) * len(table.columns)
    return next((row for row in rows if not name or name in row), nothing)


def _number(cell: Cell) -> float | None:
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    return cell if isinstance(cell, int | float) else None


def _rank(name: str) -> tuple[int, str]:
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST)), name


def _settled(by: Sequence[str], report: Report, question: Question) -> tuple[str, ...]:
    """Return what to group by, with a period in the place of time: a rate needs more in each than a count does."""
    days = (question.until - question.since).days
    daily = 14 if report.main and not report.drawn else 62
    period = "day" if days <= daily else "week" if days <= 400 else "month"
    return tuple(period if key == TIME else key for key in by)


def _exhibit(report: Report, table: Table, by: Sequence[str]) -> Exhibit:
    rows = list(table.rows)
    whole = replace(table, rows=rows, title=title_of(table, by))
    return Exhibit(_cut(whole, len(rows)), chart_of(report, replace(table, rows=rows), by))


def _telling(exhibits: Sequence[Exhibit]) -> tuple[Exhibit, ...]:
    """Return the exhibits without those that show one thing alone, beside others that say as much."""
    return tuple(each for each in exhibits if each.chart or len(list(each.table.rows)) > 1) or tuple(exhibits[:1])


def _cut(table: Table, count: int) -> Table:
    if count <= MOST_ROWS:
        return table
    caption = f"the first {MOST_ROWS} of {count:,} rows; {table.caption}"
    return replace(table, rows=list(table.rows)[:MOST_ROWS], caption=caption)
