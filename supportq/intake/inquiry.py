"""One row to one inquiry, or to a reject that says in plain words what would be right."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

from supportq.errors import SupportqError
from supportq.intake.columns import Column, Columns
from supportq.intake.custom import Check
from supportq.intake.fields import MOMENTS, Field
from supportq.intake.given import Given, addressee_of, author_of
from supportq.intake.identity import Identities, content, digest
from supportq.intake.person import is_phone
from supportq.intake.table import Row
from supportq.intake.times import Times, names_zone
from supportq.intake.ways import Told, Way, told
from supportq.intake.words import Vocabulary, Words, is_nothing
from supportq.model.customer import Person, parse_person
from supportq.model.inquiry import Inquiry
from supportq.model.message import Direction
from supportq.model.ticket import WAITING
from supportq.model.title import one_line
from supportq.model.unseen import refuse_unseen


class Reject(NamedTuple):
    """A row that can't be taken: where it stands, why, and its cells untouched, or its text as the only one."""

    line: int
    reason: str
    cells: tuple[str, ...]


class Entry(NamedTuple):
    """An inquiry, where it stood, a digest of the row that tells later whether it changed, and its cells untouched."""

    line: int
    inquiry: Inquiry
    digest: str
    cells: tuple[str, ...] = ()


class Interpreter:
    """Makes inquiries of the rows of one file, by its columns and the words of the desk."""

    def __init__(
        self, columns: Columns, words: Vocabulary, checks: Mapping[str, Check], times: Times, identities: Identities
    ) -> None:
        self._words = words
        self._checks = checks
        self._times = times
        self._identities = identities
        places = {column.target.field: column.index for column in columns}
        self._pick = itemgetter(*(places.get(Field(name), -1) for name in Given._fields))
        self._bodies = [column.index for column in columns.of(Field.BODY)]
        self._copied = [column.index for column in columns.of(Field.COPIED)]
        self._tags = [(column.index, _BETWEEN[column.target.words]) for column in columns.of(Field.TAGS)]
        self._phones = sorted(columns.of(Field.PHONE), key=lambda column: column.rank)
        self._ways = sorted(columns.of(Field.DIRECTION), key=lambda column: column.rank)
        self._is_foreign = words.channels.is_lenient
        self._facts = list(_labelled(columns.of(Field.FACT)))
        lenient = {field: found for field, found in _lenient(words).items() if columns.of(field)}
        self._answered = next((column.header for column in columns.of(Field.ANSWERED_AT)), "")
        self._waits = next((column.header for column in columns.of(Field.WAKE_AT)), "")
        self._lenient = [(Given._fields.index(field), columns.of(field)[0].header, lenient[field]) for field in lenient]
        self._may_tell = bool(
            self._facts
            or self._lenient
            or self._answered
            or self._waits
            or columns.of(Field.AUTHOR, Field.PHONE, Field.DIRECTION)
        )
        self._of_ratings = [
            (Given._fields.index(column.target.field.value), column.header)
            for column in columns.of(Field.RATED_AT, Field.RATING_COMMENT)
        ]
        self._may_tell |= bool(self._of_ratings)
        self._custom = [(column.index, column.target.custom) for column in columns.of(Field.CUSTOM)]
        self._zoneless = [column for column in columns.of(*MOMENTS) if column.header in times.zoneless]

    def read(self, row: Row) -> Entry | Reject:
        """Return the row as an inquiry, or the reasons against it."""
        cells = tuple(row.cells)
        kept = tuple(row.kept) or cells
        if row.fault:
            return Reject(row.line, _placed(row, row.fault), kept)
        try:
            return self._entry(row.line, cells, kept)
        except (SupportqError, ValueError) as fault:
            reasons = (_told(each) for each in (fault, *self._iter_faults(cells)))
            return Reject(row.line, _placed(row, ". ".join(dict.fromkeys(reasons))), kept)

    def _entry(self, line: int, cells: tuple[str, ...], kept: tuple[str, ...]) -> Entry:
        text = content(cells)
        if "\0" in text:
            raise ValueError("a NUL byte stands in it, which no text holds")
        digested = digest(text)
        said = _unguarded(cells) if "'" in text or '="' in text else cells
        given = self._given(said)
        inquiry = self._inquiry(said, given, given.key or self._identities.unnamed(text, digested))
        if given.key:
            self._identities.check(given.key, line, digested)
        if self._zoneless:
            self._see_zones(given, inquiry)
        return Entry(line, inquiry, digested, kept)

    def _see_zones(self, given: Given, inquiry: Inquiry) -> None:
        """Note of which columns a time was taken that names no zone; one that was not needed was not."""
        for column in self._zoneless:
            name = column.target.field.value
            self._times.zoneless[column.header] |= bool(getattr(inquiry, name)) and not names_zone(getattr(given, name))
        self._zoneless = [column for column in self._zoneless if not self._times.zoneless[column.header]]

    def _given(self, said: tuple[str, ...]) -> Given:
        given = Given._make(self._pick((*map(str.strip, said), "")))
        given = given._replace(phone=self._phone(said, given)) if self._phones else given
        return given._replace(direction=self._way(said)) if len(self._ways) > 1 else given

    def _way(self, said: tuple[str, ...]) -> str:
        """Return which way a word went by the best column that tells it: a role does where the direction is empty."""
        return next(filter(None, (said[column.index].strip() for column in self._ways)), "")

    def _phone(self, said: tuple[str, ...], given: Given) -> str:
        """Return the number by which a customer is known, the first of several.

        That of another desk's contact may be a whole office's, so it says who it is only where no mail address does.
        """
        numbers = (said[column.index].strip() for column in self._phones)
        if not self._is_foreign:
            return next(filter(None, numbers), "")
        return "" if given.email else next(filter(is_phone, numbers), "")

    def _iter_faults(self, cells: tuple[str, ...]) -> Iterator[SupportqError | ValueError]:
        """Yield what is wrong with the cells of a row, each looked at by itself."""
        said = _unguarded(cells)
        for look in self._looks(said, self._given(said)):
            try:
                look()
            except (SupportqError, ValueError) as fault:
                yield fault

    def _looks(self, said: tuple[str, ...], given: Given) -> Iterator[Callable[[], object]]:
        words = self._words
        known: tuple[tuple[Words[Any], str], ...] = (
            (words.channels, given.channel),
            (words.teams, given.team),
            (words.lines, given.line),
            (words.priorities, given.priority),
            (words.statuses, given.status),
            (words.agents, given.assignee),
            (words.categories, given.category),
        )
        yield from (partial(each.__getitem__, word) for each, word in known)
        yield from (partial(self._checks[code], text) for index, code in self._custom if (text := said[index].strip()))
        yield partial(self._moments, given)
        yield partial(self._wake_at, given)
        yield partial(self._rated_at, given, None)

    def _inquiry(self, said: tuple[str, ...], given: Given, key: str) -> Inquiry:
        words = self._words
        body = self._body(said)
        if not given.subject and not body:
            raise ValueError("nothing is said: neither subject nor message")
        at, answered_at, resolved_at = self._moments(given)
        said_so = self._told(given) if given.direction else _ASKED
        is_inbound = said_so.direction is Direction.IN
        person = author_of(given) if is_inbound else addressee_of(given)
        return Inquiry(
            person=person,
            body=body,
            subject=one_line(given.subject),
            channel=words.channels[given.channel],
            at=at,
            key=key,
            thread=given.thread or None,
            team=words.teams[given.team],
            line=words.lines[given.line],
            priority=words.priorities[given.priority],
            status=words.statuses[given.status],
            assignee=words.agents[given.assignee],
            category=words.categories[given.category],
            language=person.language,
            tags=tuple(dict.fromkeys(self._iter_tags(said))) if self._tags else (),
            copied=tuple(self._iter_copied(said)) if self._copied else (),
            fields=tuple(self._iter_fields(said)) if self._custom else (),
            answered_at=answered_at,
            resolved_at=resolved_at,
            wake_at=self._wake_at(given),
            facts=tuple(self._iter_facts(said, given, said_so)) if self._may_tell else (),
            direction=said_so.direction,
            author=None if is_inbound or said_so.is_automatic else self._agent(given, said_so),
            automatic=said_so.is_automatic,
            is_unsure=said_so.is_unsure,
            rating=words.ratings[given.rating] if given.rating else None,
            rated_at=self._rated_at(given, at),
            rating_comment=given.rating_comment if self._is_rated(given) else "",
        )

    def _told(self, given: Given) -> Told:
        words = self._words
        is_by_agent = bool(given.public) and words.authors.find(given.author) is not None
        return told(words.ways[given.direction], is_public=words.publicity[given.public], is_by_agent=is_by_agent)

    def _agent(self, given: Given, said_so: Told) -> str | None:
        """Return the agent who wrote it; who may have been somebody else is not missed among the agents."""
        return self._words.authors.find(given.author) if said_so.is_unsure else self._words.authors[given.author]

    def _moments(self, given: Given) -> tuple[datetime | None, datetime | None, datetime | None]:
        parse = self._times.parse
        at = parse(given.at, Field.AT) if given.at else None
        answered_at = parse(given.answered_at, Field.ANSWERED_AT, at) if given.answered_at else None
        resolved_at = parse(given.resolved_at, Field.RESOLVED_AT, at) if given.resolved_at else None
        if at and (answered_at or resolved_at) and not given.thread and min(answered_at or at, resolved_at or at) < at:
            raise ValueError("it was answered or resolved before it came in")
        return at, answered_at, resolved_at

    def _wake_at(self, given: Given) -> datetime | None:
        """Return until when it waits; what does not wait has no such moment, whatever stands there."""
        return self._times.parse(given.wake_at, Field.WAKE_AT) if given.wake_at and self._is_waiting(given) else None

    def _rated_at(self, given: Given, at: datetime | None) -> datetime | None:
        """Return when it was rated, if it was."""
        if not (given.rated_at and self._is_rated(given)):
            return None
        rated_at = self._times.parse(given.rated_at, Field.RATED_AT)
        if at and not given.thread and rated_at < at:
            raise ValueError("it was rated before it came in")
        return rated_at

    def _is_rated(self, given: Given) -> bool:
        return bool(given.rating) and self._words.ratings[given.rating] is not None

    def _is_waiting(self, given: Given) -> bool:
        return self._words.statuses[given.status] in WAITING

    def _body(self, said: tuple[str, ...]) -> str:
        return "\n\n".join(said[index] for index in self._bodies if said[index].strip())

    def _iter_copied(self, said: tuple[str, ...]) -> Iterator[Person]:
        """Yield who else takes part."""
        for index in self._copied:
            yield from map(parse_person, filter(None, map(str.strip, said[index].split(","))))

    def _iter_tags(self, said: tuple[str, ...]) -> Iterator[str]:
        for index, between in self._tags:
            if said[index]:
                refuse_unseen(said[index], "a tag")
                yield from filter(None, map(str.strip, between.split(said[index])))

    def _iter_facts(self, said: tuple[str, ...], given: Given, said_so: Told) -> Iterator[tuple[str, str]]:
        """Yield what nobody understands, and what somebody would if this desk had a team, an agent ... of that name."""
        yield from ((header, said[index]) for index, header in self._facts if said[index])
        for column in (*self._phones, *self._ways[1:]):
            if said[column.index].strip() not in {"", given.phone, given.direction}:
                yield column.header, said[column.index]
        for place, header, words in self._lenient:
            if not is_nothing(given[place]) and words[given[place]] == words[""]:
                yield header, given[place]
        yield from self._iter_figures(said, given)
        if said_so.is_unsure:
            yield Field.DIRECTION.value, Way.UNKNOWN.value
        if said_so.direction is not Direction.IN and given.author and self._words.authors.find(given.author) is None:
            yield Field.AUTHOR.value, given.author

    def _iter_figures(self, said: tuple[str, ...], given: Given) -> Iterator[tuple[str, str]]:
        """Yield what is only to be compared with ours: when an inquiry without a word was answered.

        So is until when a ticket was to wait that waits no more, and what is said of a rating that is none here.
        """
        if given.answered_at and not self._body(said):
            yield self._answered, given.answered_at
        if given.wake_at and not self._is_waiting(given):
            yield self._waits, given.wake_at
        if not self._is_rated(given):
            yield from ((header, given[place]) for place, header in self._of_ratings if given[place])

    def _iter_fields(self, said: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for index, code in self._custom:
            if text := said[index].strip():
                yield code, self._checks[code](text)


def _placed(row: Row, reason: str) -> str:
    """Say which record it is, where several begin on its line."""
    return f"record {row.number}: {reason}" if row.number else reason


def _told(fault: SupportqError | ValueError) -> str:
    return "; ".join((fault.cause, *fault.cures)) if isinstance(fault, SupportqError) else str(fault)


def _lenient(words: Vocabulary) -> dict[Field, Words[Any]]:
    """Return the words of each field in which a word that nobody knows is no reason to reject a row."""
    found: dict[Field, Words[Any]] = {
        Field.CHANNEL: words.channels,
        Field.TEAM: words.teams,
        Field.ASSIGNEE: words.agents,
        Field.CATEGORY: words.categories,
        Field.LINE: words.lines,
        Field.RATING: words.ratings,
    }
    return {field: each for field, each in found.items() if each.is_lenient}


def _labelled(columns: Iterable[Column]) -> Iterator[tuple[int, str]]:
    """Yield the place of each column with a name that no other has: Labels, Labels (2)."""
    counts = Counter[str]()
    for column in columns:
        counts[column.header] += 1
        count = counts[column.header]
        yield column.index, column.header if count == 1 else f"{column.header} ({count})"


_ASKED = Told(Direction.IN)
_BETWEEN = {False: re.compile(r"[;,|\n]"), True: re.compile(r"[;,|\s]")}
_GUARDED = re.compile(r"'(?=[=+\-@])")
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)


def _unguarded(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Take off what other desks put around a cell for a spreadsheet: '+49 before what it would run, ="0049"."""
    return tuple(map(_unguarded_cell, cells))


def _unguarded_cell(cell: str) -> str:
    if quoted := _QUOTED.fullmatch(cell):
        return quoted[1].replace('""', '"')
    return cell[1:] if _GUARDED.match(cell) else cell
