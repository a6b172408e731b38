"""Human time: "2h", "yesterday 9am", "last-week" in; "1h 20m late" out.

Each name is imported from its module when it is first asked for: most commands need one or two of them.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supportq.when.columns import day_order, parse_import, parse_lapse
    from supportq.when.moments import Direction, NamedDay, find_day, parse_moment
    from supportq.when.ranges import parse_range
    from supportq.when.shifts import range_before, weeks_year_earlier, year_earlier
    from supportq.when.spans import WorkingTime, parse_duration, parse_working
    from supportq.when.stamps import EPOCH, FOREVER, find_stamp, format_stamp, parse_stamp
    from supportq.when.writing import (
        format_age,
        format_dated,
        format_due,
        format_exact,
        format_local,
        format_open,
        format_range,
    )
    from supportq.when.zones import find_zone_name, format_zone, local_zone, zone_named

__all__ = [
    "EPOCH",
    "FOREVER",
    "Direction",
    "NamedDay",
    "WorkingTime",
    "day_order",
    "find_day",
    "find_stamp",
    "find_zone_name",
    "format_age",
    "format_dated",
    "format_due",
    "format_exact",
    "format_local",
    "format_open",
    "format_range",
    "format_stamp",
    "format_zone",
    "local_zone",
    "parse_duration",
    "parse_import",
    "parse_lapse",
    "parse_moment",
    "parse_range",
    "parse_stamp",
    "parse_working",
    "range_before",
    "weeks_year_earlier",
    "year_earlier",
    "zone_named",
]

_MODULES = {
    "columns": {"day_order", "parse_import", "parse_lapse"},
    "moments": {"Direction", "NamedDay", "find_day", "parse_moment"},
    "ranges": {"parse_range"},
    "shifts": {"range_before", "weeks_year_earlier", "year_earlier"},
    "spans": {"WorkingTime", "parse_duration", "parse_working"},
    "stamps": {"EPOCH", "FOREVER", "find_stamp", "format_stamp", "parse_stamp"},
    "writing": {
        "format_age",
        "format_dated",
        "format_due",
        "format_exact",
        "format_local",
        "format_open",
        "format_range",
    },
    "zones": {"find_zone_name", "format_zone", "local_zone", "zone_named"},
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        module = next((module for module, names in _MODULES.items() if name in names), None)
        if module is None:
            raise AttributeError(f"module {__name__} has no attribute {name}")
        return getattr(import_module(f"{__name__}.{module}"), name)
