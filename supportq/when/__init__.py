"""Human time: "2h", "yesterday 9am", "last-week" in; "1h 20m late" out."""

from supportq.when.columns import day_order, parse_import
from supportq.when.moments import Direction, parse_moment
from supportq.when.ranges import parse_range
from supportq.when.spans import WorkingTime, parse_duration, parse_working
from supportq.when.stamps import EPOCH, FOREVER, format_stamp, parse_stamp
from supportq.when.writing import format_age, format_due, format_local
from supportq.when.zones import local_zone, zone_named

__all__ = [
    "EPOCH",
    "FOREVER",
    "Direction",
    "WorkingTime",
    "day_order",
    "format_age",
    "format_due",
    "format_local",
    "format_stamp",
    "local_zone",
    "parse_duration",
    "parse_import",
    "parse_moment",
    "parse_range",
    "parse_stamp",
    "parse_working",
    "zone_named",
]
