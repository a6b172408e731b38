"""What the stories of a desk come to, by plain loops straight from the definitions: no fold, no clock, no SQL."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from itertools import product
from math import ceil, floor
from typing import Any
from zoneinfo import ZoneInfo

from queues import NOW
from reports.history import Deed, Story

BERLIN = ZoneInfo("Europe/Berlin")
ENDS = {"resolved", "closed", "spam", "merged"}
TARGETS = {
    ("technical", "first_response"): {"low": 480, "normal": 480, "high": 240, "urgent": 30},
    ("everybody", "first_response"): {"low": 120, "normal": 120, "high": 60, "urgent": 30},
    ("technical", "next_response"): dict.fromkeys(("low", "normal", "high", "urgent"), 960),
    ("everybody", "next_response"): dict.fromkeys(("low", "normal", "high", "urgent"), 900),
    ("soft", "first_response"): dict.fromkeys(("low", "normal", "high", "urgent"), 7 * 1440),
}
"""Minutes of open time, as the settings of these tests promise them; to a machine a person replies within a week."""

Span = tuple[datetime, datetime]
Held = dict[str, Any]
Group = tuple[Any, ...]


@dataclass
class Wait:
    """A customer's wait for an answer."""

    kind: str
    start: datetime
    shut: list[Span] = field(default_factory=list)
    stop: datetime | None = None
    outcome: str = "running"
    live: bool = False
    is_soft: bool = False


@dataclass(frozen=True)
class Verdict:
    """By which policy a wait was measured, and when and under whom its promise was broken, if it was."""

    policy: str
    held: Held
    breached_at: datetime | None = None
    cause: str = "met"


@dataclass(frozen=True)
class End:
    """One end of a ticket, with the spans that it was in each status until then."""

    kind: str
    at: datetime
    held: Held
    policy: str
    spans: tuple[tuple[str, datetime, datetime], ...]
    reopened_at: datetime | None = None


def policy_of(team: str | None) -> str:
    return "technical" if team == "technical" else "everybody"


@cache
def office_days(first: datetime, last: datetime) -> tuple[Span, ...]:
    """List the opening hours of the office, Monday to Friday from nine to five in Berlin."""
    day, days = first.astimezone(BERLIN).date(), []
    while day <= last.astimezone(BERLIN).date():
        if day.weekday() < 5:
            days.append(tuple(datetime.combine(day, time(at), BERLIN).astimezone(UTC) for at in (9, 17)))
        day += timedelta(days=1)
    return tuple((opens, closes) for opens, closes in days)


def open_spans(policy: str, since: datetime, until: datetime) -> Iterator[Span]:
    if policy != "technical":
        yield since, until
        return
    for opens, closes in office_days(since.replace(hour=0, minute=0, second=0), until):
        if max(since, opens) < min(until, closes):
            yield max(since, opens), min(until, closes)


def seconds(policy: str | None, since: datetime, until: datetime) -> int:
    """Count the open seconds of a policy's hours, or all of them without one."""
    spans = [(since, until)] if policy is None else open_spans(policy, since, until)
    return sum((int((end - start).total_seconds()) for start, end in spans), 0)


def lasted(policy: str | None, wait: Wait, until: datetime) -> int:
    """Count the seconds of a wait, without those in which the ticket was shut."""
    return seconds(policy, wait.start, until) - sum(seconds(policy, *shut) for shut in wait.shut)


def due(policy: str, wait: Wait, story: Story) -> datetime:
    """Walk forward until the target is used up."""
    left = timedelta(minutes=1) * TARGETS[policy, wait.kind][story.sorted_as["priority"]]
    for start, end in open_spans(policy, wait.start, wait.start + timedelta(days=400)):
        for since, until in _without(wait.shut, start, end):
            if until - since >= left:
                return since + left
            left -= until - since
    raise AssertionError(wait)


