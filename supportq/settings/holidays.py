"""Holidays from elsewhere, of a country or from an iCalendar file, on their way into a settings text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import tomlkit

from supportq.errors import NeedsPackages, SupportqError, UnknownWord, UsageError
from supportq.settings.edit import with_lines
from supportq.sla.hours import Hours, find_holiday
from supportq.sla.timeline import FIRST_YEAR, LAST_YEAR
from supportq.values import dataclass

Days = Mapping[date, str]
"""Days off, each with its name."""

DAY = timedelta(days=1)

_ENTRY = re.compile(
    r"""^[ \t]*\#.*$|["']?(?P<dates>\d{4}[-\dW]*(?:[ ]*\.\.[ ]*\d{4}[-\dW]*)?)["']?[ \t]*,?[ \t]*(?:\#(?P<name>.*))?""",
    re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off that follow one another under one name."""

    first: date
    last: date
    name: str

    @property
    def dates(self) -> str:
        """Return the dates as the settings write them."""
        return f"{self.first}" if self.first == self.last else f"{self.first}..{self.last}"

    @property
    def length(self) -> int:
        """Return how many days they are."""
        return (self.last - self.first).days + 1


def parse_years(text: str) -> range:
    """Read years such as `2026` or `2026-2028`; raise UsageError."""
    found = re.fullmatch(r"(\d{4})(?:\s*(?:-|\.\.)\s*(\d{4}))?", text.strip(), re.ASCII)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        raise UsageError(f'"{text}" names no years from {FIRST_YEAR} to {LAST_YEAR}', "write them as 2026 or 2026-2028")
    return range(first, last + 1)


def days_of_country(code: str, years: range) -> Days:
    """Return the public holidays of a country such as `PL`, or of a part of one such as `DE-BY`."""
    package = _package("holidays")
    country, _, part = code.partition("-")
    countries = package.list_supported_countries()
    known = _find(country, countries)
    if known is None:
        raise _no_country(country, package.registry.COUNTRIES)
    subdivision = _part_of(known, part, countries[known]) if part else None
    found: Days = package.country_holidays(known, subdiv=subdivision, years=years)
    return found


def days_of_calendar(text: str, name: str, years: range) -> Days:
    """Return the days of the whole-day events of an iCalendar file of that name, repeated ones in each year.

    What begins and ends at a midnight is whole days too; an event with a time of day is no holiday.
    """
    package = _package("recurring_ical_events")
    calendar = import_module("icalendar").Calendar
    start, end = date(years[0], 1, 1), date(years[-1] + 1, 1, 1)
    days: dict[date, str] = {}
    try:
        for event in package.of(calendar.from_ical(text)).between(start, end):
            if event.get("STATUS") != "CANCELLED":
                days |= dict.fromkeys(_whole_days(event.start, event.end), str(event.get("SUMMARY", "")))
    except ValueError as error:
        fault = " ".join(str(error).split())
        raise SupportqError(f"{name} is no iCalendar file: {fault}", "export it once more") from error
    return days


def missing(days: Days, hours: Hours) -> list[Holiday]:
    """Return the holidays that these hours don't have yet, those of one name that follow one another as one."""
    found: list[Holiday] = []
    for day, name in sorted(days.items()):
        if find_holiday(hours, day):
            continue
        if found and (found[-1].name, found[-1].last) == (name, day - DAY):
            found[-1] = Holiday(found[-1].first, day, name)
        else:
            found.append(Holiday(day, day, name))
    return found


def with_holidays(text: str, hours: str, added: Sequence[Holiday]) -> str:
    """Return a settings text with holidays put after those of some hours, each with its name as a comment."""
    if not added:
        return text
    lines = [(holiday.dates, _one_line(holiday.name)) for holiday in added]
    return with_lines(text, f"hours.{tomlkit.key(hours).as_string()}.holidays", lines)


def names_in(text: str, hours: str) -> dict[str, str]:
    """Return the names of the holidays of some hours by their dates as written: the comment behind each in its line."""
    array: Any = tomlkit.parse(text).get("hours", {}).get(hours, {}).get("holidays", ())
    entries = _ENTRY.finditer(array.as_string() if array else "")
    return {entry["dates"].replace(" ", ""): (entry["name"] or "").strip() for entry in entries if entry["dates"]}


def _package(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise NeedsPackages("holidays need", "holidays>=0.100", "recurring-ical-events>=3.8") from None


def _find(code: str, known: Iterable[str]) -> str | None:
    return next((each for each in known if each.casefold() == code.casefold()), None)


def _part_of(country: str, code: str, known: Iterable[str]) -> str:
    found = _find(code, known)
    if found is None:
        raise UnknownWord(f"part of {country}", code, known)
    return found


def _no_country(word: str, countries: Mapping[str, Sequence[str]]) -> UsageError:
    """Return the fault of a word that is no country, with those of nearly that name."""
    codes = {name.replace("_", " "): code for name, (_, code, *_) in countries.items()}
    nearest = get_close_matches(word.casefold(), codes, n=3)
    meant = ", ".join(f"{codes[name]} ({name.title()})" for name in nearest)
    cure = f"did you mean {meant}?" if meant else "write its two letters, as PL, and those of a part behind, as DE-BY"
    return UsageError(f'no country "{word}"', cure)


def _whole_days(start: date, end: date) -> Iterator[date]:
    """Yield the days of an event, its end left out; none where it has a time of day."""
    if isinstance(start, datetime) and isinstance(end, datetime):
        if start.time() != time() or end.time() != time():
            return
        start, end = start.date(), end.date()
    while start < end:
        yield start
        start += DAY


def _one_line(name: str) -> str:
    return "".join(letter for letter in " ".join(name.split()) if letter.isprintable())
