"""Who has how much to do, and did how much."""

from collections.abc import Iterable
from dataclasses import replace

from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.reports import _groups, backlog
from supportq.reports._groups import Group
from supportq.reports._measured import OUTSIDE, always_by, table
from supportq.reports._question import Question
from supportq.reports._waits import Waits, columns
from supportq.store import measures
from supportq.store.deeds import HANDED, RESOLVED, WRITTEN, first_answers
from supportq.store.grouping import Told, iter_rows
from supportq.store.measures import Figures
from supportq.store.queue import Queue

KEYS = _groups.KEYS
NOT_IN_SQL = "what is open and how old it is (report backlog); the median (report response --sql)"
LASTING = True
MAIN = ("open", "replies")
ON_PAGE = ((),)


def build(queue: Queue, question: Question) -> Table:
    """What agents have open, and what they did in the period; they stand by name, since pace alone tells little.

    Open is what they had at the end of the period, with the age of the oldest, in calendar time. n is how many tickets
    they wrote a reply or a note on, replies how many they gave, each dated by when it was. Resolved counts every
    resolve of a ticket that was theirs then. The median is that of the first answers, not given live, on tickets that
    were theirs then, and how many these were stands beside it. Handed counts the changes of agent before the first
    resolve, under who held the ticket at that resolve. Merged, spam and automatic tickets are left out and counted
    apart.
    """
    asked = always_by(question, "agent")
    found = measures.read(queue, asked.span, WRITTEN, RESOLVED, HANDED)
    answers = iter_rows(queue, asked.span, first_answers("clock"), "clock.business_s", "clock.elapsed_s")
    return agents(found, answers, backlog.build(queue, asked), asked)


def sql(question: Question) -> str:
    """Return the statement that count what was written, resolved and handed over; the rest is in other reports."""
    return measures.query(always_by(question, "agent").span, WRITTEN, RESOLVED, HANDED)


def agents(found: Figures, answers: Iterable[Told], waiting: Table, question: Question) -> Table:
    """Return the figures of each agent; `answers` are rows of the group, and of open and calendar seconds."""
    waits = Waits(answers)
    standing = _standing(waiting, len(question.by))
    for known in (*waits, *standing):
        found[known].update()

    def cells(group: Group) -> Row:
        did = found[group]
        open_count, oldest = standing.get(group, (0, None))
        return (
            open_count,
            oldest,
            did["touched"],
            did["replies"],
            did["resolves"],
            *waits.cells(group, "median"),
            waits.count(group),
            did["handed_over"],
            did["outside"],
        )

    told = table(question, found, (*_FIRST, *columns(question, "median"), *_LAST), cells, "Workload")
    nobody = _groups.of_nobody_told(question, (row[: len(question.by)] for row in told.rows))
    return replace(told, caption=_groups.caption(question, "resolved: what was theirs, whoever did it", nobody))


def _standing(waiting: Table, width: int) -> dict[Group, tuple[Cell, Cell]]:
    """Return how many tickets are open in each group that has any, and how old the oldest is."""
    count, oldest = waiting.find("n"), waiting.find("oldest")
    if count is None or oldest is None:
        raise ValueError("a backlog without n and oldest")
    return {row[:width]: (row[count], row[oldest]) for row in waiting.rows if row[count]}


_FIRST = (
    Column("open", "Open", Kind.NUMBER),
    Column("oldest", "Oldest", Kind.DURATION),
    Column("n", "Touched", Kind.NUMBER),
    Column("replies", "Replies", Kind.NUMBER),
    Column("resolves", "Resolved", Kind.NUMBER),
)
_LAST = (
    Column("answered", "of", Kind.NUMBER),
    Column("handed_over", "Handed", Kind.NUMBER),
    OUTSIDE,
)
