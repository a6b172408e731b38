"""What a run of breaches sees, and what it says of that: to people in a table, to monitoring systems in their forms."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain, islice

from supportq.desk import Desk
from supportq.model.clock import Level
from supportq.model.table import Kind, Table
from supportq.output.outcome import Outcome
from supportq.store import breaches as promises
from supportq.store.breaches import Breach, Lookout
from supportq.values import dataclass

WORST = 50

_FEW = 10_000
"""Whether more promises than this are on fewer tickets is not worth the time that it takes to tell them apart."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The promises in a lookout, and those that were missed and are over since the check ran last.

    It is partial where closed teams are left out.
    """

    desk: Desk
    lookout: Lookout
    by: str
    missed: Sequence[Breach] = ()
    is_partial: bool = False

    def has(self, level: Level) -> bool:
        """Tell whether there is anything of a level."""
        return promises.is_any(self.desk.queue, level, self.lookout)

    @property
    def is_late(self) -> bool:
        """Tell whether a promise is late or was missed."""
        return bool(self.missed) or self.has(Level.LATE)


def in_hours(sight: Sight) -> Sight:
    """Return what there is to see of the teams that are open now: at night nobody is told of what can wait."""
    from supportq.store.scope import without_teams
    from supportq.work.breaches import closed_teams

    closed = closed_teams(sight.desk.settings, sight.desk.now)
    if not closed:
        return sight
    lookout = replace(sight.lookout, scope=without_teams(sight.lookout.scope, closed))
    return replace(sight, lookout=lookout, is_partial=True)


def told(sight: Sight) -> Outcome:
    """Return the table that people read: the worst promises, and in one line how many there are in all."""
    most = _most(sight)
    table = _with_replies_under_way(listed(sight, most), sight)
    if sight.missed:
        table = _with_what_is_over(table)
    return Outcome(table=_with_totals(table, sight, most), notes=_without_alarm(sight))


def untold(seen: Sight, alarm: Sight) -> str:
    """Say how many late promises raise no alarm until a team is open, if any; cron is told then, and not before."""
    from supportq.when import format_local
    from supportq.work.breaches import next_opening

    desk = seen.desk
    late = promises.tallies(desk.queue, Level.LATE, seen.lookout)
    count = sum(tally.count for tally in late) - promises.count(desk.queue, Level.LATE, alarm.lookout)
    if not count:
        return ""
    opens = next_opening(desk.settings, {tally.team or "" for tally in late}, desk.now)
    until = (
        f"until {opens[0]} opens {format_local(opens[1], desk.zone, desk.now)}" if opens else "until its team is open"
    )
    return f"{count:,} late promise{'s' * (count != 1)} raise{'s' * (count == 1)} no alarm {until} (--always)"


def listed(sight: Sight, most: int | None = None) -> Table:
    """Return the promises, what is late first, then what was missed, then what is at risk."""
    from supportq.store.versions import book_of
    from supportq.work.breaches import breach_table

    queue, lookout = sight.desk.queue, sight.lookout
    found = chain(
        promises.iter_breaches(queue, Level.LATE, lookout, most),
        sight.missed,
        promises.iter_breaches(queue, Level.AT_RISK, lookout, most),
    )
    return breach_table(islice(found, most), book=book_of(queue.connection), now=sight.desk.now, by=sight.by)


def breach_columns() -> Table:
    """Return the table without rows, for whoever asks for its columns."""
    from supportq.work.breaches import COLUMNS

    return Table(COLUMNS, ())


def for_nagios(sight: Sight, warning: str, critical: str) -> Outcome:
    """Return the line of a monitoring plugin, and its state for an exit code."""
    from supportq.output.nagios import Thresholds, parse_range, status

    thresholds = Thresholds(parse_range(warning or "0"), parse_range(critical or "0"))
    queue, lookout, now = sight.desk.queue, sight.lookout, sight.desk.now
    late, at_risk = (promises.count(queue, level, lookout) for level in (Level.LATE, Level.AT_RISK))
    oldest = next(promises.iter_breaches(queue, Level.LATE, lookout, 1), None)
    late_for = now - oldest.due_at if oldest else timedelta()
    state, line = status(late + len(sight.missed), at_risk, late_for, thresholds)
    return Outcome(text=line, raw=True, exit_code=state)


def for_prometheus(sight: Sight) -> Outcome:
    """Return the figures for a scrape."""
    from supportq.output.prom import exposition

    queue, lookout, now = sight.desk.queue, sight.lookout, sight.desk.now
    late, at_risk = (promises.tallies(queue, level, lookout) for level in (Level.LATE, Level.AT_RISK))
    return Outcome(text="".join(exposition(late, at_risk, sight.desk.settings.teams, now)), raw=True)


def _most(sight: Sight) -> int | None:
    """Return how many rows to read: the worst fifty, or as many as were asked for."""
    options = sight.desk.options
    if options.sort or options.limit == 0:
        return None
    return WORST if options.limit is None else options.limit


def _with_what_is_over(table: Table) -> Table:
    """Show whether a promise is still late or was missed, and by how much: how long ago it was due says neither."""
    columns = (replace(column, kind=Kind.MOMENT) if column.kind is Kind.DUE else column for column in table.columns)
    shown = (replace(column, shown=column.shown or column.key in {"late_by", "standing"}) for column in columns)
    return replace(table, columns=tuple(shown))


def _with_replies_under_way(table: Table, sight: Sight) -> Table:
    """Show people how far replies are that did not reach their customers, if there are any such."""
    place = table.find("reply")
    if place is None or sight.desk.options.format == "tsv":
        return table
    rows = list(table.rows)
    has_any = any(row[place] for row in rows)
    columns = (replace(column, shown=column.shown or (has_any and column.key == "reply")) for column in table.columns)
    return replace(table, rows=rows, columns=tuple(columns))


def _with_totals(table: Table, sight: Sight, most: int | None) -> Table:
    """Put the totals at the head of what goes out as a mail, and at the foot of what ends above a prompt."""
    match sight.desk.options.format:
        case "tsv":  # which has no room for words
            return table
        case "table":
            return replace(table, caption=_totals(sight, most))
    return replace(table, title=_totals(sight, most))


def _totals(sight: Sight, most: int | None) -> str:
    queue, lookout, missed = sight.desk.queue, sight.lookout, len(sight.missed)
    late, at_risk = (promises.count(queue, level, lookout) for level in (Level.LATE, Level.AT_RISK))
    if not late + missed + at_risk:
        nothing = "Nothing new is late or at risk." if lookout.untold_by else "No promise is late or at risk."
        return " ".join([nothing, *_next_due(sight)])
    told = [
        f"{late:,} promise{'s' * (late != 1)} late",
        *([f"{missed:,} missed and over"] if missed else []),
        f"{at_risk:,} at risk",
        *([_on_tickets(sight)] if late + at_risk <= _FEW else []),
    ]
    new = "new: " if lookout.untold_by else ""
    more = f"; the worst {most} shown, -L 0 shows all" if most is not None and late + missed + at_risk > most else ""
    return f"{new}{', '.join(told)}{more}"


def _on_tickets(sight: Sight) -> str:
    others = {breach.ticket_id for breach in sight.missed}
    tickets = promises.count_tickets(sight.desk.queue, sight.lookout, others)
    return f"on {tickets:,} ticket{'s' * (tickets != 1)}"


def _next_due(sight: Sight) -> Iterator[str]:
    from supportq.when import format_due

    found = promises.find_next_due(sight.desk.queue, sight.lookout)
    if found:
        yield f"Next: {found[0]}, due {format_due(found[1], sight.desk.now)}"


def _without_alarm(sight: Sight) -> tuple[str, ...]:
    """Say how many late promises are too old to raise an alarm."""
    from supportq.when import format_local

    desk = sight.desk
    since = desk.settings.enforce_from
    count = promises.count_without_alarm(desk.queue, sight.lookout) if since else 0
    if not since or not count:
        return ()
    day = format_local(since, desk.zone, desk.now)
    promises_raise = "late promise from before {} raises" if count == 1 else "late promises from before {} raise"
    return (f"{count:,} {promises_raise.format(day)} no alarm (sla.enforce_from)",)
