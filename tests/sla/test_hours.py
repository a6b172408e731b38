"""Business hours: the vectors of the spec, properties, and two independent opinions, each on 2,000 cases.

A case is a question asked of a calendar that was drawn at random; `pytest -m long` asks 50,000.
"""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import oracle
import pytest
import workclock
from hypothesis import given, settings
from hypothesis import strategies as st

from supportq.sla.hours import (
    ROUND_THE_CLOCK,
    Hours,
    add,
    between,
    day_span,
    faults,
    format_intervals,
    intervals,
    opening,
    parse_intervals,
)
from supportq.sla.timeline import BeyondCalendar, Intervals

CLOSED: Intervals = ()
SPLIT = Hours("split", "Europe/Berlin", (((480, 720), (810, 1080)),) * 5 + (CLOSED, CLOSED))
OFFICE = Hours("office", "Europe/Berlin", (((540, 1020),),) * 5 + (CLOSED, CLOSED))
EASTER = replace(OFFICE, holidays=(("2026-04-03", "2026-04-03"), ("2026-04-06", "2026-04-06")))
NEW_YORK = replace(OFFICE, zone="America/New_York")
ALWAYS = Hours("always", "Europe/Berlin", ROUND_THE_CLOCK)
EVERY_DAY = Hours("every day", "Europe/Berlin", ROUND_THE_CLOCK, holidays=(("1999-01-01", "1999-01-01"),))
NIGHTS = Hours("nights", "Europe/Berlin", (((1320, 1800),),) * 7)
ONE_MINUTE_A_WEEK = Hours("minute", "Europe/Berlin", (((540, 541),), *(CLOSED,) * 6))

SECOND = timedelta(seconds=1)
WINDOW = 12  # days
CHANGES = [  # where clocks do something: a window from there holds the change
    ("Europe/Berlin", "2026-03-25"),
    ("Europe/Berlin", "2026-10-21"),
    ("America/New_York", "2026-03-04"),
    ("America/New_York", "2026-10-28"),
    ("America/St_Johns", "2010-03-10"),  # at 00:01
    ("America/St_Johns", "2010-11-03"),
    ("Australia/Lord_Howe", "2026-04-01"),  # by 30 minutes
    ("Australia/Lord_Howe", "2026-09-30"),
    ("Antarctica/Troll", "2026-03-25"),  # by 2 hours
    ("Pacific/Apia", "2011-12-26"),  # 30 December does not exist
    ("Pacific/Kwajalein", "1993-08-18"),  # nor does 21 August
    ("America/Sao_Paulo", "2018-02-14"),  # at midnight
    ("America/Sao_Paulo", "2018-10-31"),
    ("Asia/Beirut", "2026-03-25"),
    ("Asia/Beirut", "2026-10-21"),
    ("America/Havana", "2026-03-04"),
    ("America/Havana", "2026-10-28"),
    ("Africa/Casablanca", "2026-02-11"),  # for Ramadan
    ("Asia/Kathmandu", "2026-05-01"),
    ("UTC", "2028-02-25"),  # over a leap day
]


def moment(text: str, hours: Hours = OFFICE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(hours.zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "start", "span", "due"),
    [
        pytest.param(OFFICE, "2026-01-16 16:30", 1, "2026-01-19 09:30", id="V1 over the weekend"),
        pytest.param(OFFICE, "2026-01-17 12:00", 2, "2026-01-19 11:00", id="V2 from a Saturday"),
        pytest.param(OFFICE, "2026-01-12 10:00", 15, "2026-01-13 17:00", id="V3 exactly at closing"),
        pytest.param(OFFICE, "2026-01-15 15:00", 32, "2026-01-21 15:00", id="V4 four working days"),
        pytest.param(EASTER, "2026-04-02 16:00", 2, "2026-04-07 10:00", id="V5 over Easter"),
        pytest.param(SPLIT, "2026-01-12 11:30", 1, "2026-01-12 14:00", id="V6 over lunch"),
        pytest.param(ALWAYS, "2026-03-28 12:00", 24, "2026-03-29 13:00", id="V7 spring change, 24/7"),
        pytest.param(ALWAYS, "2026-10-24 12:00", 24, "2026-10-25 11:00", id="V8 autumn change, 24/7"),
        pytest.param(EVERY_DAY, "2026-03-28 12:00", 24, "2026-03-29 13:00", id="V7 spring change, every day"),
        pytest.param(EVERY_DAY, "2026-10-24 12:00", 24, "2026-10-25 11:00", id="V8 autumn change, every day"),
        pytest.param(NEW_YORK, "2026-01-12 18:30", 0.5, "2026-01-13 09:30", id="V9 another zone"),
    ],
)
def test_a_due_moment_is_the_one_that_the_spec_names(hours: Hours, start: str, span: float, due: str) -> None:
    assert add(hours, moment(start, hours), timedelta(hours=span)) == moment(due, hours)


