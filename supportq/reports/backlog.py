"""How much is waiting, and for how long already."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, product

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
    ("over_30d", "> 30d", None),
)

PARTS = tuple(key for key, _, _ in AGES)
STANDING = True

Held = tuple[Cell, ...]
"""What a ticket counts under, but for time."""


@dataclass(frozen=True, slots=True)
class Stay:
    """A ticket that was open from one moment until just before another, by their places among those looked at."""

    held: Held
    first: int
    last: int
    created_at: datetime
    is_automatic: bool = False


def build(queue: Queue, question: Question) -> Table:
    """Tickets that were open at a moment: not resolved, closed, spam or merged then, as their history tells.

    n is how many there were at the end of the period (or of each hour, day, week, month ... where grouped by one), at
    the latest now; the ages are those of the tickets at that moment, in calendar time since they were created. They
    count under the team, agent and priority that held them then. Automatic tickets are left out and counted apart.
    """
    return backlog(_standing(queue, question), question)


def backlog(stays: Iterable[Stay], question: Question) -> Table:
    """Return what was open at the moments of a question, by group and age."""
    moments = _moments(question)
    courses: defaultdict[Held, _Course] = defaultdict(lambda: _Course(moments))
    for stay in stays:
        courses[stay.held].add(stay)
    labels = [_labels(moment, question) for moment in moments]
    found = {
        _group(held, labels[place], question): row for held, course in courses.items() for place, row in course.rows()
    }
    return Table(
        (*_groups.columns(question), *_COLUMNS),
        [(*group, *found.get(group, _NOTHING)) for group in _groups.ordered(question, found)],
        title="Backlog",
        caption="; ".join((f"As of {question.words(moments[-1])}", *question.seen)),
        group=_groups.heading(question),
    )


class _Course:
    """What was open under one group at each of some moments, in order."""

    __slots__ = ("_born_at", "_born_from", "_moments", "_steps")

    def __init__(self, moments: Sequence[datetime]) -> None:
        self._moments = moments
        self._steps = {key: [0] * (len(moments) + 1) for key in (*PARTS, "automatic")}
        self._born_at: dict[int, datetime] = {}
        self._born_from: dict[int, datetime] = {}

    def add(self, stay: Stay) -> None:
        """Take in a ticket."""
        if stay.is_automatic:
            self._count("automatic", stay.first, stay.last)
            return
        first = stay.first
        for key, _, limit in AGES:
            end = bisect_left(self._moments, stay.created_at + limit, first, stay.last) if limit else stay.last
            self._count(key, first, end)
            first = end
        if stay.last == len(self._moments):
            _keep_first(self._born_from, stay.first, stay.created_at)
            return
        for place in range(stay.first, stay.last):
            _keep_first(self._born_at, place, stay.created_at)

    def _count(self, key: str, first: int, last: int) -> None:
        self._steps[key][first] += 1
        self._steps[key][last] -= 1

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield the place of each moment at which anything was open, with the figures of it."""
        counts = zip(*(accumulate(steps) for steps in self._steps.values()), strict=True)
        lasting: datetime | None = None
        for place, (moment, (*ages, automatic)) in enumerate(zip(self._moments, counts, strict=False)):
            lasting = _first(lasting, self._born_from.get(place))
            born = _first(lasting, self._born_at.get(place))
            if born or automatic:
                yield place, (sum(ages), *ages, moment - born if born else None, automatic)


def _first(*moments: datetime | None) -> datetime | None:
    return min(filter(None, moments), default=None)


def _keep_first(kept: dict[int, datetime], place: int, moment: datetime) -> None:
    kept[place] = min(moment, kept.get(place, moment))


def iter_active(history: Sequence[Event], moments: Sequence[datetime]) -> Iterator[tuple[int, Ticket]]:
    """Yield the places of these moments at which a ticket was active, and the ticket by what had happened until then.

    The moments come in order; those before its creation, or after which nothing happened, are left to others. What was
    recorded late is taken in where it was recorded: then what came after it is folded anew.
    """
    events = in_force(history)
    last = max(event.at for event in events)
    fold, folded = Fold(), list[int]()
    ticket: Ticket | None = None
    for place in range(bisect_left(moments, events[0].at), bisect_left(moments, last)):
        until_then = [event for event in events if event.at <= moments[place]]
        if len(until_then) > len(folded):
            if [event.id for event in until_then[: len(folded)]] != folded:
                fold, folded = Fold(), []
            for event in until_then[len(folded) :]:
                fold.apply(event)
            folded = [event.id for event in until_then]
            ticket = fold.value() if fold.status in ACTIVE else None
        if ticket is not None:
            yield place, ticket


def _moments(question: Question) -> list[datetime]:
    """Return the moments to look at: the end of each period, where grouped by one, and never later than now."""
    last = question.until if question.is_ahead else min(question.until, question.now)
    if not question.timed:
        return [last]
    ends = ends_of(question.since, question.until, question.timed, question.zone).values()
    return [min(last, end) for end in ends]


def _standing(queue: Queue, question: Question) -> Iterator[Stay]:
    """Yield what was open at each moment; histories are read once, and only where the ticket's row says too little."""
    if question.is_ahead:
        return
    moments = _moments(question)
    held_by = [key for key in question.by if key not in PERIODS]
    for waiting in iter_open(queue, moments[-1], question.scope, held_by):
        first = bisect_left(moments, parse_stamp(waiting.updated_at))
        created_at = parse_stamp(waiting.created_at)
        yield Stay(waiting.group, first, len(moments), created_at, bool(waiting.is_automatic))
    owners = Owners(queue)
    for history, is_automatic in iter_changed(queue, moments, question.scope):
        for place, ticket in iter_active(history, moments):
            for held in product(*(_cells(ticket, key, owners) for key in held_by)):
                yield Stay(held, place, place + 1, ticket.created_at, is_automatic)


def _labels(moment: datetime, question: Question) -> dict[str, Cell]:
    """Return what the periods are called that end at a moment, or in which it lies."""
    inside = max(question.since, moment - timedelta(seconds=1))
    return {key: period_of(inside, key, question.zone) for key in question.timed}


def _group(held: Held, labels: Mapping[str, Cell], question: Question) -> Group:
    cells = iter(held)
    return tuple(labels[key] if key in labels else next(cells) for key in question.by)


def _cells(ticket: Ticket, key: str, owners: Owners) -> tuple[Cell, ...]:
    match key:
        case "tag":
            return ticket.tags or (None,)
        case "customer" | "organisation":
            return (owners[key, ticket.customer_id],)
    return (getattr(ticket, _FIELDS.get(key, key)),)


_FIELDS = {"agent": "assignee"}
_NOTHING: Row = (0, *(0 for _ in AGES), None, 0)
_COLUMNS = (
    Column("n", "n", Kind.NUMBER),
    *(Column(key, title, Kind.NUMBER) for key, title, _ in AGES),
    Column("oldest", "Oldest", Kind.DURATION),
    Column("automatic", "Automatic", Kind.NUMBER, faint=True),
)
