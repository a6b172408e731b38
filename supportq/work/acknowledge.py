"""Acknowledgements: who writes in by mail hears at once, and once, by when somebody will answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta

from supportq.errors import SupportqError
from supportq.mail.signs import takes_no_answer
from supportq.model.event import Kind
from supportq.model.inquiry import Inquiry
from supportq.model.message import Author, Direction
from supportq.model.ticket import ACTIVE, UNSUBSCRIBED, Ticket
from supportq.sla.answering import answer_by
from supportq.store.arrived import Opened, opened_before
from supportq.store.change import Change
from supportq.values import dataclass
from supportq.when.spoken import format_spoken
from supportq.when.zones import zone_named
from supportq.work.canned import Occasion, find_canned, render
from supportq.work.door import Arrived
from supportq.work.letter import desk_itself, first_letter
from supportq.work.outbox import enqueue
from supportq.work.style import style_of

MOST = 10
WITHIN = timedelta(hours=3)
"""Who opens more tickets in so short a time is no person: they hear nothing until they have been quiet for as long."""

MOST_ALIKE = 2
ALIKE_WITHIN = timedelta(days=1)
"""Nor does anybody open so many of the same subject in a day and need to hear of each."""

_LOOKED_AT = 100
_MARKS = re.compile(r"(?:^|(?<=\s))[^\W\d_]{1,5}(?:\[\d+\])?\s?[:\uff1a]|\[#\d+\]")


def is_too_much(before: Sequence[Opened], subject: str, now: datetime) -> bool:
    """Tell whether somebody opened so many tickets lately, or so many alike, that a machine may be at it."""
    alike = sum(_bare(each.subject) == _bare(subject) and each.at > now - ALIKE_WITHIN for each in before)
    return sum(each.at > now - WITHIN for each in before) >= MOST or alike >= MOST_ALIKE


def _bare(subject: str) -> str:
    """Return a subject without what an answer puts before it, and without marks of ours."""
    return " ".join(_MARKS.sub(" ", subject).casefold().split())


@dataclass(slots=True, eq=False)
class Reception:
    """Acknowledges the inquiries of one change; what came earlier in it counts too."""

    change: Change
    opened: dict[int, list[Opened]] = field(default_factory=dict)

    def greet(self, arrived: Arrived, inquiry: Inquiry) -> Arrived:
        """Put an acknowledgement into the outbox where one is due, and return what became of the inquiry."""
        if not (arrived.is_new and self.change.settings.acknowledgement and _is_from_a_person(inquiry)):
            return arrived
        ticket = self.change.ticket(arrived.ticket)
        if ticket.status not in ACTIVE or UNSUBSCRIBED in ticket.tags or self._has_had_enough(ticket, inquiry):
            return arrived
        try:
            words = self._written(ticket, inquiry)
        except SupportqError as error:
            self.change.warnings.append(f"{ticket.id} was not acknowledged: {error.cause}")
            return arrived
        return replace(arrived, acknowledgement=words)

    def _has_had_enough(self, ticket: Ticket, inquiry: Inquiry) -> bool:
        if ticket.customer_id is None:
            return True
        if ticket.customer_id not in self.opened:
            connection = self.change.queue.connection
            self.opened[ticket.customer_id] = opened_before(connection, ticket.customer_id, ticket.id, _LOOKED_AT)
        before = self.opened[ticket.customer_id]
        enough = is_too_much(before, inquiry.title, self.change.now)
        before.append(Opened(inquiry.title, self.change.now))
        return enough

    def _written(self, ticket: Ticket, inquiry: Inquiry) -> str:
        """Write the acknowledgement of a ticket, and return its words; none where its team sends no mail."""
        change, style = self.change, style_of(self.change.settings, ticket.team, inquiry.mail)
        if style.account is None or inquiry.mail is None:
            return ""
        customer, clerk = change.customer(ticket.id), desk_itself(change.settings, ticket)
        occasion = Occasion(change.settings, ticket, inquiry.title, customer, clerk, nobody_looks=True)
        canned = find_canned(change.settings, change.settings.acknowledgement)
        written_in = canned.spoken(occasion.language, change.settings.default_language)
        words = render(canned, replace(occasion, answer_by=self._promise(ticket, written_in)))
        letter = first_letter(change, occasion, words, inquiry.mail)
        change.record(ticket.id, Kind.ACKNOWLEDGED, message=enqueue(change, letter, style.account, Author.SYSTEM))
        return words

    def _promise(self, ticket: Ticket, language: str) -> str:
        """Return by when somebody will answer, in the language of the text; nothing where that can't be promised."""
        settings = self.change.settings
        team = settings.teams.get(ticket.team or "")
        hours = settings.hours[team.hours if team else "always"]
        moment = answer_by(self.change.clocks(ticket.id), hours, self.change.now)
        zone = zone_named(settings.zone if hours.never_closes else hours.zone)
        return "" if moment is None else format_spoken(moment, zone, self.change.now, language)


def acknowledge(change: Change, pairs: Iterable[tuple[Arrived, Inquiry]]) -> list[Arrived]:
    """Acknowledge what came in, where the settings say so, and return what became of each inquiry."""
    reception = Reception(change)
    return [reception.greet(arrived, inquiry) for arrived, inquiry in pairs]


def _is_from_a_person(inquiry: Inquiry) -> bool:
    """Tell whether somebody wrote it who can be answered."""
    mail = inquiry.mail
    return bool(
        mail
        and inquiry.direction is Direction.IN
        and not (mail.automatic or mail.loop or mail.is_from_server or mail.fault)
        and mail.sender.address
        and not takes_no_answer(mail.sender)
    )
