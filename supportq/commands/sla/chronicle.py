"""The chronicle of `sla why -v`: every event with its exact time, and what it did to the clocks."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, tzinfo
from typing import Any

from supportq.model.clock import ClockKind
from supportq.model.event import Event
from supportq.model.table import Column
from supportq.output.outcome import Block, Facts
from supportq.sla.account import Effect, Step
from supportq.values import dataclass
from supportq.when import format_dated, format_open, format_zone
from supportq.work.story import told

_BOTH = (ClockKind.RESOLUTION_FIRST, ClockKind.RESOLUTION_TOTAL)


@dataclass(frozen=True, slots=True)
class Standpoint:
    """When and where somebody reads."""

    now: datetime
    zone: tzinfo

    def local(self, moment: datetime | None) -> str:
        """Write a moment in local time with its weekday, which tells whether a desk was open."""
        return format_dated(moment, self.zone, self.now) if moment else ""

    def day(self, on: date) -> str:
        """Write a date with its weekday."""
        return self.local(datetime.combine(on, time(), self.zone)).removesuffix(" 00:00")

    def exact(self, moment: datetime) -> str:
        """Write a moment in local time to the second."""
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M:%S}"


def chronicle(steps: Sequence[Step], here: Standpoint) -> Block:
    """Return the steps as they were recorded, each with the version of the settings that was in force."""
    columns = tuple(Column("step", f"{here.exact(step.at)} v{step.settings_id}") for step in steps)
    cells = tuple(_sentence(step, here) for step in steps)
    aside = f"when it was recorded ({format_zone(here.zone, here.now)}), by which version of the settings"
    return Block("Every event", aside, Facts(columns, cells))


def record(step: Step, here: Standpoint) -> dict[str, Any]:
    """Return a step for programs."""
    event = step.event
    return {
        "recorded_at": step.at,
        "at": event.at if event else step.at,
        "event": event.kind if event else "settings",
        "event_id": event.id if event else None,
        "change": event.change_id if event else None,
        "told": event_in_words(event, here) if event else None,
        "agent": event.actor if event else None,
        "settings_version": step.settings_id,
        "undone": step.undone,
        "effects": [
            {
                "clock": each.kind,
                "ordinal": each.ordinal,
                "became": each.became,
                "due_at": each.due_at,
                "policy": each.policy or None,
                "target_s": each.target_s or None,
            }
            for each in step.effects
        ],
    }


def _sentence(step: Step, here: Standpoint) -> str:
    effects = "; ".join(_effects(step.effects, here)) or "no clock moves"
    if step.event is None:
        return f"settings version {step.settings_id} applied: {effects}"
    own_time = f" for {here.exact(step.event.at)}" if step.event.at != step.event.recorded_at else ""
    undone = f" (change {step.event.change_id}, undone since)" if step.undone else ""
    return f"{event_in_words(step.event, here)}, by {step.event.actor}{own_time}{undone}: {effects}"


def change(step: Step, here: Standpoint) -> str:
    """Say what happened in a step, and who did it."""
    if step.event is None:
        return f"settings version {step.settings_id}, applied"
    return f"{event_in_words(step.event, here)}, by {step.event.actor}"


def event_in_words(event: Event, here: Standpoint) -> str:
    """Say what happened."""
    return told([event], now=here.now, zone=here.zone) or event.kind.value


def _effects(effects: Sequence[Effect], here: Standpoint) -> Iterator[str]:
    """Yield what each clock became; of the two resolutions, once where it is the same."""
    first, total = ([each for each in effects if each.kind is kind] for kind in _BOTH)
    is_same = [_outcome(each) for each in first] == [_outcome(each) for each in total]
    for each in effects:
        if is_same and each.kind is ClockKind.RESOLUTION_TOTAL:
            continue
        name = "resolution" if is_same and each.kind in _BOTH else each.kind.replace("_", " ")
        yield f"{name}{f' {each.ordinal}' * (each.ordinal > 1)} {each.became}{_promise(each, here)}"


def _promise(effect: Effect, here: Standpoint) -> str:
    target = f", {format_open(effect.target_s, exact=True)} by {effect.policy}" if effect.became in _NEW_TARGET else ""
    due = f", due {here.exact(effect.due_at)}" if effect.due_at and "void" not in effect.became else ""
    return target + due


def _outcome(effect: Effect) -> tuple[int, str, datetime | None]:
    return effect.ordinal, effect.became, effect.due_at


_NEW_TARGET = frozenset({"starts", "moves", "moves into the past"})