def _without(shut: Iterable[Span], start: datetime, end: datetime) -> Iterator[Span]:
    for since, until in shut:
        if start < since:
            yield start, max(start, min(since, end))
        start = max(start, until)
    if start < end:
        yield start, end


def held_at(story: Story, moment: datetime) -> Held:
    """Return who had the ticket at a moment."""
    held = {key: story.sorted_as[key] for key in ("team", "assignee")}
    for deed in story.deeds:
        if deed.verb == "changed" and deed.at <= moment:
            held.update(deed.data)
    return held


def verdict(story: Story, wait: Wait, until: datetime) -> Verdict:
    """Follow the promise of a wait through the changes of team; once broken, it stays as it was."""
    held = held_at(story, wait.start)
    policy = "soft" if wait.is_soft else policy_of(held["team"])
    for deed in story.deeds:
        if deed.verb != "changed" or not wait.start < deed.at < until:
            continue
        if (ends := due(policy, wait, story)) < deed.at:
            return Verdict(policy, held, ends, "late")
        held = held_at(story, deed.at)
        if policy_of(held["team"]) != policy:
            policy = policy_of(held["team"])
            if due(policy, wait, story) < deed.at:
                return Verdict(policy, held, deed.at, "retarget")
    ends = due(policy, wait, story)
    return Verdict(policy, held, ends, "late") if ends < until else Verdict(policy, held)


def waits(story: Story) -> list[Wait]:
    """Follow the first and the next responses that a customer waited for."""
    if not story.is_told:
        return [Wait("first_response", story.created_at, stop=story.created_at, outcome="no_data")]
    if outside(story) == "automatic":
        return [Wait("first_response", story.created_at, is_soft=True)]
    waiting = _Waiting(is_first=story.opened_by == "customer")
    for deed in story.deeds:
        waiting.follow(story, deed)
    return waiting.found


@dataclass
class _Waiting:
    """The waits of one ticket so far; `asked_since` is what no reply has answered yet."""

    is_first: bool
    found: list[Wait] = field(default_factory=list)
    running: Wait | None = None
    asked_since: datetime | None = None
    ended_at: datetime | None = None

    def follow(self, story: Story, deed: Deed) -> None:
        if self.ended_at is not None and (deed.verb == "reopened" or _is_human(deed)):
            self.reopen(deed.at, self.ended_at)
        if _is_human(deed):
            self.asked_since = self.asked_since or deed.at
            if self.running is None:
                self.start("first_response" if self.is_first else "next_response", deed.at)
            self.is_first = False
        elif deed.verb == "replied":
            self.stop(deed, "answered")
            self.asked_since = None
        elif deed.verb in ENDS:
            self.ended_at = deed.at
            is_broken = self.running and verdict(story, self.running, deed.at).breached_at
            self.stop(deed, "unanswered" if is_broken else "void")

    def reopen(self, at: datetime, ended_at: datetime) -> None:
        """Let the wait go on that ended without an answer, or begin another where that one was too long already."""
        self.ended_at = None
        if self.asked_since is None:
            return
        if self.found[-1].outcome != "void":
            self.start("next_response", at)
            return
        self.running = self.found[-1]
        self.running.outcome, self.running.stop = "running", None
        self.running.shut.append((ended_at, at))

    def start(self, kind: str, at: datetime) -> None:
        self.running = Wait(kind, at)
        self.found.append(self.running)

    def stop(self, deed: Deed, outcome: str) -> None:
        if self.running is not None:
            self.running.stop, self.running.outcome = deed.at, outcome
            self.running.live = bool(deed.data.get("live"))
        self.running = None


def _is_human(deed: Deed) -> bool:
    return deed.verb == "asked" and not deed.data.get("automatic")


