"""Rows of a report, grouped as it was asked: one statement, on the tables or on the documented views."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from supportq.store.queue import Queue
from supportq.store.scope import EVERYTHING, Scope
from supportq.values import dataclass
from supportq.when.stamps import format_stamp

OUTSIDE = """
case
  when ticket.merged_into is not null then 'merged'
  when ticket.status = 'spam' then 'spam'
  when ticket.automatic then 'automatic'
end
"""
"""Why a ticket is left out, if it is: an automatic one is a machine's, in which no person has written since."""

CUSTOMER = """
(
  select case when address is null then name when name = '' then address else name || ' <' || address || '>' end
  from (
    select name, (select value from address where customer_id = customer.id order by kind, key limit 1) as address
    from customer
    where id = ticket.customer_id
  )
)
"""
"""Whose ticket it is; with an address, since two may bear one name."""

ORGANISATION = """
(
  select organisation.name
  from customer
  join organisation on organisation.id = customer.organisation_id
  where customer.id = ticket.customer_id
)
"""

HELD = {"team": "team", "agent": "assignee", "priority": "priority"}

OF_TICKET = {
    "channel": "ticket.channel",
    "line": "ticket.line",
    "category": "ticket.category",
    "language": "ticket.language",
    "customer": CUSTOMER,
    "organisation": ORGANISATION,
    "tag": "ticket_tag.tag",
}

TABLES = ("ticket", "clock", "message", "ending", "course")

TAGS = "\nleft join ticket_tag on ticket_tag.ticket_id = ticket.id"

PERIODS = """
with period as materialized (
  select value ->> 0 as since, value ->> 1 as until{labels}
  from json_each(:periods)
)
"""

ROWS = """
select
  {cells}
from {tables}
where {condition}
"""

Told = tuple[Any, ...]
"""A row as it comes: what it is counted under, by each key, and then what was asked of it."""

Period = tuple[str, ...]
"""The stamps from which on and until just before which it lasts, and what it is called, by each key of time."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a report counts: rows of these tables under a condition, dated by a moment that an index finds.

    Tables stand in braces, and so does what joins them: `{clock} {join} {ticket} on ...`. The first of them is dated;
    one of them, the holder, tells who had the ticket.
    """

    tables: str
    dated_at: str
    holder: str = "ticket"
    condition: str = ""


ARRIVALS = Source("{ticket}", "ticket.created_at")
"""Tickets by when they were created, as they stand now."""


@dataclass(frozen=True, slots=True)
class Span:
    """The moments from `since` until just before `until`, asked about at `now`, of the tickets in `scope`.

    Rows are grouped `by` these keys; those that are `timed` are told by the periods, which have a label for each.
    """

    since: datetime
    until: datetime
    now: datetime
    scope: Scope = EVERYTHING
    by: tuple[str, ...] = ()
    timed: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()

    def parameters(self) -> dict[str, Any]:
        """Return the parameters that statements name."""
        named = {"since": self.since, "until": self.until, "now": self.now}
        stamps = {name: format_stamp(moment) for name, moment in named.items()}
        return {**self.scope.parameters, **stamps, "periods": json.dumps(self.periods)}


def iter_rows(queue: Queue, span: Span, source: Source, *cells: str) -> Iterator[Told]:
    """Yield each row of a source: what it is counted under, by each key, and then these cells of it."""
    return queue.connection.execute(periods(span) + rows(span, source, cells), span.parameters())


def iter_counts(
    queue: Queue, span: Span, source: Source, *facts: str, figures: Sequence[str] = ("count(*)",)
) -> Iterator[Told]:
    """Yield the figures of a source for each group and each combination of these facts in it: keys, facts, figures."""
    return queue.connection.execute(periods(span) + counts(span, source, facts, figures), span.parameters())


def query(span: Span, source: Source, cells: Mapping[str, str], figures: Mapping[str, str]) -> str:
    """Return what counts a source on the documented views, each cell with a name and every value in its place."""
    statement = counts(span, source, named(cells), named(figures), on_views=True)
    return in_words(periods(span) + statement, span)


SPREAD = """
{periods}counted as (
{rows}),
ranked as (
  select
    *,
    row_number() over (partition by {names} order by seconds) as rank,
    count(*) over (partition by {names}) as n
  from counted
)
select
  {names}, n,
  max(iif(rank = (n * 50 + 99) / 100, seconds, null)) as median_s,
  max(iif(rank = (n * 90 + 99) / 100, seconds, null)) as p90_s,
  max(iif(rank = (n * 95 + 99) / 100, seconds, null)) as p95_s,
  (2 * sum(seconds) + n) / (2 * n) as mean_s
from ranked
group by {names}
"""
"""The value at a nearest rank is v[ceil(p * n) - 1] of all values in order."""


