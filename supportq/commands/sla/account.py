"""The page of `sla why`: each promise in words, with the time that was counted, for somebody who never saw the code."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from supportq.commands.sla.chronicle import Standpoint, change, chronicle
from supportq.commands.sla.chronicle import record as chronicled
from supportq.commands.sla.verdict import standing, verdict
from supportq.model.clock import Cause, Clock, ClockKind
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Block, Facts, Page
from supportq.sla.account import Interval
from supportq.sla.clock import SHUT
from supportq.when import format_age, format_open
from supportq.work.promises import Account, Explained

_SUMMARY = (Column("promise", "Promise"), Column("standing", "Is", wide=True), Column("due_at", "Due"))
_FACTS = (
    Column("promise", "Promise"),
    Column("policy", "Policy"),
    Column("hours", "Hours"),
    Column("special", "But on", Kind.LIST),
    Column("started_at", "Started"),
    Column("due_at", "Due"),
    Column("stopped_at", "Stopped"),
    Column("breached_at", "Late from"),
    Column("warnings", "Warns", Kind.LIST),
    Column("correction", "Does not count"),
    Column("remarks", "Remarks"),
)
_INTERVALS = (
    Column("start", "Counted from"),
    Column("end", "Until"),
    Column("open", "Open time"),
    Column("sum", "Sum"),
)
_PAUSES = (
    Column("since", "Not counted from"),
    Column("until", "Until"),
    Column("why", "Because it was"),
)


def page(account: Account, subject: str, here: Standpoint) -> Page:
    """Return the account as a page for people and a record for programs."""
    told = _told(account.clocks)
    blocks = [Block(body=_summary(told, here)), *(block for explained in told for block in _clock(explained, here))]
    if account.steps:
        blocks.append(chronicle(account.steps, here))
    record: dict[str, Any] = {
        "id": account.ticket_id,
        "subject": subject,
        "clocks": [_record(explained, here.now) for explained in account.clocks],
    }
    if account.steps:
        record["steps"] = [chronicled(step, here) for step in account.steps]
    return Page(f"{account.ticket_id}  {subject}", tuple(blocks), record)


def _told(clocks: Sequence[Explained]) -> list[Explained]:
    """Return the clocks to tell, of two resolutions that are the same only one."""
    totals = [replace(each.clock, kind=ClockKind.RESOLUTION_FIRST) for each in clocks if each.clock.kind is _TOTAL]
    firsts = [each.clock for each in clocks if each.clock.kind is ClockKind.RESOLUTION_FIRST]
    return [each for each in clocks if each.clock.kind is not _TOTAL or totals != firsts]


def _summary(clocks: Sequence[Explained], here: Standpoint) -> Table:
    rows = [(each.clock.label, verdict(each, here.now), here.local(each.clock.due_at)) for each in clocks]
    return Table(_SUMMARY, rows)


def _clock(explained: Explained, here: Standpoint) -> Iterator[Block]:
    clock = explained.clock
    facts = (
        _promise(explained),
        _policy(explained),
        f"{explained.hours.name} ({explained.hours.zone})",
        tuple(f"{here.day(on)} ({why})" for on, why in explained.special),
        here.local(clock.started_at),
        here.local(clock.due_at),
        here.local(clock.stopped_at),
        _late_from(clock, here),
        tuple(f"{fraction:.0%} used up {here.local(moment)}" for fraction, moment in explained.warnings),
        _correction(explained, here),
        "; ".join(_remarks(explained, here)),
    )
    yield Block(clock.label, verdict(explained, here.now), Facts(_FACTS, facts))
    if clock.pauses:
        yield Block(body=Table(_PAUSES, list(_paused(clock, here))))
    if explained.intervals:
        yield Block(body=Table(_INTERVALS, list(_summed(explained, here))))


def _promise(explained: Explained) -> str:
    clock, target = explained.clock, explained.target
    words = f"within {format_open(clock.target_s, exact=True)} of open time, as priority is {clock.priority}"
    return f"{words} (line {target.line}, {target.key})" if target else words


def _correction(explained: Explained, here: Standpoint) -> str:
    correction = explained.correction
    return f"says {correction.agent}, {here.local(correction.at)}: {correction.reason}" if correction else ""


def _policy(explained: Explained) -> str:
    policy = explained.policy
    if not policy.line:
        return "no policy matches: the soft promise, that every inquiry is answered within 7 days"
    then = ", as when it was broken" if explained.clock.breached_at else ""
    chosen = f"because {policy.when}" if policy.when else "because no other policy matches"
    return f"{policy.name}, {chosen}{then} (line {policy.line}, settings version {explained.clock.settings_id})"


def _late_from(clock: Clock, here: Standpoint) -> str:
    """Say since when a promise is or was broken, and how long that is by the calendar."""
    since = clock.breached_at or (clock.due_at if clock.is_late(here.now) else None)
    if since is None:
        return ""
    age = format_age((clock.stopped_at or here.now) - since)
    return f"{here.local(since)}, {'for ' if clock.stopped_at else 'now '}{age} by the calendar"


def _moved(explained: Explained, here: Standpoint) -> str:
    """Say which change moved the due moment into the past, and from where."""
    moved = explained.moved
    if moved is None:
        return "a change of priority, team or settings moved the due moment into the past"
    before = f", {here.local(moved.due_at)} before" if moved.due_at else ""
    return f"{change(moved.step, here)} at {here.local(moved.step.at)}, moved the due moment into the past{before}"


def _remarks(explained: Explained, here: Standpoint) -> Iterator[str]:
    clock = explained.clock
    if clock.cause is Cause.RETARGET:
        yield _moved(explained, here)
    if clock.soft:
        yield "nobody but a machine has written so far"
    if clock.live:
        yield "answered live"
    if clock.late_recorded:
        yield "the answer was recorded later than it was given"
    if not clock.alarms:
        yield "raises no alarm: the ticket is older than sla.enforce_from"


def _paused(clock: Clock, here: Standpoint) -> Iterator[Row]:
    for pause in clock.pauses:
        why = "resolved or closed" if pause.why == SHUT else pause.why.replace("_", " ")
        yield here.local(pause.since), here.local(pause.until), why


def _summed(explained: Explained, here: Standpoint) -> Iterator[Row]:
    total = 0.0
    for start, end in _cut(explained.intervals, here.now):
        span = (end - start).total_seconds()
        total += span
        ahead = " to come" if start >= here.now else ""
        yield (
            here.local(start),
            here.local(end),
            f"{format_open(span, exact=True)}{ahead}",
            format_open(total, exact=True),
        )


def _cut(intervals: Sequence[Interval], now: datetime) -> Iterator[Interval]:
    """Yield the intervals, the one that is going on in two parts: what has passed and what is to come."""
    for start, end in intervals:
        yield from [(start, now), (now, end)] if start < now < end else [(start, end)]


def _record(explained: Explained, now: datetime) -> dict[str, Any]:
    clock = explained.clock
    return {
        "clock": clock.kind,
        "ordinal": clock.ordinal,
        "standing": standing(clock, now).replace(" ", "_"),
        "target_s": clock.target_s,
        "policy": explained.policy.name,
        "policy_line": explained.policy.line or None,
        "target_key": explained.target and explained.target.key,
        "target_line": explained.target and explained.target.line,
        "settings_version": clock.settings_id,
        "hours": explained.hours.name,
        "zone": explained.hours.zone,
        "team": clock.team,
        "agent": clock.assignee,
        "priority": clock.priority,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "stopped_at": clock.stopped_at,
        "breached_at": clock.breached_at,
        "cause": clock.cause,
        "why_void": clock.why_void,
        "elapsed_s": clock.elapsed_s,
        "business_s": clock.business_s,
        "paused_s": clock.paused_s,
        "remaining_s": clock.remaining_s,
        "warnings": [{"fraction": fraction, "at": moment} for fraction, moment in explained.warnings],
        "correction": _correction_record(explained),
        "alarms": clock.alarms,
        "special_days": [{"date": on.isoformat(), "why": why} for on, why in explained.special],
        "pauses": [{"since": each.since, "until": each.until, "why": each.why} for each in clock.pauses],
        "intervals": [{"start": start, "end": end, "open_s": end - start} for start, end in explained.intervals],
    }


def _correction_record(explained: Explained) -> dict[str, Any] | None:
    correction = explained.correction
    if correction is None:
        return None
    return {"agent": correction.agent, "at": correction.at, "reason": correction.reason}


_TOTAL = ClockKind.RESOLUTION_TOTAL
