"""Mail handed to real servers: what they take, refuse, put off, and leave in doubt."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.smtp import AuthResult
from postoffice import PASSWORD, USER, Clerk, may_sign_in, muttering_server, rude_server, smtp_server

from supportq.mail.account import Server, Tls
from supportq.mail.connecting import Unreachable
from supportq.mail.sending import Fate, Outcome, Parcel, Patience, Post
from supportq.mail.trust import trusting

WRONG = PASSWORD.upper()
UNICODE = "käse ☃"
PARCEL = Parcel("desk@loom.example", ("ida@example.com",), b"Subject: Loom\r\n\r\n.\r\nSorry.\r\n..\r\n")
TO_TWO = replace(PARCEL, recipients=("ida@example.com", "bo@example.com"))
LARGE = replace(PARCEL, data=b"Subject: Loom\r\n\r\n" + b"It creaks.\r\n" * 1_000_000)
QUICK = Patience(connect_s=5, answer_s=5, keep_s=0.2)


@contextmanager
def post(server: Server, *, password: str = "", trust: ssl.SSLContext | None = None) -> Iterator[Post]:
    with Post(server, password, trust or trusting(), "loom.example", QUICK) as way:
        yield way


@contextmanager
def post_to(clerk: Clerk) -> Iterator[Post]:
    with smtp_server(clerk) as port, post(Server("127.0.0.1", port, Tls.NONE)) as way:
        way.connect()
        yield way


def test_a_server_gets_each_mail_to_the_last_byte_over_one_connection() -> None:
    clerk = Clerk()

    with post_to(clerk) as way:
        outcomes = [way.send(TO_TWO), way.send(PARCEL)]

    assert outcomes == [Outcome(Fate.TAKEN), Outcome(Fate.TAKEN)]
    assert [taken.recipients for taken in clerk.taken] == [TO_TWO.recipients, PARCEL.recipients]
    assert {taken.data for taken in clerk.taken} == {PARCEL.data}


@pytest.mark.parametrize("word", ["MAIL", "DATA", "ida@example.com"])
@pytest.mark.parametrize(("answer", "fate"), [("451 4.7.1 come back", Fate.LATER), ("550 5.1.1 gone", Fate.REFUSED)])
def test_a_server_that_refuses_a_mail_says_whether_it_is_for_good(word: str, answer: str, fate: Fate) -> None:
    clerk = Clerk({word: answer})

    with post_to(clerk) as way:
        outcome = way.send(TO_TWO)
        clerk.answers = {}
        after = way.send(PARCEL)

    assert (outcome.fate, after.fate) == (fate, Fate.TAKEN)
    assert outcome.why.endswith(answer)
    assert len(clerk.taken) == 1


def test_a_copy_that_is_refused_is_named_and_keeps_no_mail_from_the_customer() -> None:
    clerk = Clerk({"bo@example.com": "550 no Bo here"})

    with post_to(clerk) as way:
        outcome = way.send(TO_TWO)

    assert outcome == Outcome(Fate.TAKEN, left_out=("bo@example.com: 550 no Bo here",))
    assert [taken.recipients for taken in clerk.taken] == [("ida@example.com",)]


def test_a_copy_that_can_not_be_taken_now_is_named_apart_and_is_sent_alone() -> None:
    clerk = Clerk({"bo@example.com": "451 greylisted", "al@example.com": "550 no Al here"})
    to_three = replace(PARCEL, recipients=("ida@example.com", "bo@example.com", "al@example.com"))
    copies = replace(to_three, recipients=("bo@example.com", "al@example.com"), is_copies=True)
    left_out, put_off = ("al@example.com: 550 no Al here",), (("bo@example.com", "451 greylisted"),)

    with post_to(clerk) as way:
        outcome, again = way.send(to_three), way.send(copies)
        clerk.answers = {"al@example.com": "550 no Al here"}
        at_last = way.send(copies)

    assert outcome == Outcome(Fate.TAKEN, left_out=left_out, put_off=put_off)
    assert (again.fate, again.left_out, again.put_off) == (Fate.LATER, left_out, put_off)
    assert at_last == Outcome(Fate.TAKEN, left_out=left_out)
    assert [taken.recipients for taken in clerk.taken] == [("ida@example.com",), ("bo@example.com",)]


def test_a_server_that_wants_us_to_sign_in_first_refuses_no_mail_for_good() -> None:
    with post_to(Clerk({"MAIL": "530 5.7.0 Authentication required"})) as way:
        assert way.send(PARCEL).fate is Fate.LATER


@pytest.mark.parametrize("word", ["mail", "rcpt", "DATA", "body"])
def test_a_connection_lost_before_the_end_of_a_mail_means_that_nobody_has_it(word: str) -> None:
    with rude_server(word) as port, post(Server("127.0.0.1", port, Tls.NONE)) as way:
        way.connect()
        outcome = way.send(LARGE)

        assert outcome.fate is Fate.LATER
        assert way.connect() == "no TLS"


def test_a_connection_lost_after_the_end_of_a_mail_leaves_it_in_doubt() -> None:
    with rude_server("end") as port, post(Server("127.0.0.1", port, Tls.NONE)) as way:
        way.connect()

        assert way.send(PARCEL).fate is Fate.UNKNOWN


@pytest.mark.parametrize("answer", [b"25", b"banana\r\n", b"354 what\r\n", b"250-kept\r\n", b"45"])
def test_an_answer_to_the_end_of_a_mail_that_is_none_leaves_it_in_doubt(answer: bytes) -> None:
    with muttering_server(answer) as port, post(Server("127.0.0.1", port, Tls.NONE)) as way:
        way.connect()
        outcome = way.send(PARCEL)

    assert outcome.fate is Fate.UNKNOWN


@pytest.mark.parametrize("answer", ["530 5.7.0 Must issue a STARTTLS command first", "550 5.7.1 not your address"])
def test_a_server_that_takes_no_mail_from_us_is_found_without_sending_any(answer: str) -> None:
    clerk = Clerk({"MAIL": answer})

    with post_to(clerk) as way, pytest.raises(Unreachable, match="desk@loom.example: " + answer):
        way.try_out("desk@loom.example")

    assert not clerk.taken


def test_an_answer_that_comes_too_late_leaves_a_mail_in_doubt() -> None:
    clerk = Clerk(dawdles_s=0.6)

    with post_to(clerk) as way:
        outcome = way.send(PARCEL)

    assert outcome.fate is Fate.UNKNOWN
    assert len(clerk.taken) == 1


@pytest.mark.parametrize(
    ("server", "why"),
    [
        (Server("127.0.0.1", 1, Tls.NONE), "can't be reached: Connection refused"),
        (Server("no-such-host.invalid", 25, Tls.NONE), "there is no host of that name"),
    ],
)
def test_a_server_that_is_not_there_is_said_to_be_so(server: Server, why: str) -> None:
    with post(server) as way, pytest.raises(Unreachable, match=why) as refused:
        way.connect()

    assert refused.value.cause.startswith(server.place)


@pytest.mark.parametrize("word", ["hello", "ehlo"])
def test_a_server_that_hangs_up_at_once_can_not_be_reached(word: str) -> None:
    with (
        rude_server(word) as port,
        post(Server("127.0.0.1", port, Tls.NONE)) as way,
        pytest.raises(Unreachable, match="it was reached, and closed the connection"),
    ):
        way.connect()


AUTHORITY = trustme.CA()


@pytest.fixture
def certified() -> ssl.SSLContext:
    """What a server on this machine shows, signed by somebody whom nobody knows."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trust(tmp_path: Path) -> ssl.SSLContext:
    file = tmp_path / "ca.pem"
    AUTHORITY.cert_pem.write_to_path(str(file))
    return trusting(str(file))


