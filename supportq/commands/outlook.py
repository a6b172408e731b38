"""How the desk stands, what has changed for sure, and what is coming: reports that take no grouping by tickets."""

from dataclasses import replace
from inspect import getdoc

from supportq.commands.answer import is_drawn
from supportq.desk import Desk
from supportq.errors import UnknownWord, UsageError
from supportq.output.outcome import Outcome
from supportq.reports import Question


def state(desk: Desk, question: Question) -> Outcome:
    """Return how the desk stands now."""
    from supportq.reports._state import Sight
    from supportq.reports._state import state as build

    return Outcome(table=build(Sight(desk.queue, question, tuple(desk.settings.agents), question.where)))


def cycle(desk: Desk, question: Question, before: str, after: str) -> Outcome:
    """Return two periods on the key figures of the desk."""
    from supportq.reports._cycle import cycle as build

    earlier, later = (_over(desk, question, *each) for each in (("before", before), ("after", after)))
    if later.since < earlier.until:
        raise UsageError("the two periods overlap, or the second comes first", "--before is the earlier one, whole")
    return Outcome(table=build(desk.queue, later, earlier))


def _over(desk: Desk, question: Question, name: str, written: str) -> Question:
    """Return the question about a period that has begun; of one that isn't over yet, as much as has gone by."""
    from supportq.when import format_range, parse_range

    if not written:
        raise UsageError(
            f"which period is --{name}?", "supportq report cycle --before 2026-09..2026-10 --after 2026-11"
        )
    since, until = parse_range(written, now=desk.now, zone=desk.zone)
    desk.explain(f"{written} is {format_range(since, until, desk.zone)}")
    if since >= desk.now:
        raise UsageError(f"{written} has not begun yet", "compare what has been: supportq report forecast looks ahead")
    return replace(question, since=since, until=min(until, question.until))


def forecast(desk: Desk, question: Question, weeks: int, by: str, within: str | None) -> Outcome:
    """Return what is coming, with its picture for people."""
    from supportq.reports._duty import Duty
    from supportq.reports._forecast import KEYS, Wanted
    from supportq.reports._forecast import forecast as build

    if by and by not in KEYS:
        raise UnknownWord("key", by, KEYS)
    wanted = Wanted(weeks, by or KEYS[0], desk.seconds(within) or Wanted().within_s)
    found = build(desk.queue, question, Duty(desk.settings), wanted)
    notes = () if is_drawn(desk) or found.table.rows else (found.table.caption,)
    return Outcome(table=found.table, chart=found.chart, notes=notes, paged=True)


def definition(kind: str) -> str:
    """Return what one of these counts, in words."""
    from importlib import import_module

    from supportq.reports._overview import DEFINITIONS

    if kind in DEFINITIONS:
        return DEFINITIONS[kind]
    return getdoc(getattr(import_module(f"supportq.reports._{kind}"), kind)) or ""
