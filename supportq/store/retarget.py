"""A new version of the settings, and the running clocks that follow it."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from datetime import datetime
from typing import Any

from supportq.settings.check import Checked
from supportq.settings.stored import to_json
from supportq.sla.deadline import Weights, deadline
from supportq.sla.history import Folded, read_on
from supportq.sla.reading import People
from supportq.sla.terms import Book
from supportq.store import customers, histories, versions
from supportq.store.gather import Gathered
from supportq.store.projection import INSERT_CLOCK
from supportq.store.queue import Queue
from supportq.store.rows import moments_of_order, row_of_clock
from supportq.values import dataclass
from supportq.when.stamps import format_stamp

TICKETS_THAT_MAY_MOVE = """
select ticket_id
from clock
where standing in ('running', 'paused')
union
select id
from ticket
where undone = 0 and status in ('new', 'open', 'pending', 'on_hold')
order by 1
"""

LAST_EVENT = "select coalesce(max(id), 0) from event"

TICKETS_SINCE = "select distinct ticket_id from event where id > :event"

PUT_IN_ORDER = "update ticket set due_at = ?, risk_at = ?, order_at = ? where id = ?"

DELETE_CLOCK = "delete from clock where ticket_id = ? and kind = ? and ordinal = ?"

_BATCH = 1000

Report = Callable[[int, int], None]
Rows = set[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying settings did: the version, how many tickets' clocks moved, how many are late because of it.

    Of `alarmed` tickets nothing moved, but their clocks raise alarms now, or raise none any more.
    """

    version: int
    change_id: int
    moved: int = 0
    late: int = 0
    alarmed: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """Who applies settings, by which word, when and why, and which change is taken back by it."""

    verb: str
    actor: str
    now: datetime
    reason: str = ""
    takes_back: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What new settings do to one ticket: its place in the order, and the clocks that are stored otherwise."""

    place: tuple[str, str, str]
    stale: Rows
    fresh: Rows
    is_due_otherwise: bool
    alarms_otherwise: bool
    gets_late: bool


@dataclass(slots=True, eq=False)
class Foreseen:
    """What settings would do if they were applied: worked out from the events up to one, before anybody has to wait."""

    old: Book
    new: Book
    now: datetime
    last_event: int
    moves: dict[int, Move] = field(default_factory=dict)

    @property
    def keeps_promises(self) -> bool:
        """Tell whether no clock can move."""
        return not self.old.ids or self.new.latest_id in self.new.promises_of

    def applied(self, change_id: int = 0) -> Applied:
        """Return what the change that applies them does."""
        moved = sum(move.is_due_otherwise for move in self.moves.values())
        late = sum(move.gets_late for move in self.moves.values())
        alarmed = sum(move.alarms_otherwise and not move.is_due_otherwise for move in self.moves.values())
        return Applied(self.new.latest_id, change_id, moved, late, alarmed)

    def look_at(self, connection: sqlite3.Connection, tickets: Iterable[int]) -> None:
        """Work out, maybe anew, what becomes of these tickets."""
        numbers = list(tickets)
        found = histories.read_histories(connection, numbers)
        people = customers.customers_in(connection, found.values())
        for number, history in found.items():
            self.moves.pop(number, None)
            before, after = read_on(history, self.old, self.new, people)
            if before.clocks != after.clocks or self._weights(self.old) != self._weights(self.new):
                self.moves[number] = self._move(before, after, people)

    def _move(self, before: Folded, after: Folded, people: People) -> Move:
        stale, fresh = _rows(before), _rows(after)
        return Move(
            _place(after, self._weights(self.new), people),
            stale - fresh,
            fresh - stale,
            _due(before) != _due(after),
            _alarms(before) != _alarms(after),
            _late_count(after, self.now) > _late_count(before, self.now),
        )

    def _weights(self, book: Book) -> Weights:
        return book.terms(book.latest_id).weights

    def write(self, connection: sqlite3.Connection) -> None:
        """Store every move."""
        moves = self.moves.values()
        places = [(*move.place, number) for number, move in self.moves.items()]
        connection.executemany(PUT_IN_ORDER, places)
        connection.executemany(DELETE_CLOCK, [row[:3] for move in moves for row in move.stale])
        connection.executemany(INSERT_CLOCK, [row for move in moves for row in move.fresh])


def quietly(_rows: int, _position: int) -> None:
    """Report nothing."""


def foresee(queue: Queue, checked: Checked, act: Act, report: Report = quietly) -> Foreseen:
    """Return what applying settings would do; nobody has to wait for that."""
    connection = queue.connection
    old = versions.book_of(connection)
    last_event = connection.execute(LAST_EVENT).fetchone()[0]
    news = versions.News(to_json(checked.settings), act.now, last_event, act.takes_back)
    new = versions.book_with(old, connection, news)
    foreseen = Foreseen(old, new, act.now, last_event)
    if not foreseen.keeps_promises:
        done = 0
        for batch in _batches(connection):
            foreseen.look_at(connection, batch)
            done += len(batch)
            report(done, done)
    return foreseen


def apply_settings(queue: Queue, checked: Checked, act: Act, foreseen: Foreseen | None = None) -> Applied:
    """Make checked settings the newest version and retarget every running clock; the caller holds the write lock.

    Of what was foreseen, only tickets that were written since are worked out anew, unless other settings came first.
    """
    connection = queue.connection
    if foreseen is None or versions.version_ids(connection) != foreseen.old.ids:
        foreseen = foresee(queue, checked, act)
    elif not foreseen.keeps_promises:
        for (ticket,) in connection.execute(TICKETS_SINCE, {"event": foreseen.last_event}).fetchall():
            foreseen.look_at(connection, [ticket])
    gathered = Gathered.start(connection)
    change = gathered.next_id("change")
    reason_id = gathered.add_text("reason", act.reason) if act.reason else None
    gathered.add("change", change, act.verb, act.actor, format_stamp(act.now), reason_id, act.takes_back)
    gathered.write_roots(connection)
    versions.add_version(connection, foreseen.new, checked.text, to_json(checked.settings), change)
    foreseen.write(connection)
    return foreseen.applied(change)


def _batches(connection: sqlite3.Connection) -> Iterator[list[int]]:
    numbers = [row[0] for row in connection.execute(TICKETS_THAT_MAY_MOVE)]
    for start in range(0, len(numbers), _BATCH):
        yield numbers[start : start + _BATCH]


def _rows(folded: Folded) -> Rows:
    return {tuple(row_of_clock(clock)) for clock in folded.clocks}


def _place(folded: Folded, weights: Weights, people: People) -> tuple[str, str, str]:
    if folded.ticket is None:
        raise ValueError("a ticket that does not exist has no place in the order")
    owner = people.get(folded.ticket.customer_id or 0)
    return moments_of_order(folded.clocks, deadline(folded.ticket, folded.clocks, weights, owner))


def _due(folded: Folded) -> list[datetime | None]:
    return [clock.due_at for clock in folded.clocks]


def _alarms(folded: Folded) -> list[bool]:
    return [clock.alarms for clock in folded.clocks]


def _late_count(folded: Folded, now: datetime) -> int:
    """Count the promises that are broken and not yet kept, those of clocks that stand still among them."""
    live = [clock for clock in folded.clocks if clock.alarms and clock.standing.is_live]
    return sum(clock.breached_at is not None or clock.is_late(now) for clock in live)
