"""What came in, what was done, and what came back."""

from collections import Counter
from collections.abc import Iterable, Iterator

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._question import Question
from supportq.store.flow import iter_flow, query
from supportq.store.grouping import Told
from supportq.store.queue import Queue

KEYS = _groups.KEYS
MAIN = ("resolved", "net")
DRAWN = ("n", "resolved", "reopened")

EVENTS = ("created", "resolved", "reopened", "done", "undated")


def build(queue: Queue, question: Question) -> Table:
    """Tickets created, resolved for the first time and reopened in the period, and the net.

    Done are all other ends: resolved again, closed, or marked as spam. Of those that were undated when they came from
    another desk nobody knows the moment: they count as over when they came in. Net is created plus reopened, less all
    ends: by how much the backlog grew. Each is dated by its event; a created ticket counts where it stands now, the
    others under the team, agent and priority that held it when it ended. Merged, spam and automatic tickets are left
    out and counted apart.
    """
    return flow(iter_flow(queue, question.span), question)


def sql(question: Question) -> str:
    """Return the statement that counts the events; those with a reason in `outside` are left out."""
    return query(question.span)


def flow(events: Iterable[Told], question: Question) -> Table:
    """Return what happened by group, from rows of the group, the event, why it is left out, and how many there are."""
    counts = Counter[tuple[Group, str]]()
    for *group, event, outside, count in events:
        counts[tuple(group), "outside" if outside else event] += count
    groups = _groups.ordered(question, (group for group, _ in counts))
    return Table(
        (*_groups.columns(question), *_COLUMNS),
        list(_rows(groups, counts)),
        title="Flow",
        caption=_groups.caption(question, "aside: events of merged, spam and automatic tickets"),
        group=_groups.heading(question),
    )


def _rows(groups: Iterable[Group], counts: Counter[tuple[Group, str]]) -> Iterator[Row]:
    for group in groups:
        created, resolved, reopened, done, undated = (counts[group, event] for event in EVENTS)
        net = created + reopened - resolved - done - undated
        yield (*group, created, resolved, reopened, done, net, undated, counts[group, "outside"])


_COLUMNS = (
    Column("n", "Created", Kind.NUMBER),
    Column("resolved", "First resolved", Kind.NUMBER),
    Column("reopened", "Reopened", Kind.NUMBER),
    Column("done", "Done otherwise", Kind.NUMBER),
    Column("net", "Net", Kind.NUMBER, signed=True),
    Column("undated", "Undated", Kind.NUMBER, faint=True),
    Column("outside", "Aside", Kind.NUMBER, faint=True),
)
