"""Desks at which anything may have happened: random deeds, one change each."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

from hypothesis import strategies as st
from queues import NOW, SETTINGS, Bench, ago, new_queue

from supportq.errors import SupportqError
from supportq.model.channel import Channel
from supportq.model.clock import ClockKind
from supportq.model.customer import parse_person
from supportq.model.event import Kind
from supportq.model.message import Author, Delivery, Direction
from supportq.model.ticket import Priority, Status
from supportq.settings.check import check
from supportq.store.gather import Saying
from supportq.store.opening import open_queue
from supportq.when import format_stamp
from supportq.work.alter import alter
from supportq.work.config import apply
from supportq.work.people import People
from supportq.work.undo import redo, undo

Deed = Callable[[Bench, int, datetime], object]
"""Something done to a ticket at a moment."""

PEOPLE = (
    "Ida Berg <ida@example.com>",
    "Łukasz Zając <lukasz@example.pl>",
    "+49 30 1234567",
    "Ann van der Zoë <z@x.eu>",
)
SUBJECTS = ("Where is my order", "Zamówienie 12", "ORDER 12", "Счёт", "Straße", "?!")
BODIES = ("my order is lost", "Money back, please", "ŁÓDŹ 12", "ещё раз", "grosse Straße", "", "\tа\n b ")
MOMENTS = st.integers(-2, 2).map(lambda days: format_stamp(NOW + timedelta(days=days)))

ATTACH = """
insert into attachment (message_id, name, content_type, hash)
select id, 'a.txt', 'text/plain', 'none' from message where ticket_id = :ticket order by id desc limit 1
"""

EMPLOY = """
update customer set organisation_id = (select id from organisation where name = :name)
where id = (select customer_id from ticket where id = :ticket)
"""


def ask(bench: Bench, _number: int, at: datetime, **said: Any) -> None:
    """Open another ticket."""
    bench.ask(at=at, **said)


def ask_unknown(bench: Bench, _number: int, at: datetime) -> None:
    """Open a ticket of nobody knows whom, without a subject."""
    with bench.writer(at).change("log") as change:
        number = change.new_ticket(None, at=at, channel=Channel.COUNTER)
        said = Saying(Direction.IN, Author.CUSTOMER, Channel.COUNTER, "Lost?", at)
        change.record(number, Kind.ASKED, message=change.say(number, said))
        change.store()


def rename(bench: Bench, number: int, at: datetime, subject: str) -> None:
    """Give the ticket another subject."""
    with bench.writer(at).change("set") as change:
        change.record(number, Kind.CHANGED, subject=change.text("subject", subject))
        change.store()


def queue_reply(bench: Bench, number: int, at: datetime, outcome: Kind | None) -> None:
    """Put a reply into the outbox, where it waits or has an outcome at once."""
    with bench.writer(at).change("reply") as change:
        said = Saying(Direction.OUT, Author.AGENT, Channel.EMAIL, "On its way.", at, delivery=Delivery.QUEUED)
        message = change.say(number, said)
        change.record(number, Kind.QUEUED, message=message)
        if outcome is not None:
            change.record(number, outcome, message=message)
        change.store()


def settle(bench: Bench, number: int, at: datetime, outcome: Kind) -> None:
    """Let something become of the last reply that went through the outbox."""
    with bench.writer(at).change("send") as change:
        change.load([number])
        queued = [event.data["message"] for event in change.history(number) if event.kind is Kind.QUEUED]
        for message in queued[-1:]:
            change.record(number, outcome, message=message)
        change.store()


def take_back(bench: Bench, _number: int, at: datetime) -> None:
    """Undo the last change that counts."""
    with suppress(SupportqError):
        undo(bench.writer(at))


def put_back(bench: Bench, _number: int, at: datetime) -> None:
    """Redo what was undone last."""
    with suppress(SupportqError):
        redo(bench.writer(at))


def attach(bench: Bench, number: int, _at: datetime) -> None:
    """Put a file beside the last message of the ticket."""
    with bench.queue.writing() as connection:
        connection.execute("insert or ignore into blob (hash, size, bytes) values ('none', 0, x'')")
        connection.execute(ATTACH, {"ticket": number})


def employ(bench: Bench, number: int, _at: datetime, organisation: str) -> None:
    """Let the customer of the ticket belong to an organisation."""
    with bench.queue.writing() as connection:
        connection.execute("insert or ignore into organisation (name) values (?)", [organisation])
        connection.execute(EMPLOY, {"ticket": number, "name": organisation})


def learn(bench: Bench, number: int, at: datetime, who: str) -> None:
    """Hear from the customer of the ticket under a name or an address that they may not have had."""
    person = parse_person(who)
    with bench.writer(at).change("log") as change:
        customer = change.customer(number)
        known = customer.addresses[:1] if customer else ()
        heard = People.behind(change, [met := replace(person, addresses=(*known, *person.addresses))]).customer(met)
        said = Saying(Direction.IN, Author.CUSTOMER, Channel.PHONE, "It's me.", at, customer_id=heard.id)
        change.record(number, Kind.ASKED, message=change.say(number, said))
        change.store()


def hand_over(bench: Bench, number: int, at: datetime, who: str) -> None:
    """Let the ticket be another customer's."""
    alter(bench.writer(at), [number], {"customer": parse_person(who)})


def promise(bench: Bench, _number: int, at: datetime, text: str) -> None:
    """Apply other settings, whose promises the running clocks follow."""
    apply(bench.writer(at), check(text))