def spread_query(span: Span, parts: Sequence[tuple[Source, Mapping[str, str]]]) -> str:
    """Return what tells how the `seconds` of some sources are spread, on the documented views.

    Each source comes with its cells: those seconds last, and before them what they are told apart by.
    """
    facts = [name for name in parts[0][1] if name != "seconds"]
    statement = SPREAD.format(
        periods=periods(span).rstrip() + ",\n" if span.timed else "with ",
        rows="union all\n".join(rows(span, source, named(cells), on_views=True) for source, cells in parts),
        names=", ".join((*span.by, *facts)),
    )
    return in_words(statement, span)


def named(cells: Mapping[str, str]) -> list[str]:
    """Return SQL that gives each cell a name."""
    return [f"{_indented(cell)} as {name}" for name, cell in cells.items()]


def _indented(cell: str) -> str:
    return cell.strip().replace("\n", "\n  ")


def in_words(statement: str, span: Span) -> str:
    """Return a statement on the views, its parameters' values in their places, as any SQLite shell runs it."""
    statement = re.sub(r"\bfrom clock\b", "from clock_view as clock", statement)
    values = span.parameters()
    names = "|".join(sorted(values, key=len, reverse=True))
    return re.sub(rf":({names})\b", lambda found: _literal(values[found[1]]), statement).strip() + ";\n"


def _literal(value: Any) -> str:
    return "'{}'".format(value.replace("'", "''")) if isinstance(value, str) else str(value)


def periods(span: Span) -> str:
    """Return the common table expression of the periods, which every statement with a key of time begins with."""
    labels = "".join(f", value ->> {place} as {key}" for place, key in enumerate(span.timed, start=2))
    return PERIODS.format(labels=labels) if span.timed else ""


def rows(span: Span, source: Source, cells: Sequence[str], *, on_views: bool = False) -> str:
    """Return the statement that selects the keys of each row, and then these cells."""
    keys = named({key: _key(key, span, source) for key in span.by})
    conditions = [*_dated(span, source), _scope(span.scope, on_views=on_views), source.condition]
    return ROWS.format(
        cells=",\n  ".join([*keys, *cells]),
        tables=_tables(span, source, on_views=on_views),
        condition="\n  and ".join(filter(None, conditions)),
    )


def counts(span: Span, source: Source, facts: Sequence[str], figures: Sequence[str], *, on_views: bool = False) -> str:
    """Return the statement that selects figures for every group, and every combination of facts in it."""
    width = len(span.by) + len(facts)
    return rows(span, source, [*facts, *figures], on_views=on_views) + grouped(width)


def grouped(width: int) -> str:
    """Return the clause that groups by so many of the first columns."""
    return f"group by {', '.join(map(str, range(1, width + 1)))}\n" if width else ""


def _key(key: str, span: Span, source: Source) -> str:
    return f"period.{key}" if key in span.timed else held_under(key, source.holder)


def held_under(key: str, holder: str = "ticket") -> str:
    """Return SQL for what a ticket is counted under by a key that is not of time."""
    return f"{holder}.{HELD[key]}" if key in HELD else OF_TICKET[key]


def _dated(span: Span, source: Source) -> list[str]:
    since, until = ("period.since", "period.until") if span.timed else (":since", ":until")
    return [f"{source.dated_at} >= {since}", f"{source.dated_at} < {until}"]


def _tables(span: Span, source: Source, *, on_views: bool) -> str:
    """Return what rows come from: for each period those of its dates, and then the ticket of each.

    A plain join SQLite may turn round, and go through all tickets once for each period.
    """
    names = {table: f"{table}_view as {table}" if on_views else table for table in TABLES}
    join = "cross join" if span.timed else "join"
    before = f"period {join} " if span.timed else ""
    return f"{before}{source.tables.format(join=join, **names)}{TAGS if 'tag' in span.by else ''}"


def _scope(scope: Scope, *, on_views: bool) -> str:
    """Return the condition that a ticket is meant; a selector speaks of the table behind the view."""
    if not on_views:
        return f"({scope.condition})"
    return "" if scope == EVERYTHING else f"ticket.id in (select id from ticket where {scope.condition})"
