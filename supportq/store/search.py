"""Search: messages by their words, through the index of all that was said."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from supportq.errors import UsageError
from supportq.model.filter.terms import Filter, Key, Term
from supportq.model.text import Phrase, tokens
from supportq.store.conditions import STATUS_NOW
from supportq.store.filters import match, where
from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.when.stamps import parse_stamp

SEARCH = """
select
  ticket.id, message.id, message.at, message.direction, {status},
  (select body from text where id = ticket.subject_id),
  message.body
from search
cross join message on message.id = search.rowid
cross join ticket on ticket.id = message.ticket_id
where search match :words and {condition}
order by {order}
limit :limit
"""

CALLED = """
select
  ticket.id, message.id, message.at, message.direction, {status},
  (select body from text where id = ticket.subject_id),
  message.body
from ticket
join message on message.id = ticket.first_message_id
where {condition}
order by ticket.id desc
"""

NEWEST_FIRST, BEST_FIRST = "search.rowid desc", "search.rank"

LEAD, LENGTH, LONGEST = 3, 30, 300
"""How many words of a snippet stand before what was sought, how many there are, and how many letters, at most."""

LOOKED_THROUGH = 100_000
"""How many letters of a message are looked through for the place to cut it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A message in which everything sought was found, and the words around the first of it."""

    ticket_id: int
    message_id: int
    at: datetime
    direction: str
    status: str
    subject: str
    snippet: str


def search_rows(
    queue: Queue, criteria: Filter, *, now: datetime, best_first: bool = False, limit: int | None = 20
) -> Iterator[Hit]:
    """Yield the messages that hold all texts a filter asks for, of the tickets that its other terms mean, newest first.

    The subject of a ticket counts as words of its first message. Raises UsageError for a filter that asks for no text.
    """
    sought = [term.values for term in criteria.terms if _is_sought(term)]
    if not sought:
        raise UsageError("which words?", 'such as: supportq search "carrier lost" status:open')
    condition, parameters = where(Filter(tuple(term for term in criteria.terms if not _is_sought(term))), now)
    order = BEST_FIRST if best_first else NEWEST_FIRST
    parameters["words"] = " AND ".join(f"({match(phrases)})" for phrases in sought)
    parameters["limit"] = -1 if limit is None else limit
    phrases = [phrase for phrases in sought for phrase in phrases]
    statement = SEARCH.format(status=STATUS_NOW, condition=condition, order=order)
    for row in queue.connection.execute(statement, parameters):
        yield Hit(row[0], row[1], parse_stamp(row[2]), row[3], row[4], row[5] or "", snippet(row[6], phrases))


def called_rows(queue: Queue, key: str, criteria: Filter, *, now: datetime) -> Iterator[Hit]:
    """Yield the first messages of tickets that had this key elsewhere, of those that a filter's other terms mean."""
    others = tuple(term for term in criteria.terms if not _is_sought(term))
    condition, parameters = where(Filter((Term(Key.KEY, (key,)), *others)), now)
    for row in queue.connection.execute(CALLED.format(status=STATUS_NOW, condition=condition), parameters):
        yield Hit(row[0], row[1], parse_stamp(row[2]), row[3], row[4], row[5] or "", snippet(row[6], ()))


def _is_sought(term: Term) -> bool:
    return term.key is Key.TEXT and not term.negated


def snippet(text: str, phrases: Sequence[Phrase]) -> str:
    """Return the words around the first of these phrases on one line, or the first words where none is found."""
    words = text[:LOOKED_THROUGH].split()
    start = max(0, _place(words, phrases) - LEAD)
    cut = " ".join(words[start : start + LENGTH])[:LONGEST]
    return f"{'… ' if start else ''}{cut}{' …' if start + LENGTH < len(words) else ''}"


def _place(words: Sequence[str], phrases: Sequence[Phrase]) -> int:
    """Return which of the words begins the first phrase that is found; a written word may be several folded ones."""
    folded = [tokens(word) for word in words]
    line = f" {' '.join(chain.from_iterable(folded))} "
    found = [at for phrase in phrases if (at := line.find(phrase.needle)) >= 0]
    if not found:
        return 0
    owners = [place for place, parts in enumerate(folded) for _ in parts]
    return owners[line.count(" ", 0, min(found))]
