"""The course of a ticket, followed while its history is read."""

from datetime import datetime, timedelta
from typing import Any

from supportq.model.course import Course, Stay
from supportq.model.event import Event
from supportq.model.fold import Fold
from supportq.model.ticket import Priority
from supportq.sla.hours import Hours, between
from supportq.sla.pauses import seconds

_NOBODY: dict[str, Any] = {"assignee": None, "team": None, "line": 1}

Said = tuple[datetime, int]
"""When something was said, and the id of the message, which decides inside a second."""


class Route:
    """Whose hands a ticket goes through until it is resolved first, and what is said and done before and after."""

    __slots__ = ("_asked", "_first", "_handovers", "_held", "_reopens", "_resolve_count", "_since", "_stays")

    def __init__(self) -> None:
        self._held = _NOBODY
        self._handovers = dict.fromkeys(_NOBODY, 0)
        self._since: datetime
        self._stays: list[tuple[int, datetime, datetime]] = []
        self._asked: list[Said] = []
        self._reopens: list[datetime] = []
        self._resolve_count = 0
        self._first: dict[str, Any] | None = None

    def created(self, event: Event, fold: Fold) -> None:
        """Take in who had the ticket from the beginning."""
        self._since = event.at
        self._held = {hand: fold.state.get(hand, nobody) for hand, nobody in _NOBODY.items()}

    def changed(self, event: Event, fold: Fold) -> None:
        """Take in who has the ticket now; where nobody had it before, nobody handed it over."""
        if self._first is not None:
            return
        for hand, before in self._held.items():
            now = fold.state.get(hand)
            if now in (None, before):
                continue
            if hand == "line":
                self._leave_line(event.at)
            self._handovers[hand] += before is not None
            self._held = {**self._held, hand: now}

    def asked(self, event: Event, fold: Fold) -> None:
        """Take in what a customer said; a machine and a third party are no customers."""
        said = event.at, event.data["message"]
        if said[1] in fold.owed and said not in self._asked:
            self._asked.append(said)

    def reopened(self, moment: datetime) -> None:
        """Take in that the ticket is active again."""
        if self._first is not None:
            self._reopens.append(moment)

    def resolved(self, event: Event, fold: Fold, hours: Hours) -> None:
        """Take in that the ticket was resolved, and the first time how it came there; or when it was, told later."""
        if self._first is not None and not self._first["is_known"] and not self._reopens:
            self._first |= {"resolved_at": fold.moment, "decided_at": _decided_at(event, fold)}
            return
        self._resolve_count += 1
        if self._first is None:
            self._leave_line(fold.moment)
            self._first = self._arrived(event, fold, hours)

    def course(self, fold: Fold) -> Course | None:
        """Return how far the course has come, None for a ticket that was never resolved."""
        if self._first is None:
            return None
        decided_at = self._first["decided_at"]
        replies = [(reply.at, reply.reply) for reply in fold.answers.values() if reply.at <= decided_at]
        second = sorted(self._asked)[1:2]
        return Course(
            **self._first,
            reply_count=len(replies),
            is_one_contact=not (second and replies) or max(replies) < second[0],
            reopened_at=min(self._reopens, default=None),
            resolve_count=self._resolve_count,
            reopen_count=len(self._reopens),
        )

    def _leave_line(self, moment: datetime) -> None:
        moment = max(moment, self._since)
        self._stays.append((self._held["line"], self._since, moment))
        self._since = moment

    def _arrived(self, event: Event, fold: Fold, hours: Hours) -> dict[str, Any]:
        """Return what the first resolve settles of a course."""
        return {
            "ticket_id": event.ticket_id,
            "resolved_at": fold.moment,
            "decided_at": _decided_at(event, fold),
            "team": fold.state.get("team"),
            "assignee": fold.state.get("assignee"),
            "priority": fold.state.get("priority", Priority.NORMAL),
            "line": self._held["line"],
            "is_known": fold.unknown is None and not event.data.get("no_data"),
            "agent_handover_count": self._handovers["assignee"],
            "team_handover_count": self._handovers["team"],
            "line_handover_count": self._handovers["line"],
            "stays": tuple(self._stay(line, hours) for line in sorted({line for line, _, _ in self._stays})),
        }

    def _stay(self, line: int, hours: Hours) -> Stay:
        elapsed = business = timedelta()
        for at, since, until in self._stays:
            if at == line:
                elapsed += until - since
                business += between(hours, since, until)
        return Stay(line, seconds(elapsed), seconds(business))


def _decided_at(event: Event, fold: Fold) -> datetime:
    closes_at = event.data.get("closes_at")
    return datetime.fromisoformat(closes_at) if closes_at else fold.moment