def deed(do: Callable[..., object], **chances: st.SearchStrategy[Any]) -> st.SearchStrategy[Deed]:
    """Draw a deed with what it says."""
    return st.builds(partial, st.just(do), **chances)


def event(kind: Kind, **chances: st.SearchStrategy[Any]) -> st.SearchStrategy[Deed]:
    """Draw a deed that records one event."""
    return deed(Bench.record, kind=st.just(kind), **chances)


ASKS = deed(
    ask,
    subject=st.sampled_from(SUBJECTS),
    who=st.sampled_from(PEOPLE),
    body=st.sampled_from(BODIES),
    channel=st.sampled_from(Channel),
)

STRICTER = SETTINGS.replace('first_response = { normal = "2h"', 'first_response = { normal = "20m"').replace(
    'resolution = "3d"', 'resolution = "1d"\npause_on = { resolution = ["on_hold"], next_response = ["on_hold"] }'
)

TO_THEM = SETTINGS.replace('"technical"\nwhen = "team:technical"', '"them"\nwhen = "customer:ida@example.com,jo"')

CURES = st.one_of(
    deed(take_back),
    deed(put_back),
    event(Kind.CORRECTED, clock=st.sampled_from(ClockKind)),
)
"""What alone may take a breach away."""

WORK = st.one_of(
    ASKS,
    deed(ask_unknown),
    deed(Bench.ask_again, body=st.sampled_from(BODIES)),
    deed(Bench.reply, body=st.sampled_from(BODIES)),
    deed(Bench.note, body=st.sampled_from(BODIES)),
    deed(rename, subject=st.sampled_from(SUBJECTS)),
    deed(queue_reply, outcome=st.sampled_from((None, Kind.SENT, Kind.FAILED))),
    deed(settle, outcome=st.sampled_from((Kind.SENT, Kind.FAILED, Kind.UNSURE, Kind.CANCELLED, Kind.QUEUED))),
    deed(attach),
    deed(employ, organisation=st.sampled_from(("Łąka Sp. z o.o.", "!"))),
    deed(learn, who=st.sampled_from(("Jo Ost", "Jo <jo@example.com>", *PEOPLE))),
    deed(hand_over, who=st.sampled_from(PEOPLE)),
    event(Kind.CHANGED, team=st.sampled_from(("sales", "technical")), opens=st.booleans()),
    event(Kind.CHANGED, priority=st.sampled_from(Priority), line=st.integers(0, 3)),
    event(Kind.CHANGED, assignee=st.sampled_from(("ann", "ben")), category=st.just("order")),
    event(Kind.CHANGED, language=st.sampled_from(("de", "pl"))),
    event(Kind.CHANGED, tags_added=st.lists(st.sampled_from(("vip", "late", "żółw")), min_size=1)),
    event(Kind.CHANGED, tags_removed=st.just(["vip"])),
    event(Kind.CHANGED, fields=st.sampled_from(("A-17", "a-17", "STRASSE", "straße", "")).map(lambda o: {"order": o})),
    event(Kind.CHANGED, fields=st.just({"order": None, "colour": "red"})),
    event(Kind.WAITED, wake_at=MOMENTS),
    event(Kind.WAITED, wake_at=MOMENTS, status=st.sampled_from((Status.PENDING, Status.ON_HOLD))),
    event(Kind.RESOLVED, closes_at=MOMENTS),
    event(Kind.PROMISED, due_at=MOMENTS),
    event(Kind.CLOSED),
    event(Kind.SPAMMED),
    event(Kind.REOPENED),
    event(Kind.DISMISSED),
    event(Kind.RATED, rating=st.integers(1, 5)),
    event(Kind.RATED, rating=st.integers(1, 2), due_at=MOMENTS),
    event(Kind.LINKED, other=st.just(1), **{"as": st.just("related")}),
    event(Kind.JOINED, customer=st.just(1)),
)
PROMISES = deed(promise, text=st.sampled_from((SETTINGS, STRICTER, TO_THEM)))

History = tuple[Sequence[Deed], Sequence[tuple[Deed, int]]]


def histories_of(deeds: st.SearchStrategy[Deed]) -> st.SearchStrategy[History]:
    """Draw a few tickets, and then what was done to them, one after another."""
    return st.tuples(
        st.lists(ASKS, min_size=2, max_size=4), st.lists(st.tuples(deeds, st.integers(0, 3)), min_size=10, max_size=30)
    )


HISTORIES = histories_of(WORK | CURES)


@contextmanager
def a_worked_desk(history: History, look: Callable[[Bench, datetime], None] | None = None) -> Iterator[Bench]:
    """Lend a queue with a history whose last deed was an hour ago; somebody may `look` before each deed."""
    asks, deeds = history
    with TemporaryDirectory() as folder:
        queue = open_queue(Path(shutil.copy(_empty_desk(), folder)), write=True)
        try:
            bench = Bench(queue)
            at = ago(hours=1 + 5 * (len(asks) + len(deeds)))
            for do, number in [*((do, 0) for do in asks), *deeds]:
                at += timedelta(hours=5)
                if look:
                    look(bench, at)
                with suppress(SupportqError):
                    do(bench, 1 + number, at)
            yield bench
        finally:
            queue.close()


@cache
def _empty_desk() -> Path:
    return new_queue(Path(mkdtemp()) / "desk.db")
