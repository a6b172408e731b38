"""A folder on a real IMAP server: what is new there, what becomes of what was taken, and what can go wrong."""

import select
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest
from dovecot import EVERYTHING, PASSWORD, Dovecot, dovecot

from supportq.errors import SupportqError
from supportq.mail.account import Fetching, Server, Then, Tls
from supportq.mail.connecting import one_line
from supportq.mail.inbox import Inbox
from supportq.mail.trust import trusting

MAIL = b"From: Ida <ida@example.com>\r\nSubject: =?utf-8?q?L=C3=A4rm?=\r\n\r\nIt creaks.\r\n"
BARE = "IMAP4rev1"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


def fetching(server: Dovecot, user: str, then: Then = Then.FLAG, folder: str = "INBOX") -> Fetching:
    near = Server("127.0.0.1", server.port, Tls.NONE, user, "desk")
    return Fetching(near, folder, then, "Täken" if then is Then.MOVE else "")


def opened(settings: Fetching, *, may_change: bool = True) -> "closing[Inbox]":
    return closing(Inbox.open(settings, PASSWORD, trusting(), may_change=may_change))


def test_what_is_new_is_told_by_its_numbers_and_read_without_a_trace(server: Dovecot) -> None:
    server.put("ida", MAIL, b"gone", MAIL.replace(b"creaks", b"squeaks"))
    with server.client("ida") as client:
        client.delete_messages([2])
    with opened(fetching(server, "ida")) as inbox:
        assert list(inbox.iter_new(0)) == [[1, 3]]
        assert list(inbox.iter_new(1)) == [[3]]
        assert list(inbox.iter_new(3)) == []
        assert inbox.sizes([1, 3, 99]) == {1: len(MAIL), 3: len(MAIL) + 1}
        assert inbox.mails([1, 99]) == {1: MAIL}
        assert inbox.head(1).startswith(b"From: Ida <ida@example.com>\r\nSubject:")
    assert server.held("ida")[1] == ()


@pytest.mark.parametrize(
    ("then", "capability", "there", "moved"),
    [
        (Then.FLAG, EVERYTHING, {1: (rb"\Seen",), 2: (rb"\Deleted",), 3: ()}, 0),
        (Then.MOVE, EVERYTHING, {2: (rb"\Deleted",), 3: ()}, 1),
        (Then.MOVE, f"{BARE} UIDPLUS", {2: (rb"\Deleted",), 3: ()}, 1),
        (Then.MOVE, BARE, {1: (rb"\Deleted",), 2: (rb"\Deleted",), 3: ()}, 1),
        (Then.DELETE, EVERYTHING, {2: (rb"\Deleted",), 3: ()}, 0),
        (Then.DELETE, BARE, {1: (rb"\Deleted",), 2: (rb"\Deleted",), 3: ()}, 0),
    ],
)
def test_what_was_taken_goes_where_the_settings_say_and_nothing_else_does(
    then: Then, capability: str, there: dict[int, tuple[bytes, ...]], moved: int
) -> None:
    with dovecot(capability) as server:
        server.put("ida", MAIL, MAIL, MAIL)
        with server.client("ida") as client:
            client.delete_messages([2])
        with opened(fetching(server, "ida", then)) as inbox:
            inbox.settle([1])

        assert server.held("ida") == there
        assert then is not Then.MOVE or len(server.held("ida", "Täken")) == moved


def test_who_only_looks_changes_nothing(server: Dovecot) -> None:
    server.put("looker", MAIL)
    with opened(fetching(server, "looker", Then.MOVE), may_change=False) as inbox:
        assert inbox.mails([1]) == {1: MAIL}
    with server.client("looker") as client:
        assert not client.folder_exists("Täken")


def test_a_server_says_when_something_comes(server: Dovecot) -> None:
    with opened(fetching(server, "listener")) as inbox:
        descriptor = inbox.listen()
        server.put("listener", MAIL)
        heard, _, _ = select.select([descriptor], [], [], 10)
        inbox.stop_listening()
        inbox.look()

        assert heard == [descriptor]
        assert list(inbox.iter_new(0)) == [[1]]


