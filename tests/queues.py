"""A small desk in a real queue file, and the little histories that tests write into it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from supportq.model.channel import Channel
from supportq.model.customer import Customer, Person, parse_person
from supportq.model.event import Kind
from supportq.model.message import Author, Direction
from supportq.model.ticket import Status
from supportq.settings.check import check
from supportq.store import customers, versions
from supportq.store.change import Change, Writer
from supportq.store.gather import Saying
from supportq.store.opening import open_queue
from supportq.store.queue import Queue
from supportq.when import format_stamp
from supportq.work.init import Founding, create

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
"""A Friday afternoon."""

SETTINGS = """
name = "Loom support"
zone = "Europe/Berlin"
categories = ["question", "problem", "order"]

[agents.ann]
name = "Ann Lee"
teams = ["sales", "technical"]
logins = ["ann"]

[agents.ben]
name = "Ben Ode"
teams = ["technical"]

[teams.sales]
name = "Sales"
hours = "always"

[teams.technical]
name = "Technical"
hours = "office"

[hours.office]
mon-fri = ["09:00-17:00"]

[sla]
warn_at = [0.5, 0.9]

[[sla.policies]]
name = "technical"
when = "team:technical"
hours = "office"
first_response = { normal = "8h", high = "4h", urgent = "30m" }
next_response = "16h"
resolution = "72h"

[[sla.policies]]
name = "everybody"
hours = "always"
first_response = { normal = "2h", high = "1h", urgent = "30m" }
next_response = "15h"
resolution = "3d"

[fields.order]
title = "Order"

[views]
mine = "agent:me"

[canned.thanks]
title = "Thanks"
body = "Thank you, {{ customer.name }}."
"""


def ago(**span: float) -> datetime:
    """Return the moment this long before NOW: ago(hours=3)."""
    return NOW - timedelta(**span)


def new_queue(path: Path, settings: str = SETTINGS, *, now: datetime = ago(days=400)) -> Path:  # noqa: B008
    """Create a queue file with these settings, older than all that tests write into it."""
    create(path, Founding(check(settings), "ann", now))
    return path


@dataclass(slots=True, eq=False)
class Bench:
    """An open queue and who writes into it; every method is one change, at a moment of its own."""

    queue: Queue
    actor: str = "ann"

    def writer(self, now: datetime = NOW, *, dry_run: bool = False) -> Writer:
        """Return what the verbs take."""
        connection = self.queue.connection
        settings, book = versions.current_settings(connection), versions.book_of(connection)
        return Writer(self.queue, settings, book, self.actor, now, dry_run=dry_run)

    def ask(
        self,
        subject: str,
        at: datetime,
        *,
        who: str = "Ida Berg <ida@example.com>",
        body: str = "Where is it?",
        channel: Channel = Channel.EMAIL,
        **data: Any,
    ) -> int:
        """Open a ticket with a customer's message and return its number; `data` goes into the CREATED event."""
        with self.writer(at).change("log") as change:
            customer = customer_of(change, parse_person(who))
            data["subject"] = change.text("subject", subject)
            number = change.new_ticket(customer, at=at, channel=channel, **data)
            said = Saying(
                Direction.IN, Author.CUSTOMER, channel, body, at, customer_id=customer.id if customer else None
            )
            self._say(change, number, Kind.ASKED, said)
            change.store()
        return number

    def hear_a_machine(self, subject: str, at: datetime) -> int:
        """Open a ticket with a message that no person wrote, and return its number."""
        with self.writer(at).change("log") as change:
            number = change.new_ticket(None, at=at, channel=Channel.EMAIL, subject=change.text("subject", subject))
            said = Saying(Direction.IN, Author.CUSTOMER, Channel.EMAIL, subject, at, automatic=True)
            self._say(change, number, Kind.ASKED, said, automatic=True)
            change.store()
        return number

    def ask_again(self, number: int, at: datetime, body: str = "Any news?") -> None:
        """Let the customer write once more."""
        with self.writer(at).change("log") as change:
            change.load([number])
            channel = change.ticket(number).channel
            customer = change.customer(number)
            said = Saying(
                Direction.IN, Author.CUSTOMER, channel, body, at, customer_id=customer.id if customer else None
            )
            self._say(change, number, Kind.ASKED, said)
            change.store()

    def reply(
        self, number: int, at: datetime, body: str = "It is on its way.", *, status: Status | None = None
    ) -> None:
        """Answer the customer, by hand."""
        with self.writer(at).change("reply") as change:
            change.load([number])
            channel = change.ticket(number).channel
            said = Saying(Direction.OUT, Author.AGENT, channel, body, at, agent=self.actor)
            self._say(change, number, Kind.REPLIED, said, status=status or Status.PENDING)
            change.store()

    def note(self, number: int, at: datetime, body: str = "The carrier lost it.") -> None:
        """Write something down for ourselves."""
        with self.writer(at).change("note") as change:
            change.load([number])
            channel = change.ticket(number).channel
            self._say(
                change, number, Kind.NOTED, Saying(Direction.NOTE, Author.AGENT, channel, body, at, agent=self.actor)
            )
            change.store()

    def write(self, number: int, at: datetime, body: str = "It is on its way.", outcome: Kind | None = None) -> int:
        """Put a reply into the outbox, where it waits or has an outcome at once, and return its message."""
        with self.writer(at).change("reply") as change:
            saying = Saying(Direction.OUT, Author.AGENT, Channel.EMAIL, body, at, agent=self.actor, delivery="queued")
            message, stamp = change.say(number, saying), format_stamp(at)
            change.gathered.add("outbox", message, "desk", stamp, stamp)
            change.record(number, Kind.QUEUED, message=message, status=Status.PENDING)
            if outcome is not None:
                change.record(number, outcome, message=message)
            change.store()
        return message

    def record(self, number: int, at: datetime, kind: Kind, **data: Any) -> None:
        """Record one event as it is."""
        with self.writer(at).change(kind.value) as change:
            change.load([number])
            change.record(number, kind, **data)
            change.store()

    def _say(self, change: Change, number: int, kind: Kind, said: Saying, **data: Any) -> None:
        change.record(number, kind, message=change.say(number, said), **data)


def customer_of(change: Change, person: Person) -> Customer:
    """Return the customer of this address, a new one if need be."""
    connection = change.queue.connection
    known = customers.owners_of(connection, person.addresses)
    number = next(iter(known.values()), None)
    if number is not None:
        return customers.read_customers(connection, [number])[number]
    added = change.gathered.add_person(person, None, change.now)
    return Customer(added, person.name, person.addresses)


@contextmanager
def a_queue(folder: Path, settings: str = SETTINGS) -> Iterator[Bench]:
    """Lend a new queue, open for writing."""
    queue = open_queue(new_queue(folder / "desk.db", settings), write=True)
    try:
        yield Bench(queue)
    finally:
        queue.close()
