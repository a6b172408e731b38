"""Times that other desks count as well, by the names that their files have for them, kept as facts beside ours."""

import re
from collections.abc import Mapping
from datetime import timedelta

from supportq.model.clock import ClockKind
from supportq.values import dataclass
from supportq.when import parse_lapse


@dataclass(frozen=True, slots=True)
class Metric:
    """What a fact counts: the clock that counts the same here, and what a plain number in it means, None for nothing.

    `in_hours` tells whether only business hours count, None where the vendor's settings decide that.
    """

    clock: ClockKind
    unit: timedelta | None
    in_hours: bool | None = None

    def read(self, text: str) -> timedelta | None:
        """Return how long it was there; None for what is no length of time, or a number of nobody knows what."""
        if self.unit is None and not _NAMES_UNIT.search(text):
            return None
        try:
            return parse_lapse(text.strip(), unit=self.unit or timedelta())
        except (ValueError, OverflowError):
            return None


_NAMES_UNIT = re.compile(r"[:a-z]", re.IGNORECASE)
_FIRST, _SOLVED, _TOTAL = ClockKind.FIRST_RESPONSE, ClockKind.RESOLUTION_FIRST, ClockKind.RESOLUTION_TOTAL
_MILLISECOND, _SECOND, _MINUTE, _HOUR = (
    timedelta(**{unit: 1}) for unit in ("milliseconds", "seconds", "minutes", "hours")
)

METRICS: Mapping[str, Metric] = {
    "First reply time in minutes": Metric(_FIRST, _MINUTE, in_hours=False),
    "First reply time in minutes within business hours": Metric(_FIRST, _MINUTE, in_hours=True),
    "First resolution time in minutes": Metric(_SOLVED, _MINUTE, in_hours=False),
    "First resolution time in minutes within business hours": Metric(_SOLVED, _MINUTE, in_hours=True),
    "Full resolution time in minutes": Metric(_TOTAL, _MINUTE, in_hours=False),
    "Full resolution time in minutes within business hours": Metric(_TOTAL, _MINUTE, in_hours=True),
    "Resolution time": Metric(_TOTAL, _HOUR, in_hours=False),
    "metric_set.reply_time_in_minutes.calendar": Metric(_FIRST, _MINUTE, in_hours=False),
    "metric_set.reply_time_in_minutes.business": Metric(_FIRST, _MINUTE, in_hours=True),
    "metric_set.first_resolution_time_in_minutes.calendar": Metric(_SOLVED, _MINUTE, in_hours=False),
    "metric_set.first_resolution_time_in_minutes.business": Metric(_SOLVED, _MINUTE, in_hours=True),
    "metric_set.full_resolution_time_in_minutes.calendar": Metric(_TOTAL, _MINUTE, in_hours=False),
    "metric_set.full_resolution_time_in_minutes.business": Metric(_TOTAL, _MINUTE, in_hours=True),
    "First response time (in hrs)": Metric(_FIRST, _HOUR),
    "Resolution time (in hrs)": Metric(_TOTAL, _HOUR),
    "First Response In Min": Metric(_FIRST, _MINUTE),
    "Close In Min": Metric(_SOLVED, _MINUTE),
    "time_to_close": Metric(_TOTAL, _MILLISECOND, in_hours=False),
    "statistics.time_to_admin_reply": Metric(_FIRST, _SECOND),
    "statistics.time_to_first_close": Metric(_SOLVED, _SECOND),
    "statistics.time_to_last_close": Metric(_TOTAL, _SECOND),
    "first_reply_time": Metric(_FIRST, _MINUTE),
    "First Response Time": Metric(_FIRST, None),
    "Time to Resolution": Metric(_TOTAL, None),
}
"""By the headers and paths of spec and fixtures: Zendesk, Freshdesk, Zammad, HubSpot, Intercom, any table."""