def test_tls_is_spoken_from_the_first_word_with_a_server_whose_certificate_is_trusted(
    certified: ssl.SSLContext, trust: ssl.SSLContext
) -> None:
    clerk = Clerk()

    with smtp_server(clerk, context=certified) as port, post(Server("127.0.0.1", port), trust=trust) as way:
        privacy, outcome = way.connect(), way.send(PARCEL)

    assert (privacy, outcome.fate, len(clerk.taken)) == ("TLSv1.3", Fate.TAKEN, 1)


def test_a_server_that_nobody_vouches_for_gets_neither_a_mail_nor_a_password(certified: ssl.SSLContext) -> None:
    with (
        smtp_server(Clerk(), context=certified) as port,
        post(Server("127.0.0.1", port, user=USER), password=PASSWORD) as way,
        pytest.raises(Unreachable, match="its certificate is not trusted") as refused,
    ):
        way.connect()

    assert "preferences set ca_file" in refused.value.cures[0]


def test_tls_begins_before_the_password_is_said(certified: ssl.SSLContext, trust: ssl.SSLContext) -> None:
    wants: dict[str, Any] = {"tls_context": certified, "require_starttls": True, "authenticator": may_sign_in}

    with smtp_server(Clerk(), auth_required=True, **wants) as port:
        server = Server("127.0.0.1", port, Tls.STARTTLS, USER)
        with post(server, password=PASSWORD, trust=trust) as way:
            privacy, outcome = way.connect(), way.send(PARCEL)
        with post(server, password=WRONG, trust=trust) as way, pytest.raises(Unreachable, match="may not sign in"):
            way.connect()

    assert (privacy, outcome.fate) == ("TLSv1.3", Fate.TAKEN)


def test_a_password_may_have_any_letter(certified: ssl.SSLContext, trust: ssl.SSLContext) -> None:
    def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, said: Any) -> AuthResult:
        return AuthResult(success=said.password == UNICODE.encode(), handled=False)

    with smtp_server(Clerk(), tls_context=certified, require_starttls=True, authenticator=knows) as port:
        server = Server("127.0.0.1", port, Tls.STARTTLS, USER)
        with post(server, password=UNICODE, trust=trust) as way:
            way.connect()
            assert way.send(PARCEL).fate is Fate.TAKEN
        with (
            post(server, password=f"{UNICODE}!", trust=trust) as way,
            pytest.raises(Unreachable, match="may not sign in"),
        ):
            way.connect()


@pytest.mark.parametrize(
    ("server", "why"),
    [
        (Server("127.0.0.1", 0, Tls.IMPLICIT), 'it does not speak TLS as we do: .* try tls = "starttls"'),
        (Server("127.0.0.1", 0, Tls.STARTTLS), "it offers no TLS"),
        (Server("127.0.0.1", 0, Tls.NONE, USER), "it wants nobody to sign in"),
    ],
)
def test_what_a_server_can_not_do_is_said_in_one_line(server: Server, why: str) -> None:
    with (
        smtp_server(Clerk()) as port,
        post(replace(server, port=port), password=WRONG) as way,
        pytest.raises(Unreachable, match=why),
    ):
        way.connect()
