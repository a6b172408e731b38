"""What may be asked of which report: options that go together, and the period that they name."""

from datetime import datetime
from typing import TYPE_CHECKING

import typer

from supportq.commands.answer import format_of
from supportq.commands.period import check_ends, period
from supportq.desk import Desk
from supportq.errors import UnknownWord, UsageError
from supportq.reports import WHOLE, Report, find_report, names

if TYPE_CHECKING:
    from supportq.when.ranges import Range

_USUALLY = frozenset(("since", "until", "by", "where", "compare", "calendar", "within", "define", "sql", "output"))
_DESK = _USUALLY - {"by", "calendar", "within", "sql"}
_GO_WITH = {
    "cycle": frozenset(("before", "after", "where", "calendar", "define", "output")),
    "digest": _DESK,
    "forecast": frozenset(("weeks", "by", "within", "where", "define", "output")),
    "page": _DESK,
    "state": frozenset(("where", "define", "output")),
}
_OPTIONS = _USUALLY.union(*_GO_WITH.values())
_WHY = {
    "cycle": "its two periods are --before and --after",
    "digest": "it is made of all reports",
    "forecast": "it looks ahead from now",
    "page": "it is made of all reports",
    "state": "it is of now, and of the whole desk",
}


def said_in(context: typer.Context) -> frozenset[str]:
    """Return the options that were typed."""
    sources = {name: context.get_parameter_source(name) for name in _OPTIONS}
    return frozenset(name for name, source in sources.items() if source is not None and source.name == "COMMANDLINE")


def check(kind: str, said: frozenset[str]) -> None:
    """Refuse a report that isn't there, and options that say nothing to this one."""
    if kind not in (*names(), *WHOLE):
        raise UnknownWord("report", kind, sorted((*names(), *WHOLE)))
    if {"compare", "sql"} <= said and kind not in WHOLE:
        raise UsageError("--sql prints the statement of one period", "leave out --compare, and ask again with --since")
    if "calendar" in said and kind not in WHOLE:
        _check_calendar(find_report(kind))
    known = _GO_WITH.get(kind, _USUALLY)
    if said - known:
        title = "the state of the desk" if kind == "state" else kind
        why = _WHY.get(kind, "it is about one period")
        raise UsageError(f"{title} takes no --{min(said - known)}: {why}", f"it takes {options_of(kind)}")


def options_of(kind: str) -> str:
    """Return the options that go with a report."""
    known = set(_GO_WITH.get(kind, _USUALLY))
    if kind not in WHOLE:
        chosen = find_report(kind)
        means = {"calendar": chosen.lasting, "within": kind == "answered", "sql": chosen.sql is not None}
        known -= {option for option, is_meant in means.items() if not is_meant}
    return " ".join(f"--{name}" for name in sorted(known))


def check_text(desk: Desk, said: frozenset[str]) -> None:
    """Refuse what says nothing to a definition or a statement, which are text and count nothing."""
    if "define" in said and (more := said - {"define", "output"}):
        raise UsageError(f"--define counts nothing, and --{min(more)} says nothing to it", "leave out one of them")
    form = format_of(desk)
    if form and said & {"define", "sql"}:
        raise UsageError(f"--{min(said & {'define', 'sql'})} prints text, and not as {form}", "leave out one of them")


def asked_period(desk: Desk, since: str, until: str, said: frozenset[str]) -> "Range":
    """Return the period that was asked for; one that is named alone and lies ahead is whole."""
    check_ends(since, until)
    if "since" not in said and "until" in said and _start(desk, until) < _start(desk, since):
        raise UsageError(f"until {until}, but since when?", f"name both ends: --since {until} --until {until}")
    if "until" not in said and _start(desk, since) > desk.now:
        return period(desk, since, since)
    return period(desk, since, until)


def _start(desk: Desk, written: str) -> datetime:
    from supportq.when import parse_range

    return parse_range(f"{written}..", now=desk.now, zone=desk.zone)[0]


def _check_calendar(chosen: Report) -> None:
    """Refuse calendar time where a report tells no time that has hours of its own."""
    if not chosen.lasting:
        others = " ".join(name for name in names() if find_report(name).lasting)
        raise UsageError(f"{chosen.name} tells nothing in open time", f"leave out --calendar; these do: {others} cycle")


def remarks(desk: Desk, asked: "Range") -> tuple[str, ...]:
    """Return what is to be said of a period that has not begun."""
    return ("This time lies ahead: nothing has happened in it yet.",) if asked[0] > desk.now else ()
