"""Write a reply as a mail that is ready to send: every header is built from parts, so none can be smuggled in."""

import re
from collections.abc import Iterator
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import format_datetime, getaddresses
from html import escape

from supportq.errors import SupportqError
from supportq.mail.composing import fields, file_part, header_line, named, together, words
from supportq.mail.signs import LOOP
from supportq.model.mail import Enclosure, Mailbox
from supportq.values import dataclass

_PREFIX = re.compile(r"[^\W\d_]{1,5}(?:\[\d+\]|\^\d+)?\s?[:\uff1a]")
"""What mailers put before the subject of an answer, in any language: Re: AW: Odp: Atb: SV[2]:"""

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")

_MOST_REFERENCES = 20

_LONGEST_ADDRESS = 320

_POLICY = default.clone(cte_type="7bit")
"""Bytes that every server can take, since they are fixed before it is known which one gets them."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply as it goes out.

    `answers` is the Message-ID of the mail that it replies to, if there is one, and `thread` those of all mails before
    it, oldest first. With `html` it has a second form, for programs that show no plain text. What no person writes to
    this one customer says so (`auto_submitted`), so that no machine answers it, and names the queue (`loop`).
    `unsubscribe` is where to write to get no more of its kind.
    """

    ticket: int
    sender: Mailbox
    to: Mailbox
    subject: str
    body: str
    at: datetime
    message_id: str
    cc: tuple[Mailbox, ...] = ()
    answers: str = ""
    thread: tuple[str, ...] = ()
    reply_to: Mailbox | None = None
    signature: str = ""
    html: bool = False
    enclosures: tuple[Enclosure, ...] = ()
    auto_submitted: str = ""
    loop: str = ""
    unsubscribe: str = ""


def write_letter(letter: Letter) -> bytes:
    """Return the letter as the bytes of a mail; raise SupportqError for an address that no mail can carry."""
    boxes = {
        "From": [letter.sender],
        "Reply-To": [letter.reply_to] if letter.reply_to else [],
        "To": [letter.to],
        "Cc": letter.cc,
    }
    header = [
        *_names(letter),
        *((name, ",\n ".join(map(_address, found))) for name, found in boxes.items() if found),
        (
            "Subject",
            words(subject_line(letter.subject, letter.ticket, is_answer=bool(letter.answers or letter.thread))),
        ),
        ("Date", format_datetime(letter.at)),
        *_warnings(letter),
        ("MIME-Version", "1.0"),
    ]
    parts = [_said(letter), *map(file_part, letter.enclosures)]
    mail = fields(header) + (together(parts) if letter.enclosures else parts[0])
    return mail.replace(b"\n", b"\r\n")


def _said(letter: Letter) -> bytes:
    """Return what a letter says as a part of a mail, in one form or in two."""
    part = EmailMessage(policy=_POLICY)
    text = _signed(letter)
    part.set_content(text)
    if letter.html:
        part.add_alternative(as_html(text), subtype="html")
    del part["MIME-Version"]
    return part.as_bytes()


def _warnings(letter: Letter) -> Iterator[tuple[str, str]]:
    """Yield the headers by which machines know that a machine wrote, or one mail to many."""
    if letter.auto_submitted:
        yield "Auto-Submitted", words(letter.auto_submitted)
        yield "X-Auto-Response-Suppress", "All"
    if letter.loop:
        yield LOOP, words(letter.loop)
    if letter.unsubscribe:
        yield "Precedence", "bulk"
        yield "List-Unsubscribe", f"<mailto:{spec_of(letter.unsubscribe)}?subject=unsubscribe>"


def recipients_of(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return from whom a letter of ours is, and to whom it goes: first the customer, then who gets a copy."""
    headers = BytesHeaderParser().parsebytes(data)
    named = getaddresses([headers[name] for name in ("From", "To", "Cc") if name in headers])
    sender, *whom = [address for _, address in named]
    return sender, tuple(dict.fromkeys(whom))


def _names(letter: Letter) -> Iterator[tuple[str, str]]:
    """Yield the headers that hold Message-IDs, one on each line: no mail program finds one that is encoded."""
    known = [name for name in letter.thread if _MESSAGE_ID.fullmatch(name)]
    chain = dict.fromkeys([*known[:1], *known[1:][1 - _MOST_REFERENCES :]])
    answers = letter.answers if _MESSAGE_ID.fullmatch(letter.answers) else next(reversed(chain), "")
    headers = {"Message-ID": [letter.message_id], "In-Reply-To": [answers], "References": chain or [answers]}
    yield from ((name, "\n ".join(ids)) for name, ids in headers.items() if any(ids))


def _signed(letter: Letter) -> str:
    """Return the words with the signature below the mark that mail programs know one by."""
    signature = letter.signature.strip()
    return f"{letter.body.rstrip()}\n" + (f"\n-- \n{signature}\n" if signature else "")


def as_html(text: str) -> str:
    """Return plain words as a page that holds nothing else."""
    paragraphs = [escape(part).replace("\n", "<br>\n") for part in re.split(r"\n{2,}", text.strip())]
    return "\n".join(["<!DOCTYPE html>", *(f"<p>{part}</p>" for part in paragraphs)]) + "\n"


def subject_line(subject: str, ticket: int, *, is_answer: bool = True) -> str:
    """Return the subject of a mail, with the mark by which what comes back finds its ticket; only an answer has Re:."""
    line = header_line(subject) or "your inquiry"
    reply = line if _PREFIX.match(line) or not is_answer else f"Re: {line}"
    return f"{reply} [#{ticket}]"


def spec_of(address: str) -> str:
    """Return an address as mail servers want it; raise SupportqError for one that no mail can carry."""
    local, at, domain = address.strip().rpartition("@")
    if local.isprintable() and not local.isascii():
        why = f'no mail can go to "{address}": the part before its @ needs SMTPUTF8, which supportq does not speak'
        raise SupportqError(why, "ask for another address; other letters after the @ are no matter")
    try:
        spec = f"{local}{at}{domain.encode('idna').decode('ascii')}"
        return Address(addr_spec="" if "=?" in spec or len(spec) > _LONGEST_ADDRESS else spec).addr_spec
    except (MessageError, ValueError, IndexError) as error:
        raise SupportqError(f'"{address}" is no address that a mail can go to', "correct it first") from error


def _address(mailbox: Mailbox) -> str:
    return named(mailbox.name, spec_of(mailbox.address))
