"""Dates in the columns of other systems' files."""

from datetime import timedelta

import pytest
from berlin import BERLIN, local

from supportq.when import day_order, parse_import, parse_lapse


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T08:14:00Z",
        "2026-03-02T08:14:00.123+00:00",
        "2026-03-02 08:14:00 UTC",
        "2026-03-02 09:14:00 +0100",
        "Mon, 02 Mar 2026 09:14:00 +0100",
        "@1772439240",
        "1772439240",
        "1772439240000",
        "2026-03-02 09:14",
        "2026/3/2 9:14",
        "02.03.2026 09:14",
        "02-Mar-26 9:14 AM",
        "02/Mar/26 9:14 AM",
        "2 March 2026 09:14",
        "2. March 2026 09:14",
        "Mar 2, 2026 at 9:14\u202fAM",
        "3/2/2026 9:14 AM",
        "03-02-2026 09:14",
        "3/2/26 09:14:00",
        "Mon Mar 02 09:14:00 2026",
        "Mon Mar 02 08:14:00 +0000 2026",
        "20260302T0814Z",
        "2026-03-02 09:14 CET",
    ],
)
def test_the_dates_of_other_systems_are_read(text: str) -> None:
    assert parse_import(text, day_first=False, zone=BERLIN) == local("2026-03-02 09:14")


def test_the_order_of_day_and_month_rules_numbers_that_leave_it_open() -> None:
    assert parse_import("3/2/2026", day_first=True, zone=BERLIN) == local("2026-02-03")
    assert parse_import("02.03.2026", day_first=False, zone=BERLIN) == local("2026-03-02")
    assert parse_import("25/3/2026", day_first=None, zone=BERLIN) == local("2026-03-25")
    assert parse_import("3/3/2026", day_first=None, zone=BERLIN) == local("2026-03-03")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3/2/2026",
        "26-03-02",
        "2026-02-30",
        "2026-03-02T25:00",
        "2 Mar 2026 9",
        "2 Mah 2026",
        "1/2/202",
        "0000-00-00 00:00:00",
        "0001-01-01T00:00:00",
        "9999-12-31 23:59:59 UTC",
        "yesterday",
        "2026-03-02 09:14 EST",
    ],
)
def test_a_date_in_doubt_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_import(text, day_first=None, zone=BERLIN)


def test_a_naive_date_without_a_zone_asks_for_one() -> None:
    with pytest.raises(ValueError, match="--tz"):
        parse_import("2026-03-02 09:14", day_first=None, zone=None)


def test_one_value_settles_the_order_of_a_whole_column() -> None:
    assert day_order(["3/2/2026", "", "13/2/2026 9:14"]) is True
    assert day_order(["3-2-2026", "3-25-2026"]) is False
    assert day_order(["3/2/2026", "25.3.2026", "2026-03-25"]) is None


def test_a_column_of_both_orders_is_refused_with_both_proofs() -> None:
    with pytest.raises(ValueError, match=r"13/2/2026.*2/13/2026"):
        day_order(["2/13/2026", "13/2/2026"])


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("26", 1560),
        ("26.5", 1590),
        ("0,5", 30),
        ("0:26", 1560),
        ("00:25:38", 1538),
        ("149:30:00", 538_200),
        ("0", 0),
        ("26 min", 1560),
        ("3m 4s", 184),
        ("1 day 2 hours", 93_600),
        ("2 days 3:04:05", 183_845),
        ("P1DT2H", 93_600),
        ("PT5M", 300),
    ],
)
def test_what_went_by_is_read_in_every_form_that_desks_write(text: str, seconds: int) -> None:
    assert parse_lapse(text, unit=timedelta(minutes=1)) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["-0:26", "1:75", "1e3", "1 month", "", "1:2:3:4", "P5M", "P"])
def test_what_went_by_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="no length of time"):
        parse_lapse(text, unit=timedelta(hours=1))
