"""What a kill does to mail that is being sent: none is lost, and none goes out twice by itself."""

import random
import shutil
import sqlite3
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from email import message_from_bytes
from pathlib import Path

import pytest
from postoffice import Clerk, rude_server, smtp_server
from processes import SUPPORTQ, environment, supportq

ACCOUNT = """
[mail.accounts.desk]
address = "desk@loom.example"
smtp = {{ host = "127.0.0.1", port = {port}, tls = "none" }}
"""


def a_desk(folder: Path, port: int, replies: int) -> Path:
    """Lay out a desk in whose outbox so many replies wait."""
    assert supportq("init", "team.db", folder=folder).returncode == 0
    settings = supportq("config", "show", folder=folder).stdout + ACCOUNT.format(port=port)
    assert supportq("config", "apply", "-", "--yes", folder=folder, stdin=settings).returncode == 0
    rows = "".join(f"Loom {number},c{number}@example.com,It creaks,email\n" for number in range(replies))
    asked = supportq("import", "-", "--from", "csv", folder=folder, stdin=f"subject,email,body,channel\n{rows}")
    assert asked.returncode == 0, asked.stderr
    answered = supportq("reply", "status:new", "--all", "--yes", "-m", "Oil it.", folder=folder)
    assert answered.returncode == 0, answered.stderr
    return folder


def sending(folder: Path, stderr: int = subprocess.DEVNULL) -> "subprocess.Popen[str]":
    return subprocess.Popen([SUPPORTQ, "send", "-q"], env=environment(folder), stderr=stderr, text=True)


def deliveries(folder: Path) -> dict[str, str]:
    """Return how far each mail is, by its Message-ID."""
    with closing(sqlite3.connect(folder / "team.db")) as connection:
        return dict(connection.execute("select external_id, delivery from message where external_id like '<%'"))


def names_of(clerk: Clerk) -> Counter[str]:
    """Return how often the server took each mail."""
    return Counter(str(message_from_bytes(taken.data)["Message-ID"]) for taken in clerk.taken)


@pytest.mark.parametrize(
    ("word", "after"),
    [
        *((word, "queued") for word in ("hello", "ehlo")),
        *((word, "maybe_sent") for word in ("mail", "rcpt", "DATA", "end")),
    ],
)
def test_a_mail_whose_sending_was_killed_waits_or_is_in_doubt(word: str, after: str, tmp_path: Path) -> None:
    reached = threading.Event()
    with rude_server(word, reached) as port:
        desk = a_desk(tmp_path, port, 1)
        process = sending(desk)
        assert reached.wait(20)
        process.kill()
        process.wait()

    supportq("send", folder=desk)

    assert list(deliveries(desk).values()) == [after]
    assert supportq("doctor", folder=desk).returncode == 0


@pytest.mark.parametrize("settled", ["confirm", "retry"])
def test_a_copy_whose_sending_was_killed_is_in_doubt_until_that_is_settled(settled: str, tmp_path: Path) -> None:
    clerk = Clerk({"bo@example.com": "451 greylisted"})
    with smtp_server(clerk) as port:
        desk = a_desk(tmp_path, port, 0)
        asked = "From: ida@example.com\nMessage-ID: <1@example.com>\nSubject: Loom\n\nIt creaks.\n"
        supportq("deliver", folder=desk, stdin=asked)
        supportq("reply", "1", "-m", "Oil it.", "--cc", "bo@example.com", "--send", folder=desk)
        supportq("outbox", "retry", "--all", folder=desk)
        clerk.answers, clerk.dawdles_s = {}, 20
        process = sending(desk)
        while len(clerk.taken) < 2:
            time.sleep(0.01)
        process.kill()
        process.wait()
        clerk.dawdles_s = 0

        found = supportq("send", folder=desk)
        in_doubt = supportq("outbox", "list", "-c", "to,state", "--no-header", folder=desk).stdout
        again = supportq("send", folder=desk)
        supportq("outbox", settled, "--in-doubt", folder=desk)
        supportq("send", folder=desk)

    assert "1: maybe sent to bo@example.com: it was claimed by a process that is gone" in found.stderr
    assert in_doubt == "bo@example.com\tmaybe sent\n"
    assert again.stderr == "Nothing waits to be sent.\n"
    assert len(clerk.taken) == 2 + (settled == "retry")
    assert {taken.recipients for taken in clerk.taken[1:]} == {("bo@example.com",)}
    assert list(deliveries(desk).values()).count("sent") == 1
    assert supportq("outbox", "list", "-f", "ids", folder=desk).stdout == ""


