"""How many customers come back to buy, after promises were kept and after they were broken."""

from collections.abc import Iterable, Mapping

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._measured import OUTSIDE, rate
from supportq.reports._question import Question
from supportq.settings.values import Retention
from supportq.store.courses import RESOLVED
from supportq.store.grouping import Told, iter_counts, query
from supportq.store.queue import Queue
from supportq.store.returns import IS_MISSED, RETENTION
from supportq.store.versions import current_settings

KEYS = _groups.KEYS
MAIN = ("rate",)

PROMISES = ("kept", "missed")


def build(queue: Queue, question: Question) -> Table:
    """The share of customers who came back among all with a ticket that was first resolved in the period.

    A customer has come back who opened another ticket within so many days of the resolve, on which the custom field
    that the settings name (`[retention]`, such as an order number) holds another value than on this one. Missed are the
    customers of tickets of which any promise was missed, kept those of all others; a customer may be among both.
    Undecided are those whose days are not over, unless they were counted by another ticket. A ticket is dated by its
    first resolve, and counts under the team, agent and priority that held it then. Tickets of unknown customers are
    left out, and so are merged, spam and automatic ones, which are counted apart.
    """
    told = iter_counts(queue, question.span, RESOLVED, IS_MISSED, figures=tuple(RETENTION.values()))
    return retention(told, question, current_settings(queue.connection).retention)


def sql(question: Question) -> str:
    """Return the statement that counts customers, by whether a promise was missed on their tickets."""
    return query(question.span, RESOLVED, {"missed": IS_MISSED}, RETENTION)


def retention(told: Iterable[Told], question: Question, asked: Retention) -> Table:
    """Return who came back, from rows of the group, whether a promise was missed, and figures."""
    width = len(question.by)
    found = {(*row[:width], PROMISES[row[width]]): dict(zip(RETENTION, row[width + 1 :], strict=True)) for row in told}
    rows = [
        (*group, promise, *_cells(found.get((*group, promise), _NOTHING)))
        for group in _groups.ordered(question, {known[:width] for known in found})
        for promise in PROMISES
    ]
    return Table(
        (*_groups.columns(question), *_COLUMNS),
        rows,
        title="Customers who came back",
        caption=_groups.caption(question, _words(asked)),
        group=question.by[0] if question.by else "",
    )


def _words(asked: Retention) -> str:
    if not asked.field:
        return "choose: supportq config set retention.field NAME"
    return f"with another {asked.field} within {asked.within_days} days"


def _cells(came: Mapping[str, int]) -> Row:
    return (rate(came["back"], came["n"]), *(came[name] for name in RETENTION))


_NOTHING = dict.fromkeys(RETENTION, 0)
_COLUMNS = (
    Column("promise", "Promises"),
    Column("rate", "Came back", Kind.RATE),
    Column("n", "n", Kind.NUMBER),
    Column("back", "Returned", Kind.NUMBER),
    Column("undecided", "Undecided", Kind.NUMBER, faint=True),
    OUTSIDE,
)
