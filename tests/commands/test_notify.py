"""Telling many the same: each customer once, nobody who does not want it, slowly, and no clock minds."""

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from postoffice import Clerk, smtp_server
from queues import SETTINGS, new_queue
from running import Run, run

from supportq.errors import ExitCode

MAIL = """
[mail]
notices_a_minute = 2
[mail.accounts.desk]
address = "desk@loom.example"
smtp = {{ host = "127.0.0.1", port = {port}, tls = "none" }}
[canned.outage]
body = "{{{{ customer.name }}}}, we are down."
"""
CUSTOMERS = ("Ida", "Ben", "Eve")


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


@pytest.fixture
def desk(tmp_path: Path, clerk: Clerk) -> Iterator[Path]:
    """Lend a desk where Ida has written twice, Ben and Eve once, and Jo on the phone."""
    with smtp_server(clerk) as port:
        queue = new_queue(tmp_path / "desk.db", SETTINGS + MAIL.format(port=port))
        for number, name in enumerate((*CUSTOMERS, "Ida"), 1):
            deliver(queue, name, f"Loom {number}")
        run("log", "Loom", "-c", "Jo", "--channel", "phone", "-m", "Down?", queue=queue)
        yield queue


def deliver(queue: Path, name: str, subject: str, more: str = "") -> None:
    head = f"From: {name} <{name.lower()}@example.com>\nMessage-ID: <{subject}.{name}@example.com>\n"
    stdin = f"{head}Subject: {subject}\n{more}\nDown?\n".replace("<Loom ", "<loom.")
    assert run("deliver", queue=queue, stdin=stdin).code == ExitCode.DONE


def notify(queue: Path, *words: str) -> Run:
    return run("notify", "status:new", "--canned", "outage", *words, queue=queue)


def test_each_customer_is_told_once_and_no_clock_or_status_minds(desk: Path, clerk: Clerk) -> None:
    before = run("list", "-f", "csv", "-c", "id,status,due", queue=desk).out

    told = notify(desk, "--yes")
    run("send", queue=desk)
    run("send", queue=desk, now="2026-11-20T15:01:00Z")

    assert told.err.splitlines() == [
        "3 customers notified (1 left out: 1 no mail address). Undo: supportq undo",
        "What they get waits in the outbox, 2 a minute. Send it: supportq send",
    ]
    mails = [message_from_bytes(taken.data, policy=default) for taken in clerk.taken]
    assert sorted(mail["To"] for mail in mails) == [
        f"{name} <{name.lower()}@example.com>" for name in sorted(CUSTOMERS)
    ]
    assert {mail["List-Unsubscribe"] for mail in mails} == {"<mailto:desk@loom.example?subject=unsubscribe>"}
    assert {mail["Auto-Submitted"] for mail in mails} == {"auto-generated"}
    assert mails[0].get_content().splitlines()[0] == "Ben, we are down."
    assert run("list", "-f", "csv", "-c", "id,status,due", queue=desk).out == before


def test_what_is_written_by_hand_is_filled_in_for_each_and_shown_before_it_goes(desk: Path, clerk: Clerk) -> None:
    words = ("notify", "status:new", "-m", "Dear {{ customer.first_name }}, we move.")
    assert "\nDear Ida, we move.\n" in run(*words, "-n", queue=desk).err

    run(*words, "--yes", queue=desk)
    run("send", queue=desk)
    assert {message_from_bytes(taken.data, policy=default).get_content().splitlines()[0] for taken in clerk.taken} == {
        "Dear Ida, we move.",
        "Dear Ben, we move.",
    }


def test_who_has_no_name_is_called_by_address_and_what_else_is_missing_is_told_of_all(desk: Path) -> None:
    run("log", "Loom", "-c", "zoe@example.com", "--channel", "email", "-m", "Down?", queue=desk)
    told = run("notify", "6", "-m", "Dear {{ customer.first_name }}", "-n", queue=desk)
    assert "\nDear zoe@example.com\n" in told.err

    told = run("notify", "status:new", "-m", "Order {{ ticket.fields.order }}", "-n", queue=desk)
    assert told.code == ExitCode.FAILED
    assert "can't be filled in for 4: it has no 'order' (nor for 3 more)" in told.err
    assert '{{ ticket.fields.order | default("customer") }}' in told.err


def test_they_leave_no_faster_than_the_settings_say(desk: Path, clerk: Clerk) -> None:
    notify(desk, "--yes")
    run("send", queue=desk)

    assert len(clerk.taken) == 2


def test_who_asks_for_it_or_can_not_be_reached_is_left_out(desk: Path, clerk: Clerk) -> None:
    deliver(desk, "Eve", "unsubscribe", "Auto-Submitted: auto-generated\n")
    run("reply", "2", "-m", "We know.", queue=desk)
    clerk.answers = {"ben@example.com": "550 no such user"}
    run("send", queue=desk)

    counted = run("notify", "created:today", "--canned", "outage", "-n", queue=desk)
    assert counted.out.splitlines()[1:] == [
        "4\tIda\t2\t",
        "2\tBen\t1\tlast mail came back",
        "6\tEve\t2\tunsubscribed",
        "5\tJo\t1\tno mail address",
    ]
    assert "1 customer (3 left out: 1 last mail came back, 1 unsubscribed, 1 no mail address)" in counted.err


@pytest.mark.parametrize(
    ("subject", "body", "is_left_out"),
    [
        ("Unsubscribe me please", "Hello", True),
        ("Re: unsubscribe", "", True),
        ("Re: News [#1]", "Unsubscribe!\n\n> We move.", True),
        ("Unsubscribe button broken", "It does nothing.", False),
        ("Question", "How do I unsubscribe a colleague?", False),
    ],
)
def test_who_asks_in_plain_words_to_hear_no_more_is_left_out(
    subject: str, body: str, *, is_left_out: bool, desk: Path
) -> None:
    head = "From: Ida <ida@example.com>\nMessage-ID: <u@example.com>\n"
    run("deliver", queue=desk, stdin=f"{head}Subject: {subject}\n\n{body}\n")

    assert ("unsubscribed" in notify(desk, "-n").out) is is_left_out


def test_nobody_is_told_without_a_yes_or_by_a_dry_run(desk: Path) -> None:
    assert notify(desk).code == ExitCode.USAGE
    assert notify(desk, "-n").code == ExitCode.DONE
    assert run("outbox", "list", "-f", "tsv", "--no-header", queue=desk).out == ""


def test_it_can_be_undone_until_it_is_sent(desk: Path, clerk: Clerk) -> None:
    notify(desk, "--yes")
    assert run("undo", queue=desk).code == ExitCode.DONE
    run("send", queue=desk)
    assert not clerk.taken

    notify(desk, "--yes")
    run("send", queue=desk)
    assert "can't be unsent" in run("undo", queue=desk).err


def test_without_an_account_nobody_is_written_to(tmp_path: Path) -> None:
    queue = new_queue(tmp_path / "desk.db")
    run("log", "Loom", "-c", "ida@example.com", "-m", "Down?", queue=queue)

    assert "no mail account" in run("notify", "1", "-m", "We are down.", "--yes", queue=queue).err
