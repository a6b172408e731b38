"""Which share of inquiries is answered within an hour, as most people expect."""

from collections import Counter
from collections.abc import Iterable, Iterator

from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._left_out import LEFT_OUT
from supportq.reports._question import Question
from supportq.store.grouping import Told, iter_counts, query
from supportq.store.queue import Queue
from supportq.store.waits import INQUIRIES, answered_within

KEYS = _groups.KEYS
MAIN = ("rate",)


def build(queue: Queue, question: Question) -> Table:
    """The share of inquiries that a person answered within an hour of calendar time, weekends included.

    --within asks for another span. An inquiry is a ticket that a customer opened; it is dated by its creation and
    counts where it stands now. Those that may still be answered in time are left out and counted apart (too early),
    so are those of which an import told no messages, and merged, spam and automatic ones.
    """
    return answered(iter_counts(queue, question.span, INQUIRIES, answered_within(question.within)), question)


def sql(question: Question) -> str:
    """Return the statement that counts inquiries by what became of them."""
    return query(question.span, INQUIRIES, {"fate": answered_within(question.within)}, {"n": "count(*)"})


def answered(inquiries: Iterable[Told], question: Question) -> Table:
    """Return the share that was answered in time, from rows of the group, what became of them, and how many."""
    counts = Counter[tuple[Group, str]]()
    for *group, fate, count in inquiries:
        counts[tuple(group), fate] += count
    within = Column("within", "In time", Kind.NUMBER)
    return Table(
        (*_groups.columns(question), _RATE, _N, within, *_LEFT_OUT),
        list(_rows(_groups.ordered(question, (group for group, _ in counts)), counts)),
        title="Answered",
        caption=_groups.caption(question, f"by a person within {_words(question)} of calendar time"),
        group=_groups.heading(question),
    )


def _words(question: Question) -> str:
    from supportq.when import format_age

    return format_age(question.within)


def _rows(groups: Iterable[Group], counts: Counter[tuple[Group, str]]) -> Iterator[Row]:
    for group in groups:
        in_time = counts[group, "in_time"]
        n = in_time + counts[group, "late"]
        rate: Cell = in_time / n if n else None
        yield (*group, rate, n, in_time, *(counts[group, column.key] for column in _LEFT_OUT))


_RATE = Column("rate", "Answered", Kind.RATE)
_N = Column("n", "n", Kind.NUMBER)
_LEFT_OUT = (
    Column("too_early", "Too early", Kind.NUMBER, faint=True),
    Column("no_data", "No data", Kind.NUMBER, faint=True),
    *LEFT_OUT,
)
