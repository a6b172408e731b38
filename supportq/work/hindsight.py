"""Hindsight: what a newer file tells of the past of tickets that an earlier one had brought without it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from supportq.model.channel import Channel
from supportq.model.event import Event, Kind, in_force
from supportq.model.inquiry import Inquiry
from supportq.model.ticket import Status
from supportq.store.change import Change
from supportq.store.changes import of_verb
from supportq.store.wordless import Wordless, give_words, openers_without_words, replies_without_words
from supportq.values import dataclass
from supportq.work.past import FRESH, Past

_DONE = frozenset({Status.RESOLVED, Status.CLOSED})
_ENDS = frozenset({Kind.RESOLVED, Kind.CLOSED})
_STATED = frozenset({Kind.WAITED, Kind.REOPENED, Kind.RESOLVED, Kind.CLOSED})
_ABOUT = timedelta(minutes=1)
"""Other desks write how long a reply took in whole minutes."""


@dataclass(frozen=True, slots=True)
class Hindsight:
    """Tells what is new from what was said long ago, and finds the replies that have no words yet."""

    change: Change
    wordless: list[Wordless]
    openers: list[Wordless]

    @classmethod
    def on(cls, change: Change, tickets: Iterable[int]) -> Self:
        """Look up at once what is known of these tickets."""
        connection = change.queue.connection
        return cls(change, replies_without_words(connection, tickets), openers_without_words(connection, tickets))

    def is_over(self, number: int, inquiry: Inquiry, at: datetime) -> bool:
        """Tell whether it was said at another desk before the ticket ended there, and an earlier file told of the end.

        A mail was seen by nobody before, whenever it was written, and so was what came in before an end of ours. An end
        whose moment that file left out lies somewhere before the file was read.
        """
        ticket = self.change.ticket(number)
        if inquiry.mail or ticket.status not in _DONE or ticket.status_at is None:
            return False
        ends = [event for event in in_force(self.change.history(number)) if event.kind in _ENDS]
        if not of_verb(self.change.queue.connection, "import", [end.change_id for end in ends[-1:]]):
            return False
        return at <= (ends[-1].recorded_at if _is_undated(ends) else ticket.status_at)

    def end_of(self, number: int, past: Past) -> Past:
        """Return what of a past is news of a ticket that is over: when that was, where the earlier file left it out."""
        ends = [event for event in in_force(self.change.history(number)) if event.kind in _ENDS]
        news = [(at, kind, data) for at, kind, data in past.events if kind in _ENDS]
        if not _is_undated(ends) or not any(
            kind is Kind.RESOLVED and data["no_data"] is None for _, kind, data in news
        ):
            return FRESH
        return Past(events=tuple((at, kind, data | {"no_data": True}) for at, kind, data in news))

    def stated(self, number: int) -> Status | None:
        """Return the status of a ticket where an import told it last, and it was not guessed by who spoke."""
        for event in reversed(in_force(self.change.history(number))):
            if event.kind in _STATED or event.data.get("stated"):
                told = of_verb(self.change.queue.connection, "import", [event.change_id])
                is_told = event.change_id == self.change.id or bool(told)
                return self.change.ticket(number).status if is_told else None
            if "status" in event.data:
                return None
        return None

    def is_answered(self, number: int, at: datetime) -> bool:
        """Tell whether an answer from after that moment is known already."""
        return any(event.kind is Kind.REPLIED and event.at > at for event in in_force(self.change.history(number)))

    def find_reply(self, number: int, inquiry: Inquiry, at: datetime) -> int | None:
        """Return the reply of that moment of which no word was known, now that it has those of the inquiry."""
        return self._find(self.wordless, number, inquiry, at)

    def find_opener(self, number: int, inquiry: Inquiry, at: datetime) -> int | None:
        """Return what the ticket began with at that moment, now that it has the inquiry's words and channel."""
        if inquiry.mail or (found := self._find(self.openers, number, inquiry, at)) is None:
            return None
        if self.change.ticket(number).channel is Channel.OTHER and inquiry.channel is not Channel.OTHER:
            self.change.alter(number, channel=inquiry.channel)
        return found

    def _find(self, unsaid: list[Wordless], number: int, inquiry: Inquiry, at: datetime) -> int | None:
        for place, message in enumerate(unsaid):
            if message.ticket_id == number and abs(message.at - at) <= _ABOUT and inquiry.body:
                give_words(self.change.queue.connection, message.message_id, inquiry.body, inquiry.channel)
                return unsaid.pop(place).message_id
        return None


def _is_undated(ends: Iterable[Event]) -> bool:
    """Tell whether the file that told of an end left out when it was, and no other has told it since."""
    return [end.data.get("no_data") for end in ends if end.kind is Kind.RESOLVED] == [True]


def quietly(kind: Kind, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what is recorded of words that come in after the end: nobody owes anything for them any more."""
    if kind is Kind.ASKED:
        return {**data, "no_data": True}
    return {name: value for name, value in data.items() if name != "status"}
