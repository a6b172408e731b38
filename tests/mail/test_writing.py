"""Letters: what they say comes back whole, and nothing gets into a header that was not put there."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportq.errors import SupportqError
from supportq.mail.reading import read_mail
from supportq.mail.writing import Letter, recipients_of, subject_line, write_letter
from supportq.model.mail import Enclosure, Mailbox

LETTER = Letter(
    ticket=7,
    sender=Mailbox("Ann Lee", "ann@loom.example"),
    to=Mailbox("Ida Berg", "ida@example.com"),
    subject="Loom arrived broken",
    body="We are sorry.\n\nAnn",
    at=datetime(2026, 11, 20, 15, 0, tzinfo=UTC),
    message_id="<7.abc@loom.example>",
)
HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "MIME-Version"),
    *("Content-Type", "Content-Transfer-Encoding", "In-Reply-To", "References", "Cc", "Reply-To"),
}


def hexed(text: str) -> str:
    """Return a text as encoded words hold it."""
    return "".join(f"={code:02X}" for code in text.encode())


def read(letter: Letter) -> EmailMessage:
    return message_from_bytes(write_letter(letter), policy=default)


def test_a_letter_says_who_writes_to_whom_about_what() -> None:
    mail = read(replace(LETTER, answers="<1@example.com>", cc=(Mailbox("", "bo@example.com"),)))

    assert (mail["From"], mail["To"], mail["Cc"]) == (
        "Ann Lee <ann@loom.example>",
        "Ida Berg <ida@example.com>",
        "bo@example.com",
    )
    assert mail["Subject"] == "Re: Loom arrived broken [#7]"
    assert mail["In-Reply-To"] == mail["References"] == "<1@example.com>"
    assert mail.get_content().split() == ["We", "are", "sorry.", "Ann"]


BREAK = "\r\nBcc: evil@example.com, eve@example.com\r\n\r\nbody"
HOSTILE = st.lists(
    st.sampled_from([BREAK, f"=?utf-8?q?{hexed(BREAK)}?=", "=?", '"', ", <eve@example.com>", "@", "ü", "x" * 90, " "])
    | st.text(max_size=20),
    max_size=6,
).map("".join)


@given(HOSTILE, HOSTILE, HOSTILE, HOSTILE)
def test_no_text_gets_into_a_header_of_its_own(subject: str, name: str, answers: str, file: str) -> None:
    letter = replace(
        LETTER,
        subject=subject,
        sender=Mailbox(name, "desk@loom.example"),
        reply_to=Mailbox(name, "desk+7.abc@loom.example"),
        to=Mailbox(name, "ida@example.com"),
        cc=(Mailbox(subject, "bo@example.com"), Mailbox(name, "cy@example.com")),
        answers=answers,
        thread=(answers, f"<1{answers}@example.com>"),
        enclosures=(Enclosure(file, "text/plain", b"x"),),
    )

    mail, said = read(letter), read_mail(write_letter(letter))

    assert set(mail.keys()) <= HEADERS
    assert len(mail.keys()) == len(set(mail.keys()))
    assert recipients_of(write_letter(letter)) == (
        "desk@loom.example",
        ("ida@example.com", "bo@example.com", "cy@example.com"),
    )
    assert said.subject == subject_line(subject, 7)
    assert [box.address for box in (*said.to, *said.cc)] == ["ida@example.com", "bo@example.com", "cy@example.com"]
    (part,) = mail.iter_attachments()
    assert set(part.keys()) == {"Content-Type", "Content-Disposition", "Content-Transfer-Encoding"}
    assert part.get_content() == "x"


def test_a_header_that_holds_the_end_of_a_line_is_never_written() -> None:
    with pytest.raises(ValueError, match="the end of a line"):
        write_letter(replace(LETTER, message_id="<7@loom.example>\nBcc: evil@example.com"))


def test_a_mail_that_is_sent_as_a_file_comes_back_byte_for_byte() -> None:
    mail = read(replace(LETTER, enclosures=(Enclosure("theirs.eml", "message/rfc822", b"Subject: x\n\ny\n"),)))

    (part,) = mail.iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("theirs.eml", b"Subject: x\n\ny\n")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=2000))
def test_a_body_comes_back_as_it_was_written(body: str) -> None:
    said = read(replace(LETTER, body=body)).get_content()

    assert said.rstrip() == body.rstrip()


@pytest.mark.parametrize("address", ["ida", "ida@", "a b@example.com", "käthe@example.com", "a@b@c", "a@x\r\nBcc: b@c"])
def test_an_address_that_no_mail_can_carry_is_refused(address: str) -> None:
    with pytest.raises(SupportqError, match="no address" if address.isascii() else "needs SMTPUTF8"):
        write_letter(replace(LETTER, to=Mailbox("", address)))


def test_a_domain_with_letters_of_its_own_is_written_as_mail_wants_it() -> None:
    assert read(replace(LETTER, to=Mailbox("", "ida@bücher.example")))["To"] == "ida@xn--bcher-kva.example"


def test_files_come_back_with_their_names() -> None:
    mail = read(replace(LETTER, enclosures=(Enclosure("Größe.pdf", "application/pdf", b"%PDF"),)))

    (part,) = mail.iter_attachments()
    assert (part.get_filename(), part.get_content_type(), part.get_content()) == (
        "Größe.pdf",
        "application/pdf",
        b"%PDF",
    )


def test_a_long_message_id_stays_as_it_is_in_bytes_that_every_server_takes() -> None:
    outlook = "<DB8PR04MB1234567890ABCDEF1234567890@DB8PR04MB1234.eurprd04.prod.outlook.com>"

    data = write_letter(replace(LETTER, answers=outlook, thread=("<1@a.example>", outlook), body="Grüße"))

    assert f"\r\nIn-Reply-To: {outlook}\r\nReferences: <1@a.example>\r\n {outlook}\r\n".encode() in data
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_thread_is_named_by_its_beginning_and_its_latest_mails() -> None:
    names = tuple(f"<{number}@example.com>" for number in range(50))

    assert read(replace(LETTER, thread=names))["References"].split() == [names[0], *names[-19:]]


def test_a_thread_in_which_no_customer_wrote_by_mail_goes_on_from_our_own_last_mail() -> None:
    mail = read(replace(LETTER, thread=("17", "<our@loom.example>")))

    assert mail["In-Reply-To"] == mail["References"] == "<our@loom.example>"


def test_html_says_the_same_words_and_nothing_else() -> None:
    mail = read(replace(LETTER, html=True, body="a < b\nand <script>alert(1)</script>\n\n&amp;", signature="Ann"))

    plain, html = mail.iter_parts()
    assert html.get_content_type() == "text/html"
    assert html.get_content().splitlines() == [
        *("<!DOCTYPE html>", "<p>a &lt; b<br>", "and &lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        *("<p>&amp;amp;</p>", "<p>-- <br>", "Ann</p>"),
    ]
    assert plain.get_content().splitlines()[-2:] == ["-- ", "Ann"]


def test_whoever_gets_a_letter_is_read_from_its_bytes_the_customer_first() -> None:
    copies = (Mailbox("Bo, the second", "bo@bücher.example"), Mailbox("", "ida@example.com"))

    assert recipients_of(write_letter(replace(LETTER, cc=copies))) == (
        "ann@loom.example",
        ("ida@example.com", "bo@xn--bcher-kva.example"),
    )


def test_only_an_answer_is_called_one() -> None:
    assert subject_line("Loom", 7) == "Re: Loom [#7]"
    assert subject_line("Loom", 7, is_answer=False) == "Loom [#7]"