def test_v9_starts_from_a_moment_in_utc() -> None:
    assert add(NEW_YORK, datetime(2026, 1, 12, 23, 30, tzinfo=UTC), timedelta(minutes=30)) == datetime(
        2026, 1, 13, 14, 30, tzinfo=UTC
    )


def test_v10_hours_that_never_open_are_refused() -> None:
    assert faults(replace(OFFICE, week=(CLOSED,) * 7)) == [
        "these hours never open: at least one weekday needs opening times"
    ]


@pytest.mark.parametrize("start", ["2026-01-12 10:00", "2026-01-12 17:00", "2026-01-17 12:00"])
def test_no_time_at_all_is_due_at_once_even_while_closed(start: str) -> None:
    assert add(OFFICE, moment(start), timedelta()) == moment(start)


def test_open_time_is_never_taken_away() -> None:
    with pytest.raises(ValueError, match="never taken away"):
        add(OFFICE, moment("2026-01-12 10:00"), timedelta(seconds=-1))


def test_nothing_lies_between_a_moment_and_an_earlier_one() -> None:
    assert between(OFFICE, moment("2026-01-12 12:00"), moment("2026-01-12 10:00")) == timedelta()
    assert between(ALWAYS, moment("2026-01-12 12:00"), moment("2026-01-12 10:00")) == timedelta()
    assert intervals(OFFICE, moment("2026-01-12 12:00"), moment("2026-01-12 10:00")) == []


def test_the_closing_moment_is_no_longer_open() -> None:
    assert opening(OFFICE, moment("2026-01-16 16:59:59")) == moment("2026-01-16 16:59:59")
    assert opening(OFFICE, moment("2026-01-16 17:00")) == moment("2026-01-19 09:00")


def test_the_next_opening_may_be_far_away() -> None:
    closed = replace(OFFICE, holidays=(("2026-01-01", "2026-12-31"),))

    assert opening(closed, moment("2026-01-12 10:00")) == moment("2027-01-01 09:00")


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)],
)
def test_a_whole_day_lasts_as_long_as_the_clocks_make_it(day: str, hours: int) -> None:
    that_day = replace(OFFICE, week=(CLOSED,) * 7, openings=((day, ((0, 1440),)),))
    noon = moment(f"{day} 12:00")

    assert between(that_day, noon - timedelta(days=2), noon + timedelta(days=2)) == timedelta(hours=hours)


def test_a_time_that_the_clocks_skip_means_the_moment_they_jump() -> None:
    early = replace(OFFICE, week=(((150, 600),),) * 7)

    assert opening(early, moment("2026-03-29 00:00")) == moment("2026-03-29 03:00")


def test_a_time_that_occurs_twice_means_the_first() -> None:
    early, late = (replace(OFFICE, week=(((start, end),),) * 7) for start, end in ((0, 150), (150, 600)))
    midnight, noon = moment("2026-10-25 00:00"), moment("2026-10-25 12:00")

    assert between(early, midnight, noon) == timedelta(hours=2, minutes=30)
    assert between(late, midnight, noon) == timedelta(hours=8, minutes=30)


def test_a_date_that_does_not_exist_has_no_hours() -> None:
    apia = replace(OFFICE, zone="Pacific/Apia")

    assert intervals(apia, moment("2011-12-29 00:00", apia), moment("2012-01-01 00:00", apia)) == [
        (moment("2011-12-29 09:00", apia), moment("2011-12-29 17:00", apia))
    ]


