"""Topic: how to write moments, spans and ranges."""

from supportq.commands.section import Section

MOMENTS = (
    ("now", "This second."),
    ("9:30, 9am, 17:30:05", "The nearest such time: the last one looking back, the next one looking ahead."),
    ("fri 16:30, 16:30 fri", "The nearest such weekday."),
    ("noon, midnight, fri 24:00", "Midnight and 24:00 are the end of the day."),
    ("yesterday 9am, tomorrow 9", "A day without a time begins at midnight; for wait, when the team opens, or at 9."),
    ("2026-11-22, 2026-11-22 14:00", "A date; its year comes first."),
    ("31 may, may 31 2026", "A date by name; without its year, the nearest."),
    ("2026-11-22T14:00:00Z, 2026-11-22T14:00+01:00", "RFC 3339, with a zone of its own."),
    ("2026-W47, 2026-11, 2026-Q4, 2026", "The beginning of a week, month, quarter or year."),
    ("@1700000000", "Seconds since 1970."),
    ("3d, 2h30m, 1.5h, 3 days", "A span from now: back for --since and --at, ahead for --until and --due."),
    ("3 days ago, in 2h", "A span that says itself where it goes."),
)

UNITS = (
    ("s, m, h, d, w, mo, y", "Second, minute, hour, day, week, month, year; 1m is a minute."),
    ("2wd, 4wh", "Working days and hours, as in supportq hours add office now 2wd."),
)

RANGES = (
    ("today, yesterday", "Whole days."),
    ("week, month, quarter, year", "The present one, from its first day to its last."),
    ("last-week, last-month, last-quarter, last-year", "The one before; also last week, and next week."),
    ("2026-11-22, 2026-W47, 2026-11, 2026-Q4, 2026", "All of it."),
    ("3d", "From three days ago until now."),
    ("mon..fri, 2026-11-01..2026-11-15", "From the first day to the end of the last."),
    ("2026-11-01.., ..yesterday", "From then on; until then."),
)

REFUSED = (
    ("12/11/10, 1.3.2026", "Which comes first, the day or the month?"),
    ("10", "Ten o'clock, ten days?"),
)

PAGE = (
    Section("Moments", rows=MOMENTS),
    Section("Units", rows=UNITS),
    Section("Ranges", rows=RANGES),
    Section("Refused, with what to write instead", rows=REFUSED),
    Section(
        "Zones",
        "What you type and see is in your own time zone: --tz, the zone of your preferences, or the machine's. "
        "A time that a clock change there skips or repeats is refused, with the moments that it may mean. "
        "With -v, what your words were taken to mean is told on stderr. "
        "Data is in UTC, as 2026-11-22T14:00:00Z.",
    ),
)
