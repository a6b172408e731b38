"""What an export writes into one stream: lines that hold everything, a table, or mails."""

from collections.abc import Iterator, Sequence

from supportq.desk import Desk
from supportq.model.filter import Filter
from supportq.output.outcome import Outcome
from supportq.settings.values import Settings
from supportq.store.queue import Queue
from supportq.store.tickets import ids_of
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the tickets stand that are exported: the queue itself, or one in which nobody is known."""

    queue: Queue
    settings: Settings
    criteria: Filter

    def numbers(self, desk: Desk) -> list[int]:
        """Return the tickets in the order of their numbers."""
        return sorted(ids_of(self.queue, self.criteria, now=desk.now))


def lines_of(
    desk: Desk, words: Sequence[str], *, anonymise: bool = False, keys: bool = False, is_ascii: bool = False
) -> Iterator[str]:
    """Return all that is known about tickets, a line for each row of the queue."""
    from supportq.store.export import iter_lines
    from supportq.store.scope import scope_of

    mask = None
    if anonymise:
        from supportq.work.anonymise import mask_of

        mask = mask_of(desk.queue, desk.settings)
    scope = scope_of(desk.queue, desk.read(words), now=desk.now)
    return iter_lines(desk.queue, scope, keys=keys, is_ascii=is_ascii, mask=mask)


def shelf_of(desk: Desk, words: Sequence[str], *, anonymise: bool) -> Shelf:
    """Return the tickets that are meant; anonymous ones stand in a queue of their own until the desk is closed."""
    if not anonymise:
        from supportq.store.scope import criteria_of

        return Shelf(desk.queue, desk.settings, criteria_of(desk.queue, desk.read(words), now=desk.now))
    from supportq.store.versions import current_settings
    from supportq.work.restore import stand_in

    queue = desk.stack.enter_context(stand_in(lines_of(desk, words, anonymise=True)))
    return Shelf(queue, current_settings(queue.connection), Filter())


def as_table(desk: Desk, shelf: Shelf) -> Outcome:
    """Return the tickets as rows."""
    from supportq.work.listing import Arrangement, listing

    arrangement = Arrangement(sort="id", fields=tuple(shelf.settings.fields))
    return Outcome(table=listing(shelf.queue, shelf.criteria, now=desk.now, arrangement=arrangement))


def as_mbox(desk: Desk, shelf: Shelf) -> Outcome:
    """Return what was said as the mails of an mbox, whose bytes stand in the text as surrogates."""
    return Outcome(text=(entry.decode("utf-8", "surrogateescape") for entry in _mails(desk, shelf)))


def _mails(desk: Desk, shelf: Shelf) -> Iterator[bytes]:
    """Yield the mails of one state of the queue, whoever writes meanwhile."""
    from supportq.work.mailbox import iter_mbox

    with shelf.queue.reading():
        yield from iter_mbox(shelf.queue, shelf.settings, shelf.numbers(desk))
