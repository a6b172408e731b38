"""How much is waiting, and for how long already."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from supportq.model.event import Event, in_force
from supportq.model.fold import Fold
from supportq.model.table import Column, Kind, Row, Table
from supportq.model.ticket import ACTIVE, Ticket
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._periods import PERIODS, end_of, periods_between
from supportq.reports._question import Question
from supportq.store.figures import Counted, iter_changed, iter_open
from supportq.store.queue import Queue
from supportq.when import format_local, format_stamp, parse_stamp

KEYS = _groups.KEYS

Open = tuple[Counted, timedelta]
"""An open ticket, dated by the moment at which we look, and its age then."""

AGES = (
    ("under_1d", "< 1d", timedelta(days=1)),
    ("1_to_3d", "1-3d", timedelta(days=3)),
    ("3_to_7d", "3-7d", timedelta(days=7)),
    ("7_to_30d", "7-30d", timedelta(days=30)),
    ("over_30d", "> 30d", timedelta.max),
)


def build(queue: Queue, question: Question) -> Table:
    """Count the tickets that were not resolved, closed, spam or merged at a moment, from the history.

    n is how many there were at the end of the period (or of each day, week, month ... where grouped by one), at the
    latest now; the ages are those of the tickets at that moment, in calendar time since they were created. They count
    under the team, agent and priority that held them then. Automatic tickets are left out and counted apart.
    """
    return backlog(_standing(queue, _moments(question), question), question)


def backlog(standing: Iterable[Open], question: Question) -> Table:
    """Return what was open, by group and age."""
    group_of = _groups.grouper(question)
    counts: Counter[tuple[Group, str]] = Counter()
    oldest: dict[Group, timedelta] = {}
    for counted, age in standing:
        group = group_of(counted)
        if counted.outside:
            counts[group, counted.outside] += 1
            continue
        counts[group, _age_group(age)] += 1
        oldest[group] = max(age, oldest.get(group, age))
    rows = [_row(group, counts, oldest) for group in _groups.ordered(question, (group for group, _ in counts))]
    at = format_local(_moments(question)[-1], question.zone, question.now)
    columns = (*_groups.columns(question), *_COLUMNS)
    return Table(columns, rows, title="Backlog", caption=f"As of {at}", group=_groups.heading(question))


def iter_active(history: Sequence[Event], moments: Sequence[datetime]) -> Iterator[tuple[datetime, Ticket]]:
    """Yield those of these moments at which a ticket was active, and the ticket by what had happened until then.

    The moments come in order; those before its creation, or after which nothing happened, are left to others. What was
    recorded late is taken in where it was recorded: then what came after it is folded anew.
    """
    events = in_force(history)
    last = max(event.at for event in events)
    fold, folded = Fold(), list[Event]()
    for moment in moments[bisect_left(moments, events[0].at) : bisect_left(moments, last)]:
        until_then = [event for event in events if event.at <= moment]
        if until_then[: len(folded)] != folded:
            fold, folded = Fold(), []
        for event in until_then[len(folded) :]:
            fold.apply(event)
        folded = until_then
        if fold.status in ACTIVE:
            yield moment, fold.value()


def _moments(question: Question) -> list[datetime]:
    """Return the moments to look at: the end of each period, where grouped by one, and never later than now."""
    last = min(question.until, question.now)
    period = next((key for key in question.by if key in PERIODS), None)
    if period is None:
        return [last]
    labels = periods_between(question.since, question.until, period, question.zone)
    return [min(last, _midnight(label, question)) for label in labels]


def _midnight(label: str, question: Question) -> datetime:
    return datetime.combine(end_of(label), time(), question.zone).astimezone(UTC)


def _standing(queue: Queue, moments: Sequence[datetime], question: Question) -> Iterator[Open]:
    """Yield what was open at each moment; histories are read once, and only where the ticket's row says too little."""
    dates = {moment: format_stamp(max(question.since, moment - timedelta(seconds=1))) for moment in moments}
    for counted, unchanged_since in iter_open(queue, moments[-1], question.scope):
        created_at = parse_stamp(counted.dated_at)
        for moment in moments[bisect_left(moments, parse_stamp(unchanged_since)) :]:
            yield counted._replace(dated_at=dates[moment]), moment - created_at
    for history, outside in iter_changed(queue, moments, question.scope):
        for moment, ticket in iter_active(history, moments):
            yield _counted(ticket, dates[moment], outside), moment - ticket.created_at


def _counted(ticket: Ticket, dated_at: str, outside: str | None) -> Counted:
    return Counted(
        dated_at,
        ticket.team,
        ticket.assignee,
        ticket.priority,
        ticket.channel,
        ticket.line,
        ticket.category,
        ticket.language,
        outside if outside == "automatic" else None,
    )


def _age_group(age: timedelta) -> str:
    return next(key for key, _, limit in AGES if age < limit)


def _row(group: Group, counts: Counter[tuple[Group, str]], oldest: Mapping[Group, timedelta]) -> Row:
    ages = [counts[group, key] for key, _, _ in AGES]
    return (*group, sum(ages), *ages, oldest.get(group), counts[group, "automatic"])


_COLUMNS = (
    Column("n", "n", Kind.NUMBER),
    *(Column(key, title, Kind.NUMBER) for key, title, _ in AGES),
    Column("oldest", "Oldest", Kind.DURATION),
    Column("automatic", "Automatic", Kind.NUMBER, faint=True),
)
