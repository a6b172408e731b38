"""The rows of `sla why` for programs: every span of every clock, counted or not, or every event and what it did."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from supportq.commands.sla.chronicle import Standpoint, event_in_words
from supportq.commands.sla.verdict import standing
from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.sla.account import Effect, Step
from supportq.work.promises import Account, Explained

_SPANS = (
    Column("clock", "Clock"),
    Column("ordinal", "No", Kind.NUMBER),
    Column("standing", "Standing"),
    Column("due_at", "Due", Kind.MOMENT),
    Column("span", "Span"),
    Column("start", "From", Kind.MOMENT),
    Column("end", "Until", Kind.MOMENT),
    Column("open", "Open time", Kind.OPEN_TIME),
    Column("why", "Why not counted"),
    Column("target", "Target", Kind.OPEN_TIME),
    Column("policy", "Policy"),
    Column("hours", "Hours"),
    Column("started_at", "Started", Kind.MOMENT, shown=False),
    Column("stopped_at", "Stopped", Kind.MOMENT, shown=False),
    Column("breached_at", "Late from", Kind.MOMENT, shown=False),
    Column("cause", "Cause", shown=False),
    Column("why_void", "Void", shown=False),
    Column("elapsed", "Took", Kind.DURATION, shown=False),
    Column("business", "Open time in all", Kind.OPEN_TIME, shown=False),
    Column("paused", "Paused", Kind.DURATION, shown=False),
    Column("team", "Team", shown=False),
    Column("agent", "Agent", shown=False),
    Column("priority", "Priority", shown=False),
)
_STEPS = (
    Column("recorded_at", "Recorded", Kind.MOMENT),
    Column("at", "Happened", Kind.MOMENT),
    Column("event", "Event"),
    Column("told", "What"),
    Column("agent", "By"),
    Column("change", "Change", Kind.NUMBER),
    Column("undone", "Undone", Kind.BOOL),
    Column("settings_version", "Settings", Kind.NUMBER),
    Column("clock", "Clock"),
    Column("ordinal", "No", Kind.NUMBER),
    Column("became", "Became"),
    Column("due_at", "Due", Kind.MOMENT),
    Column("policy", "Policy"),
    Column("target", "Target", Kind.OPEN_TIME),
)


def spans(account: Account, now: datetime) -> Table:
    """Return a row for each span of each clock; a clock that counted nothing and never paused has one row too."""
    return Table(_SPANS, [row for explained in account.clocks for row in _clock(explained, now)])


def events(account: Account, here: Standpoint) -> Table:
    """Return a row for each event and each clock that it moved; one that moved none has a row too."""
    return Table(_STEPS, [row for step in account.steps for row in _step(step, here)])


def _clock(explained: Explained, now: datetime) -> Iterator[Row]:
    clock = explained.clock
    head = (clock.kind, clock.ordinal, standing(clock, now).replace(" ", "_"), clock.due_at)
    promised = (clock.target_s, explained.policy.name, explained.hours.name)
    ended = (clock.started_at, clock.stopped_at, clock.breached_at, clock.cause, clock.why_void)
    measured = (clock.elapsed_s, clock.business_s, clock.paused_s)
    holder = (clock.team, clock.assignee, clock.priority)
    for span in _spans(explained) or [("", None, None, None, "")]:
        yield (*head, *span, *promised, *ended, *measured, *holder)


def _spans(explained: Explained) -> Sequence[tuple[Cell, ...]]:
    """Return what was counted, what is still to be counted until the clock is due, and the pauses between."""
    counted = [("counted", start, end, end - start, "") for start, end in explained.intervals]
    paused = [("paused", each.since, each.until, None, each.why) for each in explained.clock.pauses]
    return sorted([*counted, *paused], key=lambda span: span[1])


def _step(step: Step, here: Standpoint) -> Iterator[Row]:
    event = step.event
    if event is None:
        head: Row = (step.at, step.at, "settings", "", None, None, step.undone, step.settings_id)
    else:
        told = event_in_words(event, here)
        head = (step.at, event.at, event.kind, told, event.actor, event.change_id, step.undone, step.settings_id)
    for effect in step.effects or (None,):
        yield (*head, *_effect(effect))


def _effect(effect: Effect | None) -> Row:
    if effect is None:
        return (None,) * 6
    return effect.kind, effect.ordinal, effect.became, effect.due_at, effect.policy, effect.target_s or None