def test_a_holiday_closes_the_intervals_that_start_on_it() -> None:
    nights = replace(NIGHTS, holidays=(("2026-12-24", "2026-12-25"),))

    assert intervals(nights, moment("2026-12-23 12:00"), moment("2026-12-27 12:00")) == [
        (moment("2026-12-23 22:00"), moment("2026-12-24 06:00")),
        (moment("2026-12-26 22:00"), moment("2026-12-27 06:00")),
    ]


def test_a_holiday_and_a_short_day_interrupt_even_24_7() -> None:
    start = moment("2026-12-24 12:00")

    assert add(replace(ALWAYS, holidays=(("2026-12-25", "2026-12-25"),)), start, timedelta(days=1)) == (
        moment("2026-12-26 12:00")
    )
    assert add(replace(ALWAYS, openings=(("2026-12-25", ((0, 60),)),)), start, timedelta(hours=14)) == (
        moment("2026-12-26 01:00")
    )


def test_a_one_off_opening_counts_even_on_a_holiday() -> None:
    saturday = replace(EASTER, openings=(("2026-04-03", ((600, 660),)), ("2026-04-04", ((600, 720),))))

    assert add(saturday, moment("2026-04-02 17:00"), timedelta(hours=2)) == moment("2026-04-04 11:00")


def test_intervals_that_touch_are_shown_as_one() -> None:
    touching = replace(OFFICE, week=(((540, 720), (720, 1440)), ((0, 60),), *(CLOSED,) * 5))

    assert intervals(touching, moment("2026-01-12 10:00"), moment("2026-01-14")) == [
        (moment("2026-01-12 10:00"), moment("2026-01-13 01:00"))
    ]


def test_no_interval_is_shown_from_closing_to_opening() -> None:
    assert intervals(OFFICE, moment("2026-01-12 17:00"), moment("2026-01-13 09:00")) == []


def test_the_order_in_which_a_day_is_written_does_not_matter() -> None:
    turned = replace(SPLIT, week=(((810, 1080), (480, 720)),) * 5 + (CLOSED, CLOSED))

    assert faults(turned) == []
    assert add(turned, moment("2026-01-12 11:30"), timedelta(hours=1)) == moment("2026-01-12 14:00")


def test_the_first_question_may_fall_into_the_end_of_a_long_night() -> None:
    long_nights = replace(NEW_YORK, week=(((1380, 2820),), *(CLOSED,) * 6))
    start = moment("2026-01-13 22:00", NEW_YORK)

    assert add(long_nights, start, timedelta(minutes=30)) == start + timedelta(minutes=30)


def test_a_working_day_is_the_mean_of_the_weekdays_that_open() -> None:
    assert day_span(OFFICE) == timedelta(hours=8)
    assert day_span(SPLIT) == timedelta(hours=8, minutes=30)
    assert day_span(replace(OFFICE, week=(((0, 600),), ((0, 300),), *(CLOSED,) * 5))) == timedelta(hours=7.5)
    assert day_span(ALWAYS) == timedelta(days=1)


@pytest.mark.parametrize("hours", [ALWAYS, OFFICE, ONE_MINUTE_A_WEEK])
def test_a_span_past_all_calendars_is_refused_at_once(hours: Hours) -> None:
    with pytest.raises(BeyondCalendar):
        add(hours, moment("2026-01-12 10:00"), timedelta(days=365 * 9000))


def test_a_calendar_that_hardly_opens_ends_in_an_error_not_a_loop() -> None:
    with pytest.raises(BeyondCalendar, match="1900 to 2199"):
        add(ONE_MINUTE_A_WEEK, moment("2026-01-12 10:00"), timedelta(hours=200))


def test_equal_hours_are_one_key() -> None:
    assert len({OFFICE, replace(OFFICE), EASTER}) == 2


