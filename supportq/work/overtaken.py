"""What became of a change by others' hands since, so that it makes no difference there whether it counts."""

from collections.abc import Collection, Iterator, Sequence

from supportq.model.event import Event
from supportq.model.fold import fold
from supportq.sla.history import Folded
from supportq.store.differences import Difference, differences
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A field of a ticket that stays as it is, and who gave it that value after the change."""

    ticket_id: int
    field: str
    value: str
    by: str


def overtaken(events: Sequence[Event], numbers: Collection[int]) -> Iterator[Overtaken]:
    """Yield the fields that these changes set and others set since, given a ticket's events that count."""
    last = max(place for place, event in enumerate(events) if event.change_id in numbers)
    if last == len(events) - 1 or events[0].change_id in numbers:
        return
    fields = _fields(events[: last + 1], numbers) - _fields(events, numbers)
    for place in range(len(events) - 1, last, -1):
        for found in _differences(events[:place], events[: place + 1]):
            if found.field in fields:
                fields.remove(found.field)
                yield Overtaken(found.ticket_id, found.field, found.after, events[place].actor)


def _fields(events: Sequence[Event], numbers: Collection[int]) -> set[str]:
    """Return the fields that are what they are because of these changes."""
    without = [event for event in events if event.change_id not in numbers]
    return {found.field for found in _differences(without, events)}


def _differences(before: Sequence[Event], after: Sequence[Event]) -> Iterator[Difference]:
    return differences(Folded(fold(before)), Folded(fold(after)))
