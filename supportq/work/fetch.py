"""Fetch: take in what came into a mailbox, a batch at a time; first the queue has it, then its server is told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import NamedTuple

from supportq.intake.inquiry import Entry
from supportq.intake.mailfiles import LARGEST, SOURCE
from supportq.intake.mails import entry_of
from supportq.mail.inbox import CantRead, Inbox
from supportq.mail.reading import read_mail
from supportq.model.title import cut, one_line
from supportq.rules.engine import merged
from supportq.store import fetching, sources
from supportq.store.change import Change, Writer
from supportq.values import dataclass
from supportq.work.deliver import take_new
from supportq.work.door import Arrived
from supportq.work.habits import opens

BATCH = 200
"""Mails in one transaction: another writer waits for no more than that, and so many are kept in memory."""

LARGEST_BATCH = 16 << 20
"""Bytes of mail in one transaction, unless one mail alone has more."""

_TITLE = 60


class Sighting(NamedTuple):
    """A mail that would be taken in: who wrote it about what, and to which ticket it would go, None for a new one."""

    account: str
    sender: str
    subject: str
    ticket: int | None


class Piece(NamedTuple):
    """A mail as its server handed it over, by its number there; what can't be taken says why in place of bytes."""

    number: int
    data: bytes
    refused: str = ""


@dataclass(slots=True, eq=False)
class Tally:
    """What was fetched so far: mails by what became of them, and why some were left where they are.

    `opened` are the new tickets, `decided` counts those for which the rules found somebody to look after them, and
    `acknowledged` those whose customers are about to hear of it.
    """

    change_id: int = 0
    unit: str = "mail"
    opened: list[int] = field(default_factory=list)
    decided: int = 0
    acknowledged: int = 0
    continued: list[int] = field(default_factory=list)
    known: int = 0
    refused: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)

    @property
    def mails(self) -> int:
        """Return how many mails were dealt with."""
        return len(self.opened) + len(self.continued) + self.known + len(self.refused)


