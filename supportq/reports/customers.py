"""How often customers come, and how often with the same again."""

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._measured import OUTSIDE, rate, table
from supportq.reports._question import Question
from supportq.store import measures
from supportq.store.measures import Figures
from supportq.store.queue import Queue
from supportq.store.returns import CONTACTS

KEYS = _groups.KEYS
MAIN = ("contact_rate",)


def build(queue: Queue, question: Question) -> Table:
    """Tickets created in the period for each customer who had any.

    Repeat contacts are those of these tickets before which the same customer had opened another one in the same
    category, within 7 and within 30 days; of tickets without any category, another one without. A ticket counts where
    it stands now. Tickets of unknown customers and merged, spam and automatic ones are left out and counted apart.
    """
    return customers(measures.read(queue, question.span, CONTACTS), question)


def sql(question: Question) -> str:
    """Return the statement that counts tickets, their customers, and repeat contacts."""
    return measures.query(question.span, CONTACTS)


def customers(found: Figures, question: Question) -> Table:
    """Return contacts by group."""

    def cells(group: _groups.Group) -> Row:
        came = found[group]
        return (
            came["n"] / came["customers"] if came["customers"] else None,
            came["n"],
            came["customers"],
            rate(came["within_7"], came["n"]),
            came["within_7"],
            rate(came["within_30"], came["n"]),
            came["within_30"],
            came["unknown"],
            came["outside"],
        )

    return table(question, found, _COLUMNS, cells, "Contacts of customers")


_COLUMNS = (
    Column("contact_rate", "Per customer", Kind.NUMBER),
    Column("n", "n", Kind.NUMBER),
    Column("customers", "Customers", Kind.NUMBER),
    Column("within_7_rate", "Again in 7d", Kind.RATE),
    Column("within_7", "Again within 7 days", Kind.NUMBER, shown=False),
    Column("within_30_rate", "in 30d", Kind.RATE),
    Column("within_30", "Again within 30 days", Kind.NUMBER, shown=False),
    Column("unknown", "Unknown", Kind.NUMBER, faint=True),
    OUTSIDE,
)
