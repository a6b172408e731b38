"""A new version of the settings, and the running clocks that follow it."""

from collections.abc import Iterator
from datetime import datetime

from supportq.settings.check import Checked
from supportq.settings.stored import to_json
from supportq.sla.history import Folded, read_on
from supportq.sla.terms import Book
from supportq.store import customers, histories, projection, versions
from supportq.store.gather import Gathered
from supportq.store.queue import Queue
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

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Applied:
    """What applying settings did: the version, how many tickets' clocks moved, how many are late because of it."""

    version: int
    change_id: int
    moved: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class Act:
    """Who applies settings, by which word, when and why, and which change is taken back by it."""

    verb: str
    actor: str
    now: datetime
    reason: str = ""
    takes_back: int | None = None


def apply_settings(queue: Queue, checked: Checked, act: Act) -> Applied:
    """Make checked settings the newest version and retarget every running clock; the caller holds the write lock."""
    connection = queue.connection
    old = versions.book_of(connection)
    gathered = Gathered.start(connection)
    change = gathered.next_id("change")
    reason_id = gathered.add_text("reason", act.reason) if act.reason else None
    gathered.add("change", change, act.verb, act.actor, format_stamp(act.now), reason_id, act.takes_back)
    gathered.write_roots(connection)
    version = versions.add_version(connection, checked.text, to_json(checked.settings), act.now, change)
    if not old.ids:
        return Applied(version, change)
    moved, late = _retarget(queue, old, versions.book_of(connection), act.now)
    return Applied(version, change, moved, late)


def _retarget(queue: Queue, old: Book, new: Book, now: datetime) -> tuple[int, int]:
    moved = late = 0
    for batch in _batches(queue):
        found = histories.read_histories(queue.connection, batch)
        owners = customers.customers_of_tickets(queue.connection, batch)
        changed = [
            projection.Refolded(
                number, *read_on(history, old, new, owners.get(number)), history, len(history), owners.get(number)
            )
            for number, history in found.items()
        ]
        projection.write(queue.connection, changed, new.terms(new.latest_id).weights)
        moved += sum(_due(entry.before) != _due(entry.after) for entry in changed)
        late += sum(_late_count(entry.after, now) > _late_count(entry.before, now) for entry in changed)
    return moved, late


def _batches(queue: Queue) -> Iterator[list[int]]:
    numbers = [row[0] for row in queue.connection.execute(TICKETS_THAT_MAY_MOVE)]
    for start in range(0, len(numbers), _BATCH):
        yield numbers[start : start + _BATCH]


def _due(folded: Folded) -> list[tuple[datetime | None, bool]]:
    return [(clock.due_at, clock.alarms) for clock in folded.clocks]


def _late_count(folded: Folded, now: datetime) -> int:
    return sum(clock.alarms and clock.is_late(now) for clock in folded.clocks)
