"""New values for the fields of a ticket, as people type them: priority=high, tag+=vip, field.order=A-17."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from supportq.errors import UnknownWord, UsageError
from supportq.intake.custom import checks
from supportq.intake.words import parse_language
from supportq.model.channel import Channel
from supportq.model.customer import Person, parse_person
from supportq.model.filter.lexicon import resolve
from supportq.model.ticket import Priority
from supportq.model.title import one_line
from supportq.model.unseen import refuse_unseen
from supportq.settings.values import Settings

Edits = dict[str, Any]
"""The keys of a CHANGED event; None sets a field to nothing, `subject` is still a text and `customer` a Person."""

NOTHING = frozenset({"", "none"})

_MAILBOX = re.compile(r"[^@]+@[^@,]+(?:,|$)")
_SUCH_PEOPLE = 'such as: ann@example.com, "Ann Lee <ann@example.com>", +371 20000000'

_ASSIGNMENT = re.compile(r"([a-z_]+(?:\.[^\s=+]+)?)(\+=|-=|=)(.*)", re.DOTALL)


def is_assignment(word: str) -> bool:
    """Tell whether a word gives a field a value; filter terms have a colon first, so no word is both."""
    return _ASSIGNMENT.fullmatch(word) is not None


def parse_edits(words: Iterable[str], settings: Settings) -> Edits:
    """Read assignments; raise UsageError for a field or value that this desk doesn't have."""
    edits: Edits = {}
    for word in words:
        found = _ASSIGNMENT.fullmatch(word)
        if found is None:
            raise UsageError(f'"{word}" gives no field a value', "write it like priority=high, tag+=vip, field.order=7")
        _take(edits, *found.groups(), settings=settings)
    return edits


def parse_fields(words: Sequence[str], settings: Settings) -> dict[str, str | None]:
    """Read custom fields, such as order=A-17."""
    edits = parse_edits([f"field.{word.removeprefix('field.')}" for word in words], settings)
    fields: dict[str, str | None] = edits.get("fields", {})
    return fields


def _take(edits: Edits, key: str, sign: str, value: str, *, settings: Settings) -> None:
    if key in {"tag", "tags"}:
        _take_tags(edits, sign, value)
    elif sign != "=":
        raise UsageError(f"{key} has one value, which {sign} can't change", f"write {key}={value}")
    elif key.startswith("field."):
        _once(edits.setdefault("fields", {}), key, dict([_field(key.removeprefix("field."), value, settings)]))
    else:
        _once(edits, key, _plain(key, value, settings))


def _once(edits: Edits, key: str, given: Edits) -> None:
    """Take in the value of a field; raise UsageError where it has got one already."""
    if edits.keys() & given.keys():
        raise UsageError(f"{key} is given two values", f"give it one: {key}=VALUE")
    edits.update(given)


def _take_tags(edits: Edits, sign: str, value: str) -> None:
    if sign == "=":
        raise UsageError("tags are added and taken away", "write tag+=vip,refund or tag-=vip")
    tags = [tag for tag in value.split(",") if tag]
    amiss = [tag for tag in tags if re.search(r"\s", tag)]
    if amiss or not tags:
        raise UsageError(
            f'"{amiss[0] if amiss else value}" is no tag', "a tag is one word, such as vip; two: vip,refund"
        )
    if sign == "+=":
        _refuse_unseen(value)
    edits.setdefault("tags_added" if sign == "+=" else "tags_removed", []).extend(tags)


def _refuse_unseen(tags: str) -> None:
    try:
        refuse_unseen(tags, "a tag")
    except ValueError as error:
        raise UsageError(str(error), "write it like tag+=vip") from error


def _field(name: str, value: str, settings: Settings) -> tuple[str, str | None]:
    code = resolve("field", name, settings.fields)
    if value in NOTHING:
        return code, None
    try:
        return code, checks(settings.fields)[code](value)
    except ValueError as error:
        raise UsageError(f"field.{code}: {error}", f"write it like field.{code}=VALUE") from error


def _plain(key: str, value: str, settings: Settings) -> Edits:
    if key == "status":
        raise UsageError("a status is changed by what you do", "such as: wait, resolve, close, reopen, spam")
    if key not in _KEYS:
        raise UnknownWord("field", key, [*_KEYS, "tag", *(f"field.{code}" for code in settings.fields)])
    name, read, is_needed = _KEYS[key]
    if value not in NOTHING:
        return {name: read(value, settings)}
    if is_needed:
        raise UsageError(f"a ticket can't be without a {key}", f"write {key}=VALUE")
    return {name: None}


def _priority(value: str, _settings: Settings) -> Priority:
    return Priority(resolve("priority", value, [*Priority]))


def _line(value: str, _settings: Settings) -> int:
    if value not in {"0", "1", "2", "3"}:
        raise UnknownWord("line", value, "0123")
    return int(value)


def parse_people(words: Iterable[str]) -> tuple[Person, ...]:
    """Read people who can be reached: a mail address, `Ann Lee <ann@example.com>`, a phone number, an @handle."""
    return tuple(parse_reachable(one) for several in words for one in _apart(several))


def _apart(several: str) -> list[str]:
    """Return mail addresses that stand behind each other with commas between them; any other text as it is."""
    found = _MAILBOX.findall(several)
    return [one.rstrip(",") for one in found] if "".join(found) == several else [several]


def parse_reachable(value: str) -> Person:
    """Read somebody who can be reached; raise UsageError for several, or a name alone."""
    person = _person(value)
    if not person.addresses:
        raise UsageError(f'"{value}" is no address', _SUCH_PEOPLE)
    return person


def _person(value: str) -> Person:
    try:
        return parse_person(value)
    except ValueError as error:
        raise UsageError(str(error), _SUCH_PEOPLE) from error


def _among(what: str, known: Callable[[Settings], Iterable[str]]) -> Callable[[str, Settings], str]:
    return lambda value, settings: resolve(what, value, list(known(settings)))


_KEYS: Mapping[str, tuple[str, Callable[[str, Settings], Any], bool]] = {
    "subject": ("subject", lambda value, _settings: one_line(value), True),
    "priority": ("priority", _priority, True),
    "team": ("team", _among("team", lambda settings: settings.teams), False),
    "channel": ("channel", _among("channel", lambda _settings: [*Channel]), True),
    "line": ("line", _line, True),
    "agent": ("assignee", _among("agent", lambda settings: settings.agents), False),
    "customer": ("customer", lambda value, _settings: _person(value), True),
    "category": ("category", _among("category", lambda settings: settings.categories), False),
    "language": ("language", lambda value, _settings: parse_language(value), False),
}
