"""How the times of one file are read: their zone, and whether the day or the month comes first in each column."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

from supportq.intake.fields import Field
from supportq.values import dataclass
from supportq.when import format_stamp, parse_import, parse_lapse
from supportq.when.offsets import OFFSETS

_COUNT = re.compile(r"@?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Dates:
    """One column of times: its header, and the order of day and month in it, None where no value is in doubt.

    Where it counts from another moment, `unit` is what a plain number in it means.
    """

    header: str
    day_first: bool | None = None
    unit: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one file; those that name no zone are read in `zone`.

    `zoneless` has the columns with such times, and whether one of them was taken.
    """

    now: datetime
    zone: tzinfo
    dates: Mapping[Field, Dates]
    zoneless: dict[str, bool]

    def parse(self, text: str, field: Field, since: datetime | None = None) -> datetime:
        """Read one time, or how long after another it was; raise ValueError if it can't be one.

        So it is with what lies ahead, but for the moment until which a ticket waits.
        """
        dates = self.dates[field]
        try:
            moment = self._after(since, text, dates.unit) if dates.unit else self._read(text, dates)
        except (ValueError, OverflowError) as fault:
            example = "26:30:00 or 1d 2h 30m" if dates.unit else "2026-03-02 09:14"
            raise ValueError(f'{dates.header} "{text}": {fault}; write it like {example}') from None
        if moment > self.now and field is not Field.WAKE_AT:
            raise ValueError(f'{dates.header} "{text}" lies ahead: it is {format_stamp(self.now)} now')
        return moment

    def _read(self, text: str, dates: Dates) -> datetime:
        return parse_import(text, day_first=dates.day_first, zone=self.zone)

    def _after(self, since: datetime | None, text: str, unit: timedelta) -> datetime:
        if since is None:
            raise ValueError("it counts from when the inquiry came in, which is not said")
        return since + parse_lapse(text, unit=unit)


def names_zone(text: str) -> bool:
    """Tell whether a time needs no zone: it ends in Z, UTC, CET, +01:00 or +0100, or counts seconds since 1970."""
    if text[8:9] == "T":
        return text[-1] in "Zz" or text[-5] in "+-" or text[-6] in "+-"
    return _COUNT.fullmatch(text) is not None or (
        len(text) > len("2026-03-02 09:14")
        and (
            text[-1] in "Zz"
            or text[-6] in "+-"
            or text[-5] in "+-"
            or text[-10] in "+-"
            or text[-3:].upper() in {"UTC", "GMT"}
            or text.rpartition(" ")[2].upper() in OFFSETS
        )
    )
