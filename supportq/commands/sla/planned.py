"""The page of `sla plan`: figures before and after, and the tickets that would flip."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from supportq.model.clock import ClockKind, Standing
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.model.ticket import Priority
from supportq.output.outcome import Block, Page
from supportq.work.plan import Group, Tally, Trial

SHOWN_FLIPS = 10
"""So many of the tickets that would flip stand on the page."""

_FIGURES = (
    Column("rate", "Kept", Kind.RATE),
    Column("rate_then", "Kept then", Kind.RATE),
    Column("met", "Met", Kind.NUMBER),
    Column("met_then", "Met then", Kind.NUMBER),
    Column("missed", "Missed", Kind.NUMBER),
    Column("missed_then", "Missed then", Kind.NUMBER),
    Column("running", "Runs", Kind.NUMBER, shown=False),
    Column("running_then", "Runs then", Kind.NUMBER, shown=False),
    Column("void", "Void", Kind.NUMBER, shown=False),
    Column("void_then", "Void then", Kind.NUMBER, shown=False),
    Column("no_data", "No data", Kind.NUMBER, shown=False),
    Column("no_data_then", "No data then", Kind.NUMBER, shown=False),
)
_CLOCK = Column("clock", "Clock", Kind.CLOCK)
_HOLDERS = (Column("team", "Team"), Column("priority", "Priority"))
_FLIPS = (
    Column("id", "ID", Kind.NUMBER),
    Column("priority", "Priority"),
    Column("missed_then", "Would miss", Kind.LIST),
    Column("kept_then", "Would keep", Kind.LIST),
    Column("gone_then", "Not promised", Kind.LIST),
    Column("subject", "Subject", wide=True),
    Column("team", "Team"),
    Column("status", "Status", shown=False),
)

Subjects = Callable[[int | None], str]


def figures(tally: Tally) -> Table:
    """Return a row for each team, priority and kind of clock."""
    rows = [(*group, *_figures(tally, [group])) for group in sorted(tally.groups, key=_rank)]
    return Table((*_HOLDERS, _CLOCK, *_FIGURES), rows, group="team")


def flips(trials: Iterable[Trial], subjects: Subjects) -> Table:
    """Return the tickets with a promise that would be missed and was not, or the other way round."""
    return Table(_FLIPS, (_flip(trial, subjects) for trial in trials if trial.flips))


def page(tally: Tally, first: Table, *, since: str) -> Page:
    """Return the figures with the first tickets that would flip; as a record, the figures alone."""
    total, detail = _totals(tally), figures(tally)
    blocks = [Block("In all", "as it was, and as it would have been then, by these settings", total)]
    if len(tally.groups) > 1:
        blocks.append(Block("By team and priority", "", detail))
    blocks.append(
        Block(f"{_tickets(tally.flips)} would flip".capitalize(), _hint(tally.flips), first if tally.flips else "")
    )
    record = {
        "tickets": tally.tickets,
        "flips": tally.flips,
        "flipping": list(tally.flipping),
        "all": _records(total),
        "groups": _records(detail),
    }
    return Page(f"Promises made since {since}, on {_tickets(tally.tickets)}", tuple(blocks), record)


def _tickets(count: int) -> str:
    return {0: "no ticket", 1: "1 ticket"}.get(count, f"{count:,} tickets")


def _hint(count: int) -> str:
    return f"the first {SHOWN_FLIPS}; all of them: --tickets, or -f ids" if count > SHOWN_FLIPS else ""


def _totals(tally: Tally) -> Table:
    kinds = [kind for kind in ClockKind if any(group[-1] is kind for group in tally.groups)]
    rows = [(kind, *_figures(tally, [group for group in tally.groups if group[-1] is kind])) for kind in kinds]
    figures = (replace(column, shown=True) if column.key == "running" else column for column in _FIGURES)
    return Table((_CLOCK, *figures), rows)


def _figures(tally: Tally, groups: Iterable[Group]) -> Iterator[Cell]:
    """Yield the figures of all these groups together, each followed by what it would have been."""
    both = [Counter[Standing](), Counter[Standing]()]
    for group in groups:
        for counts, found in zip(both, (tally.was, tally.would), strict=True):
            counts.update({standing: found[group, standing] for standing in Standing})
    yield from map(_rate, both)
    for standing in (Standing.MET, Standing.MISSED, Standing.RUNNING, Standing.VOID, Standing.NO_DATA):
        yield from (counts[standing] for counts in both)


def _rate(counts: Counter[Standing]) -> Cell:
    decided = counts[Standing.MET] + counts[Standing.MISSED]
    return counts[Standing.MET] / decided if decided else None


def _rank(group: Group) -> tuple[bool, str, int, int]:
    team, priority, kind = group
    return team is None, team or "", Priority(priority).rank, list(ClockKind).index(kind)


def _flip(trial: Trial, subjects: Subjects) -> Row:
    ticket = trial.ticket
    subject = subjects(ticket.subject_id)
    return ticket.id, ticket.priority, trial.missed, trial.kept, trial.gone, subject, ticket.team, ticket.status


def _records(table: Table) -> list[dict[str, Any]]:
    keys = [column.field for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]