@pytest.mark.parametrize("kills", [5, pytest.param(200, marks=pytest.mark.long)])
def test_however_often_sending_is_killed_no_mail_is_lost_or_sent_twice(kills: int, tmp_path: Path) -> None:
    clerk, chance = Clerk(dawdles_s=0.01), random.Random(kills)  # noqa: S311 - moments, not secrets
    with smtp_server(clerk) as port:
        desk = a_desk(tmp_path, port, 5 * kills)
        for _ in range(kills):
            before, process = len(clerk.taken), sending(desk)
            while process.poll() is None and len(clerk.taken) == before:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.06))
            process.kill()
            process.wait()
        sending(desk).wait(600)

    taken, found = names_of(clerk), deliveries(desk)
    in_doubt = {name for name, state in found.items() if state == "maybe_sent"}
    assert set(taken.values()) == {1}
    assert {name for name, state in found.items() if state == "sent"} == taken.keys() - in_doubt
    assert set(found.values()) <= {"sent", "maybe_sent"}
    assert len(in_doubt) <= kills
    assert supportq("doctor", folder=desk).returncode == 0


def test_several_who_send_at_once_send_each_mail_once(tmp_path: Path) -> None:
    clerk = Clerk(dawdles_s=0.005)
    with smtp_server(clerk) as port:
        desk = a_desk(tmp_path, port, 60)
        processes = [sending(desk) for _ in range(4)]
        codes = {process.wait(60) for process in processes}

    assert codes == {0}
    assert names_of(clerk) == dict.fromkeys(deliveries(desk), 1)
    assert set(deliveries(desk).values()) == {"sent"}


def copied(desk: Path) -> None:
    """Put a copy of the queue in its place, as a file manager does."""
    shutil.copy(desk / "team.db", desk / "copy.db")
    (desk / "copy.db").replace(desk / "team.db")


def backed_up(desk: Path) -> None:
    """Put a backup over the queue, into the very file."""
    supportq("backup", "copy.db", folder=desk)
    shutil.copy(desk / "copy.db", desk / "team.db")


def exported(desk: Path) -> None:
    """Make the queue anew of an export."""
    supportq("export", "-o", "all.jsonl", folder=desk)
    (desk / "team.db").unlink()
    supportq("init", "team.db", "--from", "all.jsonl", folder=desk)


@pytest.mark.parametrize("bring_back", [copied, backed_up, exported])
def test_what_waits_in_a_copy_is_in_doubt_and_what_is_written_there_is_not(
    bring_back: Callable[[Path], None], tmp_path: Path
) -> None:
    clerk = Clerk()
    with smtp_server(clerk) as port:
        desk = a_desk(tmp_path, port, 2)
        bring_back(desk)
        supportq("reply", "2", "-m", "And once more.", "--yes", folder=desk)
        sent = supportq("send", folder=desk)
        again = supportq("send", folder=desk)
        kept = sorted(deliveries(desk).values())
        supportq("outbox", "retry", "--in-doubt", folder=desk)
        retried = supportq("send", folder=desk)

    assert kept == ["maybe_sent", "maybe_sent", "sent"]
    assert sent.returncode == 1
    assert "another copy of this queue may have sent it" in sent.stderr
    assert (again.returncode, retried.stderr) == (0, "2 sent.\n")


def test_an_interrupt_lets_the_mail_in_hand_be_finished(tmp_path: Path) -> None:
    clerk = Clerk(dawdles_s=0.3)
    with smtp_server(clerk) as port:
        desk = a_desk(tmp_path, port, 5)
        process = sending(desk, subprocess.PIPE)
        while not clerk.taken:
            time.sleep(0.01)
        process.terminate()
        _, said = process.communicate(timeout=20)

    sent = len(clerk.taken)
    assert (process.returncode, said) == (130, f"Interrupted: {sent} sent, {5 - sent} left for supportq send.\n")
    assert sorted(deliveries(desk).values()) == ["queued"] * (5 - len(clerk.taken)) + ["sent"] * len(clerk.taken)
