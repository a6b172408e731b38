"""How satisfied customers were."""

from dataclasses import replace

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._measured import OUTSIDE, rate, table
from supportq.reports._question import Question
from supportq.store import measures
from supportq.store.measures import Figures
from supportq.store.queue import Queue
from supportq.store.ratings import RATINGS, RESPONSES

KEYS = _groups.KEYS
MAIN = ("rate", "mean")


def build(queue: Queue, question: Question) -> Table:
    """The share of ratings of 4 and 5 among all of 1 to 5 that were given in the period, and their mean.

    Of a ticket that was rated again the last rating counts. It is dated by when it was given, or by the resolve
    where it was imported from a file that does not tell, and the ticket counts where it stands now. The response rate
    is the share of the tickets first resolved in the period that have been rated, whenever that was. Merged, spam and
    automatic tickets are left out and counted apart.
    """
    return csat(measures.read(queue, question.span, RATINGS, RESPONSES), question)


def sql(question: Question) -> str:
    """Return the statement that count ratings, and how many of the resolved tickets have one."""
    return measures.query(question.span, RATINGS, RESPONSES)


def csat(found: Figures, question: Question) -> Table:
    """Return the ratings by group."""

    def cells(group: _groups.Group) -> Row:
        given = found[group]
        mean = given["points"] / given["n"] if given["n"] else None
        return (
            rate(given["satisfied"], given["n"]),
            given["n"],
            mean,
            given["low"],
            rate(given["rated"], given["resolved"]),
            given["resolved"],
            given["outside"],
        )

    nobody = _groups.of_nobody_told(
        question, (group for group, given in found.items() if given["n"] or given["resolved"])
    )
    caption = _groups.caption(question, "said: supportq list has:rating -c id,comment", nobody)
    return replace(table(question, found, _COLUMNS, cells, "Satisfaction"), caption=caption)


_COLUMNS = (
    Column("rate", "Satisfied", Kind.RATE),
    Column("n", "n", Kind.NUMBER),
    Column("mean", "Mean", Kind.NUMBER),
    Column("low", "Low", Kind.NUMBER),
    Column("response_rate", "Rated", Kind.RATE),
    Column("resolved", "of resolved", Kind.NUMBER),
    OUTSIDE,
)
