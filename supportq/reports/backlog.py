"""How much is waiting, and for how long already."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import product

from supportq.model.event import Event, in_force
from supportq.model.fold import Fold
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.model.ticket import ACTIVE, Ticket
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._periods import PERIODS, ends_of, period_of
from supportq.reports._question import Question
from supportq.store.backlog import Owners, iter_changed, iter_open
from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.when import parse_stamp

KEYS = _groups.KEYS
NOT_IN_SQL = "what was open at a moment is read from the history of each ticket"

AGES = (
    ("under_1d", "< 1d", timedelta(days=1)),
    ("1_to_3d", "1-3d", timedelta(days=3)),
    ("3_to_7d", "3-7d", timedelta(days=7)),
    ("7_to_30d", "7-30d", timedelta(days=30)),
    ("over_30d", "> 30d", timedelta.max),
)

PARTS = tuple(key for key, _, _ in AGES)


@dataclass(frozen=True, slots=True)
class Open:
    """A ticket that was open at a moment: what it counts under, its age then, and whether no person wrote it."""

    group: Group
    age: timedelta
    is_automatic: bool = False


def build(queue: Queue, question: Question) -> Table:
    """Count the tickets that were not resolved, closed, spam or merged at a moment, from the history.

    n is how many there were at the end of the period (or of each hour, day, week, month ... where grouped by one), at
    the latest now; the ages are those of the tickets at that moment, in calendar time since they were created. They
    count under the team, agent and priority that held them then. Automatic tickets are left out and counted apart.
    """
    return backlog(_standing(queue, question), question)


def backlog(standing: Iterable[Open], question: Question) -> Table:
    """Return what was open, by group and age."""
    counts: Counter[tuple[Group, str]] = Counter()
    oldest: dict[Group, timedelta] = {}
    for each in standing:
        if each.is_automatic:
            counts[each.group, "automatic"] += 1
            continue
        counts[each.group, _age_group(each.age)] += 1
        oldest[each.group] = max(each.age, oldest.get(each.group, each.age))
    rows = [_row(group, counts, oldest) for group in _groups.ordered(question, (group for group, _ in counts))]
    return Table(
        (*_groups.columns(question), *_COLUMNS),
        rows,
        title="Backlog",
        caption="; ".join((f"As of {question.words(_moments(question)[-1])}", *question.seen)),
        group=_groups.heading(question),
    )


def iter_active(history: Sequence[Event], moments: Sequence[datetime]) -> Iterator[tuple[datetime, Ticket]]:
    """Yield those of these moments at which a ticket was active, and the ticket by what had happened until then.

    The moments come in order; those before its creation, or after which nothing happened, are left to others. What was
    recorded late is taken in where it was recorded: then what came after it is folded anew.
    """
    events = in_force(history)
    last = max(event.at for event in events)
    fold, folded = Fold(), list[int]()
    ticket: Ticket | None = None
    for moment in moments[bisect_left(moments, events[0].at) : bisect_left(moments, last)]:
        until_then = [event for event in events if event.at <= moment]
        if len(until_then) > len(folded):
            if [event.id for event in until_then[: len(folded)]] != folded:
                fold, folded = Fold(), []
            for event in until_then[len(folded) :]:
                fold.apply(event)
            folded = [event.id for event in until_then]
            ticket = fold.value() if fold.status in ACTIVE else None
        if ticket is not None:
            yield moment, ticket


def _moments(question: Question) -> list[datetime]:
    """Return the moments to look at: the end of each period, where grouped by one, and never later than now."""
    last = question.until if question.is_ahead else min(question.until, question.now)
    if not question.timed:
        return [last]
    ends = ends_of(question.since, question.until, question.timed, question.zone).values()
    return [min(last, end) for end in ends]


def _standing(queue: Queue, question: Question) -> Iterator[Open]:
    """Yield what was open at each moment; histories are read once, and only where the ticket's row says too little."""
    if question.is_ahead:
        return
    moments = _moments(question)
    labels = {moment: _labels(moment, question) for moment in moments}
    held_by = [key for key in question.by if key not in PERIODS]
    for waiting in iter_open(queue, moments[-1], question.scope, held_by):
        held = dict(zip(held_by, waiting.group, strict=True))
        created_at = parse_stamp(waiting.created_at)
        for moment in moments[bisect_left(moments, parse_stamp(waiting.updated_at)) :]:
            group = _group({**held, **labels[moment]}, question)
            yield Open(group, moment - created_at, bool(waiting.is_automatic))
    owners = Owners(queue)
    for history, is_automatic in iter_changed(queue, moments, question.scope):
        for moment, ticket in iter_active(history, moments):
            for held in _held(ticket, held_by, owners):
                yield Open(_group({**held, **labels[moment]}, question), moment - ticket.created_at, is_automatic)


def _labels(moment: datetime, question: Question) -> dict[str, Cell]:
    """Return what the periods are called that end at a moment, or in which it lies."""
    inside = max(question.since, moment - timedelta(seconds=1))
    return {key: period_of(inside, key, question.zone) for key in question.timed}


def _group(cells: Mapping[str, Cell], question: Question) -> Group:
    return tuple(cells[key] for key in question.by)


def _held(ticket: Ticket, keys: Sequence[str], owners: Owners) -> Iterator[dict[str, Cell]]:
    """Yield what a ticket counts under: once, or once for each of its tags."""
    for cells in product(*(_cells(ticket, key, owners) for key in keys)):
        yield dict(zip(keys, cells, strict=True))


def _cells(ticket: Ticket, key: str, owners: Owners) -> tuple[Cell, ...]:
    match key:
        case "tag":
            return ticket.tags or (None,)
        case "customer" | "organisation":
            return (owners[key, ticket.customer_id],)
    return (getattr(ticket, _FIELDS.get(key, key)),)


def _age_group(age: timedelta) -> str:
    return next(key for key, _, limit in AGES if age < limit)


def _row(group: Group, counts: Counter[tuple[Group, str]], oldest: Mapping[Group, timedelta]) -> Row:
    ages = [counts[group, key] for key, _, _ in AGES]
    return (*group, sum(ages), *ages, oldest.get(group), counts[group, "automatic"])


_FIELDS = {"agent": "assignee"}
_COLUMNS = (
    Column("n", "n", Kind.NUMBER),
    *(Column(key, title, Kind.NUMBER) for key, title, _ in AGES),
    Column("oldest", "Oldest", Kind.DURATION),
    Column("automatic", "Automatic", Kind.NUMBER, faint=True),
)
