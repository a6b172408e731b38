"""How many tickets took one contact, and how many one message."""

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._measured import NO_DATA, OUTSIDE, rate, table
from supportq.reports._question import Question
from supportq.store import measures
from supportq.store.courses import CONTACTS, UNDECIDED
from supportq.store.measures import Figures
from supportq.store.queue import Queue

KEYS = _groups.KEYS
MAIN = ("rate",)


def build(queue: Queue, question: Question) -> Table:
    """The share of tickets resolved in the first contact among all that were resolved and answered.

    First contact: resolved with every message of ours before any second one of the customer's, not reopened, and no
    other ticket of the same customer in the same category, all until the window closed in which the customer could
    open it again. One touch: exactly one human message to the customer (a live answer is one), never reopened within
    the window. A ticket is dated by the end of its window (the first resolve and the days of `reopen_days`), and counts
    under the team, agent and priority that held it at its first resolve. Undecided are those first resolved in the
    period whose window is still open. They are left out, and so are tickets resolved without a reply, those of which an
    import knew nothing (no data), and merged, spam and automatic ones; all are counted apart.
    """
    return fcr(measures.read(queue, question.span, CONTACTS, UNDECIDED), question)


def sql(question: Question) -> str:
    """Return the statement that count decided tickets, and those that are not decided yet."""
    return measures.query(question.span, CONTACTS, UNDECIDED)


def fcr(found: Figures, question: Question) -> Table:
    """Return the tickets that took one contact by group."""

    def cells(group: _groups.Group) -> Row:
        took = found[group]
        return (
            rate(took["first_contact"], took["n"]),
            rate(took["one_touch"], took["n"]),
            *(took[column.key] for column in _COUNTS),
        )

    return table(question, found, (*_RATES, *_COUNTS), cells, "First-contact resolution")


_RATES = (Column("rate", "One contact", Kind.RATE), Column("one_touch_rate", "One touch", Kind.RATE))
_COUNTS = (
    Column("n", "n", Kind.NUMBER),
    Column("first_contact", "Count", Kind.NUMBER, shown=False),
    Column("one_touch", "Count of one touch", Kind.NUMBER, shown=False),
    Column("undecided", "Undecided", Kind.NUMBER, faint=True),
    Column("no_reply", "No reply", Kind.NUMBER, faint=True),
    NO_DATA,
    OUTSIDE,
)
