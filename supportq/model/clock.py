"""A clock: one promise to one customer, when it is due and how it ended."""

from datetime import datetime
from enum import StrEnum

from supportq.values import dataclass


class ClockKind(StrEnum):
    """What was promised."""

    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION_FIRST = "resolution_first"
    RESOLUTION_TOTAL = "resolution_total"
    UPDATE = "update"

    @property
    def label(self) -> str:
        """Return what people call it."""
        return _LABELS.get(self) or self.replace("_", " ").capitalize()

    @property
    def is_resolution(self) -> bool:
        """Tell whether it ends with the ticket, not with a word to the customer."""
        return self in {ClockKind.RESOLUTION_FIRST, ClockKind.RESOLUTION_TOTAL}


_LABELS = {ClockKind.RESOLUTION_FIRST: "Resolution", ClockKind.RESOLUTION_TOTAL: "Resolution in all"}


class Standing(StrEnum):
    """How a clock stands, or how it ended."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    VOID = "void"
    NO_DATA = "no_data"

    @property
    def is_live(self) -> bool:
        """Tell whether the clock can still be met or missed."""
        return self in _LIVE


_LIVE = frozenset({Standing.RUNNING, Standing.PAUSED})


class Cause(StrEnum):
    """Why a promise was broken: time went by, or a change moved its due moment into the past."""

    LATE = "late"
    RETARGET = "retarget"


class Level(StrEnum):
    """How bad it is: a promise is late, was missed before anybody looked, or may be late soon."""

    LATE = "late"
    MISSED = "missed"
    AT_RISK = "at_risk"


class WhyVoid(StrEnum):
    """Why a clock ended without a verdict."""

    RESOLVED = "resolved"  # resolved without a reply
    CLOSED = "closed"  # closed without one, or without being resolved
    SPAM = "spam"  # not an inquiry
    MERGED = "merged"  # another ticket goes on with it
    UNANSWERED = "unanswered"  # any of these four, for a message after the first reply
    DISMISSED = "dismissed"  # no reply is needed
    ASKED = "asked"  # a person wrote after an automatic message
    BOUNCED = "bounced"  # an earlier message waits again, since the reply to it came back
    UNPROMISED = "no longer promised"  # a change of team, priority or settings took the target away
    CORRECTED = "corrected"  # a person said that it doesn't count


@dataclass(frozen=True, slots=True)
class Pause:
    """A span that does not count, and why; `until` is None while it lasts and its end is not known."""

    since: datetime
    until: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Clock:
    """One promise: what was promised, by which policy, since when, until when, and what became of it.

    `due_at` is None while an open-ended pause lasts (`remaining_s` of open time are then left) and where no time is
    known; at `risk_at` the last warning fraction of the target is used up. `elapsed_s` is calendar time, `business_s`
    open time of `hours`, both without closed spans, the latter without pauses too, and both known once the clock
    stopped. `team`, `assignee` and `priority` are those that held the ticket when it stopped or breached;
    one that was `answered` was stopped by a reply.
    """

    ticket_id: int
    kind: ClockKind
    ordinal: int
    standing: Standing
    started_at: datetime
    target_s: int
    due_at: datetime | None
    risk_at: datetime | None
    policy: str
    hours: str
    settings_id: int
    team: str | None
    assignee: str | None
    priority: str
    remaining_s: int | None = None
    stopped_at: datetime | None = None
    breached_at: datetime | None = None
    cause: Cause | None = None
    why_void: str | None = None
    elapsed_s: int | None = None
    business_s: int | None = None
    paused_s: int | None = None
    pauses: tuple[Pause, ...] = ()
    soft: bool = False
    live: bool = False
    late_recorded: bool = False
    alarms: bool = True
    answered: bool = False

    def standing_on(self, now: datetime) -> Standing:
        """Return the standing as of `now`: a pause whose end was known ends by itself."""
        if self.standing is Standing.PAUSED and self.pauses[-1].until is not None and self.pauses[-1].until <= now:
            return Standing.RUNNING
        return self.standing

    @property
    def late_at(self) -> datetime | None:
        """Return the moment after which the clock runs late; None where it has ended or waits with no end in sight."""
        if not self.standing.is_live or self.due_at is None:
            return None
        if self.standing is not Standing.PAUSED:
            return self.due_at
        wakes_at = self.pauses[-1].until
        return None if wakes_at is None else max(self.due_at, wakes_at)

    @property
    def label(self) -> str:
        """Return what people call it, with its number where it is not the first of its kind: Next response 2."""
        return f"{self.kind.label} {self.ordinal}" if self.ordinal > 1 else self.kind.label

    def is_late(self, now: datetime) -> bool:
        """Tell whether the promise is broken and not yet kept, while the clock runs."""
        return self.late_at is not None and self.late_at < now
