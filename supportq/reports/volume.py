"""How many inquiries arrive."""

from collections import Counter
from collections.abc import Iterable, Iterator

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._left_out import LEFT_OUT, REASONS
from supportq.reports._measured import arrived
from supportq.reports._question import Question
from supportq.store.grouping import ARRIVALS, OUTSIDE, Told, iter_counts, query
from supportq.store.queue import Queue

KEYS = _groups.KEYS


def build(queue: Queue, question: Question) -> Table:
    """Tickets created in the period, by whichever side they were opened.

    n is how many arrived, share their part of all that did: by tag, the parts of several may come to more. Merged, spam
    and automatic tickets are left out of n and counted apart. A ticket counts where it stands now: under its present
    team, agent, priority and category, and under the channel it came by.
    """
    return volume(iter_counts(queue, question.span, ARRIVALS, OUTSIDE), question, arrived(queue, question))


def sql(question: Question) -> str:
    """Return the statement that counts arrivals; those with a reason in `outside` are left out."""
    return query(question.span, ARRIVALS, {"outside": OUTSIDE}, {"n": "count(*)"})


def volume(arrivals: Iterable[Told], question: Question, total: int | None = None) -> Table:
    """Return the arrivals by group, from rows of the group, why they are left out, and how many they are.

    Without a total of them all, that is their sum.
    """
    counts = Counter[tuple[Group, str | None]]()
    for *group, outside, count in arrivals:
        counts[tuple(group), outside] += count
    columns = (
        *_groups.columns(question),
        Column("n", "n", Kind.NUMBER),
        Column("share", "Share", Kind.RATE),
        *LEFT_OUT,
    )
    if total is None:
        total = sum(count for (_, outside), count in counts.items() if outside is None)
    groups = _groups.ordered(question, (group for group, _ in counts))
    return Table(
        columns,
        list(_rows(groups, counts, total)),
        title="Arrivals",
        caption=_groups.caption(question, f"n = {total:,}"),
        group=_groups.heading(question),
    )


def _rows(groups: Iterable[Group], counts: Counter[tuple[Group, str | None]], total: int) -> Iterator[Row]:
    for group in groups:
        count = counts[group, None]
        yield (*group, count, count / total if total else None, *(counts[group, reason] for reason in REASONS))
