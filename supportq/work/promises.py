"""What the customer of a ticket was promised, by which policy, and how every second was counted."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from supportq.model.clock import Cause, Clock, ClockKind, WhyVoid
from supportq.model.event import Event, Kind, in_force
from supportq.model.ticket import Priority
from supportq.settings.cited import Cited, cited
from supportq.sla.account import INTO_THE_PAST, Interval, Step, counted, steps, warnings
from supportq.sla.history import read_history
from supportq.sla.hours import Hours
from supportq.sla.policy import Policy
from supportq.sla.reading import People
from supportq.sla.terms import ALWAYS, SOFT, Book, Terms
from supportq.sla.timeline import find_zone
from supportq.store import versions
from supportq.store.customers import customers_in
from supportq.store.faults import NoSuchTicket
from supportq.store.histories import read_histories
from supportq.store.queue import Queue
from supportq.store.texts import read_texts
from supportq.values import dataclass
from supportq.work.hours import calendar


@dataclass(frozen=True, slots=True)
class Correction:
    """Who declared a clock void, when and why."""

    agent: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The step that moved a due moment into the past, and when the clock was due before."""

    step: Step
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A clock with the policy, its line and the hours that it follows, and the open intervals that were counted.

    `special` are the dates on which the hours differed from their week, and why; `warnings` are the fractions of the
    target at which a running clock warns, with their moments.
    """

    clock: Clock
    policy: Policy
    target: Cited | None
    hours: Hours
    intervals: tuple[Interval, ...]
    special: tuple[tuple[date, str], ...]
    warnings: tuple[tuple[float, datetime], ...]
    correction: Correction | None
    moved: Moved | None


@dataclass(frozen=True, slots=True)
class Account:
    """All promises about one ticket, and what each event did to them."""

    ticket_id: int
    clocks: tuple[Explained, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Sources:
    """What the clocks of one ticket are explained from."""

    queue: Queue
    book: Book
    history: Sequence[Event]
    people: People
    warn_at: tuple[float, ...]


def account_of(queue: Queue, number: int, *, verbose: bool) -> Account:
    """Return the account of a ticket, with every step of it where asked; raise NoSuchTicket."""
    with queue.reading() as connection:
        history = read_histories(connection, [number]).get(number, [])
        people = customers_in(connection, [history])
        book = versions.book_of(connection)
        folded = read_history(history, book, people)
        if folded.ticket is None:
            raise NoSuchTicket([number])
        sources = _Sources(queue, book, history, people, versions.current_settings(connection).warn_at)
        explained = tuple(_explained(clock, sources) for clock in sorted(folded.clocks, key=_place))
        return Account(number, explained, tuple(steps(history, book, people)) if verbose else ())


def _place(clock: Clock) -> tuple[int, int]:
    """Return where a clock stands in the order of a ticket's life."""
    return list(ClockKind).index(clock.kind), clock.ordinal


def _explained(clock: Clock, sources: _Sources) -> Explained:
    terms = sources.book.terms(clock.settings_id)
    policy = _policy(clock, terms)
    hours = ALWAYS if policy is SOFT else terms.hours[clock.hours]
    return Explained(
        clock,
        policy,
        _target(clock, sources) if policy.line else None,
        hours,
        counted(clock, hours),
        tuple(_special(clock, hours, sources)),
        warnings(clock, hours, sources.warn_at),
        _correction(clock, sources) if clock.why_void == WhyVoid.CORRECTED else None,
        _moved(clock, sources) if clock.cause is Cause.RETARGET else None,
    )


def _policy(clock: Clock, terms: Terms) -> Policy:
    return next((policy for policy, _ in terms.policies if policy.name == clock.policy and not clock.soft), SOFT)


def _target(clock: Clock, sources: _Sources) -> Cited | None:
    text = versions.text_of(sources.queue.connection, clock.settings_id)
    return cited(text, clock.policy, clock.kind, Priority(clock.priority))


def _special(clock: Clock, hours: Hours, sources: _Sources) -> Iterator[tuple[date, str]]:
    """Yield the days from the start until the stop, or the due moment if that is later, that are not like others."""
    if not (hours.holidays or hours.openings):
        return
    from supportq.settings.holidays import names_in

    last = max(moment for moment in (clock.started_at, clock.due_at, clock.stopped_at) if moment is not None)
    on, until = (moment.astimezone(find_zone(hours.zone)).date() for moment in (clock.started_at, last))
    names = names_in(versions.text_of(sources.queue.connection, clock.settings_id), hours.name)
    for day in calendar(hours, on, (until - on).days + 1, names):
        if day.remark and (day.opens or hours.week[day.date.weekday()]):
            yield day.date, day.remark


def _correction(clock: Clock, sources: _Sources) -> Correction:
    event = next(event for event in in_force(sources.history) if _corrects(event, clock))
    reason = event.data.get("reason", 0)
    return Correction(event.actor, event.recorded_at, read_texts(sources.queue.connection, [reason]).get(reason, ""))


def _moved(clock: Clock, sources: _Sources) -> Moved | None:
    """Find the step that broke a promise by moving its due moment; None where that was undone and done again."""
    for step in steps(sources.history, sources.book, sources.people):
        moment = step.event.at if step.event else step.at
        for effect in step.effects:
            is_meant = (effect.kind, effect.ordinal, effect.became) == (clock.kind, clock.ordinal, INTO_THE_PAST)
            if is_meant and moment == clock.breached_at:
                return Moved(step, effect.was_due_at)
    return None


def _corrects(event: Event, clock: Clock) -> bool:
    return (
        event.kind is Kind.CORRECTED
        and event.data["clock"] == clock.kind
        and event.data.get("ordinal", clock.ordinal) == clock.ordinal
    )