def ends(story: Story) -> list[End]:
    """Follow the status of a ticket from its creation to each of its ends."""
    status = "new" if story.opened_by == "customer" else "pending"
    since, wakes_at = story.created_at, None
    spans: list[tuple[str, datetime, datetime]] = []
    found: list[End] = []
    for deed in story.deeds:
        if status in {"pending", "on_hold"} and wakes_at is not None and wakes_at <= deed.at:
            spans.append((status, since, wakes_at))
            status, since, wakes_at = "open", wakes_at, None
        after = _status_after(deed, status)
        if after is None:
            continue
        wakes_at = deed.data.get("wake_at")
        if status not in ENDS:
            spans.append((status, since, deed.at))
        elif after not in ENDS:
            found[-1] = End(**{**vars(found[-1]), "reopened_at": deed.at})
        status, since = after, deed.at
        if after in ENDS:
            held = held_at(story, deed.at)
            found.append(End(after, deed.at, held, policy_of(held["team"]), tuple(spans)))
    return found


def _status_after(deed: Deed, status: str) -> str | None:
    """Return the status that a deed leaves the ticket in, None where it says nothing about it."""
    if deed.verb in ENDS:
        return deed.verb
    if deed.verb == "reopened" or (deed.verb == "changed" and status == "new"):
        return "open"
    if deed.verb in {"replied", "waited"}:
        return str(deed.data["status"])
    if _is_human(deed):
        return "open" if status in {"pending", "on_hold", "resolved"} else None
    return None


def spells(story: Story) -> list[Span]:
    """List the spans in which a ticket had not ended; the last is open."""
    found, since = [], story.created_at
    for end in ends(story):
        found.append((since, end.at))
        since = end.reopened_at or datetime.max.replace(tzinfo=UTC)
    return [*found, (since, datetime.max.replace(tzinfo=UTC))]


def outside(story: Story) -> str | None:
    """Return why a ticket is left out of most figures."""
    verbs = [deed.verb for deed in story.deeds]
    if "merged" in verbs:
        return "merged"
    if "spam" in verbs:
        return "spam"
    return "automatic" if all(deed.data.get("automatic") for deed in story.deeds) else None


def groups(story: Story, held: Held, at: datetime, by: Sequence[str], zone: ZoneInfo) -> Iterator[Group]:
    """Yield what something counts under: once, or once for each tag of the ticket."""
    values = {
        **{key: (story.sorted_as[key],) for key in ("channel", "line", "category", "language", "priority")},
        "team": (held["team"],),
        "agent": (held["assignee"],),
        "customer": (story.customer_name,),
        "organisation": (story.organisation,),
        "tag": story.sorted_as["tags"] or (None,),
    }
    yield from product(*(values[key] if key in values else (label(at.astimezone(zone), key),) for key in by))


def label(local: datetime, period: str) -> str:
    """Return what a period is called, by the clock on the wall."""
    year, week, _ = local.isocalendar()
    names = {
        "hour": f"{local:%Y-%m-%d %H:00}{f'{local:%z}'[:3] + ':' + f'{local:%z}'[3:] if local.fold else ''}",
        "day": f"{local:%Y-%m-%d}",
        "week": f"{year}-W{week:02}",
        "month": f"{local:%Y-%m}",
        "quarter": f"{local.year}-Q{(local.month - 1) // 3 + 1}",
        "year": f"{local.year}",
    }
    return names[period]


def spread(values: list[int]) -> tuple[int, ...]:
    """Return median, p90 and p95 by nearest rank, and the mean, of values in any order."""
    ranked = sorted(values)
    ranks = (ranked[ceil(Fraction(percent, 100) * len(ranked)) - 1] for percent in (50, 90, 95))
    return (*ranks, floor(Fraction(sum(ranked), len(ranked)) + Fraction(1, 2)))


def answered_fate(story: Story, within: timedelta) -> str:
    """Return what became of an inquiry that should be answered within a span of calendar time."""
    why = outside(story)
    if why:
        return why
    replies = [deed.at for deed in story.deeds if deed.verb == "replied"]
    if replies:
        return "within" if replies[0] <= story.created_at + within else "late"
    if not story.is_told:
        return "no_data"
    return "too_early" if story.created_at + within >= NOW else "late"
