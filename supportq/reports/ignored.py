"""How many inquiries nobody answered."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._measured import NO_DATA, OUTSIDE, rate, table
from supportq.reports._question import Question
from supportq.store.grouping import ARRIVALS, Told, iter_counts, query
from supportq.store.measures import Figures
from supportq.store.neglect import INQUIRIES
from supportq.store.queue import Queue

KEYS = _groups.KEYS
MAIN = ("rate",)


def build(queue: Queue, question: Question) -> Table:
    """The share of inquiries that nobody answered among those that somebody answered or should have by now.

    Ignored: never answered by a human and past due, or resolved or closed unanswered. Not yet due are left out and
    counted apart, and so are those that need no reply (no need: dismissed by somebody, or opened by ourselves), those
    of which an import knew nothing (no data), and merged, spam and automatic ones. Acknowledged is the share that got
    an automatic word, of the inquiries on channels on which any such word was sent in the period. An inquiry is dated
    by its creation, and counts where it stands now.
    """
    return ignored(iter_counts(queue, question.span, ARRIVALS, *INQUIRIES.values()), question)


def sql(question: Question) -> str:
    """Return the statement that counts what became of inquiries, and how many were acknowledged."""
    return query(question.span, ARRIVALS, INQUIRIES, {"n": "count(*)"})


def ignored(inquiries: Iterable[Told], question: Question) -> Table:
    """Return the inquiries that nobody answered, from rows of the group, what became of them, and how many.

    Between these stand whether acknowledgements are sent on their channel, and whether they got one.
    """
    found: Figures = defaultdict(Counter)
    for *group, fate, is_acknowledging, is_acknowledged, count in inquiries:
        became = found[tuple(group)]
        became["dismissed" if fate == _OUR_OWN else fate] += count
        if is_acknowledging and fate not in _NO_INQUIRY:
            became["inquiries"] += count
            became["acknowledged"] += count * is_acknowledged

    def cells(group: _groups.Group) -> Row:
        became = found[group]
        n = became["ignored"] + became["answered"]
        return (
            rate(became["ignored"], n),
            n,
            became["ignored"],
            rate(became["acknowledged"], became["inquiries"]),
            became["inquiries"],
            *(became[column.key] for column in _LEFT_OUT),
        )

    return table(question, found, (*_COLUMNS, *_LEFT_OUT), cells, "Ignored inquiries")


_OUR_OWN = "our_own"
_NO_INQUIRY = ("outside", _OUR_OWN)
_COLUMNS = (
    Column("rate", "Ignored", Kind.RATE),
    Column("n", "n", Kind.NUMBER),
    Column("ignored", "Count", Kind.NUMBER),
    Column("acknowledged_rate", "Acknowledged", Kind.RATE),
    Column("inquiries", "of", Kind.NUMBER, shown=False),
)
_LEFT_OUT = (
    Column("not_yet_due", "Not due", Kind.NUMBER, faint=True),
    Column("dismissed", "No need", Kind.NUMBER, faint=True),
    NO_DATA,
    OUTSIDE,
)
