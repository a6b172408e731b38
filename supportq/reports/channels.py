"""What comes by which channel, and how it is dealt with there."""

from collections.abc import Iterable

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._measured import OUTSIDE, always_by, arrived, rate, table
from supportq.reports._question import Question
from supportq.reports._waits import Waits, columns
from supportq.store import measures
from supportq.store.deeds import first_answers
from supportq.store.grouping import Told, iter_rows
from supportq.store.measures import Figures
from supportq.store.queue import Queue
from supportq.store.ratings import RATED
from supportq.store.returns import CHANNELS

KEYS = _groups.KEYS
NOT_IN_SQL = "the median (report response --sql --by channel)"
LASTING = True
MAIN = ("share", "median")
ON_PAGE = ((),)


def build(queue: Queue, question: Question) -> Table:
    """Tickets created in the period by channel, with first responses and ratings in the period.

    The median of the first responses is dated by the reply; live answers are not among them. Satisfied is the share of
    4 and 5 of all ratings, dated by when they were given. By several is the share of the customers who opened one of
    these tickets that had opened another one by another channel within the 30 days before. A ticket counts where it
    stands now. Merged, spam and automatic tickets are left out and counted apart.
    """
    asked = always_by(question, "channel")
    found = measures.read(queue, asked.span, CHANNELS, RATED)
    answers = iter_rows(queue, asked.span, first_answers("ticket"), "clock.business_s", "clock.elapsed_s")
    return channels(found, answers, asked, arrived(queue, asked))


def sql(question: Question) -> str:
    """Return the statement that count tickets, customers and ratings; waits for an answer are those of `response`."""
    return measures.query(always_by(question, "channel").span, CHANNELS, RATED)


def channels(found: Figures, answers: Iterable[Told], question: Question, total: int | None = None) -> Table:
    """Return the figures of each channel; `answers` are rows of the group, and of open and calendar seconds.

    Without a total of all tickets, that is their sum.
    """
    waits = Waits(answers)
    if total is None:
        total = sum(came["n"] for came in found.values())

    def cells(group: Group) -> Row:
        came = found[group]
        return (
            came["n"],
            rate(came["n"], total),
            *waits.cells(group, "median"),
            waits.count(group),
            rate(came["satisfied"], came["ratings"]),
            came["ratings"],
            rate(came["of_several"], came["customers"]),
            came["customers"],
            came["outside"],
        )

    for answered in waits:
        found[answered].update()
    return table(question, found, (*_FIRST, *columns(question, "median"), *_LAST), cells, "Channels")


_FIRST = (
    Column("n", "n", Kind.NUMBER),
    Column("share", "Share", Kind.RATE),
)
_LAST = (
    Column("answered", "of", Kind.NUMBER),
    Column("satisfied_rate", "Satisfied", Kind.RATE),
    Column("ratings", "of", Kind.NUMBER),
    Column("several_rate", "By several", Kind.RATE),
    Column("customers", "of", Kind.NUMBER),
    OUTSIDE,
)
