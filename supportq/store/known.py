"""What a queue's tickets and customers are called: the words that a typo in a filter is told from.

Everything is looked up only when somebody asks about it.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain

from supportq.model.customer import Address
from supportq.model.filter.lexicon import Lexicon
from supportq.model.text import Phrase
from supportq.settings.values import Settings
from supportq.store.filters import ANY_KIND
from supportq.store.queue import Queue

TAGS = "select distinct tag from ticket_tag order by tag"

IS_LANGUAGE = "select 1 from ticket where language = :word limit 1"

LANGUAGES_OF_TICKETS = "select distinct language from ticket where language <> ''"

IS_ADDRESS = f"select 1 from address where {ANY_KIND} and key = :key limit 1"

IS_NAMED = {
    "customer": "select 1 from customer where instr(folded(name), :needle) limit 1",
    "organisation": "select 1 from organisation where instr(folded(name), :needle) limit 1",
}

NAMES = {
    "customer": """
select name
from (select name from customer order by id desc limit :most)
union
select value
from (select value from address order by customer_id desc limit :most)
""",
    "organisation": "select name from organisation order by id desc limit :most",
}

_MOST = 2000
"""So many names, the newest ones, are looked through for one that is like a word."""


def with_known(lexicon: Lexicon, queue: Queue, settings: Settings) -> Lexicon:
    """Return a lexicon that also knows what is written on tickets, and who their customers are."""
    return replace(
        lexicon,
        tags=KnownTags(queue, settings),
        languages=KnownLanguages(queue),
        customers=KnownNames(queue, "customer"),
        organisations=KnownNames(queue, "organisation"),
    )


class KnownTags(Collection[str]):
    """Every known tag: those that tickets have, and those that rules give."""

    def __init__(self, queue: Queue, settings: Settings) -> None:
        self._queue = queue
        self._settings = settings

    @cached_property
    def _tags(self) -> dict[str, None]:
        given = (value for rule in self._settings.rules for name, value in rule.actions if name == "tags")
        known = dict.fromkeys(row[0] for row in self._queue.connection.execute(TAGS))
        return known | dict.fromkeys(tag for tags in given if isinstance(tags, tuple) for tag in tags)

    def __contains__(self, tag: object) -> bool:
        return tag in self._tags

    def __iter__(self) -> Iterator[str]:
        return iter(self._tags)

    def __len__(self) -> int:
        return len(self._tags)


class KnownLanguages(Collection[str]):
    """Every language that has a name here, and those that tickets are in."""

    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def __contains__(self, word: object) -> bool:
        from supportq.intake.words import LANGUAGES

        return word in LANGUAGES or self._queue.connection.execute(IS_LANGUAGE, {"word": word}).fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        from supportq.intake.words import LANGUAGES

        return iter(sorted({*LANGUAGES, *(row[0] for row in self._queue.connection.execute(LANGUAGES_OF_TICKETS))}))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class KnownNames:
    """The names of the customers or organisations of a queue, and the customers' addresses."""

    def __init__(self, queue: Queue, what: str) -> None:
        self._queue = queue
        self._what = what

    def __contains__(self, sought: Address | Phrase) -> bool:
        """Tell whether somebody has this address, or this phrase in their name."""
        if isinstance(sought, Phrase):
            found = self._queue.connection.execute(IS_NAMED[self._what], {"needle": sought.needle})
        else:
            found = self._queue.connection.execute(IS_ADDRESS, {"key": sought.key})
        return found.fetchone() is not None

    def __iter__(self) -> Iterator[str]:
        """Yield the newest names and addresses."""
        return chain.from_iterable(self._queue.connection.execute(NAMES[self._what], {"most": _MOST}))