@dataclass(slots=True, eq=False)
class Fetch:
    """Fetches one mailbox into a queue.

    A mail of more than `largest` bytes stays where it is, and so does what came in before the day `since`.
    """

    writer: Writer
    account: str
    inbox: Inbox
    tally: Tally
    largest: int = LARGEST
    since: date | None = None

    def run(self, *, again: bool = False) -> Iterator[Tally]:
        """Take in all that is new, with `again` all that is there; yield the tally after each batch, which then stays.

        A run that was stopped anywhere goes on when it is repeated: what the queue has is known by its bytes.
        """
        queue, place = self.writer.queue, self.inbox.fetching.place
        cursor = fetching.begin(queue, place, self.account, self.inbox.validity, dry_run=self.writer.dry_run)
        left = fetching.left(queue.connection, place)
        refused = [number for number, why in left.items() if why is not None]
        for batch in self._batches(0 if again else cursor.last, refused):
            self._settle(self._take(cursor, batch))
            yield self.tally
        if not self.writer.dry_run:
            self._settle([number for number, why in left.items() if why is None])
            fetching.succeed(queue, cursor, self.inbox.latest, self.writer.now)

    def _batches(self, after: int, refused: Sequence[int]) -> Iterator[Sequence[Piece]]:
        """Yield what is to be taken, in the order in which it came: what was refused earlier may fit by now."""
        yield from self._pieces(refused)
        for numbers in self.inbox.iter_new(after, self.since):
            yield from self._pieces(numbers)

    def _pieces(self, numbers: Sequence[int]) -> Iterator[Sequence[Piece]]:
        sizes = self.inbox.sizes(numbers)
        gone = [number for number in numbers if number not in sizes]
        if gone and not self.writer.dry_run:
            fetching.finish(self.writer.queue, self.inbox.fetching.place, gone)
        for batch in _portions(sizes, self.largest):
            yield self._read(batch, sizes)

    def _read(self, numbers: Sequence[int], sizes: Mapping[int, int]) -> Sequence[Piece]:
        """Return mails; where the server can't read one, the others come without it."""
        if sizes[numbers[0]] > self.largest:
            return [Piece(numbers[0], b"", _too_large(sizes[numbers[0]], self.largest))]
        try:
            return [Piece(number, data, "" if data else _EMPTY) for number, data in self.inbox.mails(numbers).items()]
        except CantRead as error:
            if len(numbers) == 1:
                return [Piece(numbers[0], b"", f"its server can't read it: {error.cause}")]
        return [piece for number in numbers for piece in self._read([number], sizes)]

    def _take(self, cursor: fetching.Cursor, pieces: Sequence[Piece]) -> Sequence[int]:
        """Take in a batch in one transaction, count it once it is stored, and return its mails that the queue has."""
        taken = {piece.number: self._entry(piece) for piece in pieces if not piece.refused}
        refused = [piece for piece in pieces if piece.refused]
        with self.writer.change("fetch", goes_on=self.tally.change_id) as change:
            arrived = take_new(change, taken.values())
            fetching.note(change.queue.connection, cursor, taken, {piece.number: piece.refused for piece in refused})
            done = change.store()
            if self.writer.dry_run:
                self._see(change, taken.values(), arrived)
        self.tally.change_id = done.change_id or self.tally.change_id
        self.tally.warnings += done.warnings
        self.tally.refused += map(self._named, refused)
        self._count(arrived, len(taken))
        return list(taken)

    def _entry(self, piece: Piece) -> Entry:
        return entry_of(piece.data, piece.number, f"mail {piece.number} of {self.account}", self.writer.now)

    def _count(self, arrived: Sequence[Arrived], taken: int) -> None:
        new = [each for each in arrived if each.is_new]
        self.tally.opened += [each.ticket for each in new]
        self.tally.decided += sum(opens(merged(each.steps)) for each in new)
        self.tally.acknowledged += sum(bool(each.acknowledgement) for each in new)
        self.tally.continued += [each.ticket for each in arrived if not each.is_new]
        self.tally.known += taken - len(arrived)

    def _see(self, change: Change, entries: Collection[Entry], arrived: Sequence[Arrived]) -> None:
        """Keep where mails would go, while the queue still has what a dry run takes back."""
        new = {each.ticket for each in arrived if each.is_new}
        places = {each.message: None if each.ticket in new else each.ticket for each in arrived}
        found = sources.known(change.queue.connection, SOURCE, [entry.inquiry.key or "" for entry in entries])
        for entry in entries:
            mail, known = entry.inquiry.mail, found.get(entry.inquiry.key or "")
            if mail and known and known.message_id in places:
                place = places[known.message_id]
                self.tally.sightings.append(Sighting(self.account, mail.sender.address, mail.subject, place))

    def _settle(self, numbers: Sequence[int]) -> None:
        """Do on the server what is to be done with what was taken, now that the queue has it."""
        if numbers and not self.writer.dry_run:
            self.inbox.settle(numbers)
            fetching.finish(self.writer.queue, self.inbox.fetching.place, numbers)

    def _named(self, piece: Piece) -> str:
        """Return which mail was left where it is, and why."""
        head = read_mail(self.inbox.head(piece.number))
        title = f'"{cut(one_line(head.subject), _TITLE)}"' if head.subject else ""
        known = " ".join(filter(None, (title, head.sender.address and f"from {head.sender.address}")))
        return f"{self.account}: mail {piece.number} stays on the server{known and f' ({known})'}: {piece.refused}"


def _portions(sizes: Mapping[int, int], largest: int) -> Iterator[Sequence[int]]:
    """Yield mails in portions that fit into memory, those that are too large each alone."""
    portion: list[int] = []
    room = LARGEST_BATCH
    for number, size in sizes.items():
        if portion and (len(portion) == BATCH or size > room or size > largest):
            yield portion
            portion, room = [], LARGEST_BATCH
        portion.append(number)
        room -= size if size <= largest else LARGEST_BATCH
    if portion:
        yield portion


def _too_large(size: int, largest: int) -> str:
    return f"it has {size / (1 << 20):.3g} MB, and a mail may have {largest / (1 << 20):.3g}"


_EMPTY = "its server hands over nothing"
