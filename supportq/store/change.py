"""A change: one command's writes, gathered, folded and stored in one transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from datetime import datetime
from itertools import chain
from sqlite3 import Connection
from typing import Any

from supportq.errors import first_few
from supportq.model.clock import Cause, Clock
from supportq.model.customer import Customer
from supportq.model.event import Event, Kind
from supportq.model.ticket import Ticket
from supportq.settings.values import Settings
from supportq.sla.history import Folded, read_history
from supportq.sla.terms import Book
from supportq.store import customers, histories, projection, versions
from supportq.store.differences import Difference, differences, named
from supportq.store.faults import NoSuchTicket
from supportq.store.gather import Gathered, Saying
from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.when.stamps import format_stamp


@dataclass(frozen=True, slots=True)
class Done:
    """What a change did: its number, the tickets it touched, and what is different now."""

    change_id: int
    touched: tuple[int, ...] = ()
    differences: tuple[Difference, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Touched:
    """A ticket in this change: what it was, its history so far, and the number of the customer whose it is, or 0."""

    history: list[Event]
    known: int
    before: Folded
    customer: int
    folded: Folded | None


def _owner(folded: Folded) -> int:
    return (folded.ticket and folded.ticket.customer_id) or 0


def _broken_by_change(folded: Folded) -> int:
    return sum(clock.cause is Cause.RETARGET for clock in folded.clocks)


@dataclass(slots=True, eq=False)
class Change:
    """The open change. Verbs record events; what follows from them is folded and written when it ends."""

    queue: Queue
    settings: Settings
    book: Book
    verb: str
    actor: str
    now: datetime
    gathered: Gathered
    id: int
    reason_id: int | None = None
    tickets: dict[int, _Touched] = field(default_factory=dict)
    people: dict[int, Customer] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    remarks: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def load(self, numbers: Iterable[int], *, undone: bool = False) -> None:
        """Read the histories of these tickets; raise NoSuchTicket for any that isn't there, or is undone."""
        wanted = [number for number in dict.fromkeys(numbers) if number not in self.tickets]
        found = histories.read_histories(self.queue.connection, wanted)
        self.people = customers.customers_in(self.queue.connection, found.values()) | self.people
        for number, history in found.items():
            before = read_history(history, self.book, self.people)
            self.tickets[number] = _Touched(history, len(history), before, _owner(before), before)
        missing = [
            number
            for number in wanted
            if number not in found or (self.tickets[number].before.ticket is None and not undone)
        ]
        if missing:
            raise NoSuchTicket(missing)

    def ticket(self, number: int) -> Ticket:
        """Return a ticket as it stands within this change; raise NoSuchTicket."""
        ticket = self._folded(number).ticket
        if ticket is None:
            raise NoSuchTicket([number])
        return ticket

    def clocks(self, number: int) -> tuple[Clock, ...]:
        """Return a ticket's clocks as they stand within this change."""
        return self._folded(number).clocks

    def history(self, number: int) -> list[Event]:
        """Return a ticket's events, those of this change included."""
        self._folded(number)
        return self.tickets[number].history

    def customer(self, number: int) -> Customer | None:
        """Return whose ticket it is."""
        if number not in self.tickets:
            self.load([number])
        return self.people.get(self.tickets[number].customer)

    def _folded(self, number: int) -> Folded:
        if number not in self.tickets:
            self.load([number])
        touched = self.tickets[number]
        if touched.folded is None:
            touched.folded = read_history(touched.history, self.book, self.people)
            touched.customer = _owner(touched.folded)
        return touched.folded

    def record(self, number: int, kind: Kind, *, at: datetime | None = None, **data: Any) -> None:
        """Add an event to a ticket's history; None values are left out of its data."""
        self._append(number, kind, at or self.now, {key: value for key, value in data.items() if value is not None})

    def alter(self, number: int, **fields: Any) -> None:
        """Give fields of a ticket new values, in the words of a CHANGED event; None sets a field to nothing."""
        self._append(number, Kind.CHANGED, self.now, fields)

    def _append(self, number: int, kind: Kind, at: datetime, data: dict[str, Any]) -> None:
        if number not in self.tickets:
            self.load([number])
        touched = self.tickets[number]
        event = Event(
            id=self.gathered.next_id("event"),
            change_id=self.id,
            ticket_id=number,
            kind=kind,
            at=at,
            recorded_at=self.now,
            actor=self.actor,
            settings_id=self.book.latest_id,
            data=data,
        )
        if kind is Kind.CHANGED and data.get("customer"):
            self._meet(touched, data["customer"])
        touched.history.append(event)
        touched.folded = None
        self.gathered.add_event(event)

    def _meet(self, touched: _Touched, customer: int) -> None:
        """Note whose ticket it is from now on."""
        touched.customer = customer
        if customer not in self.people:
            self.people |= customers.read_customers(self.queue.connection, [customer])

    def new_ticket(self, customer: Customer | None, *, at: datetime, **data: Any) -> int:
        """Create a ticket; `data` are the keys of a CREATED event."""
        number = self.gathered.next_id("ticket")
        self.tickets[number] = _Touched([], 0, Folded(None), customer.id if customer else 0, None)
        if customer is not None:
            self.people[customer.id] = customer
            data |= {"customer": customer.id, "organisation": customer.organisation_id}
        self.record(number, Kind.CREATED, at=at, **data)
        return number

    def text(self, kind: str, body: str) -> int | None:
        """Keep a text in a row of its own and return the row's id, None for an empty text."""
        return self.gathered.add_text(kind, body) if body else None

    def say(self, number: int, saying: Saying) -> int:
        """Keep a message or note of a ticket and return its id; the event that names it is the caller's."""
        return self.gathered.add_message(number, saying, self.now)

    def remark(self, number: int, one: str, several: str) -> None:
        """Say something to mind about a ticket, in the words for one and for several; all of them share one line."""
        self.remarks.setdefault((one, several), []).append(number)

    def store(self) -> Done:
        """Fold every touched ticket and write all of it; without events nothing is left but the keys of rows."""
        touched = {number: entry for number, entry in self.tickets.items() if len(entry.history) > entry.known}
        if not touched:
            self.gathered.write_leaves(self.queue.connection)
            return Done(0, warnings=self._told())
        refolded = [
            projection.Refolded(
                number, entry.before, self._folded(number), entry.history, entry.known, self.customer(number)
            )
            for number, entry in touched.items()
        ]
        for entry in refolded:
            if entry.before.ticket and _broken_by_change(entry.after) > _broken_by_change(entry.before):
                self.remark(
                    entry.number, "is late at once by its new promise", "are late at once by their new promises"
                )
        weights = self.book.terms(self.book.latest_id).weights
        projection.write(self.queue.connection, refolded, weights, self.gathered)
        found = named(
            self.queue.connection, chain.from_iterable(differences(entry.before, entry.after) for entry in refolded)
        )
        return Done(self.id, tuple(touched), found, self._told())

    def _told(self) -> tuple[str, ...]:
        remarks = (
            f"{first_few([*map(str, numbers)], between=', ')} {one if len(numbers) == 1 else several}"
            for (one, several), numbers in self.remarks.items()
        )
        return (*remarks, *self.warnings)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes to which queue, when, by which settings, and whether for real."""

    queue: Queue
    settings: Settings
    book: Book
    actor: str
    now: datetime
    dry_run: bool = False

    @contextmanager
    def change(
        self, verb: str, *, reason: str = "", takes_back: int | None = None, goes_on: int = 0
    ) -> Iterator[Change]:
        """Open a change: everything recorded inside is one transaction, one group and one undo.

        With `goes_on` it is one more transaction of that change, which an earlier one began; where that was taken
        back meanwhile, it begins another.
        """
        with self.queue.writing(dry_run=self.dry_run) as connection:
            settings, book = self._in_force(connection)
            gathered = Gathered.start(connection)
            goes_on = _going_on(connection, goes_on)
            number = goes_on or gathered.next_id("change")
            change = Change(self.queue, settings, book, verb, self.actor, self.now, gathered, number)
            if not goes_on:
                change.reason_id = change.text("reason", reason)
                gathered.add("change", number, verb, self.actor, format_stamp(self.now), change.reason_id, takes_back)
            yield change

    def _in_force(self, connection: Connection) -> tuple[Settings, Book]:
        """Return the settings as they are under the lock: somebody may have applied others since they were read."""
        if versions.latest_id(connection) == self.book.latest_id:
            return self.settings, self.book
        return versions.current_settings(connection), versions.book_of(connection)


def _going_on(connection: Connection, number: int) -> int:
    """Return a change that is to go on, 0 for one that was taken back."""
    if not number:
        return 0
    from supportq.store.changes import counts

    return number if counts(connection, number) else 0