def test_a_desk_open_around_the_clock_loads_no_zones() -> None:
    code = """if True:
        import sys
        from datetime import UTC, datetime, timedelta
        from supportq.sla.hours import ROUND_THE_CLOCK, Hours, add
        add(Hours("always", "UTC", ROUND_THE_CLOCK), datetime(2026, 1, 1, tzinfo=UTC), timedelta(1))
        sys.exit("zoneinfo" in sys.modules)"""
    assert (
        subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": ":".join(sys.path)}).returncode
        == 0
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("09:00-12:30", ((540, 750),)),
        ("13:30-18:00, 08:00-12:00", ((480, 720), (810, 1080))),
        (["9:00 - 10:00"], ((540, 600),)),
        ("22:00-06:00", ((1320, 1800),)),
        ("22:00-00:00", ((1320, 1440),)),
        ("00:00-24:00", ((0, 1440),)),
        ("", ()),
    ],
)
def test_opening_times_are_read_as_people_write_them(text: str | list[str], read: Intervals) -> None:
    assert parse_intervals(text) == read


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("09:00-25:00", "00:00 to 24:00"),
        ("24:00-06:00", "00:00 to 24:00"),
        ("09:60-10:00", "00:00 to 24:00"),
        ("09:00-24:01", "00:00 to 24:00"),
        ("09:00-09:00", "a whole day is 00:00-24:00"),
        ("nine to five", "write it as 09:00-17:00"),
        ("-09:00-10:00", "write it as 09:00-17:00"),
    ],
)
def test_times_that_no_clock_shows_are_refused_with_what_is_right(text: str, cure: str) -> None:
    with pytest.raises(ValueError, match=cure):
        parse_intervals(text)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (replace(OFFICE, zone="Europe/Berln"), 'no time zone "Europe/Berln" (did you mean Europe/Berlin?)'),
        (replace(OFFICE, zone="../etc"), 'no time zone "../etc"'),
        (replace(OFFICE, week=OFFICE.week[:6]), "a week has 7 days, Monday to Sunday, not 6"),
        (
            replace(OFFICE, week=(((540, 720), (660, 1020)), *(CLOSED,) * 6)),
            "Monday 09:00-12:00 overlaps Monday 11:00-17:00",
        ),
        (
            replace(OFFICE, week=(((1320, 1800),), ((300, 600),), *(CLOSED,) * 5)),
            "Monday 22:00-06:00 overlaps Tuesday 05:00-10:00",
        ),
        (
            replace(OFFICE, week=(((300, 600),), *(CLOSED,) * 5, ((1320, 1800),))),
            "Sunday 22:00-06:00 overlaps Monday 05:00-10:00",
        ),
        (
            replace(OFFICE, week=(((540, 540),), *(CLOSED,) * 6)),
            "Monday 09:00-09:00 is no interval: it starts before 24:00 and ends later, within a day",
        ),
        (
            replace(OFFICE, week=(((1500, 1560),), *(CLOSED,) * 6)),
            "Monday 25:00-26:00 is no interval: it starts before 24:00 and ends later, within a day",
        ),
        (
            replace(OFFICE, openings=(("2026-04-04", ((600, 720), (660, 780))),)),
            "2026-04-04 10:00-12:00 overlaps 2026-04-04 11:00-13:00",
        ),
        (replace(OFFICE, openings=(("2026-02-29", ()),)), '"2026-02-29" is no date: write it as 2026-12-24'),
        (replace(OFFICE, openings=(("3026-02-28", ()),)), "3026-02-28 is not in the years 1900 to 2199"),
        (replace(OFFICE, holidays=(("24.12.", "24.12."),)), '"24.12." is no date: write it as 2026-12-24'),
        (
            replace(OFFICE, holidays=(("2026-12-26", "2026-12-24"),)),
            "the holiday from 2026-12-26 to 2026-12-24 ends before it begins",
        ),
        (
            replace(OFFICE, holidays=(("2026-12-24", "2062-12-26"),)),
            "the holiday from 2026-12-24 to 2062-12-26 lasts longer than a year",
        ),
    ],
)
def test_unsound_hours_are_refused_in_a_sentence(wrong: Hours, fault: str) -> None:
    assert faults(wrong) == [fault]


@pytest.mark.parametrize(
    "sound",
    [
        OFFICE,
        SPLIT,
        EASTER,
        NIGHTS,
        ALWAYS,
        ONE_MINUTE_A_WEEK,
        replace(OFFICE, holidays=(("2028-01-01", "2028-12-31"),)),
    ],
)
def test_sound_hours_have_no_faults(sound: Hours) -> None:
    assert faults(sound) == []


