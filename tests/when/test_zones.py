"""Time zones by name, the zone of the machine, and what reading time costs at the start."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from berlin import BERLIN, local
from hypothesis import given
from hypothesis import strategies as st

from supportq.errors import UsageError
from supportq.when import format_zone, local_zone, zone_named
from supportq.when.zones import LateZone


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("Europe/Belrin", "Europe/Berlin"), ("berlin", "Europe/Berlin"), ("new york", "America/New_York")],
)
def test_an_unknown_zone_is_refused_with_the_nearest_names(name: str, nearest: str) -> None:
    with pytest.raises(UsageError) as refused:
        zone_named(name)

    assert nearest in refused.value.cures[0]


def test_a_zone_is_found_by_its_name() -> None:
    assert zone_named("Europe/Berlin") == BERLIN
    assert zone_named("UTC") is UTC


@pytest.mark.parametrize("name", ["Europe/Berlin", ":Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin"])
def test_the_zone_of_the_machine_is_what_tz_says(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", name)

    assert local_zone() == BERLIN


def test_the_zone_of_the_machine_may_be_a_link_or_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link, copy = tmp_path / "link", tmp_path / "copy"
    link.symlink_to("/no/such/zoneinfo/Europe/Berlin")
    copy.write_bytes(files("tzdata.zoneinfo.Europe").joinpath("Berlin").read_bytes())

    monkeypatch.setenv("TZ", str(link))
    assert local_zone() == BERLIN
    monkeypatch.setenv("TZ", str(copy))
    assert local("2026-07-01").astimezone(local_zone()).utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("name", ["", ":", "UTC"])
def test_a_machine_may_live_in_utc(name: str) -> None:
    assert local_zone({"TZ": name}) is UTC


@pytest.mark.parametrize("name", ["Foo/Bar", "Foo", "/no/such/file", "CET-99", "Europe/Berlin2", "Europe"])
def test_a_variable_that_names_no_zone_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="TZ names no time zone"):
        local_zone({"TZ": name})


@given(st.integers(0, 10 * 366 * 24))
def test_a_posix_rule_is_a_zone_like_any_other(hours: int) -> None:
    moment = local("2026-01-01") + timedelta(hours=hours)
    ruled = moment.astimezone(local_zone({"TZ": "CET-1CEST,M3.5.0,M10.5.0/3"}))

    assert (ruled.isoformat(), ruled.fold) == (moment.astimezone(BERLIN).isoformat(), moment.astimezone(BERLIN).fold)


@pytest.mark.parametrize(
    ("rule", "hours", "shown"),
    [("<+03>-3", 3, "+03"), ("UTC0", 0, "UTC"), ("PST8PDT", -7, "PST8PDT"), ("AAA8BBB", -7, "BBB")],
)
def test_a_rule_says_how_far_ahead_summer_is_and_what_it_is_called(rule: str, hours: int, shown: str) -> None:
    july = datetime(2026, 7, 1, tzinfo=UTC)
    zone = local_zone({"TZ": rule})

    assert july.astimezone(zone).utcoffset() == timedelta(hours=hours)
    assert format_zone(zone, july) == shown


def test_reading_time_starts_fast_and_works_in_an_empty_environment() -> None:
    look = "import sys, supportq.when as when; print({'dateutil', 'zoneinfo', 'email', 'json'} & set(sys.modules))"
    zone = "print(when.local_zone().utcoffset(when.EPOCH) is not None)"
    done = subprocess.run([sys.executable, "-c", f"{look}; {zone}"], env={}, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["set()", "True"]


@pytest.mark.parametrize("time", ["2026-07-01T12:00", "2026-10-25T00:30", "2026-10-25T01:30", "2026-03-29T01:00"])
def test_a_zone_that_is_read_late_is_the_same_zone(time: str) -> None:
    moment = datetime.fromisoformat(time).replace(tzinfo=UTC)
    here, late = moment.astimezone(BERLIN), moment.astimezone(LateZone("Europe/Berlin"))

    assert (late.isoformat(), late.fold) == (here.isoformat(), here.fold)
    assert (late.tzname(), late.dst()) == (here.tzname(), here.dst())
    assert late.astimezone(UTC) == moment
