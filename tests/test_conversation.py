"""Ten mails between a customer and a desk over real servers: one ticket here and one thread there."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from dovecot import PASSWORD, Dovecot, dovecot
from postoffice import Clerk, smtp_server
from queues import SETTINGS, new_queue
from running import Run, run

ACCOUNT = """
[mail.accounts.support]
address = "desk@loom.example"
password = "desk"
plus = true
smtp = {{ host = "127.0.0.1", port = {smtp}, tls = "none" }}
imap = {{ host = "127.0.0.1", port = {imap}, tls = "none", user = "desk" }}
"""
QUOTED = "\n\nSent from my phone\n\n> On 16 Nov 2026, at 12:00, desk <desk@loom.example> wrote:\n>\n> Oil it. [#99]\n"
"""What stands under the words of somebody who writes on top."""

BEGINNING = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


@dataclass(slots=True)
class World:
    """A customer and a desk with a mailbox each, and the server that carries what the desk sends."""

    server: Dovecot
    clerk: Clerk
    queue: Path
    now: datetime = BEGINNING
    sent: list[EmailMessage] = field(default_factory=list)
    had: list[EmailMessage] = field(default_factory=list)

    def desk(self, *words: str) -> Run:
        """Run a command some hours later."""
        self.now += timedelta(hours=3)
        told = {"DESK_PASSWORD": PASSWORD}
        ran = run(*words, queue=self.queue, now=self.now.isoformat()[:19] + "Z", environment=told)
        assert ran.code == 0, ran.err
        return ran

    def write(self, mail: EmailMessage, body: str) -> None:
        """Let the customer send a mail, and keep a copy of it."""
        self.now += timedelta(hours=3)
        mail["From"] = "Ida Berg <ida@example.com>"
        if "To" not in mail:
            mail["To"] = "desk@loom.example"
        mail["Date"], mail["Message-ID"] = format_datetime(self.now), f"<ida-{len(self.sent)}@mua.example>"
        mail.set_content(body)
        self.sent.append(mail)
        for user in ("desk", "ida"):
            self.server.put(user, mail.as_bytes())

    def answer(self, body: str) -> None:
        """Let the desk fetch what came, read and answer it, and the mail arrive."""
        self.desk("fetch")
        self.desk("show", "1")
        self.desk("reply", "1", "-m", body, "--send")
        data = self.clerk.taken[-1].data
        self.had.append(message_from_bytes(data, policy=policy.default))
        self.server.put("ida", data)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clerk = Clerk()
    with dovecot() as server, smtp_server(clerk) as port:
        account = ACCOUNT.format(smtp=port, imap=server.port)
        queue = new_queue(tmp_path / "desk.db", SETTINGS + account)
        preferences = tmp_path / "config" / "supportq" / "preferences.toml"
        preferences.parent.mkdir(parents=True)
        preferences.write_text('[secrets.desk]\nenv = "DESK_PASSWORD"\n', encoding="utf-8")
        yield World(server, clerk, queue)


def as_outlook(world: World) -> EmailMessage:
    """Return an answer that names no mail, only a thread of Outlook's own."""
    mail = EmailMessage()
    mail["Subject"] = f"RE: {world.had[-1]['Subject']}"
    mail["Thread-Topic"], mail["Thread-Index"] = "My loom", "AdsXWm1ZzF0n0zR9TtWb4kq2o3p5Qw=="
    return mail


def as_gmail(world: World) -> EmailMessage:
    """Return an answer that names all mails before it."""
    mail, last = EmailMessage(), world.had[-1]
    mail["Subject"] = str(last["Subject"])
    mail["In-Reply-To"] = str(last["Message-ID"])
    mail["References"] = f"{last['References']} {last['Message-ID']}"
    return mail


def as_mailing_list(world: World) -> EmailMessage:
    """Return an answer to the customer's own last mail, as a list marks it."""
    mail = EmailMessage()
    mail["Subject"] = f"[weavers] Re: {world.had[-1]['Subject']}"
    mail["In-Reply-To"] = str(world.sent[-1]["Message-ID"])
    return mail


def as_a_polish_program(world: World) -> EmailMessage:
    """Return an answer in another language that names the first mail of all, and no other."""
    mail = EmailMessage()
    mail["Subject"] = f"Odp: AW: {world.had[-1]['Subject']}"
    mail["References"] = str(world.had[0]["Message-ID"])
    return mail


def as_gmail_with_a_new_subject(world: World) -> EmailMessage:
    """Return an answer whose writer has changed what it is about."""
    mail = as_gmail(world)
    mail.replace_header("Subject", "Now it squeaks")
    return mail


def as_a_telephone(world: World) -> EmailMessage:
    """Return an answer to the ticket's own address that names nothing else."""
    mail = EmailMessage()
    mail["Subject"], mail["To"] = "Re: My loom", str(world.had[-1]["Reply-To"])
    return mail


def as_a_shouting_gateway(world: World) -> EmailMessage:
    """Return an answer whose headers went through a program that knows capitals only."""
    mail = EmailMessage()
    mail["SUBJECT"] = "RE: MY LOOM"
    mail["IN-REPLY-TO"] = str(world.had[-1]["Message-ID"]).upper()
    return mail


def as_folded_by_a_server(world: World) -> EmailMessage:
    """Return an answer in which a server has broken every header where that can be."""
    mail = EmailMessage(policy=policy.default.clone(max_line_length=66))
    mail["Subject"], mail["References"] = "Re: My loom", " ".join(str(had["Message-ID"]) for had in world.had)
    return mail


PROGRAMS: list[list[Callable[[World], EmailMessage]]] = [
    [as_outlook, as_gmail, as_mailing_list, as_a_polish_program],
    [as_gmail_with_a_new_subject, as_a_telephone, as_a_shouting_gateway, as_folded_by_a_server],
]


@pytest.mark.parametrize("programs", PROGRAMS)
def test_ten_mails_of_a_customer_and_the_desk_are_one_ticket_and_one_thread(
    programs: list[Callable[[World], EmailMessage]], world: World
) -> None:
    opening = EmailMessage()
    opening["Subject"] = "My loom"
    world.write(opening, "It creaks.")
    world.answer("Where does it creak?")
    for program in programs:
        world.write(program(world), f"It creaks as {program.__name__}.{QUOTED}")
        world.answer(f"Oil it after {program.__name__}.")

    with closing(sqlite3.connect(world.queue)) as connection:
        said = connection.execute("select ticket_id, direction, delivery from message order by at, id").fetchall()
    assert said == [(1, "in", None), (1, "out", "sent")] * 5
    with world.server.client("ida") as client:
        (thread,) = client.thread("REFERENCES")
    assert sorted(numbers_in(thread)) == list(range(1, 11))
    for number, answer in enumerate(world.had):
        assert answer["In-Reply-To"] == world.sent[number]["Message-ID"]
        earlier = [mail["Message-ID"] for pair in zip(world.sent, world.had, strict=True) for mail in pair]
        assert answer["References"].split() == earlier[: 2 * number + 1]


def numbers_in(thread: Any) -> Iterator[int]:
    """Yield the mails of a thread, and of all that it branches into."""
    if isinstance(thread, int):
        yield thread
        return
    for branch in thread:
        yield from numbers_in(branch)
