"""Write a reply as a mail that is ready to send: every header is built from parts, so none can be smuggled in."""

import re
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from supportq.errors import SupportqError
from supportq.model.mail import Enclosure, Mailbox
from supportq.values import dataclass

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_PREFIX = re.compile(r"[^\W\d_]{1,5}(?:\[\d+\]|\^\d+)?\s?[:\uff1a]")
"""What mailers put before the subject of an answer, in any language: Re: AW: Odp: Atb: SV[2]:"""

_MESSAGE_ID = re.compile(r"<[^<>\s@]+@[^<>\s@]+>")


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply as it goes out; `answers` is the Message-ID of the mail that it replies to, if there is one."""

    ticket: int
    sender: Mailbox
    to: Mailbox
    subject: str
    body: str
    at: datetime
    message_id: str
    cc: tuple[Mailbox, ...] = ()
    answers: str = ""
    enclosures: tuple[Enclosure, ...] = ()


def write_letter(letter: Letter) -> bytes:
    """Return the letter as the bytes of a mail; raise SupportqError for an address that no mail can carry."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = _address(letter.sender)
    mail["To"] = _address(letter.to)
    if letter.cc:
        mail["Cc"] = [_address(mailbox) for mailbox in letter.cc]
    mail["Subject"] = subject_line(letter.subject, letter.ticket)
    mail["Date"] = format_datetime(letter.at)
    mail["Message-ID"] = letter.message_id
    if _MESSAGE_ID.fullmatch(letter.answers):
        mail["In-Reply-To"] = mail["References"] = letter.answers
    mail.set_content(letter.body.rstrip() + "\n")
    for enclosure in letter.enclosures:
        main, _, sub = enclosure.content_type.partition("/")
        mail.add_attachment(enclosure.data, maintype=main, subtype=sub, filename=header_line(enclosure.name))
    return mail.as_bytes()


def subject_line(subject: str, ticket: int) -> str:
    """Return the subject of an answer, with the mark by which what comes back finds its ticket."""
    words = header_line(subject) or "your inquiry"
    reply = words if _PREFIX.match(words) else f"Re: {words}"
    return f"{reply} [#{ticket}]"


def spec_of(address: str) -> str:
    """Return an address as mail servers want it; raise SupportqError for one that no mail can carry."""
    local, at, domain = address.strip().rpartition("@")
    try:
        spec = f"{local}{at}{domain.encode('idna').decode('ascii')}"
        spec.encode("ascii")
        return Address(addr_spec=spec).addr_spec
    except (MessageError, ValueError, IndexError) as error:
        raise SupportqError(f'"{address}" is no address that a mail can go to', "correct it first") from error


def _address(mailbox: Mailbox) -> Address:
    return Address(display_name=header_line(mailbox.name), addr_spec=spec_of(mailbox.address))


def header_line(text: str) -> str:
    """Return a text without anything that could end a header."""
    return " ".join(_CONTROLS.sub(" ", text).split())
