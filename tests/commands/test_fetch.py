"""Mail is fetched from real servers: all of it and once, whoever was there before, and whatever breaks."""

import mailbox
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pexpect  # type: ignore[import-untyped]
import pytest
from dovecot import PASSWORD, Dovecot, dovecot, free_port
from imapclient import IMAPClient
from processes import SUPPORTQ, environment
from queues import SETTINGS, a_queue, new_queue
from relay import Relay, a_relay
from running import NOW, Run, run

from supportq.errors import ExitCode
from supportq.mail.account import Fetching, Server, Tls
from supportq.mail.inbox import Inbox
from supportq.mail.trust import trusting
from supportq.store import fetching
from supportq.work.fetch import Fetch, Tally

ACCOUNT = """
[mail.accounts.{name}]
address = "{name}@loom.example"
password = "{password}"
imap = {{ host = "127.0.0.1", port = {port}, tls = "none", user = "{user}", folder = "{folder}"{then} }}
"""
MOVED = ', then = "move", moved_to = "Taken"'
RULE = """
[[rules]]
name = "looms"
when = "text:loom"
team = "technical"
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk with a mailbox on a real server."""

    server: Dovecot
    folder: Path

    @property
    def user(self) -> str:
        return self.folder.name

    @property
    def queue(self) -> Path:
        return self.folder / "desk.db"

    def put(self, *mails: bytes) -> None:
        self.server.put(self.user, *mails)

    def fetch(self, *words: str, terminal: bool = False) -> Run:
        told = {"DESK_PASSWORD": PASSWORD}
        return run("fetch", *words, queue=self.queue, terminal=terminal, environment=told)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start it in a process of its own."""
        return subprocess.Popen(
            [SUPPORTQ, "fetch", *words],
            env=self.environment,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
        )

    @property
    def environment(self) -> dict[str, str]:
        more = {"XDG_CONFIG_HOME": f"{self.folder}/config", "SUPPORTQ_QUEUE": str(self.queue), "SUPPORTQ_NOW": NOW}
        return environment(self.folder, **more, DESK_PASSWORD=PASSWORD)

    def asked(self, question: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.queue)) as connection:
            return connection.execute(question).fetchall()

    def subjects(self) -> list[str]:
        """Return what came in, as often as it did."""
        found = self.asked("select subject from message_view where direction = 'in' order by subject")
        return [str(subject) for (subject,) in found]


class Copy(Desk):
    """Another queue file with the same mailbox."""

    @property
    def queue(self) -> Path:
        return self.folder / "copy.db"


def described(name: str, port: int, user: str, **more: str) -> str:
    """Return what the settings say of an account; `password` is the name of one."""
    usual = {"password": "desk", "folder": "INBOX", "then": ""}
    return ACCOUNT.format(name=name, port=port, user=user, **usual | more)


def founded(server: Dovecot, folder: Path, accounts: str) -> Desk:
    new_queue(folder / "desk.db", SETTINGS + RULE + accounts)
    preferences = folder / "config" / "supportq" / "preferences.toml"
    preferences.parent.mkdir(parents=True)
    preferences.write_text('[secrets.desk]\nenv = "DESK_PASSWORD"\n[secrets.other]\nenv = "NOWHERE"\n')
    return Desk(server, folder)


@pytest.fixture
def desk(server: Dovecot, tmp_path: Path) -> Desk:
    return founded(server, tmp_path, described("support", server.port, tmp_path.name))


def mail(number: int, subject: str = "", **headers: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Message-ID"] = "ida@example.com", "desk@loom.example", f"<{number}@example.com>"
    made["Date"], made["Subject"] = "Fri, 20 Nov 2026 10:00:00 +0100", subject or f"Order {number:03}"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content("It creaks.")
    return made.as_bytes()


def test_what_came_in_is_taken_once_and_marked_only_then(desk: Desk) -> None:
    desk.put(mail(1, "My loom"), mail(2, "Re: My loom", In_Reply_To="<1@example.com>"), mail(3))

    planned = desk.fetch("-n")
    assert planned.out.splitlines()[1:] == [
        "support\tida@example.com\tMy loom\tnew",
        "support\tida@example.com\tRe: My loom\tnew",
        "support\tida@example.com\tOrder 003\tnew",
    ]
    assert planned.err == "Dry run: 3 mails would be taken in; nothing was changed.\n"
    assert list(desk.server.held(desk.user).values()) == [(), (), ()]

    assert desk.fetch().err.splitlines() == [
        "3 mails: 2 new tickets, 1 added to an earlier one.",
        "The rules found a team or an agent for 1; 1 left to decide: supportq triage",
        "Undo: supportq undo 2",
    ]
    assert list(desk.server.held(desk.user).values()) == [(rb"\Seen",)] * 3
    assert desk.fetch().err == "No new mail.\n"
    assert desk.fetch("-q") == Run(0, "", "")
    assert desk.subjects() == ["My loom", "Order 003", "Re: My loom"]


def test_mail_that_somebody_has_read_is_taken_too(desk: Desk) -> None:
    desk.server.put(desk.user, mail(1), flags=[rb"\Seen"])

    assert desk.fetch().err.startswith("1 mail: 1 new ticket.\n")


def test_undone_mail_comes_back_with_all_and_nothing_else_does(desk: Desk) -> None:
    desk.put(mail(1))
    way_back = desk.fetch().err.splitlines()[-1].removeprefix("Undo: supportq ")
    undone = run(*way_back.split(), queue=desk.queue)
    desk.put(mail(2))

    assert desk.fetch().err.startswith("1 mail: 1 new ticket.\n")
    assert desk.fetch("--all").err.startswith("2 mails: 1 new ticket, 1 known already.\n")
    assert desk.fetch("--all").err == "2 mails: 2 known already.\n"
    assert f"To have it again: supportq redo {way_back.split()[1]}\n" in undone.err


def test_an_undo_takes_back_what_a_person_did_and_not_what_came_in(desk: Desk) -> None:
    desk.put(mail(1))
    desk.fetch()
    run("note", "1", "-m", "Ours", queue=desk.queue)
    desk.put(mail(2))
    desk.fetch()

    undone, again = run("undo", queue=desk.queue), run("undo", queue=desk.queue)

    assert "(note, by ann) undone" in undone.err
    assert "What came in since stays, last by change " in undone.err
    assert "(fetch, by ann)" not in again.err.partition("undone")[0]
    assert desk.subjects() == ["Order 001", "Order 002"]


@pytest.mark.parametrize(
    "copied",
    [
        ("cp", "desk.db", "copy.db"),
        (SUPPORTQ, "backup", "copy.db"),
        ("sh", "-c", f"{SUPPORTQ} export | {SUPPORTQ} init copy.db --from -"),
    ],
)
def test_a_copy_takes_no_mail_from_the_original_until_it_moves_in(desk: Desk, copied: tuple[str, ...]) -> None:
    assert desk.fetch().err == "No new mail.\n"
    subprocess.run(copied, cwd=desk.folder, env=desk.environment, check=True, capture_output=True)
    copy = Copy(desk.server, desk.folder)
    desk.put(mail(1))

    refused = copy.fetch("-q")
    assert (refused.code, refused.err.splitlines()[0]) == (
        ExitCode.FAILED,
        "supportq: this file is a copy of a queue, and would take away what the original fetches",
    )
    assert copy.start("--watch").communicate(timeout=20)[1] == refused.err
    assert "This file is a copy of a queue" in run("mail", "status", queue=copy.queue, terminal=True).err
    assert copy.fetch("-n").err.startswith("Dry run: 1 mail would be taken in;")
    assert (copy.subjects(), list(desk.server.held(desk.user).values())) == ([], [()])
    assert desk.fetch().err.startswith("1 mail: 1 new ticket.\n")

    desk.put(mail(2))
    assert copy.fetch("--here").code == ExitCode.DONE
    desk.put(mail(3))
    assert copy.fetch().err.startswith("1 mail: 1 new ticket.\n")


def test_a_queue_that_is_moved_goes_on_fetching(desk: Desk) -> None:
    desk.fetch()
    desk.queue.rename(desk.folder / "copy.db")

    assert Copy(desk.server, desk.folder).fetch().code == ExitCode.DONE


def test_what_came_before_a_day_stays_for_good(desk: Desk) -> None:
    with desk.server.client(desk.user) as client:
        for number, day in ((1, 5), (2, 6), (3, 7)):
            client.append("INBOX", mail(number), msg_time=datetime(2026, 11, day, 12, tzinfo=UTC))

    assert desk.fetch("--since", "2w").err.startswith("2 mails: 2 new tickets.\n")
    assert desk.fetch().err == "No new mail.\n"
    assert desk.subjects() == ["Order 002", "Order 003"]
    assert list(desk.server.held(desk.user).values()) == [(), (rb"\Seen",), (rb"\Seen",)]


def test_a_folder_that_was_made_anew_is_looked_through_and_its_mail_known(server: Dovecot, tmp_path: Path) -> None:
    desk = founded(server, tmp_path, described("support", server.port, tmp_path.name, folder="Post"))
    with server.client(desk.user) as client:
        for _ in range(2):
            client.create_folder("Post")
            client.append("Post", mail(1))
            desk.fetch()
            client.delete_folder("Post")
            time.sleep(1.1)  # Dovecot counts the validity of numbers in seconds
        client.create_folder("Post")
        client.append("Post", mail(2))
        client.append("Post", mail(1))

    assert desk.fetch().err.startswith("2 mails: 1 new ticket, 1 known already.\n")
    assert server.held(desk.user, "Post") == {1: (rb"\Seen",), 2: (rb"\Seen",)}


def test_mail_is_known_and_threaded_alike_whatever_way_it_comes(desk: Desk, tmp_path: Path) -> None:
    first, second, third = (
        mail(1),
        mail(2, In_Reply_To="<1@example.com>"),
        mail(3, References="<1@example.com> <2@example.com>"),
    )
    box = mailbox.Maildir(str(tmp_path / "Maildir"))
    box.add(second)
    run("deliver", queue=desk.queue, stdin=first.decode())
    run("import", str(tmp_path / "Maildir"), queue=desk.queue)
    desk.put(first, second, third)

    assert desk.fetch().err.startswith("3 mails: 1 added to an earlier one, 2 known already.\n")
    assert (
        "3 unchanged" in run("import", "-", "--from", "mbox", queue=desk.queue, stdin=as_mbox(first, second, third)).err
    )
    assert run("deliver", queue=desk.queue, stdin=third.decode()).code == 0
    assert desk.asked("select distinct ticket_id from message") == [(1,)]
    assert desk.subjects() == ["Order 001", "Order 002", "Order 003"]


def as_mbox(*mails: bytes) -> str:
    return "".join(f"From ida Mon Mar  2 09:00:00 2026\n{each.decode()}\n" for each in mails)


def test_a_mail_that_nobody_can_read_is_kept_with_a_ticket_that_stands_for_it(desk: Desk) -> None:
    desk.put(b"\r\n\xff\xfe no header at all")

    fetched = desk.fetch()
    assert "kept unread, as ticket 1" in fetched.err
    assert run("list", "tag:unreadable", "-f", "ids", queue=desk.queue).out == "1\n"


def test_a_mail_without_a_byte_is_left_and_named_until_it_is_gone(desk: Desk) -> None:
    desk.put(mail(1))
    empty = desk.server.folder / "mail" / desk.user / "new" / "1.M1P1.host"
    empty.touch()

    named = "support: mail 2 stays on the server: its server hands over nothing\n"
    assert desk.fetch("-q") == Run(ExitCode.REJECTED, "", named)
    assert desk.fetch("-q").err == named
    assert list(desk.server.held(desk.user).values()) == [(rb"\Seen",), ()]
    with desk.server.client(desk.user) as client:
        client.delete_messages([2])
        client.expunge()
    assert desk.fetch("-q") == Run(0, "", "")


def test_a_mail_that_is_too_large_stays_on_the_server_until_it_may_come(server: Dovecot, tmp_path: Path) -> None:
    server.put("large", mail(1), mail(2, "long", X_Filler="x" * 3700), mail(3))
    near = Fetching(Server("127.0.0.1", server.port, Tls.NONE, "large", "desk"))
    with a_queue(tmp_path) as bench, closing(Inbox.open(near, PASSWORD, trusting())) as inbox:
        tallies = [Tally(), Tally()]
        for tally, largest in zip(tallies, (3000, 9000), strict=True):
            for _ in Fetch(bench.writer(), "support", inbox, tally, largest).run():
                pass
            if tally is tallies[0]:
                assert fetching.fetches(bench.queue.connection)[0].refused == 1
                assert server.held("large") == {1: (rb"\Seen",), 2: (), 3: (rb"\Seen",)}

        assert [tally.opened for tally in tallies] == [[1, 2], [3]]
        (refused,) = tallies[0].refused
        assert refused.startswith(
            'support: mail 2 stays on the server ("long" from ida@example.com): it has 0.00459 MB'
        )
        assert fetching.fetches(bench.queue.connection)[0].refused == 0


def test_an_account_that_fails_stops_no_other_and_is_told_even_with_quiet(server: Dovecot, tmp_path: Path) -> None:
    user = tmp_path.name
    accounts = [
        described("broken", 1, user),
        described("locked", server.port, user, password="other"),  # noqa: S106 - its name
        described("support", server.port, user),
    ]
    desk = founded(server, tmp_path, "".join(accounts))
    desk.put(mail(1))

    fetched = desk.fetch("-q")
    assert fetched.code == ExitCode.FAILED
    assert fetched.err.splitlines()[0] == "broken: 127.0.0.1:1: can't be reached: Connection refused"
    assert 'locked: the password "other" should be in NOWHERE, which is not set' in fetched.err
    assert desk.subjects() == ["Order 001"]
    told = "select account, failure from mail_fetch where failed_at is not null"
    assert desk.asked(told)[0] == ("broken", "127.0.0.1:1: can't be reached: Connection refused")
    assert desk.fetch("support").code == ExitCode.DONE


def test_what_fails_as_before_is_not_told_again_with_quiet_and_that_it_works_again_is(
    server: Dovecot, tmp_path: Path
) -> None:
    locked = described("locked", server.port, tmp_path.name, password="other")  # noqa: S106 - its name
    desk = founded(server, tmp_path, locked + described("support", server.port, tmp_path.name))

    told = [desk.fetch("locked", "-q"), desk.fetch("locked", "-q"), desk.fetch("locked")]
    assert [(each.code, each.err.count("NOWHERE")) for each in told] == [(1, 1), (1, 0), (1, 1)]
    assert [desk.fetch("support", "-q").err for _ in range(2)] == ["support: it works again\n", ""]


def test_an_account_that_is_not_there_or_does_not_fetch_is_refused(desk: Desk) -> None:
    refused = desk.fetch("suport")

    assert refused.code == ExitCode.NOT_FOUND
    assert refused.err.endswith("one of: support (did you mean support?)\n")


@pytest.fixture
def other_server() -> Iterator[int]:
    """Lend the port of a server of another make, where one may move mail."""
    port, other = free_port(), free_port()
    near = ["--host", "127.0.0.1", "--imap-port", str(port), "--smtp-port", str(other), "--no-http"]
    words = [sys.executable, "-m", "mail_devel", *near, "--user", "desk@loom.example", "--password", PASSWORD]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_port(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def await_port(port: int) -> None:
    give_up_at = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            assert time.monotonic() < give_up_at
            time.sleep(0.05)
        else:
            return


def test_servers_of_another_make_are_understood(server: Dovecot, tmp_path: Path, other_server: int) -> None:
    account = described("support", other_server, "desk@loom.example", then=MOVED)
    desk = founded(server, tmp_path, account)
    with IMAPClient("127.0.0.1", other_server, ssl=False) as client:
        client.plain_login("desk@loom.example", PASSWORD)
        client.append("INBOX", mail(1))
        client.append("INBOX", mail(2, In_Reply_To="<1@example.com>"))

        assert desk.fetch().err.startswith("2 mails: 1 new ticket, 1 added to an earlier one.\n")
        assert desk.fetch().err == "No new mail.\n"
        assert client.folder_status("INBOX", "MESSAGES") == {b"MESSAGES": 0}
        assert client.folder_status("Taken", "MESSAGES") == {b"MESSAGES": 2}


def test_without_its_package_fetching_says_what_to_install(desk: Desk) -> None:
    program = "import sys; sys.modules['imapclient'] = None; from supportq.app import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", program, "fetch"], env=desk.environment, capture_output=True, text=True, check=False
    )

    assert ran.returncode == ExitCode.FAILED
    assert ran.stderr == (
        "support: to fetch mail takes one more package\n"
        f"  install for this Python: {sys.executable} -m pip install 'IMAPClient>=4'\n"
    )


def test_two_that_fetch_at_once_take_no_mail_twice(desk: Desk) -> None:
    desk.put(*map(mail, range(250)))
    both = [desk.start(), desk.start()]

    assert [process.communicate(timeout=60) and process.returncode for process in both] == [0, 0]
    assert desk.subjects() == [f"Order {number:03}" for number in range(250)]


def test_a_server_that_breaks_off_is_said_and_the_same_command_goes_on(desk: Desk, behind: Relay) -> None:
    desk.put(mail(1), mail(2))
    behind.before = lambda number: cut_off(number) if number == 14 else None
    broken = desk.fetch()
    behind.before = pass_on

    assert broken.code == ExitCode.FAILED
    assert "the connection was lost" in broken.err
    assert desk.fetch().code == ExitCode.DONE
    assert_all_is_well(desk, 2)


def cut_off(_number: int) -> None:
    raise ConnectionResetError


def pass_on(_number: int) -> None:
    pass


@pytest.fixture
def behind(server: Dovecot, desk: Desk) -> Iterator[Relay]:
    """A relay before the server, which moves what the desk takes."""
    with a_relay(server.port) as relay:
        account = described("support", relay.port, desk.user, then=MOVED)
        run("config", "apply", "-", "--yes", queue=desk.queue, stdin=SETTINGS + account)
        yield relay


def killed_at(desk: Desk, behind: Relay, step: int) -> bool:
    """Start to fetch and kill that before piece `step` of the talk is passed on; tell whether it lasted so long."""
    process = desk.start("-q")

    def kill(number: int) -> None:
        if number == step:
            process.kill()

    behind.said, behind.before = 0, kill
    process.communicate(timeout=60)
    return process.returncode == -signal.SIGKILL


def assert_all_is_well(desk: Desk, count: int) -> None:
    assert desk.subjects() == [f"Order {number:03}" for number in range(1, count + 1)]
    assert desk.server.held(desk.user) == {}
    assert set(desk.server.held(desk.user, "Taken").values()) <= {(), (rb"\Seen",)}
    assert len(desk.server.held(desk.user, "Taken")) == count
    assert desk.asked("select count(*) from mail_left") == [(0,)]
    assert run("doctor", queue=desk.queue).code == ExitCode.DONE


@pytest.mark.parametrize("stride", [5, pytest.param(1, marks=pytest.mark.long)])
def test_killed_at_any_step_of_the_talk_no_mail_is_lost_or_taken_twice(desk: Desk, behind: Relay, stride: int) -> None:
    count, step = 1, 0
    desk.put(mail(1))
    while killed_at(desk, behind, step := step + stride):
        desk.put(mail(count := count + 1))

    assert step > 20
    desk.fetch()
    assert_all_is_well(desk, count)


@pytest.mark.parametrize("kills", [5, pytest.param(200, marks=pytest.mark.long)])
def test_killed_at_any_moment_no_mail_is_lost_or_taken_twice(desk: Desk, behind: Relay, kills: int) -> None:
    chance = random.Random(kills)  # noqa: S311 - moments, not secrets
    for number in range(1, kills + 1):
        desk.put(mail(number))
        behind.said, process = 0, desk.start("-q")
        while process.poll() is None and not behind.said:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.2))
        process.kill()
        process.communicate()
    desk.fetch()

    assert_all_is_well(desk, kills)


@pytest.fixture
def watching(desk: Desk) -> Iterator["subprocess.Popen[str]"]:
    """Somebody who waits for mail, and has taken the first."""
    desk.put(mail(1))
    process = desk.start("--watch")
    try:
        assert process.stderr
        assert process.stderr.readline() == "16:00 support: 1 mail: 1 new ticket.\n"
        assert process.stderr.readline() == "        1 Order 001\n"
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_mail_is_taken_as_it_comes_until_a_signal_ends_that_in_peace(
    desk: Desk, watching: "subprocess.Popen[str]", sign: signal.Signals
) -> None:
    assert watching.stderr
    desk.put(mail(2))
    assert watching.stderr.readline() == "16:00 support: 1 mail: 1 new ticket.\n"
    assert watching.stderr.readline() == "        2 Order 002\n"
    watching.send_signal(sign)

    assert watching.communicate(timeout=10)[1] == ""
    assert watching.returncode == 0
    assert desk.subjects() == ["Order 001", "Order 002"]


def test_who_watches_hears_of_a_server_that_is_gone_and_of_its_return(
    desk: Desk, behind: Relay, watching: "subprocess.Popen[str]"
) -> None:
    assert watching.stderr
    behind.before = cut_off
    desk.put(mail(2))
    assert "support: 127.0.0.1" in watching.stderr.readline()
    behind.before = pass_on
    while not (said := watching.stderr.readline()).endswith("it works again\n"):
        assert said.startswith("      ")

    assert watching.stderr.readline() == "16:00 support: 1 mail: 1 new ticket.\n"


def test_who_watches_hears_once_that_the_queue_is_gone_and_gets_what_came_meanwhile_when_it_is_back(
    desk: Desk, watching: "subprocess.Popen[str]"
) -> None:
    assert watching.stderr
    away = desk.queue.rename(desk.queue.with_name("away"))
    desk.put(mail(2))
    assert "no queue" in watching.stderr.readline()
    assert watching.stderr.readline().startswith("      ")
    time.sleep(0.5)
    away.rename(desk.queue)

    assert watching.stderr.readline() == "16:00 support: 1 mail: 1 new ticket.\n"


def test_who_watches_leaves_with_q(desk: Desk) -> None:
    terminal = pexpect.spawn(SUPPORTQ, ["fetch", "--watch"], env=desk.environment, timeout=20)
    try:
        terminal.expect("Listening to support; q ends it.")
        desk.put(mail(1))
        terminal.expect("1 mail: 1 new ticket.")
        terminal.send("q")
        terminal.expect(pexpect.EOF)
        terminal.wait()
        assert terminal.exitstatus == 0
    finally:
        terminal.close(force=True)
