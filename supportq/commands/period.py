"""The period that a command's --since and --until name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from supportq.desk import Desk
from supportq.errors import UsageError

if TYPE_CHECKING:
    from supportq.when.ranges import Range

_OPTIONS = "--since", "--until"


def period(desk: Desk, since: str, until: str | None = None) -> "Range":
    """Return the period between two ends, open where a command knows no --until; raise UsageError for a bad end."""
    from supportq.when import format_range, parse_range

    check_ends(since, until)
    written = f"{since}..{until or ''}"
    found = parse_range(written, now=desk.now, zone=desk.zone)
    desk.explain(f"{written} is {format_range(*found, desk.zone)}")
    return found


def check_ends(since: str, until: str | None) -> None:
    """Raise UsageError where an end of a period is a whole range."""
    ends = [since] if until is None else [since, until]
    for end in ends:
        if ".." in end:
            raise _no_end(end, _OPTIONS[: len(ends)])


def _no_end(text: str, options: Sequence[str]) -> UsageError:
    ends = zip(options, text.split(".."), strict=False)
    words = " ".join(f"{option} {end}" for option, end in ends if end)
    return UsageError(f'"{text}" is a range, and one end of it is meant', f"write {words}")
