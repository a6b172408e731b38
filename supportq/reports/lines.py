"""What each line of support resolves, and how long tickets stay there."""

from collections.abc import Iterable, Mapping

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._measured import NO_DATA, OUTSIDE, rate
from supportq.reports._question import Question
from supportq.reports._waits import Waits, columns
from supportq.store.courses import OF_LINES, RESOLVED, STAY, STAYS
from supportq.store.grouping import Told, iter_counts, iter_rows, query
from supportq.store.queue import Queue

KEYS = tuple(key for key in _groups.KEYS if key != "line")
NOT_IN_SQL = "stays, median and p90, which are in course_view.stays"
LASTING = True
MAIN = ("share", "median")
ON_PAGE = ((),)

LINES = (0, 1, 2, 3)


def build(queue: Queue, question: Question) -> Table:
    """Tickets first resolved in the period, by the line of support that resolved them.

    Resolved is the part of each line in all of them; handed over counts how often these tickets had gone from line to
    line before. Stays counts the tickets that were on a line, wherever they were resolved, and median and p90 (nearest
    rank) are how long they were there in all, in open time of the policy in force at the resolve, or, with --calendar,
    in calendar time. A ticket is dated by its first resolve, and counts under the team, agent and priority that held it
    then. Those whose resolve an import could not date (no data) and merged, spam and automatic ones are left out and
    counted apart.
    """
    resolves = iter_counts(queue, question.span, RESOLVED, "course.line", figures=tuple(OF_LINES.values()))
    stays = iter_rows(queue, question.span, STAYS, *STAY)
    return lines(resolves, stays, question)


def sql(question: Question) -> str:
    """Return the statement that counts the tickets of each line; how long they stayed stands in `course_view.stays`."""
    return query(question.span, RESOLVED, {"line": "course.line"}, OF_LINES)


def lines(resolves: Iterable[Told], stays: Iterable[Told], question: Question) -> Table:
    """Return a row for each line in each group.

    Resolves are rows of the group, the line and the figures of it; stays of the group, the line, open and calendar
    seconds.
    """
    width = len(question.by)
    found = {row[: width + 1]: dict(zip(OF_LINES, row[width + 1 :], strict=True)) for row in resolves}
    spent = Waits(stays)
    rows = [
        (*group, line, *_cells(found, spent, (*group, line)))
        for group in _groups.ordered(question, {known[:width] for known in (*found, *spent)})
        for line in LINES
    ]
    return Table(
        (*_groups.columns(question), *_FIRST, *columns(question, *_RANKS), NO_DATA, OUTSIDE),
        rows,
        title="Lines of support",
        caption=_groups.caption(question),
        group=question.by[0] if question.by else "",
    )


def _cells(found: Mapping[Group, Mapping[str, int]], spent: Waits, line: Group) -> Row:
    did = found.get(line, _NOTHING)
    total = sum(found.get((*line[:-1], other), _NOTHING)["n"] for other in LINES)
    return (
        did["n"],
        rate(did["n"], total),
        did["handed_over"],
        spent.count(line),
        *spent.cells(line, *_RANKS),
        did["no_data"],
        did["outside"],
    )


_NOTHING = dict.fromkeys(OF_LINES, 0)
_RANKS = ("median", "p90")
_FIRST = (
    Column("line", "Line", Kind.NUMBER),
    Column("n", "n", Kind.NUMBER),
    Column("share", "Resolved", Kind.RATE),
    Column("handed_over", "Handed over", Kind.NUMBER),
    Column("stays", "Stays", Kind.NUMBER),
)
