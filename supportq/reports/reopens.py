"""How many tickets came back after they were resolved."""

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._measured import NO_DATA, OUTSIDE, rate, table
from supportq.reports._question import Question
from supportq.store import measures
from supportq.store.courses import REOPENINGS
from supportq.store.measures import Figures
from supportq.store.queue import Queue

KEYS = _groups.KEYS
MAIN = ("rate",)


def build(queue: Queue, question: Question) -> Table:
    """The share of tickets that were opened again among all that were first resolved in the period.

    Both are the same tickets: those first resolved then, whenever they were opened again. Apart from that, all their
    reopenings are divided by all their resolves. Undecided are those whose customers can still open them again by an
    answer; they are counted too. A ticket is dated by its first resolve, and counts under the team, agent and priority
    that held it then. Those whose resolve an import could not date (no data) and merged, spam and automatic ones are
    left out and counted apart.
    """
    return reopens(measures.read(queue, question.span, REOPENINGS), question)


def sql(question: Question) -> str:
    """Return the statement that counts reopenings."""
    return measures.query(question.span, REOPENINGS)


def reopens(found: Figures, question: Question) -> Table:
    """Return the reopened tickets by group."""

    def cells(group: _groups.Group) -> Row:
        came = found[group]
        return (
            rate(came["reopened"], came["n"]),
            came["n"],
            came["reopened"],
            rate(came["reopens"], came["resolves"]),
            came["reopens"],
            came["resolves"],
            came["undecided"],
            came["no_data"],
            came["outside"],
        )

    return table(question, found, _COLUMNS, cells, "Reopened tickets")


_COLUMNS = (
    Column("rate", "Reopened", Kind.RATE),
    Column("n", "n", Kind.NUMBER),
    Column("reopened", "Count", Kind.NUMBER),
    Column("per_resolve", "Per resolve", Kind.RATE),
    Column("reopens", "Reopenings", Kind.NUMBER, shown=False),
    Column("resolves", "of", Kind.NUMBER),
    Column("undecided", "Undecided", Kind.NUMBER, faint=True),
    NO_DATA,
    OUTSIDE,
)
