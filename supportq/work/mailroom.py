"""The mailroom: each mail goes to the ticket that it belongs to, with the reason, or opens one of its own."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import field, replace
from datetime import datetime, timedelta
from itertools import islice
from shlex import quote
from typing import Self

from supportq.intake.inquiry import Entry
from supportq.intake.mailfiles import SOURCE
from supportq.intake.mails import person_of
from supportq.mail.mbox import is_of_desk
from supportq.mail.signs import takes_no_answer
from supportq.mail.threading import ticket_of_signed, tickets_in_subject, tickets_of_tokens, without_mark
from supportq.model.channel import Channel
from supportq.model.customer import Customer, Person
from supportq.model.event import Kind, in_force
from supportq.model.inquiry import Inquiry
from supportq.model.mail import Mail
from supportq.model.message import Author, Direction
from supportq.model.ticket import Status
from supportq.settings.values import Settings
from supportq.store import mailroom, outbox, sources
from supportq.store.change import Change
from supportq.store.gather import Saying
from supportq.store.mailroom import Held
from supportq.values import dataclass
from supportq.work.door import Arrived, Door
from supportq.work.habits import Habits
from supportq.work.homecoming import agent_of, as_it_was
from supportq.work.tongue import likely_language

AWAITED = "mail that is missing"
"""The source under which the names of mails are kept that others answer, and that have not come in."""

_MOST_CANDIDATES = 20
_MOST_COPIED = 20
"""A mail that more people get is a circular, and those behind them have no part in its ticket."""

_MOST_REOPENS = 5
"""So often within a day a mail opens a ticket again."""

_TOO_MUCH = f"It was resolved and opened again {_MOST_REOPENS} times within a day"
_UNKEPT = 9_223_372_036_854_775_807
"""SQLite numbers no ticket higher than this."""


@dataclass(frozen=True, slots=True)
class Match:
    """A ticket that a mail may belong to, and why; `is_proven` where only somebody who had our mail can know it."""

    ticket: int
    why: str
    is_proven: bool = False


@dataclass(slots=True, eq=False)
class Mailroom:
    """Takes mails in, within one change; what was said in one mail of it is known to the next."""

    change: Change
    door: Door
    key: str
    held: dict[str, Held]
    awaited: dict[str, int]
    existing: set[int]
    is_live: bool = False
    joined: dict[int, set[int]] = field(default_factory=dict)

    @classmethod
    def open(cls, change: Change, door: Door, mails: Sequence[Mail], *, is_live: bool) -> Self:
        """Look up at once everything that these mails name."""
        connection = change.queue.connection
        names = {name for mail in mails for name in _names(mail)}
        awaited = sources.known(connection, AWAITED, filter(None, (mail.message_id for mail in mails)))
        tickets = {name: known.ticket_id for name, known in awaited.items()}
        held = mailroom.held(connection, names)
        room = cls(change, door, mailroom.signing_key(connection), held, tickets, set(), is_live)
        numbers = {match.ticket for mail in mails for match in room.candidates(mail)}
        room.existing = mailroom.existing(connection, (number for number in numbers if number <= _UNKEPT))
        change.load(room.existing)
        return room

    def knows(self, inquiry: Inquiry, mail: Mail) -> bool:
        """Tell whether this is a mail of our own that was kept when it was written, or comes from our own mbox."""
        found = self.held.get(mail.message_id)
        if found is None or found.direction is not inquiry.direction:
            return False
        says_same = found.body is not None and found.body.split() == inquiry.body.split()
        return found.direction is Direction.OUT or says_same

    def take(self, entry: Entry, mail: Mail) -> Arrived:
        """Take in one mail."""
        inquiry, at = entry.inquiry, entry.inquiry.at or self.change.now
        customer = None if mail.is_from_server else self.door.people.customer(inquiry.person)
        found = [match for match in self.candidates(mail) if match.ticket in self.existing]
        match = next((match for match in found if match.is_proven or self._has_part(match, inquiry, customer)), None)
        why = _why(match, found)
        to = None if match is None else self._living(match.ticket)
        is_too_much = to is not None and _is_human(inquiry, mail) and self._was_reopened_enough(to, at)
        told = replace(mail, automatic=_TOO_MUCH) if is_too_much else mail
        inquiry = replace(inquiry, why_thread=why, mail=told)
        if self.is_live and to is None:
            inquiry = replace(inquiry, likely_language=likely_language(self.change, inquiry, mail, customer))
        arrived = self.door.take(inquiry, to=to, customer=customer, digest=entry.digest)
        if is_too_much:
            self._note(arrived.ticket, f"{_TOO_MUCH}, so this mail was kept and did not open it again.", at)
        if match is None and found:
            self._point_to(arrived.ticket, found[0], at)
            self._hint(arrived.ticket, found[0], mail)
        self._note_double(arrived.ticket, mail, at)
        self._return(mail, at)
        if arrived.is_new:
            joined = self.door.join(arrived.ticket, inquiry.copied, at)
            self.joined.setdefault(arrived.ticket, set()).update(joined)
        self._remember(arrived, mail, customer, inquiry.direction)
        return arrived

    def candidates(self, mail: Mail) -> list[Match]:
        """Return the tickets that a mail may belong to, the surest first."""
        return list(dict.fromkeys(islice(self._iter_candidates(mail), _MOST_CANDIDATES)))

    def _iter_candidates(self, mail: Mail) -> Iterator[Match]:
        if mail.bounce and (sent := self.held.get(mail.bounce.message_id)) and sent.direction is Direction.OUT:
            yield Match(sent.ticket_id, f"it returns our mail {mail.bounce.message_id}", is_proven=True)
        for name in _names(mail):
            if (number := ticket_of_signed(self.key, name)) is not None:
                yield Match(number, f"it answers our mail {name}, which we had signed", is_proven=True)
        for name in mail.answers:
            if name in self.held:
                yield Match(self.held[name].ticket_id, f"it answers {name}")
        if mail.message_id in self.awaited:
            yield Match(self.awaited[mail.message_id], "a mail there answers it, and came in before")
        if mail.message_id in self.held:
            yield Match(self.held[mail.message_id].ticket_id, f"another mail there is called {mail.message_id} too")
        boxes = " ".join(box.address for box in (*mail.to, *mail.cc, *mail.delivered_to)[:_MOST_CANDIDATES])
        addressed = tickets_of_tokens(self.key, boxes)
        yield from (Match(number, "it went to the ticket's own address") for number in addressed)
        yield from (Match(number, f"[#{number}] stands in its subject") for number in tickets_in_subject(mail.subject))

    def _has_part(self, match: Match, inquiry: Inquiry, customer: Customer | None) -> bool:
        """Tell whether a mail comes from somebody who already has part in the ticket, or from ourselves."""
        if inquiry.direction is not Direction.IN:
            return True
        ticket = self.change.ticket(self._living(match.ticket))
        joined = self.joined.get(ticket.id, ())
        return customer is not None and customer.id in {
            ticket.customer_id,
            *(person for person, _ in ticket.participants),
            *joined,
        }

    def _was_reopened_enough(self, number: int, at: datetime) -> bool:
        """Tell whether a ticket that is done was opened again so often within a day that two machines may be at it."""
        if self.change.ticket(number).status is not Status.RESOLVED:
            return False
        ends = [event for event in in_force(self.change.history(number)) if event.kind is Kind.RESOLVED]
        return sum(event.at > at - timedelta(days=1) for event in ends) > _MOST_REOPENS

    def _living(self, number: int) -> int:
        """Return the ticket with which a merged one goes on."""
        while (onward := self.change.ticket(number).merged_into) is not None:
            number = onward
        return number

    def _point_to(self, number: int, match: Match, at: datetime) -> None:
        """Tie a ticket to the one that its mail names without having part in it."""
        self.door.happenings.append((at, number, Kind.LINKED, {"other": match.ticket, "as": "related"}))
        self._note(
            number,
            f"It names ticket {match.ticket} ({match.why}), but its sender has no part in that one, "
            "so it stays by itself. If they belong together, answer there and close this one.",
            at,
        )

    def _hint(self, number: int, match: Match, mail: Mail) -> None:
        """Say of a mail that came in long ago, and was written to the customer whom it answers, that it may be ours."""
        owner = self.change.customer(match.ticket)
        theirs = {address.key for address in owner.addresses} if owner else set()
        if self.is_live or mail.automatic or theirs.isdisjoint(box.address.casefold() for box in mail.to):
            return
        address = mail.sender.address.casefold()
        way = f"supportq undo, supportq config set agents.NAME.email {quote(address)}, and import again"
        told = f"by {address} to the customer of the ticket that it answers; if that is an agent: {way}"
        self.change.remark(number, f"was written {told}", f"were written {told}")

    def _note_double(self, number: int, mail: Mail, at: datetime) -> None:
        """Say that two mails that differ bear one Message-ID."""
        double = self.held.get(mail.message_id)
        if double and double.direction is Direction.IN:
            self._note(number, f"Message {double.message_id} of ticket {double.ticket_id} has the same Message-ID.", at)

    def _note(self, number: int, text: str, at: datetime) -> None:
        note = self.change.say(number, Saying(Direction.NOTE, Author.SYSTEM, Channel.EMAIL, text, at))
        self.door.happenings.append((at, number, Kind.NOTED, {"message": note}))

    def _return(self, mail: Mail, at: datetime) -> None:
        """Mark the reply that a bounce returns for good as not delivered."""
        sent = self.held.get(mail.bounce.message_id) if mail.bounce and mail.bounce.is_final else None
        if mail.bounce and sent and sent.direction is Direction.OUT:
            self.door.happenings.append((at, sent.ticket_id, Kind.FAILED, {"message": sent.message_id}))
            why = mail.bounce.why or "it came back, and no reason was given"
            outbox.note(self.change.queue.connection, sent.message_id, why)
            self._note(sent.ticket_id, f"A mail to the customer came back: {why}", at)

    def _remember(self, arrived: Arrived, mail: Mail, customer: Customer | None, way: Direction) -> None:
        self.existing.add(arrived.ticket)
        if customer and not mail.automatic:
            self.joined.setdefault(arrived.ticket, set()).add(customer.id)
        self._await(arrived, mail)
        if mail.message_id:
            self.held.setdefault(mail.message_id, Held(arrived.ticket, arrived.message, way))
        if mail.fault:
            self.change.warnings.append(f"kept unread, as ticket {arrived.ticket}: {mail.fault}")

    def _await(self, arrived: Arrived, mail: Mail) -> None:
        """Remember which mails are missing before this one: they belong to its ticket, should they ever come in."""
        for name in mail.answers[:_MOST_CANDIDATES]:
            if name not in self.held and name not in self.awaited:
                self.awaited[name] = arrived.ticket
                self.change.gathered.add("source_key", AWAITED, name, arrived.ticket, arrived.message, "")


def _why(match: Match | None, found: Sequence[Match]) -> str:
    """Return why a mail is where it is: with the ticket that it belongs to, or by itself."""
    if match:
        return match.why
    if found:
        return f"its sender has no part in ticket {found[0].ticket}, though {found[0].why}"
    return "nothing in it names an earlier one"


def _is_human(inquiry: Inquiry, mail: Mail) -> bool:
    return inquiry.direction is Direction.IN and not mail.automatic


def _names(mail: Mail) -> Collection[str]:
    returned = (mail.bounce.message_id,) if mail.bounce else ()
    return [name for name in (*mail.answers, mail.message_id, *returned) if name]


def take_mails(change: Change, entries: Sequence[Entry], habits: Habits | None, *, is_live: bool) -> list[Arrived]:
    """Take in mails that are new, the oldest first; those of ours that were kept when they were written are left out.

    What an agent's address sent is an answer of ours in a mailbox that is imported, and a machine's where it comes in
    by itself: anybody can write that address.
    """
    meant = [_as_meant(entry, change.settings, is_live=is_live) for entry in entries]
    entries = sorted(meant, key=lambda entry: entry.inquiry.at or change.now)
    door = Door.open(change, [entry.inquiry for entry in entries], source=SOURCE, habits=habits)
    room = Mailroom.open(change, door, [_mail(entry) for entry in entries], is_live=is_live)
    arrived = [
        (room.take(entry, _mail(entry)), entry.inquiry)
        for entry in entries
        if not room.knows(entry.inquiry, _mail(entry))
    ]
    door.shut()
    if is_live and change.settings.acknowledgement:
        from supportq.work.acknowledge import acknowledge

        return acknowledge(change, arrived)
    return [each for each, _ in arrived]


def _mail(entry: Entry) -> Mail:
    if entry.inquiry.mail is None:
        raise ValueError("what came in is no mail")
    return entry.inquiry.mail


def _as_meant(entry: Entry, settings: Settings, *, is_live: bool) -> Entry:
    """Return a mail as what it is here: one of our own forms and lists is a person's, one from us is ours."""
    mail, inquiry = _mail(entry), entry.inquiry
    address = mail.sender.address.casefold()
    agent = agent_of(address, settings.agents.values())
    is_accounts = any(address == each.address.casefold() for each in settings.accounts.values())
    is_ours = address and (agent or is_accounts or is_of_desk(address))
    if address in settings.web_forms:
        sender = next(iter(mail.reply_to), mail.sender)
        inquiry = replace(inquiry, mail=replace(mail, automatic="", sender=sender), person=person_of(sender))
    elif mail.list_id and mail.list_id in settings.mail_lists:
        inquiry = replace(inquiry, mail=replace(mail, automatic=mail.robotic))
    elif is_ours and is_live:
        inquiry = replace(inquiry, mail=replace(mail, automatic=mail.automatic or "from our own address"))
    elif is_ours:
        person = person_of(mail.to[0]) if mail.to else inquiry.person
        inquiry = replace(inquiry, direction=Direction.OUT, author=agent, person=person)
    if not is_live:
        inquiry = as_it_was(inquiry)
    if is_live and inquiry.mail and not inquiry.mail.automatic:
        inquiry = replace(inquiry, copied=_copied(inquiry.mail, settings))
    return entry._replace(inquiry=inquiry)


def _copied(mail: Mail, settings: Settings) -> tuple[Person, ...]:
    """Return who else got a mail and may have a say: neither the desk and its agents, nor addresses that are deaf."""
    if len(mail.cc) > _MOST_COPIED:
        return ()
    ours = {each.address.casefold() for each in settings.accounts.values()}
    ours |= {each.email.casefold() for each in settings.agents.values()}
    persons = [person_of(box) for box in mail.cc if not takes_no_answer(box)]
    return tuple(
        person
        for person in persons
        if person.addresses and without_mark(person.addresses[0].value.casefold()) not in ours
    )
