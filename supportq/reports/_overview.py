"""The whole desk in a period: its main figures beside those of an earlier one, and a section for each report."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from supportq.model.overview import Exhibit, Figure, Section
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.reports import Question, Report, find_report, names, resolution, response
from supportq.reports._cycle import Measured, of_count, of_median, of_share
from supportq.reports._pictures import seen, title_of
from supportq.reports._trimmed import trimmed, without_idle_lines
from supportq.statistics.intervals import difference
from supportq.store.queue import Queue
from supportq.store.standing import first_created
from supportq.values import dataclass
from supportq.when import parse_stamp

TIME = "time"
"""Stands for days, weeks or months, whichever there are enough of and not too many."""

MOST_ROWS = 60

_FIRST = ("late", "sla", "flow", "volume", "backlog", "oldest", "response", "waits", "csat", "seasonality")
"""What people look at first."""

_THEN = ("resolution", "agents", "channels", "answered", "ignored", "fcr", "reopens", "lines", "handovers")
"""What they look at when they have a question, folded; other reports follow by name."""

_A_DAY = timedelta(days=1)
_LASTING = {"response": response.lasting, "resolution": resolution.lasting}


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
stand under More; a star marks a change that chance alone would make less than once in 20 times. Came in tells which
channels, categories and teams had at least two tickets more or less than before, the five that changed most. Who
waits, what is late and what is open longest is as of now.""",
    "page": """Show the whole desk with charts, as one file of HTML.

Each section is one of the reports, with its own definition; the main figures are those of these reports beside the
period before. Green and red are changes that chance alone would make less than once in 20 times, as the report cycle
tells them; a time before the first ticket is no period to compare with. Lines leave out days and weeks that are not
whole. Who waits, what is late and what is open longest is as of now.""",
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


def beginning(queue: Queue, question: Question) -> datetime | None:
    """Return when the first of the tickets that are meant was created, in whatever time."""
    stamp = first_created(queue, question.scope)
    return parse_stamp(stamp) if stamp else None


def figures(queue: Queue, question: Question, before: Question) -> tuple[Figure, ...]:
    """Return the main figures of a period, each beside what it was in an earlier one, if there were tickets then.

    A change is sure where chance alone would do it less than once in twenty times, as the report cycle has it; for
    that the tickets go back to the first day of the earlier period. Counts, that of what is open too, are taken as
    what comes one by one.
    """
    began = beginning(queue, question)
    earlier = before if began and began < before.until else None
    is_whole = bool(began and began < before.since + _A_DAY)
    return tuple(_figure(lead, queue, question, earlier, is_whole=is_whole) for lead in LEADS)


def sections(queue: Queue, question: Question) -> Iterator[Section]:
    """Yield what each report says of a period, in the order in which people look."""
    for name in sorted(names(), key=rank):
        report = find_report(name)
        groupings = [_settled(by, report, question) for by in report.on_page if set(by) <= {TIME, *report.keys}]
        asked = [replace(question, by=by) for by in groupings]
        tables = [report.build(queue, each) for each in asked]
        if tables:
            exhibits = _telling([_exhibit(report, *each) for each in zip(tables, asked, strict=True)])
            about, *definition = (" ".join(each.split()) for each in report.definition.split("\n\n"))
            title = tables[0].title
            folded = name not in _FIRST
            yield Section(name, title, about, exhibits, tuple(definition), f"supportq report {name}", folded)


def rank(name: str) -> tuple[int, str]:
    """Return what the sections of a page are sorted by: those that are looked at first, then the others by name."""
    order = (*_FIRST, *_THEN)
    return (order.index(name) if name in order else len(order)), name


def movements(queue: Queue, question: Question, before: Question) -> Table:
    """Return where arrivals changed most: channels, categories and teams; nothing where none came before."""
    began = beginning(queue, question)
    if began is None or began >= before.until:
        return Table(_MOVED, [])
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


def _figure(lead: Lead, queue: Queue, question: Question, earlier: Question | None, *, is_whole: bool) -> Figure:
    kind, now = _measured(lead, queue, question)
    _, before = _measured(lead, queue, earlier) if earlier else (kind, Measured(None))
    change = difference(now.estimate, before.estimate) if now.estimate and before.estimate else None
    is_sure = is_whole and change is not None and not change.low <= 0 <= change.high
    return Figure(lead.title, now.value, before.value, kind, lead.good, now.n, before.n, lead.deeper, is_sure)


def _measured(lead: Lead, queue: Queue, question: Question) -> tuple[Kind, Measured]:
    """Return a main figure of a period, and of what kind it is."""
    if lead.report in _LASTING:
        found = _LASTING[lead.report](queue, question)
        return Kind.DURATION, of_median((found.calendar if question.calendar else found.business)[(), lead.row])
    table = find_report(lead.report).build(queue, question)
    told = dict(zip((column.key for column in table.columns), _row_of(table, lead.row), strict=True))
    value, n = _number(told[lead.column]), _number(told["n"])
    kind = next(column.kind for column in table.columns if column.key == lead.column)
    if kind is Kind.RATE:
        return kind, of_share(round((value or 0) * (n or 0)), int(n or 0))
    return kind, of_count(int(value or 0))


def _row_of(table: Table, name: str) -> Row:
    """Return the row that has a name in one of its cells, or the only one."""
    rows = list(table.rows)
    nothing: Row = (None,) * len(table.columns)
    return next((row for row in rows if not name or name in row), nothing)


def _number(cell: Cell) -> float | None:
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    return cell if isinstance(cell, int | float) else None


def _settled(by: Sequence[str], report: Report, question: Question) -> tuple[str, ...]:
    """Return what to group by, with a period in the place of time: a rate needs more in each than a count does."""
    days = (question.until - question.since).days
    daily = 14 if report.main and not report.drawn else 62
    period = "day" if days <= daily else "week" if days <= 400 else "month"
    return tuple(period if key == TIME else key for key in by)


def _exhibit(report: Report, table: Table, question: Question) -> Exhibit:
    whole = replace(table, rows=list(table.rows), title=title_of(table, question.by))
    return Exhibit(_cut(trimmed(whole)), seen(report, without_idle_lines(replace(whole, title=table.title)), question))


def _telling(exhibits: Sequence[Exhibit]) -> tuple[Exhibit, ...]:
    """Return the exhibits without those that show nothing, or one thing alone, beside others that say as much."""
    told = (each for each in exhibits if (not each.chart.is_empty if each.chart else len(list(each.table.rows)) > 1))
    return tuple(told) or tuple(exhibits[:1])


def _cut(table: Table) -> Table:
    count = len(list(table.rows))
    if count <= MOST_ROWS:
        return table
    caption = f"the first {MOST_ROWS} of {count:,} rows; {table.caption}"
    return replace(table, rows=list(table.rows)[:MOST_ROWS], caption=caption)
