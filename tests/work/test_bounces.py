"""What comes back, in the words of many servers: the reply that it returns is failed, and the clock goes on."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from queues import NOW, SETTINGS, Bench, a_queue

from supportq.model.event import Kind
from supportq.model.message import Author
from supportq.settings.check import check
from supportq.store.retarget import Act, apply_settings
from supportq.work.deliver import deliver
from supportq.work.manner import Manner
from supportq.work.reply import reply

MAIL = """
[mail.accounts.desk]
address = "desk@loom.example"
smtp = { host = "127.0.0.1", tls = "none" }
"""
INQUIRY = b"From: Ida <ida@example.com>\nMessage-ID: <1@example.com>\nSubject: Loom\n\nIt creaks.\n"

POSTFIX = """Return-Path: <>
From: MAILER-DAEMON@mail.loom.example (Mail Delivery System)
To: desk@loom.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"
Message-Id: <postfix@mail.loom.example>

--B
Content-Description: Notification

I'm sorry to have to inform you that your message could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.loom.example

Final-Recipient: rfc822; ida@example.com
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
--B
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: desk@loom.example
Message-ID: {name}
Subject: Re: Loom [#1]
--B--
"""
EXCHANGE = """From: <postmaster@example.onmicrosoft.com>
To: desk@loom.example
Subject: Undeliverable: Re: Loom [#1]
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"
Message-Id: <exchange@example.onmicrosoft.com>
In-Reply-To: {name}

--B
Content-Type: text/html; charset="us-ascii"

<p>Your message to ida@example.com couldn't be delivered.</p>
--B
Content-Type: message/delivery-status

Reporting-MTA: dns;example.onmicrosoft.com

Final-Recipient: rfc822;ida@example.com
Action: failed
Status: 5.1.10
--B
Content-Type: message/rfc822

From: desk@loom.example
To: ida@example.com
Message-ID: {name}
Subject: Re: Loom [#1]

Oil it.
--B--
"""
EXIM = """Return-path: <>
From: Mail Delivery System <Mailer-Daemon@mx.example.com>
To: desk@loom.example
X-Failed-Recipients: ida@example.com
Auto-Submitted: auto-replied
Subject: Mail delivery failed: returning message to sender
Message-Id: <E1exim@mx.example.com>

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ida@example.com
    Unrouteable address

------ This is a copy of the message, including all the headers. ------

From: desk@loom.example
Message-ID: {name}
Subject: Re: Loom [#1]

Oil it.
"""
QMAIL = """Return-Path: <>
From: MAILER-DAEMON@mx.example.com
To: desk@loom.example
Subject: failure notice
Message-Id: <qmail@mx.example.com>

Hi. This is the qmail-send program at mx.example.com.
I'm afraid I wasn't able to deliver your message to the following addresses.

<ida@example.com>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <desk@loom.example>
Message-ID: {name}
From: desk@loom.example

Oil it.
"""
EXIM_WARNING = EXIM.replace(
    "Mail delivery failed: returning message to sender", "Warning: message 1e delayed 24 hours"
).replace("permanent", "temporary")
AWAY = """From: Ida <ida@example.com>
To: desk@loom.example
Subject: Out of office: Re: Loom [#1]
Auto-Submitted: auto-replied
In-Reply-To: {name}
Message-Id: <away@example.com>

I am back on Monday.
"""
LIST = AWAY.replace("Auto-Submitted: auto-replied", "List-Id: <looms.example.com>\nPrecedence: list")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Bench]:
    """Lend a desk that has answered an inquiry, whose answer was sent and whose clock was met."""
    with a_queue(tmp_path) as bench:
        apply_settings(bench.queue, check(SETTINGS + MAIL), Act("config apply", "ann", NOW - timedelta(days=30)))
        deliver(bench.writer(NOW), INQUIRY)
        reply(bench.writer(NOW + timedelta(minutes=10)), {1: "Oil it."}, Manner(), {})
        with bench.writer(NOW + timedelta(minutes=11)).change("send") as change:
            change.record(1, Kind.SENT, message=2)
            change.store()
        yield bench


def come_back(desk: Bench, mail: str, minute: int = 20, **words: str) -> None:
    (name,) = desk.queue.connection.execute("select external_id from message where id = 2").fetchone()
    data = mail.format(name=name, **words).encode()
    deliver(desk.writer(NOW + timedelta(minutes=minute)), data)


def standing(desk: Bench) -> tuple[str, str, str, str, int]:
    """Return how the reply is, the clock and when it started, the ticket, and whether it says what happened."""
    found: tuple[str, str, str, str, int] = desk.queue.connection.execute(
        "select message.delivery, clock.standing, clock.started_at, ticket.status, ticket.reply_failed "
        "from message join ticket on ticket.id = 1 join clock on clock.ticket_id = 1 and clock.kind = 'first_response' "
        "where message.id = 2"
    ).fetchone()
    return found


def tickets(desk: Bench) -> int:
    (count,) = desk.queue.connection.execute("select count(*) from ticket").fetchone()
    return int(count)


FAILED = ("failed", "running", "2026-11-20T15:00:00Z", "open", 1)
SENT = ("sent", "met", "2026-11-20T15:00:00Z", "pending", 0)


@pytest.mark.parametrize(
    "mail", [POSTFIX.replace("{action}", "failed"), EXCHANGE, EXIM, QMAIL], ids=["postfix", "exchange", "exim", "qmail"]
)
def test_a_bounce_fails_its_reply_and_the_clock_goes_on_from_its_start(mail: str, desk: Bench) -> None:
    assert standing(desk) == SENT

    come_back(desk, mail)

    assert (standing(desk), tickets(desk)) == (FAILED, 1)
    assert {author for (author,) in desk.queue.connection.execute("select author from message where automatic")} == {
        Author.SYSTEM.value
    }


@pytest.mark.parametrize(
    "mail",
    [POSTFIX.replace("{action}", "delayed"), POSTFIX.replace("{action}", "relayed"), EXIM_WARNING, AWAY, LIST],
    ids=["delayed", "relayed", "warning", "away", "list"],
)
def test_what_is_no_failure_moves_nothing(mail: str, desk: Bench) -> None:
    come_back(desk, mail)

    assert (standing(desk), tickets(desk)) == (SENT, 1)


def test_a_bounce_that_names_a_mail_that_we_never_sent_fails_nothing(desk: Bench) -> None:
    deliver(desk.writer(NOW + timedelta(minutes=20)), EXIM.format(name="<forged@loom.example>").encode())

    assert standing(desk) == SENT


def test_what_is_answered_after_a_bounce_is_answered_and_the_mail_that_came_back_is_not_delivered(desk: Bench) -> None:
    come_back(desk, QMAIL)
    reply(desk.writer(NOW + timedelta(minutes=30)), {1: "Oil it, we said."}, Manner(), {})
    with desk.writer(NOW + timedelta(minutes=31)).change("send") as change:
        (newest,) = desk.queue.connection.execute("select max(id) from message").fetchone()
        change.record(1, Kind.SENT, message=newest)
        change.store()

    assert standing(desk) == ("failed", "met", "2026-11-20T15:00:00Z", "pending", 1)
