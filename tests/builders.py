"""The small language in which tests write what happened to a ticket, and what its customer was promised.

A history is a list of entries, each one command and so one change group, numbered from 1: a moment of the week of
Monday 2026-01-12 in Berlin ("tue 09:10", "next mon 09:00", or with a date), a verb, its words, and, where it was not
recorded at once, when that was ("recorded tue 12:00"). Messages are numbered from 1 as they come.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from supportq.model.clock import Clock, ClockKind
from supportq.model.event import Event, Kind
from supportq.model.ticket import Priority, Status
from supportq.sla.history import Folded, read_history
from supportq.sla.hours import ROUND_THE_CLOCK, Hours, parse_intervals
from supportq.sla.policy import OnReopen, Policy
from supportq.sla.terms import Book, Selects, Terms
from supportq.when import parse_duration

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONDAY = datetime(2026, 1, 12, tzinfo=BERLIN)
ALWAYS = Hours("desk", "Europe/Berlin", ROUND_THE_CLOCK)

_DAY = rf"(?:next )?(?:{'|'.join(DAYS)})|\d{{4}}-\d\d-\d\d"
_MOMENT = rf"(?:{_DAY}) \d\d:\d\d(?::\d\d)?"
_ENTRY = re.compile(rf"({_MOMENT}) (\w+)(.*?)(?: recorded ({_MOMENT}))?")

Said = tuple[Kind, dict[str, Any]]


def moment(text: str) -> datetime:
    """Read "tue 09:10", "next mon 09:00:30" or "2026-03-28 12:00" as a moment in Berlin."""
    day, time = text.rsplit(" ", 1)
    return datetime.fromisoformat(f"{_date(day)}T{time}").replace(tzinfo=BERLIN).astimezone(UTC)


def _date(day: str) -> str:
    if day[0].isdigit():
        return day
    week, name = (7, day[5:]) if day.startswith("next ") else (0, day)
    return f"{MONDAY + timedelta(days=week + DAYS.index(name)):%Y-%m-%d}"


def _on(day: str, time: str) -> datetime:
    return moment(f"{day} {time}")


mon, tue, wed, thu, fri, sat, sun = (partial(_on, day) for day in DAYS)


def history(*entries: str) -> list[Event]:
    """Return the events that entries tell, in the order in which they were recorded; the first opens the ticket."""
    return list(_Writer().events(entries))


def imported(*entries: str, recorded: str = "sun 12:00") -> list[Event]:
    """Return a history that was recorded at one moment, as one change."""
    return [replace(event, change_id=1, recorded_at=moment(recorded)) for event in history(*entries)]


class _Writer:
    def __init__(self) -> None:
        self.messages = 0
        self.reply = 0

    def events(self, entries: tuple[str, ...]) -> Iterator[Event]:
        number = 0
        recorded_at = moment("2020-01-01 00:00")
        for change, entry in enumerate(entries, start=1):
            found = _ENTRY.fullmatch(entry)
            assert found, entry
            at = moment(found[1])
            recorded_at = max(recorded_at, moment(found[4]) if found[4] else at)
            said = self.said(found[2], found[3].split(), late=at < recorded_at)
            for kind, data in said if change > 1 else [self.opening(found[2]), *said]:
                number += 1
                yield Event(number, change, 1, kind, at, recorded_at, "ann", 1, data)

    def opening(self, verb: str) -> Said:
        by = "agent" if verb in {"replied", "queued"} else "customer"
        return Kind.CREATED, {"channel": "email", "customer": 1, "by": by, "no_data": verb == "unknown"}

    def said(self, verb: str, words: list[str], *, late: bool) -> list[Said]:
        if verb in _STATES:
            return [(Kind.WAITED, _waiting(verb, words))]
        if verb in _WORDS:
            return [_WORDS[verb](words)]
        if verb in _ABOUT_REPLIES:
            return [(_ABOUT_REPLIES[verb], {"message": int(words[0]) if words else self.reply})]
        return [(kind, self.numbered(kind, data, late=late)) for kind, data in _MESSAGES[verb](words)]

    def numbered(self, kind: Kind, data: dict[str, Any], *, late: bool) -> dict[str, Any]:
        if kind not in _SAYS:
            return data
        self.messages += 1
        if kind is not Kind.ASKED:
            self.reply = self.messages
        return {"message": self.messages, "late": late, **data}


_STATES = ("pending", "on_hold", "snoozed")
_SAYS = frozenset({Kind.ASKED, Kind.REPLIED, Kind.QUEUED, Kind.NOTED, Kind.ACKNOWLEDGED, Kind.NOTIFIED})
_ABOUT_REPLIES = {"sent": Kind.SENT, "failed": Kind.FAILED, "unsure": Kind.UNSURE, "cancelled": Kind.CANCELLED}


def _waiting(verb: str, words: list[str]) -> dict[str, Any]:
    status = {} if verb == "snoozed" else {"status": verb}
    return {**status, "wake_at": moment(" ".join(words[1:])).isoformat()} if words else status


def _asked(words: list[str]) -> list[Said]:
    authors = [word for word in words if word in {"participant", "third_party"}]
    return [(Kind.ASKED, {"author": [*authors, "customer"][0], "automatic": "automatic" in words})]


def _reply(kind: Kind, words: list[str]) -> list[Said]:
    if "resolved" in words:
        return [(kind, {}), (Kind.RESOLVED, {})]
    status = next((word for word in words if word in set(Status)), "pending")
    return [(kind, {"live": "live" in words} if "silently" in words else {"live": "live" in words, "status": status})]


def _resolved(words: list[str]) -> dict[str, Any]:
    """Read "unknown", or "until next mon 09:00", which is how long the customer can open it again."""
    if words[:1] == ["until"]:
        return {"closes_at": moment(" ".join(words[1:])).isoformat()}
    return {"no_data": True} if words else {}


_MESSAGES: dict[str, Callable[[list[str]], list[Said]]] = {
    "asked": _asked,
    "unknown": lambda _: [(Kind.ASKED, {})],
    "answered": lambda _: [(Kind.ASKED, {}), (Kind.REPLIED, {"live": True, "status": "open"})],
    "replied": partial(_reply, Kind.REPLIED),
    "queued": partial(_reply, Kind.QUEUED),
    "noted": lambda words: [(Kind.NOTED, {"no_data": True} if words else {})],
    "acknowledged": lambda _: [(Kind.ACKNOWLEDGED, {})],
    "notified": lambda _: [(Kind.NOTIFIED, {})],
}
_WORDS: dict[str, Callable[[list[str]], Said]] = {
    "resolved": lambda words: (Kind.RESOLVED, _resolved(words)),
    "closed": lambda _: (Kind.CLOSED, {}),
    "reopened": lambda _: (Kind.REOPENED, {}),
    "spam": lambda _: (Kind.SPAMMED, {}),
    "dismissed": lambda _: (Kind.DISMISSED, {}),
    "merged": lambda _: (Kind.MERGED, {"into": 2}),
    "triaged": lambda _: (Kind.CHANGED, {"opens": True}),
    "priority": lambda words: (Kind.CHANGED, {"priority": words[0]}),
    "line": lambda words: (Kind.CHANGED, {"line": int(words[0])}),
    "team": lambda words: (Kind.CHANGED, {"team": words[0], "opens": True}),
    "assigned": lambda words: (Kind.CHANGED, {"assignee": words[0], "opens": True}),
    "corrected": lambda words: (Kind.CORRECTED, {"clock": words[0]}),
    "undone": lambda words: (Kind.UNDONE, {"change": int(words[0])}),
    "redone": lambda words: (Kind.REDONE, {"change": int(words[0])}),
}


def weekdays(times: str, **changes: Any) -> Hours:
    """Return office hours from Monday to Friday: "9-17" or "8-12, 13-18"."""
    day = parse_intervals(re.sub(r"\b(\d+)\b", r"\1:00", times))
    return Hours("desk", "Europe/Berlin", (day,) * 5 + ((), ()), **changes)


PAUSES = "resolution pending, update pending"


def targets(
    *, team: str | None = None, on_reopen: str = "continue", pause_on: str = PAUSES, **spans: str
) -> tuple[Policy, Selects]:
    """Return a policy: spans of open time as `first="2h"`, or for one priority as `urgent_first="30m"`.

    Without a team it selects every ticket. `pause_on` is such as "resolution pending on_hold, next on_hold".
    """
    policy = Policy(
        name=team or "default",
        when=f"team:{team}" if team else "",
        hours="desk",
        targets={key: seconds for name in sorted(spans, key=_rank) for key, seconds in _targets(name, spans[name])},
        pause_on={
            kind: frozenset(map(Status, words[1:]))
            for words in map(str.split, filter(None, pause_on.split(",")))
            for kind in _KINDS[words[0]]
        },
        on_reopen=OnReopen(on_reopen),
    )
    return policy, lambda ticket, _customer: team is None or ticket.team == team


_KINDS = {
    "first": (ClockKind.FIRST_RESPONSE,),
    "next": (ClockKind.NEXT_RESPONSE,),
    "resolution": (ClockKind.RESOLUTION_FIRST, ClockKind.RESOLUTION_TOTAL),
    "update": (ClockKind.UPDATE,),
}


def _rank(name: str) -> int:
    """Sort what holds for all priorities before what holds for one."""
    return name.count("_")


def _targets(name: str, span: str) -> Iterator[tuple[tuple[ClockKind, Priority], int]]:
    *one, kind = name.split("_")
    for priority in map(Priority, one or Priority):
        yield (_KINDS[kind][0], priority), parse_duration(span) // timedelta(seconds=1)


def promised(*policies: tuple[Policy, Selects], hours: Hours = ALWAYS, since: str = "mon 00:00", **more: Any) -> Terms:
    """Return a version of the settings, in force since a moment."""
    return Terms(1, moment(since), policies, {"desk": hours}, **more)


def read(events: list[Event], *versions: Terms) -> Folded:
    """Fold a history by one or more versions of the settings, each event by the one in force when it was recorded."""
    numbered = {number: replace(terms, settings_id=number) for number, terms in enumerate(versions, start=1)}

    def in_force(recorded_at: datetime) -> int:
        return max([1, *(number for number, terms in numbered.items() if terms.applied_at <= recorded_at)])

    book = Book(tuple(numbered), numbered.__getitem__)
    return read_history([replace(event, settings_id=in_force(event.recorded_at)) for event in events], book)


def clocks(kind: ClockKind, events: list[Event], *versions: Terms) -> list[Clock]:
    """Return the clocks of a kind."""
    return [clock for clock in read(events, *versions).clocks if clock.kind is kind]


def clock(kind: ClockKind, events: list[Event], *versions: Terms) -> Clock:
    """Return the only clock of a kind."""
    (found,) = clocks(kind, events, *versions)
    return found
