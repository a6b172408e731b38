"""The door: inquiries become tickets, or messages of tickets that are there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Self

from supportq.model.channel import Channel
from supportq.model.customer import Customer, Person, parse_address
from supportq.model.event import Kind
from supportq.model.inquiry import Inquiry
from supportq.model.message import Author, Delivery, Direction
from supportq.model.ticket import UNSUBSCRIBED, Status, Ticket
from supportq.rules.engine import Step
from supportq.store import sources
from supportq.store.attachments import keep
from supportq.store.change import Change
from supportq.store.gather import Saying
from supportq.values import dataclass
from supportq.work.habits import Habits, changes_of, opens
from supportq.work.past import Past, after_reply, past_of
from supportq.work.people import People

if TYPE_CHECKING:
    from supportq.work.hindsight import Hindsight


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of an inquiry: its ticket and message, whether the ticket is new, and what the rules did to it.

    `acknowledgement` are the words by which that was answered at once, empty where it was not.
    """

    ticket: int
    message: int
    is_new: bool
    steps: tuple[Step, ...] = ()
    acknowledgement: str = ""


@dataclass(slots=True, eq=False)
class Door:
    """Takes inquiries in, within one change.

    An inquiry that names an earlier one as its thread goes on with that ticket, unless it was closed by then: that
    opens a ticket which follows it. A thread that its own source does not know may be a key `elsewhere`. The status
    that a file `stated` is not guessed anew by who spoke last; a file that `is_full` tells what a list has left out.
    `shut` records what happened to each ticket, in the order of its moments.
    """

    change: Change
    source: str
    habits: Habits | None
    people: People
    threads: dict[str, int]
    elsewhere: dict[str, int]
    third_parties: frozenset[str]
    hindsight: "Hindsight | None"
    happenings: list[tuple[datetime, int, Kind, Mapping[str, Any]]] = field(default_factory=list)
    closing: dict[int, datetime] = field(default_factory=dict)
    stated: dict[int, Status | None] = field(default_factory=dict)
    headed: set[int] = field(default_factory=set)
    is_full: bool = False

    @classmethod
    def open(
        cls,
        change: Change,
        inquiries: Iterable[Inquiry],
        *,
        source: str = "",
        habits: Habits | None = None,
        refers_to: str = "",
    ) -> Self:
        """Look up at once everything that these inquiries speak of, be it a ticket that came from elsewhere."""
        inquiries = list(inquiries)
        persons = (person for inquiry in inquiries for person in (inquiry.person, *inquiry.copied))
        people = People.behind(change, [person for person in persons if person != Person()])
        names = {inquiry.thread for inquiry in inquiries if inquiry.thread}
        threads = sources.tickets_of_threads(change.queue.connection, source, names) if names else {}
        abroad = names - threads.keys() if refers_to else set()
        elsewhere = sources.tickets_of_threads(change.queue.connection, refers_to, abroad) if abroad else {}
        known = [*threads.values(), *elsewhere.values()]
        change.load(known)
        third_parties = frozenset(parse_address(text).key for text in change.settings.third_parties)
        return cls(change, source, habits, people, threads, elsewhere, third_parties, _hindsight(change, known))

    def take(
        self, inquiry: Inquiry, *, to: int | None = None, customer: Customer | None = None, digest: str = ""
    ) -> Arrived:
        """Take an inquiry in: as a message of the ticket `to` or of its thread's, or as a ticket of its own.

        What an agent said on a ticket that is over stays there; a customer's words open another.
        """
        at = inquiry.at or self.change.now
        past = past_of(inquiry, at, self.change.settings)
        earlier = self._earlier(inquiry.thread or "") if to is None else to
        if earlier in self.headed and self.hindsight and self.hindsight.is_answered(earlier, at):
            arrived = Arrived(earlier, self._told_late(earlier, inquiry, customer, at), is_new=False)
        elif earlier is not None and self.hindsight and self.hindsight.is_over(earlier, inquiry, at):
            arrived = Arrived(earlier, self._told_late(earlier, inquiry, customer, at), is_new=False)
            past = self.hindsight.end_of(earlier, past)
        elif earlier is None or (_may_reopen(inquiry) and self._is_over(earlier, at)):
            customer = customer or self._customer(inquiry)
            arrived = self._opened(inquiry, customer, at, past, follows=earlier)
        else:
            arrived = Arrived(earlier, self._told(earlier, inquiry, customer, at), is_new=False)
            if UNSUBSCRIBED in inquiry.tags and _is_owner(self.change, earlier, customer):
                self.happenings.append((at, earlier, Kind.CHANGED, {"tags_added": [UNSUBSCRIBED]}))
            if not inquiry.is_reply and (inquiry.status is Status.OPEN or self._is_new_no_more(earlier, inquiry)):
                self.happenings.append((at, earlier, Kind.REOPENED, {}))
        if inquiry.status is not None:
            self.stated[arrived.ticket] = inquiry.status
        self._remember(arrived.ticket, inquiry, past)
        self._keep(arrived, inquiry, digest)
        return arrived

    def head(self, inquiries: Iterable[Inquiry]) -> None:
        """Give tickets of which only messages came so far what their own rows say: those have subjects."""
        from supportq.work.renew import take_over

        for inquiry in inquiries:
            number = self.threads.get(inquiry.thread or "")
            if number is None or not inquiry.subject or inquiry.key in self.threads:
                continue
            self.headed.add(number)
            take_over(self.change, number, inquiry)
            owner, customer = self.change.customer(number), self._customer(inquiry)
            if customer and inquiry.person != Person() and not (owner and (owner.name or owner.addresses)):
                self.change.alter(number, customer=customer.id)

    def join(self, number: int, persons: Iterable[Person], at: datetime) -> set[int]:
        """Let people have part in a ticket besides its customer, and return who they are."""
        owner = self.change.customer(number)
        found = {self.people.customer(person).id for person in persons} - {owner.id if owner else 0}
        self.happenings.extend((at, number, Kind.JOINED, {"customer": other}) for other in sorted(found))
        return found

    def begin(self, inquiry: Inquiry) -> Arrived:
        """Open a ticket with a first word of ours, which is all that the inquiry says."""
        at = inquiry.at or self.change.now
        customer = self.people.customer(inquiry.person)
        number, subject, steps = self._created(inquiry, customer, at, by="agent")
        message = self.change.say(number, self._spoken(inquiry.channel, inquiry.body, at, subject_id=subject))
        said = {"message": message, "status": Status.PENDING, "late": self._is_late(at)}
        self.happenings.append((at, number, Kind.REPLIED, said))
        arrived = Arrived(number, message, is_new=True, steps=steps)
        self._keep(arrived, inquiry, digest="")
        return arrived

    def answer(self, number: int, channel: Channel, body: str, at: datetime) -> None:
        """Keep what was answered at once, while the customer was there."""
        message = self.change.say(number, self._spoken(channel, body, at, live=True))
        said = {"message": message, "status": Status.OPEN, "live": True, "late": self._is_late(at)}
        self.happenings.append((at, number, Kind.REPLIED, said))

    def shut(self) -> None:
        """Record what happened to each ticket."""
        self.happenings.sort(key=itemgetter(0))
        for at, number, kind, data in self.happenings:
            self.change.record(number, kind, at=at, **data)
        self.happenings.clear()

    def _earlier(self, thread: str) -> int | None:
        return self.threads.get(thread) or self.elsewhere.get(thread)

    def _is_over(self, number: int, at: datetime) -> bool:
        """Tell whether a ticket was closed for good before that moment, or before we heard of it."""
        if number in self.closing:
            return self.closing[number] < at
        ticket = self.change.ticket(number)
        return ticket.status_on(max(at, ticket.status_at or at)) is Status.CLOSED

    def _told_late(self, number: int, inquiry: Inquiry, customer: Customer | None, at: datetime) -> int:
        """Keep what was said before the end of a ticket: it neither opens it again nor moves its clocks."""
        from supportq.work.hindsight import quietly

        first = len(self.happenings)
        message = self._told(number, inquiry, customer, at)
        told = self.happenings[first:]
        self.happenings[first:] = [(when, ticket, kind, quietly(kind, data)) for when, ticket, kind, data in told]
        return message

    def _opened(
        self, inquiry: Inquiry, customer: Customer | None, at: datetime, past: Past, *, follows: int | None
    ) -> Arrived:
        more = {"no_data": past.is_unknown or None, "opens": past.opens or None, "stated": inquiry.status and True}
        by = "agent" if inquiry.is_reply else None
        if follows is not None:
            inquiry = self._going_on(inquiry, self.change.ticket(follows))
        number, subject, steps = self._created(inquiry, customer, at, by=by, **more)
        if follows is not None:
            self.happenings.append((at, number, Kind.LINKED, {"other": follows, "as": "follows"}))
        if inquiry.direction is Direction.IN:
            message = self._said(number, self._saying(inquiry, customer, at, subject), inquiry)
        else:
            message = self._retold(number, inquiry, at, subject)
        return Arrived(number, message, is_new=True, steps=steps)

    def _going_on(self, inquiry: Inquiry, earlier: Ticket) -> Inquiry:
        """Return an inquiry as it follows an earlier ticket: with that one's people, unless it names others."""
        team = earlier.team if earlier.team in self.change.settings.teams else None
        return replace(
            inquiry,
            team=inquiry.team or team,
            line=earlier.line if inquiry.line is None else inquiry.line,
            category=inquiry.category or earlier.category,
        )

    def _created(
        self, inquiry: Inquiry, customer: Customer | None, at: datetime, **more: Any
    ) -> tuple[int, int | None, tuple[Step, ...]]:
        """Create a ticket; return its number, the row of its subject, and what the rules did to it."""
        number = self.change.gathered.last_ids.get("ticket", 0) + 1
        steps = self._ruled(inquiry, number, at, customer)
        subject = self.change.text("subject", inquiry.title)
        beginning = more | self._beginning(inquiry, changes_of(steps))
        self.change.new_ticket(customer, at=at, subject=subject, **beginning)
        return number, subject, steps

    def _ruled(self, inquiry: Inquiry, number: int, at: datetime, customer: Customer | None) -> tuple[Step, ...]:
        if self.habits is None:
            return ()
        return self.habits.about_inquiry(inquiry, number, at, customer, source=self.source)

    def _beginning(self, inquiry: Inquiry, ruled: dict[str, Any]) -> dict[str, Any]:
        """Return what a ticket's first event says of its fields: what was said, and what the rules add to that."""
        given = {
            "channel": inquiry.channel,
            "source": self.source or None,
            "team": inquiry.team or self.change.settings.default_team,
            "line": inquiry.line,
            "priority": inquiry.priority,
            "assignee": inquiry.assignee,
            "category": inquiry.category,
            "language": inquiry.language,
            "fields": dict(inquiry.fields) or None,
        }
        if inquiry.likely_language and not (inquiry.language or "language" in ruled):
            ruled |= {"language": inquiry.likely_language, "ruled": sorted({*ruled.get("ruled", ()), "language"})}
        tags = sorted({*inquiry.tags, *ruled.get("tags_added", ())})
        return given | ruled | {"tags_added": tags or None} | ({"opens": True} if opens(ruled) else {})

    def _told(self, number: int, inquiry: Inquiry, customer: Customer | None, at: datetime) -> int:
        """Keep what was said about a ticket that is there; somebody new in it becomes a participant."""
        subject = self.change.text("subject", inquiry.subject)
        if inquiry.direction is not Direction.IN:
            return self._retold(number, inquiry, at, subject)
        customer = customer or self._customer(inquiry)
        owner = self.change.customer(number)
        is_own = self.hindsight and _is_owner(self.change, number, customer)
        if self.hindsight and is_own and (known := self.hindsight.find_opener(number, inquiry, at)) is not None:
            if self._stated(number, inquiry) is not None:
                said = {"message": known, "status_stays": True, "told": self.is_full or None}
                self.happenings.append((at, number, Kind.ASKED, said))
            return known
        saying = self._saying(inquiry, customer, at, subject)
        if saying.author is Author.CUSTOMER and customer and owner and owner.id != customer.id:
            saying = replace(saying, author=Author.PARTICIPANT)
            if not saying.automatic:
                self.happenings.append((at, number, Kind.JOINED, {"customer": customer.id}))
        return self._said(number, saying, inquiry)

    def _retold(self, number: int, inquiry: Inquiry, at: datetime, subject: int | None) -> int:
        """Keep what an agent said at another desk, to the customer or to colleagues."""
        by = Author.SYSTEM if inquiry.automatic else Author.AGENT
        if inquiry.direction is Direction.NOTE:
            note = Saying(Direction.NOTE, by, inquiry.channel, inquiry.body, at, agent=inquiry.author)
            message = self.change.say(number, note)
            self.happenings.append((at, number, Kind.NOTED, {"message": message, "no_data": inquiry.is_unsure or None}))
            return message
        if inquiry.automatic:
            saying = self._spoken(inquiry.channel, inquiry.body, at, agent=None, subject_id=subject)
            message = self.change.say(number, replace(saying, author=by, automatic=True))
            self.happenings.append((at, number, Kind.ACKNOWLEDGED, {"message": message, "elsewhere": True}))
            return message
        if self.hindsight and (known := self.hindsight.find_reply(number, inquiry, at)) is not None:
            return known
        saying = self._spoken(
            inquiry.channel, inquiry.body, at, agent=inquiry.author, subject_id=subject, **_origin(inquiry)
        )
        message = self.change.say(number, saying)
        keep(self.change, message, inquiry.mail.enclosures if inquiry.mail else ())
        said = {"message": message, "status": self._left_by_reply(number, inquiry)}
        self.happenings.append((at, number, Kind.REPLIED, said))
        return message

    def _saying(self, inquiry: Inquiry, customer: Customer | None, at: datetime, subject: int | None) -> Saying:
        return Saying(
            direction=Direction.IN,
            author=self._author(customer),
            channel=inquiry.channel,
            body=inquiry.body,
            at=at,
            customer_id=customer.id if customer else None,
            subject_id=subject,
            automatic=bool(inquiry.mail and inquiry.mail.automatic),
            **_origin(inquiry),
        )

    def _said(self, number: int, saying: Saying, inquiry: Inquiry) -> int:
        message = self.change.say(number, saying)
        keep(self.change, message, inquiry.mail.enclosures if inquiry.mail else ())
        by = None if saying.author is Author.CUSTOMER else saying.author
        said = {"message": message, "author": by, "automatic": saying.automatic or None}
        if self._stated(number, inquiry) is not None:
            said |= {"status_stays": True, "told": self.is_full or None}
        self.happenings.append((saying.at, number, Kind.ASKED, said))
        return message

    def _left_by_reply(self, number: int, inquiry: Inquiry) -> Status | None:
        """Return the status after a reply at another desk; none where it stays what a file has stated, unless new."""
        stated = self._stated(number, inquiry)
        if stated is None:
            return after_reply(inquiry.status)
        return Status.OPEN if stated is Status.NEW else None

    def _stated(self, number: int, inquiry: Inquiry) -> Status | None:
        """Return the status of a ticket where a file stated it, and neither a mail nor the inquiry itself says more."""
        if inquiry.mail or inquiry.status is not None or self.change.verb != "import":
            return None
        if number not in self.stated:
            self.stated[number] = self.hindsight.stated(number) if self.hindsight else None
        return self.stated[number]

    def _is_new_no_more(self, number: int, inquiry: Inquiry) -> bool:
        """Tell whether a ticket that is called new was answered: then somebody has looked at it."""
        return inquiry.status is Status.NEW and any(
            kind is Kind.REPLIED and ticket == number for _, ticket, kind, _ in self.happenings
        )

    def _spoken(self, channel: Channel, body: str, at: datetime, **more: Any) -> Saying:
        """Return words of ours, given to the customer by hand."""
        agent = more.pop("agent", self.change.actor)
        return Saying(Direction.OUT, Author.AGENT, channel, body, at, agent=agent, delivery=Delivery.RECORDED, **more)

    def _is_late(self, at: datetime) -> bool | None:
        return True if at < self.change.now else None

    def _customer(self, inquiry: Inquiry) -> Customer | None:
        """Return who wrote; nobody stands behind the mail of a server."""
        return None if inquiry.mail and inquiry.mail.is_from_server else self.people.customer(inquiry.person)

    def _author(self, customer: Customer | None) -> Author:
        if customer is None:
            return Author.SYSTEM
        is_third_party = self.third_parties and any(address.key in self.third_parties for address in customer.addresses)
        return Author.THIRD_PARTY if is_third_party else Author.CUSTOMER

    def _remember(self, number: int, inquiry: Inquiry, past: Past) -> None:
        """Take over what became of an inquiry elsewhere; the words of a reply are not known."""
        if past.answered_at is not None:
            saying = self._spoken(inquiry.channel, "", past.answered_at, agent=inquiry.assignee)
            message = self.change.say(number, saying)
            data = {"message": message, "status": past.after_reply}
            self.happenings.append((past.answered_at, number, Kind.REPLIED, data))
        self.happenings.extend((at, number, kind, data) for at, kind, data in past.events)
        if inquiry.rating is not None:
            from supportq.work.rated import rated_elsewhere

            at, data = rated_elsewhere(self.change, inquiry)
            self.happenings.append((at, number, Kind.RATED, data))
        if past.closes_at is not None:
            self.closing[number] = past.closes_at

    def _is_opener(self, arrived: Arrived) -> bool:
        """Tell whether it gave words to what a ticket of another source began with."""
        return not arrived.is_new and self.change.ticket(arrived.ticket).first_message_id == arrived.message

    def _keep(self, arrived: Arrived, inquiry: Inquiry, digest: str) -> None:
        """Keep by what the inquiry will be known again, and the facts that came with it."""
        gathered = self.change.gathered
        if inquiry.key:
            gathered.add("source_key", self.source, inquiry.key, arrived.ticket, arrived.message, digest)
            self.threads[inquiry.key] = arrived.ticket
        if inquiry.thread and self.threads.get(inquiry.thread) != arrived.ticket and not self._is_opener(arrived):
            self.threads[inquiry.thread] = arrived.ticket
            gathered.add(
                "source_key", sources.of_threads(self.source), inquiry.thread, arrived.ticket, arrived.message, digest
            )
        for name, value in inquiry.facts:
            is_whole = arrived.is_new or (bool(inquiry.subject) and arrived.ticket in self.headed)
            label = name if is_whole else f"{name} (message {arrived.message})"
            gathered.add("source_fact", arrived.ticket, label, value)


def _is_owner(change: Change, number: int, customer: Customer | None) -> bool:
    """Tell whether somebody is the customer of a ticket, not another who has part in it."""
    return customer is not None and customer.id == change.ticket(number).customer_id


def _may_reopen(inquiry: Inquiry) -> bool:
    """Tell whether a person on the customer's side wrote it."""
    return inquiry.direction is Direction.IN and not (inquiry.mail and inquiry.mail.automatic)


def _hindsight(change: Change, tickets: Collection[int]) -> "Hindsight | None":
    """Return what is needed to go on with tickets of an earlier import; most inquiries go on with none."""
    if not tickets:
        return None
    from supportq.work.hindsight import Hindsight

    return Hindsight.on(change, tickets)


def _origin(inquiry: Inquiry) -> dict[str, Any]:
    """Return what a message keeps of the mail that it came as."""
    if inquiry.mail is None:
        return {}
    return {
        "external_id": inquiry.mail.message_id or None,
        "why_thread": inquiry.why_thread,
        "original": inquiry.original,
    }
