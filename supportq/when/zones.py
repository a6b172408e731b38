"""Time zones by name, and the zone of this machine."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from os import environ
from pathlib import Path

from supportq.errors import UsageError

NAMES_OF_UTC = {"UTC", "Etc/UTC", "Zulu", "Etc/UCT", "Universal"}


def zone_named(name: str) -> tzinfo:
    """Return the zone with this name, as in Europe/Berlin."""
    zone = _find_zone(name) if name else None
    if zone is None:
        raise UsageError(f'no time zone "{name}"', _nearest_zones(name))
    return zone


class LateZone(tzinfo):
    """A zone whose name was checked before, read when a moment is first put into it: few filters name one."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def _zone(self) -> tzinfo:
        return zone_named(self.name)

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Return how far local time is ahead of UTC."""
        return self._zone.utcoffset(moment)

    def dst(self, moment: datetime | None) -> timedelta | None:
        """Return how much of that is summer time."""
        return self._zone.dst(moment)

    def tzname(self, moment: datetime | None) -> str | None:
        """Return what the zone is called at that time."""
        return self._zone.tzname(moment)

    def fromutc(self, moment: datetime) -> datetime:
        """Return the local time of a moment in UTC."""
        return self._zone.fromutc(moment.replace(tzinfo=self._zone)).replace(tzinfo=self)


def local_zone(environment: Mapping[str, str] = environ) -> tzinfo:
    """Return the zone of this machine: TZ, else /etc/localtime, else UTC; raise UsageError for a TZ that is no zone."""
    said = environment.get("TZ")
    if said is None:
        return _zone_of_file("/etc/localtime") or UTC
    named = said.removeprefix(":") or "UTC"
    zone = _zone_of_file(named) if named.startswith("/") else _find_zone(named) or _zone_by_rule(named)
    if zone is None:
        raise UsageError(f'TZ names no time zone: "{named}"', _nearest_zones(named))
    return zone


def find_zone_name(zone: tzinfo) -> str | None:
    """Return the name by which other machines know a zone too; None for one that has none."""
    return "UTC" if zone is UTC else getattr(zone, "key", None)


def format_zone(zone: tzinfo, now: datetime) -> str:
    """Write what a zone is called: its name, or else what its clocks show now, such as CET or +03."""
    return find_zone_name(zone) or now.astimezone(zone).tzname() or ""


def _find_zone(name: str) -> tzinfo | None:
    if name in NAMES_OF_UTC:
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _zone_by_rule(text: str) -> tzinfo | None:
    from supportq.when.rules import find_rule

    return find_rule(text)


def _zone_of_file(name: str) -> tzinfo | None:
    """Return the zone that a file or link under a zoneinfo folder is called after, or else the one inside it."""
    path = Path(name)
    target = str(path.readlink()) if path.is_symlink() else name
    return _find_zone(target.partition("zoneinfo/")[2]) or _zone_inside(path)


def _zone_inside(path: Path) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    try:
        with path.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (ValueError, OSError):
        return None


def _nearest_zones(name: str) -> str:
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    zones = sorted(available_timezones())
    by_place = {zone.rpartition("/")[2].lower(): zone for zone in zones} | {zone.lower(): zone for zone in zones}
    near = get_close_matches(name.lower().replace(" ", "_"), by_place, cutoff=0.7)
    nearest = dict.fromkeys(by_place[place] for place in near)
    return f"did you mean {' or '.join(nearest)}?" if nearest else "write it like Europe/Berlin, or UTC"
