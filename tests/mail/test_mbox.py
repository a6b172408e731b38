"""Mails in an mbox, as the standard library's reader and ours find them."""

import mailbox
import re
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportq.intake.mbox import iter_mbox
from supportq.mail.composing import header_line
from supportq.mail.mbox import Post, entry, is_mail, nowhere, write_post
from supportq.model.mail import Enclosure, Mailbox

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
IDA, DESK = Mailbox("Ida Berg", "ida@example.com"), Mailbox("Loom support", "desk@supportq.invalid")
LINES = st.sampled_from(["From ida Mon Mar  2 09:00:00 2026", "From: me", ">From you", ">>From us", "", "Hi Łódź", "."])
BODIES = st.lists(LINES, min_size=1, max_size=8).map("\n".join).map(lambda body: body.strip("\n") + "\n")


def post(body: str = "Where is it?\n", **more: object) -> Post:
    given = {"subject": "Order 12", "message_id": "<1@x.invalid>", "at": AT} | more
    return Post(IDA, DESK, body=body, **given)  # type: ignore[arg-type]


def unescaped(text: str) -> str:
    return re.sub(r"(?m)^>(>*From )", r"\1", text)


@given(st.lists(BODIES, max_size=4))
def test_every_mail_is_found_again_whatever_its_lines_say(
    tmp_path_factory: pytest.TempPathFactory, said: list[str]
) -> None:
    data = b"".join(entry(write_post(post(body)), AT) for body in said)
    file = tmp_path_factory.mktemp("mail") / "desk.mbox"
    file.write_bytes(data)
    theirs = mailbox.mbox(file, factory=None)

    found = [mail.get_payload(decode=True) for mail in theirs]
    theirs.close()

    assert [unescaped(payload.decode()) for payload in found] == said  # type: ignore[union-attr]
    assert len(list(iter_mbox(BytesIO(data), 1 << 20))) == len(said)


def test_a_mail_keeps_its_bytes_but_for_line_ends() -> None:
    mail = b"From somebody else\r\nFrom: x@y\r\nSubject: caf\xe9\r\n\r\nFrom here\r\n\xff\xfe\r\n"

    assert entry(mail, AT) == (
        b"From supportq Mon Mar  2 09:00:00 2026\nFrom: x@y\nSubject: caf\xe9\n\n>From here\n\xff\xfe\n\n"
    )


WORDS = st.text(st.characters(exclude_categories=["Cs"]))


@given(WORDS, WORDS | st.just("<>"), WORDS, st.binary(max_size=200))
def test_whatever_was_said_is_read_again(name: str, subject: str, body: str, data: bytes) -> None:
    files = (Enclosure(subject, name, data),)
    said = Post(Mailbox(name, body), DESK, subject, body, AT, "<1@x.invalid>", enclosures=files)
    mail = message_from_bytes(write_post(said), policy=default)
    text, file = mail.iter_parts()

    assert str(make_header(decode_header(mail["Subject"]))) == header_line(subject)
    assert text.get_payload(decode=True) == re.sub("\r\n|\r", "\n", body).encode()
    assert file["Content-Disposition"].params.get("filename", "") == header_line(subject)
    assert file.get_payload(decode=True) == data


def test_nothing_that_was_said_gets_into_the_header() -> None:
    sly = Mailbox("Ida\r\nBcc: eve@example.com", "ida@example.com")
    mail = BytesIO(write_post(Post(sly, DESK, "Hi\nX-Evil: 1", "x", AT, "<1@x.invalid>", marks=(("X-A", "b\nC: d"),))))
    header = mail.getvalue().partition(b"\n\n")[0]

    assert not re.search(rb"(?m)^(Bcc|X-Evil|C):", header)


@pytest.mark.parametrize("address", ["ann at home", "a@b@c", "<x>", ""])
def test_an_address_that_no_mail_could_have_leads_nowhere(address: str) -> None:
    assert (
        b".invalid>" in write_post(Post(Mailbox("Ida", address), DESK, "Hi", "x", AT, "<1@x.invalid>")).splitlines()[0]
    )


def test_a_domain_of_other_letters_is_written_as_the_mail_knows_it() -> None:
    mail = write_post(Post(Mailbox("Ida", "ida@exämple.com"), DESK, "Hi", "x", AT, "<1@x.invalid>"))

    assert mail.startswith(b"From: Ida <ida@xn--exmple-cua.com>\n")


def test_who_has_no_mail_address_has_always_the_same_one() -> None:
    assert nowhere("+49 30 1234567", "phone") == "49-30-1234567@phone.invalid"
    assert nowhere("!", "handle") == "somebody@handle.invalid"


def test_attachments_and_what_was_said_before_go_with_it() -> None:
    files = (Enclosure("größe.txt", "text/plain", b"\xff12"),)
    mail = message_from_bytes(write_post(post(answers=("<1@x>", "<2@x>"), enclosures=files)), policy=default)
    (attached,) = mail.iter_attachments()

    assert (mail["In-Reply-To"], mail["References"]) == ("<2@x>", "<1@x> <2@x>")
    assert attached.get_filename() == "größe.txt"
    assert attached.get_payload(decode=True) == b"\xff12"


def test_a_mail_begins_with_its_header() -> None:
    assert is_mail(b"Return-Path: <x@y>\r\n")
    assert is_mail(b"From x Mon\nSubject: a\n")
    assert not is_mail(b"Hello Ann, as I said: no.\n")
