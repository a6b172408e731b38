"""Holidays of countries and of iCalendar files, on their way into a settings text."""

import sys
from datetime import date

import pytest

from supportq.errors import SupportqError, UsageError
from supportq.settings.check import check
from supportq.settings.holidays import (
    days_of_calendar,
    days_of_country,
    missing,
    names_in,
    parse_years,
    with_holidays,
)

TEXT = """# our desk
[hours.office]
mon-fri = ["09:00-17:00"]   # as agreed
holidays = [
  "2026-12-24..2026-12-26",   # the feast
  # moved from 2026-12-01
  "2026-12-31",
]

[hours.office.openings]
2026-12-19 = "10:00-14:00"
"""
OFFICE = check(TEXT).settings.hours["office"]
YEARS = range(2026, 2028)


def calendar(*events: str) -> str:
    """Return an iCalendar file with events, each its properties apart by spaces."""
    lines = [line for event in events for line in ("BEGIN:VEVENT", f"UID:{event}", *event.split(), "END:VEVENT")]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test", *lines, "END:VCALENDAR", ""])


def days(*events: str) -> list[str]:
    return [day.isoformat() for day in sorted(days_of_calendar(calendar(*events), "feast.ics", YEARS))]


def test_a_country_and_a_part_of_it_have_their_holidays() -> None:
    poland, bavaria = days_of_country("PL", YEARS), days_of_country("de-by", YEARS)

    assert {date(2026, 11, 11), date(2027, 5, 27)} <= poland.keys()
    assert date(2026, 1, 6) in bavaria
    assert date(2026, 1, 6) not in days_of_country("DE", YEARS)


@pytest.mark.parametrize(
    ("code", "told", "cure"),
    [
        ("XX", 'no country "XX"', "two letters, as PL"),
        ("Polland", 'no country "Polland"', "did you mean PL (Poland)?"),
        ("DE-BYY", 'no part of DE "BYY"', "did you mean BY?"),
    ],
)
def test_a_country_that_nobody_knows_is_refused_with_those_of_nearly_that_name(code: str, told: str, cure: str) -> None:
    with pytest.raises(UsageError, match=told) as refused:
        days_of_country(code, YEARS)

    assert cure in refused.value.cures[0]


def test_the_whole_days_of_a_calendar_are_taken_with_the_end_left_out() -> None:
    assert days("DTSTART;VALUE=DATE:20260501") == ["2026-05-01"]
    assert days("DTSTART;VALUE=DATE:20261231 DTEND;VALUE=DATE:20270102") == ["2026-12-31", "2027-01-01"]


def test_a_repeated_event_is_a_holiday_in_each_year_but_those_left_out() -> None:
    assert days("DTSTART;VALUE=DATE:20200501 RRULE:FREQ=YEARLY") == ["2026-05-01", "2027-05-01"]
    assert days("DTSTART;VALUE=DATE:20200501 RRULE:FREQ=YEARLY EXDATE;VALUE=DATE:20270501") == ["2026-05-01"]


def test_from_midnight_to_midnight_is_a_whole_day_and_a_meeting_is_none() -> None:
    assert days("DTSTART:20260501T000000 DTEND:20260502T000000") == ["2026-05-01"]
    assert days("DTSTART:20260501T090000Z DTEND:20260501T100000Z") == []
    assert days("DTSTART;VALUE=DATE:20260501 STATUS:CANCELLED") == []


@pytest.mark.parametrize(
    "text", ["", "hello", "BEGIN:VCALENDAR\r\n", calendar("DTSTART;VALUE=DATE:20260501 RRULE:FREQ=NEVER")]
)
def test_what_is_no_calendar_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SupportqError, match=r"feast\.ics is no iCalendar file"):
        days_of_calendar(text, "feast.ics", YEARS)


@pytest.mark.parametrize("module", ["holidays", "recurring_ical_events"])
def test_without_the_package_it_is_said_how_to_install_it(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(SupportqError) as refused:
        days_of_country("PL", YEARS) if module == "holidays" else days_of_calendar(calendar(), "feast.ics", YEARS)

    assert refused.value.cures == (
        f"install for this Python: {sys.executable} -m pip install 'holidays>=0.100' 'recurring-ical-events>=3.8'",
    )


@pytest.mark.parametrize(
    ("text", "years"), [("2026", (2026, 2026)), ("2026-2028", (2026, 2028)), (" 2026 .. 2027 ", (2026, 2027))]
)
def test_years_are_one_or_a_range(text: str, years: tuple[int, int]) -> None:
    assert (parse_years(text)[0], parse_years(text)[-1]) == years


@pytest.mark.parametrize("text", ["", "26", "2028-2026", "1800", "2026-", "always"])
def test_what_names_no_years_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="names no years"):
        parse_years(text)


def test_only_the_days_that_are_not_there_are_added_those_of_one_name_as_a_range() -> None:
    off = {date(2026, 12, day): "Works" for day in range(24, 31)} | {date(2026, 12, 31): "Eve"}

    assert [(holiday.dates, holiday.length) for holiday in missing(off, OFFICE)] == [("2026-12-27..2026-12-30", 4)]


def test_holidays_follow_those_that_are_there_and_leave_everything_else_as_it_was() -> None:
    written = with_holidays(TEXT, "office", missing({date(2027, 1, 1): "New\n\x1b[31m Year"}, OFFICE))

    assert written == TEXT.replace('  "2026-12-31",\n', '  "2026-12-31",\n  "2027-01-01", # New [31m Year\n')
    assert missing({date(2027, 1, 1): "x"}, check(written).settings.hours["office"]) == []


def test_the_first_holidays_stand_before_the_comments_that_lead_on_to_the_next_section() -> None:
    hours, rest = '[hours.office]\nmon-fri = "9:00-17:00"   # early\n', "\n# Promises.\n\n[sla]\n"

    written = with_holidays(hours + rest, "office", missing({date(2027, 1, 1): "New Year"}, OFFICE))

    assert written == hours + 'holidays = [\n  "2027-01-01", # New Year\n]\n' + rest


def test_the_name_of_a_holiday_is_the_comment_beside_it() -> None:
    assert names_in(TEXT, "office") == {"2026-12-24..2026-12-26": "the feast", "2026-12-31": ""}
    assert names_in(TEXT, "always") == {}