@pytest.mark.parametrize("tls", [Tls.IMPLICIT, Tls.STARTTLS])
def test_a_certificate_of_ones_own_is_trusted_once_it_is_named(server: Dovecot, tls: Tls) -> None:
    port = server.tls_port if tls is Tls.IMPLICIT else server.port
    settings = Fetching(Server("127.0.0.1", port, tls, "ida", "desk"))

    Inbox.open(settings, PASSWORD, trusting(server.ca_file)).close()
    with pytest.raises(SupportqError, match="its certificate is not trusted: self-signed certificate"):
        Inbox.open(settings, PASSWORD, trusting())


def test_a_port_that_speaks_otherwise_a_wrong_password_and_a_missing_folder_are_one_line_each(server: Dovecot) -> None:
    plain = fetching(server, "ida")
    with pytest.raises(SupportqError, match=r'does not speak TLS as we do: .*try tls = "starttls"'):
        Inbox.open(Fetching(Server("127.0.0.1", server.port, Tls.IMPLICIT, "ida", "desk")), PASSWORD, trusting())
    with pytest.raises(SupportqError, match=r'ida may not sign in: "Authentication failed."'):
        Inbox.open(plain, "wrong", trusting())
    with pytest.raises(SupportqError, match="won't open the folder \"Gone\": Mailbox doesn't exist: Gone") as raised:
        opened(fetching(server, "ida", folder="Gone"))
    assert raised.value.cures == ("one of: INBOX",)
    with pytest.raises(SupportqError, match="can't be reached: Connection refused"):
        Inbox.open(Fetching(Server("127.0.0.1", 1, Tls.NONE, "ida", "desk")), PASSWORD, trusting())


@contextmanager
def liar(answers: dict[bytes, bytes]) -> Iterator[Fetching]:
    """Lend a server that says what a test wants to the words that it hears, and else that all is well."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        known = {b"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n"} | answers
        thread = threading.Thread(target=_lie, args=(listening, known))
        thread.start()
        yield Fetching(Server("127.0.0.1", listening.getsockname()[1], Tls.NONE))
        thread.join()


def _lie(listening: socket.socket, answers: dict[bytes, bytes]) -> None:
    caller, _ = listening.accept()
    with caller, caller.makefile("rb") as lines, suppress(OSError):
        caller.sendall(b"* PREAUTH [CAPABILITY IMAP4rev1] hello\r\n")
        for line in lines:
            tag, words = line.split(b" ", 1)
            said = next((answer for word, answer in answers.items() if word in words), b"")
            caller.sendall(said + tag + b" OK done\r\n")
            if words.startswith(b"LOGOUT"):
                return


NUMBERED = b"* OK [UIDVALIDITY 7] numbered\r\n* OK [UIDNEXT 3] next\r\n"


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({b"SELECT": b""}, "it does not number its mails"),
        ({b"SELECT": NUMBERED.replace(b"3", b"99999999999999999999")}, "it does not number its mails"),
        (
            {b"SELECT": NUMBERED, b"BODY": b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n"},
            "the server says more than 256 MB at once",
        ),
    ],
)
def test_a_server_is_not_believed_that_promises_what_no_server_has(answers: dict[bytes, bytes], told: str) -> None:
    with liar(answers) as settings, pytest.raises(SupportqError, match=told), opened(settings) as inbox:
        inbox.mails([1])


def test_what_a_server_makes_up_about_single_mails_is_left_out() -> None:
    made_up = b"* SEARCH 1 2 99999999999999999999\r\n"
    sizes = b"* 1 FETCH (UID 1 RFC822.SIZE NIL)\r\n* 2 FETCH (UID 2)\r\n"
    answers = {b"SELECT": NUMBERED, b"SEARCH": made_up, b"SIZE": sizes, b"BODY": b"* 1 FETCH (UID 1 BODY[] 12)\r\n"}
    with liar(answers) as settings, opened(settings) as inbox:
        assert list(inbox.iter_new(0)) == [[1, 2]]
        assert inbox.sizes([1, 2]) == {1: 0, 2: 0}
        assert inbox.mails([1, 2]) == {1: b""}


def test_what_a_server_says_does_nothing_to_a_terminal() -> None:
    assert one_line(b"no\r\n \x1b[31m\x1b]0;mine\x07 \xe2\x80\xae\xff") == "no ]0;mine \ufffd"
