"""What became of promises: counted clock by clock, and ticket by ticket."""

from collections.abc import Iterator

from supportq.store.grouping import (
    OUTSIDE,
    Source,
    Span,
    Told,
    counts,
    grouped,
    in_words,
    iter_counts,
    named,
    periods,
    rows,
)
from supportq.store.queue import Queue

DECIDED_AT = "coalesce(clock.breached_at, clock.stopped_at)"
"""Written as in the index `clock_decided`, so that it is used."""

CLOCKS = "{clock} {join} {ticket} on ticket.id = clock.ticket_id"

IS_LIVE = "clock.standing in ('running', 'paused')"

FATE = f"""
case
  when clock.standing = 'missed' or ({IS_LIVE} and clock.due_at < :now) then coalesce(clock.cause, 'late')
  when {OUTSIDE.strip()} is not null then 'outside'
  when clock.why_void = 'corrected' then 'corrected'
  when {IS_LIVE} then 'running'
  else clock.standing
end
"""

DECIDED = Source(CLOCKS, DECIDED_AT, "clock")

LATE = Source(CLOCKS, "clock.due_at", "clock", f"{IS_LIVE} and {DECIDED_AT} is null and clock.due_at < :now")

IN_TIME = Source(
    CLOCKS, ":now", "clock", f"{IS_LIVE} and {DECIDED_AT} is null and coalesce(clock.due_at, :now) >= :now"
)

SOURCES = (DECIDED, LATE, IN_TIME)
"""A clock is dated by its breach or its stop; one that runs late by its due moment, one in time by now."""

BY_TICKET = """
select {keys}sum(fate <> 'met') as missed, ticket_id, max(decided)
from (
{verdicts}
)
where fate in ('met', 'late', 'retarget')
{grouped}
"""
"""SQLite takes what a ticket counts under from the row of the greatest, the clock that was decided last."""

EVERY_CLOCK = """
select {keys}'every_clock', iif(missed, 'late', 'met') as fate, count(*) as n
from (
{tickets}
)
{grouped}
"""
"""A ticket is met when of its clocks that were decided none was missed; it counts once, where the last one does."""


def iter_fates(queue: Queue, span: Span) -> Iterator[Told]:
    """Yield how many promises had which fate, for each group and kind of clock: keys, kind, fate, count."""
    for source in SOURCES:
        yield from iter_counts(queue, span, source, "clock.kind", FATE)


def iter_tickets(queue: Queue, span: Span) -> Iterator[Told]:
    """Yield how many tickets had all their promises kept, and how many not, in the same form."""
    yield from queue.connection.execute(periods(span) + _every_clock(span), span.parameters())


def _every_clock(span: Span, *, on_views: bool = False) -> str:
    keys = "".join(f"{key}, " for key in span.by)
    verdicts = "union all\n".join(rows(span, each, _verdict(each), on_views=on_views) for each in (DECIDED, LATE))
    each = "tag, ticket_id" if "tag" in span.by else "ticket_id"
    tickets = BY_TICKET.format(keys=keys, verdicts=verdicts, grouped=f"group by {each}")
    return EVERY_CLOCK.format(keys=keys, tickets=tickets, grouped=grouped(len(span.by) + 2))


def _verdict(source: Source) -> list[str]:
    """Return the cells of a verdict; of two decided at once, the kind says which one was last."""
    return named({"fate": FATE, "ticket_id": "clock.ticket_id", "decided": f"{source.dated_at} || clock.kind"})


def query(span: Span) -> str:
    """Return the statement behind both on the documented views."""
    cells = named({"clock": "clock.kind", "fate": FATE})
    parts = [counts(span, source, cells, ["count(*) as n"], on_views=True) for source in SOURCES]
    return in_words(periods(span) + "union all".join([*parts, _every_clock(span, on_views=True)]), span)