@st.composite
def patterns(draw: st.DrawFn, minutes: st.SearchStrategy[int]) -> Intervals:
    """Draw a day's intervals that neither touch nor overlap."""
    edges = sorted(draw(st.sets(minutes, min_size=2, max_size=6)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def weeks(draw: st.DrawFn, minutes: st.SearchStrategy[int]) -> tuple[Intervals, ...]:
    """Draw a week: each day alike or its own, some closed, some with a last interval that goes on to the next day."""
    pattern = patterns(minutes)
    alike = draw(st.none() | pattern)
    week = [alike or draw(pattern | st.just(CLOSED)) for _ in range(7)]
    for index, overnight in enumerate(draw(st.tuples(*[st.booleans()] * 7))):
        if week[index] and overnight:
            *others, (start, _) = week[index]
            morning = min((opens for opens, _ in week[(index + 1) % 7]), default=start)
            week[index] = (*others, (start, 1440 + min(morning, start)))
    return tuple(week)


def dates_from(first: str) -> st.SearchStrategy[str]:
    return st.integers(0, WINDOW).map(lambda days: (date.fromisoformat(first) + timedelta(days=days)).isoformat())


quarters = st.integers(0, 95).map(lambda quarter: quarter * 15)
any_minutes = quarters | st.integers(0, 240) | st.integers(0, 1439)


ordinary_weeks = weeks(any_minutes).filter(any)
extreme_weeks = st.sampled_from([ROUND_THE_CLOCK, ONE_MINUTE_A_WEEK.week])


@st.composite
def changing_hours(
    draw: st.DrawFn, drawn_week: st.SearchStrategy[tuple[Intervals, ...]] = ordinary_weeks
) -> tuple[Hours, datetime]:
    """Draw sound hours and the start of a window in which something happens to the clocks."""
    zone, first = draw(st.sampled_from(CHANGES))
    holidays = draw(st.lists(dates_from(first), max_size=2))
    openings = draw(st.dictionaries(dates_from(first), patterns(any_minutes) | st.just(CLOSED), max_size=2))
    hours = Hours("drawn", zone, draw(drawn_week), tuple((on, on) for on in holidays), tuple(openings.items()))
    assert faults(hours) == []
    return hours, datetime.fromisoformat(first).replace(tzinfo=UTC)


@given(patterns(any_minutes) | st.just(CLOSED) | st.just(NIGHTS.week[0]))
def test_opening_times_are_read_as_they_are_written(day: Intervals) -> None:
    assert parse_intervals(format_intervals(day)) == day


CASES = 5  # questions asked of each calendar that is drawn
seconds_of_window = st.integers(0, WINDOW * 86_400)
question = st.tuples(seconds_of_window, seconds_of_window, st.sampled_from([1, 1, 0.5, 0.123]))


@pytest.mark.parametrize("cases", [2_000, pytest.param(50_000, marks=pytest.mark.long)])
def test_hours_agree_with_a_clock_on_the_wall(cases: int) -> None:
    @settings(max_examples=cases // CASES, deadline=None)
    @given(changing_hours(ordinary_weeks | extreme_weeks), st.lists(question, min_size=CASES, max_size=CASES))
    def check(drawn: tuple[Hours, datetime], questions: list[tuple[int, int, float]]) -> None:
        hours, first = drawn
        minutes = oracle.open_minutes(hours, first, WINDOW)
        for one, other, share in questions:
            start, end = sorted((one, other))
            expected = oracle.between(minutes, start, end)
            span = int(expected * share)
            due = oracle.add(minutes, start, span)
            assert between(hours, first + start * SECOND, first + end * SECOND) == expected * SECOND
            assert add(hours, first + start * SECOND, span * SECOND) == first + due * SECOND

    check()


daytime = st.integers(4 * 60, 1439)


def workclock_of(hours: Hours) -> workclock.Schedule:
    def wall(minute: int) -> time:
        return time(minute // 60 % 24, minute % 60)

    worked = [
        workclock.WorkDay(wall(start), wall(end), days=[weekday])
        for weekday, day in enumerate(hours.week)
        for start, end in day
    ]
    holidays = workclock.Holidays(date.fromisoformat(on) for on, _ in hours.holidays)
    return workclock.Schedule([*worked, holidays], time_zone=hours.zone)


half_a_year = st.integers(0, 180 * 86_400)


@pytest.mark.parametrize("cases", [2_000, pytest.param(50_000, marks=pytest.mark.long)])
def test_hours_agree_with_workclock(cases: int) -> None:
    """It has no one-off openings, adds the length of the gap to a skipped time, and ends a night shift at a holiday.

    So edges stay out of the small hours, dates that do not exist out of the zones, and nights away from holidays.
    """

    @settings(max_examples=cases // CASES, deadline=None)
    @given(
        st.sampled_from(sorted({zone for zone, _ in CHANGES if not zone.startswith("Pacific/")})),
        weeks(daytime).filter(any),
        st.lists(st.integers(0, 360), max_size=9),
        st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
        st.lists(st.tuples(half_a_year, half_a_year), min_size=CASES, max_size=CASES),
    )
    def check(
        zone: str,
        week: tuple[Intervals, ...],
        days_off: list[int],
        first: datetime,
        questions: list[tuple[int, int]],
    ) -> None:
        nightly = any(end > 1440 for day in week for _, end in day)
        dates = () if nightly else tuple((first + timedelta(days=day)).date().isoformat() for day in days_off)
        hours = Hours("drawn", zone, week, tuple((on, on) for on in dates))
        other = workclock_of(hours)
        for since, seconds in questions:
            start = first.replace(microsecond=0) + since * SECOND
            span = between(hours, start, start + seconds * SECOND)
            assert span == other.between(start, start + seconds * SECOND)
            assert add(hours, start, span) == other.add(start, span)

    check()


anytime = st.integers(1_000_000_000, 2_500_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
spans = st.integers(0, 90 * 86_400).map(lambda second: timedelta(seconds=second))
anywhere = st.sampled_from([OFFICE, SPLIT, EASTER, NEW_YORK, EVERY_DAY, NIGHTS, ALWAYS]) | changing_hours().map(
    lambda drawn: drawn[0]
)


@settings(max_examples=200, deadline=None)
@given(anywhere, anytime, spans)
def test_what_was_added_lies_between(hours: Hours, start: datetime, span: timedelta) -> None:
    assert between(hours, start, add(hours, start, span)) == span


@settings(max_examples=100, deadline=None)
@given(anywhere, anytime, spans, spans)
def test_more_time_and_a_later_start_are_never_due_earlier(
    hours: Hours, start: datetime, span: timedelta, more: timedelta
) -> None:
    assert add(hours, start, span) <= add(hours, start, span + more)
    assert add(hours, start, span) <= add(hours, start + more, span)


@settings(max_examples=100, deadline=None)
@given(st.lists(dates_from("2026-01-12"), max_size=5), spans)
def test_a_holiday_never_makes_a_ticket_due_sooner(dates: list[str], span: timedelta) -> None:
    start = moment("2026-01-12 10:00")

    assert add(replace(OFFICE, holidays=tuple((on, on) for on in dates)), start, span) >= add(OFFICE, start, span)


@settings(max_examples=100, deadline=None)
@given(anywhere, anytime, st.integers(1, 40 * 86_400))
def test_the_intervals_are_the_time_between(hours: Hours, start: datetime, seconds: int) -> None:
    end = start + timedelta(seconds=seconds)
    shown = intervals(hours, start, end)

    assert sum((closes - opens for opens, closes in shown), timedelta()) == between(hours, start, end)
    assert all(one[1] < other[0] for one, other in pairwise(shown))
    assert opening(hours, start) == next((opens for opens, _ in shown), opening(hours, start))


@settings(max_examples=50, deadline=None)
@given(anywhere, st.lists(st.tuples(anytime, spans), min_size=2, max_size=6))
def test_an_answer_does_not_depend_on_what_was_asked_before(
    hours: Hours, questions: list[tuple[datetime, timedelta]]
) -> None:
    assert [add(hours, *question) for question in questions] == [add(replace(hours), *q) for q in questions]
