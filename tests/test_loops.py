"""Machines that answer machines: whatever faces the desk, it falls silent; and nobody gets in by making things up."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage, Message
from pathlib import Path

import pytest
from queues import NOW, SETTINGS, Bench, a_queue

from supportq.model.message import Direction
from supportq.settings.check import check
from supportq.store import outbox
from supportq.store.enclosures import received
from supportq.store.retarget import Act, apply_settings
from supportq.work.acknowledge import MOST, MOST_ALIKE, WITHIN
from supportq.work.deliver import deliver
from supportq.work.manner import Manner
from supportq.work.notify import notify
from supportq.work.reply import reply

MAIL = """
[mail]
acknowledgement = "received"
[mail.accounts.desk]
address = "desk@loom.example"
smtp = { host = "127.0.0.1", tls = "none" }
[canned.received]
body = "We have it."
"""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Bench]:
    with a_queue(tmp_path) as bench:
        apply_settings(bench.queue, check(SETTINGS + MAIL), Act("config apply", "ann", NOW - timedelta(days=30)))
        yield bench


def keeps_its_subject(_round: int, _answered: Message | None) -> dict[str, str]:
    return {"Subject": "I am away"}


def counts_in_its_subject(number: int, _answered: Message | None) -> dict[str, str]:
    return {"Subject": f"Your case {number}x was opened"}


def answers_properly(_round: int, answered: Message | None) -> dict[str, str]:
    subject = f"Re: {answered['Subject']}" if answered else "I am away"
    return {"Subject": subject} | ({"In-Reply-To": answered["Message-ID"]} if answered else {})


Responder = Callable[[int, Message | None], dict[str, str]]


def mail(who: str, name: str, headers: dict[str, str]) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = who, "desk@loom.example", f"<{name}@example.com>"
    for key, value in headers.items():
        made[key] = value
    made.set_content("This is an automatic answer that does not say so.")
    return made.as_bytes()


def facing(desk: Bench, responder: Responder, rounds: int, *, stubborn: bool = False) -> list[tuple[str, datetime]]:
    """Let two machines write to the desk every minute, while they get answers or even if not; return who got one."""
    known, wrote = set[int](), list[tuple[str, datetime]]()
    answers: dict[str, Message | None] = dict.fromkeys(["one@example.com", "two@example.com"])
    for number in range(rounds):
        now = NOW + timedelta(minutes=number)
        heard = dict[str, Message]()
        for who, answered in answers.items():
            deliver(desk.writer(now), mail(who, f"{number}.{who}", responder(number, answered)))
            new = [posted.id for posted in outbox.everything(desk.queue.connection) if posted.id not in known]
            known.update(new)
            heard.update((who, message_from_bytes(received(desk.queue, [posted])[posted])) for posted in new)
        wrote += [(who, now) for who in heard]
        if not (heard or stubborn):
            break
        answers = {who: heard.get(who) for who in (answers if stubborn else heard)}
    return wrote


@pytest.mark.parametrize(
    ("responder", "most"), [(keeps_its_subject, MOST_ALIKE), (counts_in_its_subject, MOST), (answers_properly, 1)]
)
def test_two_machines_that_answer_whatever_they_get_soon_hear_nothing(
    responder: Responder, most: int, desk: Bench
) -> None:
    wrote = facing(desk, responder, 1000)

    assert len(wrote) == 2 * most


@pytest.mark.parametrize("rounds", [50, pytest.param(1000, marks=pytest.mark.long)])
@pytest.mark.parametrize("responder", [keeps_its_subject, counts_in_its_subject])
def test_machines_that_go_on_writing_hear_nothing_after_the_limit(
    responder: Responder, rounds: int, desk: Bench
) -> None:
    wrote = facing(desk, responder, rounds, stubborn=True)

    assert 0 < len(wrote) <= 2 * MOST
    assert max(at for _, at in wrote) < NOW + WITHIN


SIGNS = ("Auto-Submitted", "X-Auto-Response-Suppress", "X-Supportq-Loop", "Precedence", "List-Unsubscribe")
NAMES = ("Message-ID", "In-Reply-To", "References")


def without(headers: Sequence[str], data: bytes, number: int) -> bytes:
    """Return a mail as a gateway hands it on that drops these headers, and puts a subject of its own into it."""
    made = message_from_bytes(data)
    for name in headers:
        del made[name]
    if "Subject" in headers:
        made["Subject"] = f"Fax of {number} pages"
    return made.as_bytes()


def post_of(desk: Bench, after: int) -> list[tuple[int, bytes]]:
    """Return what a desk has written since a message."""
    new = [posted.id for posted in outbox.everything(desk.queue.connection) if posted.id > after]
    return sorted(received(desk.queue, new).items())


def exchanged(one: Bench, other: Bench, lost: Sequence[str]) -> int:
    """Hand on what two desks write to each other, every minute, and return how many mails it was until they stop."""
    handed, count, quiet = {one: 0, other: 0}, 0, 0
    for number in range(1000):
        writing, reading = (one, other) if number % 2 else (other, one)
        new = post_of(writing, handed[writing])
        for message, data in new:
            handed[writing], count = message, count + 1
            deliver(reading.writer(NOW + timedelta(minutes=number)), without(lost, data, number))
        quiet = 0 if new else quiet + 1
        if quiet == 2:
            return count
    return count


@pytest.mark.parametrize(
    ("lost", "most"),
    [((), 4), (SIGNS, 4), (NAMES, 4), ((*SIGNS, *NAMES), 4), ((*SIGNS, *NAMES, "Subject"), 2 + 2 * MOST)],
)
def test_two_desks_that_write_to_each_other_fall_silent(
    lost: Sequence[str], most: int, desk: Bench, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with a_queue(tmp_path / "other") as other:
        theirs = check(SETTINGS + MAIL.replace("loom.example", "knit.example"))
        apply_settings(other.queue, theirs, Act("config apply", "ann", NOW - timedelta(days=30)))
        deliver(desk.writer(), mail("desk@knit.example", "first", {"Subject": "Wool"}))
        reply(desk.writer(), {1: "We have none."}, Manner(), {})
        notify(desk.writer(), {1: "We are closed."})

        assert 3 <= exchanged(desk, other, lost) <= most


def test_a_bounce_of_a_bounce_is_answered_by_nobody(desk: Bench) -> None:
    bounce = mail("MAILER-DAEMON@mx.example.com", "bounce", {"Subject": "failure notice"})
    deliver(desk.writer(), bounce)
    deliver(desk.writer(), bounce.replace(b"MAILER-DAEMON", b"postmaster").replace(b"<bounce@", b"<double@"))

    assert outbox.everything(desk.queue.connection) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Subject": "Re: Loom [#1]"},
        {"Subject": "Loom", "In-Reply-To": "<1@example.com>"},
        {"Subject": "Loom", "References": "<1.000000000000000000000000.0000000000000000@loom.example>"},
        {"Subject": "Loom", "To": "desk+1.0000000000000000@loom.example"},
    ],
)
def test_no_stranger_gets_into_a_ticket_by_naming_it(headers: dict[str, str], desk: Bench) -> None:
    deliver(desk.writer(), mail("ida@example.com", "1", {"Subject": "Loom"}))
    more = {key: value for key, value in headers.items() if key != "To"}

    data = mail("mallory@example.net", "forged", more).replace(b"desk@loom.example", headers.get("To", "").encode())
    deliver(desk.writer(NOW + timedelta(hours=1)), data)

    told = desk.queue.connection.execute("select ticket_id from message where direction = ?", (Direction.IN.value,))
    assert [ticket for (ticket,) in told] == [1, 2]
    participants = desk.queue.connection.execute("select count(*) from participant").fetchone()
    assert participants == (0,)
