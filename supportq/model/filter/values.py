"""The values of a filter's terms: how the words after each key are read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from supportq.errors import NotFound, UnknownWord, UsageError
from supportq.model.channel import Channel
from supportq.model.customer import Address, parse_address
from supportq.model.filter.lexicon import Lexicon, check_name, resolve
from supportq.model.filter.terms import Key, Promise, Span, Trait, Value
from supportq.model.text import Phrase, parse_phrase
from supportq.model.ticket import ACTIVE, Priority, Status
from supportq.when.stamps import EPOCH, FOREVER

Step = TypeVar("Step", Priority, int)

_SECOND = timedelta(seconds=1)
_IDS = r"#?([1-9][0-9]*)(?:(?:-|\.\.)#?([1-9][0-9]*))?"
_LAST_ID = 10**18 - 1
_MOST_DIGITS = 18
_STATUSES = {"any": tuple(Status), "active": tuple(status for status in Status if status in ACTIVE)}
_MAY_BE_NONE = {
    *(Key.TEAM, Key.AGENT, Key.CUSTOMER, Key.ORGANISATION, Key.CATEGORY, Key.LANGUAGE, Key.TAG, Key.DUE, Key.RATING),
    *(Key.SOURCE, Key.FIELD),
}


def read_values(key: Key, word: str, lexicon: Lexicon) -> tuple[Value, ...]:
    """Return the values that one word after a key stands for; a range of a closed set is all of its members."""
    if word.lower() == "none" and key in _MAY_BE_NONE:
        return (None,)
    return _READERS[key](word, lexicon)


def find_ids(word: str) -> tuple[int, int] | None:
    """Read `12`, `#12`, `12-20` or `12..20` as first and last number; None when the word is something else."""
    found = re.fullmatch(_IDS, word)
    if found is None:
        return None
    if len(found[1]) > _MOST_DIGITS:
        raise NotFound(f"no ticket {found[1]} in this queue", f"search for these digits: text:{found[1]}")
    first, last = int(found[1]), min(int((found[2] or found[1])[: _MOST_DIGITS + 1]), 10**_MOST_DIGITS)
    if first > last:
        raise UsageError(f'"{word}" runs backwards', f"write {last}-{first}; to search for these words: text:{word}")
    return first, last


def _ids(word: str, _lexicon: Lexicon) -> tuple[Value, ...]:
    first, dots, last = _ends(word)
    ids = find_ids(f"{first or 1}-{last or _LAST_ID}" if dots else word)
    if ids is None:
        raise UsageError(f'no ticket number "{word}"', "write 12, 12-20, 12.. or 12,15")
    return (ids,)


def _statuses(word: str, _lexicon: Lexicon) -> tuple[Value, ...]:
    return _STATUSES.get(word.lower()) or (_member("status", word, Status, *_STATUSES),)


def _member(what: str, word: str, kinds: type[StrEnum], *others: str) -> StrEnum:
    plain = word.lower().replace("_", "-")
    for member in kinds:
        if member.replace("_", "-") == plain:
            return member
    raise UnknownWord(what, word, [*kinds, *others])


def _one_of(what: str, kinds: type[StrEnum]) -> "Reader":
    return lambda word, _lexicon: (_member(what, word, kinds),)


def _steps(what: str, scale: Sequence[Step]) -> "Reader":
    names = [str(step) for step in scale]

    def read(word: str, _lexicon: Lexicon) -> tuple[Value, ...]:
        first, dots, last = _ends(word)
        start = names.index(resolve(what, first, names)) if first else 0
        stop = names.index(resolve(what, last, names)) if last else len(names) - 1
        if start > stop:
            raise _backwards(first, last)
        return tuple(scale[start : stop + 1]) if dots else (scale[start],)

    return read


def _ends(word: str) -> tuple[str, str, str]:
    first, dots, last = (part.strip() for part in word.partition(".."))
    if not first and not last:
        raise UsageError(f'"{word}" is no range', "write a.. (at least), ..b (at most) or a..b")
    return first, dots, last


def _backwards(first: str, last: str) -> UsageError:
    return UsageError(f'"{first}..{last}" runs backwards', f"write {last}..{first}")


def _agent(word: str, lexicon: Lexicon) -> tuple[Value, ...]:
    if word.lower() != "me":
        return (resolve("agent", word, lexicon.agents),)
    if lexicon.me is None:
        raise UsageError("nobody knows who you are, so agent:me means nobody", "say it: --as AGENT, SUPPORTQ_AGENT")
    return (lexicon.me,)


def _customer(word: str, lexicon: Lexicon) -> tuple[Address | Phrase]:
    sought = _address_or_name(word)
    check_name("customer", word, sought, lexicon.customers)
    return (sought,)


def _address_or_name(word: str) -> Address | Phrase:
    try:
        return parse_address(word)
    except ValueError:
        return _beginning(word)


def _beginning(word: str) -> Phrase:
    """Return the phrase of a name, of which the last word may go on."""
    return replace(parse_phrase(word), prefix=True)


def _organisation(word: str, lexicon: Lexicon) -> tuple[Phrase]:
    sought = _beginning(word)
    check_name("organisation", word, sought, lexicon.organisations)
    return (sought,)


def _past(word: str, lexicon: Lexicon) -> tuple[Span]:
    from supportq.when import parse_range

    return (Span(*parse_range(word, now=lexicon.now, zone=lexicon.zone)),)


def _future(word: str, lexicon: Lexicon) -> tuple[Span]:
    from supportq.when import parse_range

    return (Span(*parse_range(word, now=lexicon.now, zone=lexicon.zone, direction="future")),)


def _age(word: str, lexicon: Lexicon) -> tuple[Span]:
    least, dots, most = _ends(word)
    if not dots:
        _ago(least, lexicon)  # a word that is no age at all is told so first
        raise UsageError(
            f'"{word}" is one age, not a range of ages', f"write {word}.. (at least) or ..{word} (at most)"
        )
    span = Span(_ago(most, lexicon) if most else EPOCH, _ago(least, lexicon) + _SECOND if least else FOREVER)
    if span.start >= span.end:
        raise _backwards(least, most)
    return (span,)


def _ago(word: str, lexicon: Lexicon) -> datetime:
    from supportq.when import parse_moment

    return parse_moment(word, now=lexicon.now, zone=lexicon.zone, direction="past")


Reader = Callable[[str, Lexicon], tuple[Value, ...]]

_READERS: dict[Key, Reader] = {
    Key.ID: _ids,
    Key.STATUS: _statuses,
    Key.PRIORITY: _steps("priority", tuple(Priority)),
    Key.TEAM: lambda word, lexicon: (resolve("team", word, lexicon.teams),),
    Key.CHANNEL: _one_of("channel", Channel),
    Key.LINE: _steps("line", range(4)),
    Key.AGENT: _agent,
    Key.CUSTOMER: _customer,
    Key.ORGANISATION: _organisation,
    Key.CATEGORY: lambda word, lexicon: (resolve("category", word, lexicon.categories),),
    Key.LANGUAGE: lambda word, lexicon: (resolve("language", word.lower(), lexicon.languages),),
    Key.TAG: lambda word, lexicon: (resolve("tag", word, lexicon.tags),),
    Key.SUBJECT: lambda word, _lexicon: (parse_phrase(word),),
    Key.TEXT: lambda word, _lexicon: (parse_phrase(word),),
    Key.CREATED: _past,
    Key.UPDATED: _past,
    Key.DUE: _future,
    Key.AGE: _age,
    Key.IDLE: _age,
    Key.SLA: _one_of("SLA standing", Promise),
    Key.RATING: _steps("rating", range(1, 6)),
    Key.HAS: _one_of("trait", Trait),
    Key.SOURCE: lambda word, _lexicon: tuple(dict.fromkeys((word, word.lower()))),
    Key.KEY: lambda word, _lexicon: (word,),
    Key.FIELD: lambda word, _lexicon: (word.casefold(),),
}
