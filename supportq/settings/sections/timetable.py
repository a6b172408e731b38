"""When the desk is open: hours, holidays and one-off openings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from supportq.settings.draft import Draft, Table
from supportq.settings.faults import Path, hint
from supportq.sla.hours import ROUND_THE_CLOCK, Hours, faults, parse_intervals
from supportq.sla.timeline import Intervals

ALWAYS = Hours("always", "UTC", ROUND_THE_CLOCK)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS = re.compile(rf"({'|'.join(WEEKDAYS)})(?:-({'|'.join(WEEKDAYS)}))?")

Dates = Annotated[
    tuple[str, ...], BeforeValidator(lambda days: [str(day) for day in days] if isinstance(days, list) else days)
]


class HoursTable(Table):
    """What a settings text says of hours; the other keys are weekdays and ranges of them."""

    model_config = ConfigDict(extra="allow", frozen=True)

    zone: str | None = None
    holidays: Dates = ()
    openings: dict[str, Any] = Field(default={})


def read_hours(draft: Draft, zone: str) -> dict[str, Hours]:
    """Read the hours; `always` is there by itself."""
    hours = {"always": ALWAYS}
    for name, raw in draft.tables("hours").items():
        path: Path = ("hours", name)
        table = draft.table(HoursTable, raw, path)
        if name == "always":
            draft.fault(path, "always is there by itself, open 24 hours a day", "give these hours another name")
        else:
            hours[name] = _read(draft, path, table, zone)
    return hours


def _read(draft: Draft, path: Path, table: HoursTable, zone: str) -> Hours:
    before = len(draft.faults)
    if table.zone is not None:
        _check(draft, (*path, "zone"), replace(ALWAYS, zone=table.zone))
    hours = Hours(
        name=str(path[-1]),
        zone=table.zone or zone,
        week=_week(draft, path, table.model_extra or {}),
        holidays=_holidays(draft, path, table.holidays),
        openings=_openings(draft, path, table.openings),
    )
    if len(draft.faults) == before:
        _check(draft, path, hours)
    return hours if len(draft.faults) == before else ALWAYS


def _holidays(draft: Draft, path: Path, texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    ranges = [text.replace(" ", "").partition("..") for text in texts]
    holidays = tuple((first, last or first) for first, _, last in ranges)
    _check(draft, (*path, "holidays"), replace(ALWAYS, holidays=holidays))
    return holidays


def _openings(draft: Draft, path: Path, days: Mapping[str, Any]) -> tuple[tuple[str, Intervals], ...]:
    openings = []
    for on, value in days.items():
        place = (*path, "openings", on)
        openings.append((on, _intervals(draft, place, value)))
        _check(draft, place, replace(ALWAYS, openings=(openings[-1],)))
    return tuple(openings)


def _check(draft: Draft, path: Path, hours: Hours) -> None:
    for fault in faults(hours):
        draft.fault(path, fault)


def _week(draft: Draft, path: Path, days: Mapping[str, Any]) -> tuple[Intervals, ...]:
    """Read the opening times of each weekday; what is said of one day alone beats what is said of a range."""
    week: dict[int, Intervals] = {}
    for key, value in sorted(days.items(), key=lambda item: "-" not in item[0]):
        covered = _weekdays(key)
        if not covered:
            draft.fault((*path, key), "no such key", hint(key, (*WEEKDAYS, "mon-fri", "zone", "holidays", "openings")))
        elif "-" in key and week.keys() & covered:
            draft.fault((*path, key), "says again what another range of days said", "a single day may differ")
        intervals = _intervals(draft, (*path, key), value)
        if intervals and covered:
            alone = tuple(intervals if day == covered[0] else () for day in range(7))
            _check(draft, (*path, key), replace(ALWAYS, week=alone))
        week |= dict.fromkeys(covered, intervals)
    return tuple(week.get(index, ()) for index in range(7))


def _weekdays(key: str) -> list[int]:
    match = _DAYS.fullmatch(key)
    if not match:
        return []
    first, last = WEEKDAYS.index(match[1]), WEEKDAYS.index(match[2] or match[1])
    return [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]


def _intervals(draft: Draft, path: Path, value: Any) -> Intervals:
    if not isinstance(value, str | list) or not all(isinstance(part, str) for part in value):
        draft.fault(path, "must be opening times", 'such as "09:00-12:30" or ["09:00-12:30", "13:30-17:00"]')
        return ()
    try:
        return parse_intervals(value)
    except ValueError as error:
        draft.fault(path, str(error))
        return ()
