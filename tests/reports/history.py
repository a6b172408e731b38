"""Two years of a desk, the same each time: told as plain stories, and recorded in a real queue."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from queues import NOW, SETTINGS, Bench, new_queue

from supportq.model.channel import Channel
from supportq.model.customer import Customer, parse_person
from supportq.model.event import Kind
from supportq.model.message import Author, Direction
from supportq.store.change import Change
from supportq.store.gather import Saying
from supportq.store.opening import open_queue
from supportq.when import format_stamp

COUNT = 2500
SEED = 2026
START = datetime(2024, 11, 18, tzinfo=UTC)
REOPEN_DAYS = timedelta(days=14)
CUSTOMER_COUNT = 300
ORGANISATIONS = ("Weaver & Sons", "Zamek Sp. z o.o.", None, None)


@dataclass(frozen=True)
class Deed:
    """One thing that happened: asked, replied, noted, changed, waited, resolved, reopened, closed, spam or merged."""

    at: datetime
    verb: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """A ticket: who wrote, how it was sorted when it was created, and all that happened since."""

    number: int
    created_at: datetime
    customer: int
    opened_by: str
    sorted_as: dict[str, Any]
    deeds: tuple[Deed, ...]
    is_told: bool = True

    @property
    def organisation(self) -> str | None:
        """Return whom the customer belongs to."""
        return ORGANISATIONS[self.customer % len(ORGANISATIONS)]

    @property
    def customer_name(self) -> str:
        """Return whose ticket it is, as reports write it."""
        return f"{_name(self.customer)} <c{self.customer}@example.com>"


def _name(customer: int) -> str:
    """Return a name that several customers share."""
    return f"Customer {customer % 100}"


@cache
def stories() -> tuple[Story, ...]:
    """Return all stories in the order in which they began."""
    return tuple(iter_stories(COUNT))


def iter_stories(count: int) -> Iterator[Story]:
    """Yield so many stories in the order in which they began."""
    chance = random.Random(SEED)  # noqa: S311 - the same numbers each time are wanted
    span = (NOW - START).total_seconds()
    begun = sorted(chance.randrange(int(span)) for _ in range(count))
    for number, second in enumerate(begun, start=1):
        yield _story(number, START + timedelta(seconds=second), chance)


def _story(number: int, at: datetime, chance: random.Random) -> Story:
    sorted_as: dict[str, Any] = {
        "channel": chance.choice(("email", "email", "phone", "chat", "whatsapp")),
        "priority": chance.choice(("low", "normal", "normal", "high", "urgent")),
        "team": chance.choice(("sales", "technical", "technical", None)),
        "assignee": chance.choice(("ann", "ben", None)),
        "line": chance.choice((0, 1, 1, 2)),
        "category": chance.choice(("question", "problem", "order", None)),
        "language": chance.choice(("de", "pl", "en", None)),
        "tags": tuple(sorted(chance.sample(("vip", "late", "żółw"), chance.choice((0, 0, 1, 2))))),
    }
    opened_by = "agent" if chance.random() < 0.03 else "customer"
    customer, roll = chance.randrange(CUSTOMER_COUNT), chance.random()
    if roll < 0.03:
        return Story(number, at, customer, "customer", sorted_as, (Deed(at, "asked", {"automatic": True}),))
    first = Deed(at, "asked") if opened_by == "customer" else Deed(at, "replied", {"status": "pending"})
    if roll < 0.06:
        unknown = (Deed(at, "asked"), Deed(at + timedelta(days=1), "resolved"))
        deeds = tuple(deed for deed in unknown if deed.at < NOW)
        return Story(number, at, customer, "customer", sorted_as, deeds, is_told=False)
    deeds = tuple(deed for deed in (first, *_course(at, opened_by, chance)) if deed.at < NOW)
    return Story(number, at, customer, opened_by, sorted_as, deeds)


def _course(at: datetime, opened_by: str, chance: random.Random) -> Iterator[Deed]:
    """Yield what happens to a ticket after its first message, one deed after another."""
    if opened_by == "customer" and chance.random() < 0.15:
        yield Deed(at, "replied", {"status": "open", "live": True})
    while True:
        at += _pause(chance)
        verb = chance.choices(
            ("replied", "asked", "noted", "changed", "waited", "ended"), weights=(30, 16, 8, 8, 8, 30)
        )[0]
        if verb != "ended":
            yield Deed(at, verb, _data(verb, at, chance))
            continue
        how = chance.choices(("resolved", "closed", "spam", "merged"), weights=(86, 6, 5, 3))[0]
        yield Deed(at, how)
        if how != "resolved" or chance.random() < 0.75:
            return
        at += _pause(chance)
        yield Deed(at, chance.choice(("asked", "reopened")))


def _data(verb: str, at: datetime, chance: random.Random) -> dict[str, Any]:
    match verb:
        case "replied":
            return {"status": chance.choice(("pending", "pending", "open"))}
        case "changed":
            return {"team": chance.choice(("sales", "technical")), "assignee": chance.choice(("ann", "ben"))}
        case "waited":
            status = chance.choice(("pending", "on_hold"))
            return {"status": status, "wake_at": chance.choice((None, at + _pause(chance)))}
        case "asked":
            return {"automatic": chance.random() < 0.1}
    return {}


def _pause(chance: random.Random) -> timedelta:
    return timedelta(seconds=int(chance.expovariate(1 / chance.choice((1800, 14_400, 172_800)))) + 1)


@cache
def recorded() -> Path:
    """Return a queue in which all stories are recorded, as an import would have: each under its own moments."""
    return record(stories())


def record(told: Iterable[Story], at_once: int = 250) -> Path:
    """Record stories in a new queue, in this order and so many in one change, and return its file."""
    path = new_queue(Path(mkdtemp()) / "history.db", SETTINGS, now=START - timedelta(days=1))
    queue = open_queue(path, write=True)
    try:
        customers: dict[int, Customer] = {}
        rest = iter(told)
        while batch := list(islice(rest, at_once)):
            with Bench(queue).writer(NOW).change("import") as change:
                for story in batch:
                    _record(change, story, customers)
                change.store()
    finally:
        queue.close()
    return path


def _record(change: Change, story: Story, customers: dict[int, Customer]) -> None:
    customer = customers.get(story.customer) or _add_customer(change, story)
    customers[story.customer] = customer
    said = {**story.sorted_as, "tags_added": list(story.sorted_as["tags"])}
    del said["tags"]
    number = change.new_ticket(
        customer, at=story.created_at, **said, by=story.opened_by, no_data=None if story.is_told else True
    )
    for deed in story.deeds:
        _do(change, number, customer, story, deed)


def _add_customer(change: Change, story: Story) -> Customer:
    gathered, name = change.gathered, story.organisation
    person = parse_person(story.customer_name)
    if name is not None and name not in _organisations(change):
        gathered.add("organisation", gathered.next_id("organisation"), name)
    organisation = _organisations(change).get(name or "")
    number = gathered.add_person(person, organisation, change.now)
    return Customer(number, person.name, person.addresses, organisation=name or "", organisation_id=organisation)


def _organisations(change: Change) -> dict[str, int]:
    stored = change.queue.connection.execute("select name, id from organisation").fetchall()
    return {**dict(stored), **{name: number for number, name in change.gathered.rows["organisation"]}}


def _do(change: Change, number: int, customer: Customer, story: Story, deed: Deed) -> None:
    kind, data = _KINDS[deed.verb], dict(deed.data)
    if kind in _SAID:
        direction, author = _SAID[kind]
        agent = "ann" if author is Author.AGENT else None
        saying = Saying(
            direction,
            author,
            Channel(story.sorted_as["channel"]),
            "It is here.",
            deed.at,
            agent=agent,
            customer_id=customer.id,
            automatic=bool(data.get("automatic")),
            live=bool(data.get("live")),
            delivery="recorded" if direction is Direction.OUT else None,
        )
        data["message"] = change.say(number, saying)
    if kind is Kind.CHANGED:
        data["opens"] = True
    if kind is Kind.RESOLVED:
        data["closes_at"] = format_stamp(deed.at + REOPEN_DAYS)
    if kind is Kind.MERGED:
        data["into"] = 1
    if data.get("wake_at"):
        data["wake_at"] = format_stamp(data["wake_at"])
    change.record(number, kind, at=deed.at, **data)


_KINDS = {
    "asked": Kind.ASKED,
    "replied": Kind.REPLIED,
    "noted": Kind.NOTED,
    "changed": Kind.CHANGED,
    "waited": Kind.WAITED,
    "resolved": Kind.RESOLVED,
    "reopened": Kind.REOPENED,
    "closed": Kind.CLOSED,
    "spam": Kind.SPAMMED,
    "merged": Kind.MERGED,
}
_SAID = {
    Kind.ASKED: (Direction.IN, Author.CUSTOMER),
    Kind.REPLIED: (Direction.OUT, Author.AGENT),
    Kind.NOTED: (Direction.NOTE, Author.AGENT),
}
