"""Write a reply as a mail that is ready to send: every header is built from parts, so none can be smuggled in."""

import re
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime, getaddresses
from html import escape

from supportq.errors import SupportqError
from supportq.mail.signs import LOOP
from supportq.model.mail import Enclosure, Mailbox
from supportq.values import dataclass

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_PREFIX = re.compile(r"[^\W\d_]{1,5}(?:\[\d+\]|\^\d+)?\s?[:\uff1a]")
"""What mailers put before the subject of an answer, in any language: Re: AW: Odp: Atb: SV[2]:"""

_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")

_MOST_REFERENCES = 20

_POLICY = SMTP.clone(cte_type="7bit")
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
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = _address(letter.sender)
    if letter.reply_to:
        mail["Reply-To"] = _address(letter.reply_to)
    mail["To"] = _address(letter.to)
    if letter.cc:
        mail["Cc"] = [_address(mailbox) for mailbox in letter.cc]
    mail["Subject"] = subject_line(letter.subject, letter.ticket)
    mail["Date"] = format_datetime(letter.at)
    for name, value in _warnings(letter).items():
        mail[name] = value
    words = _signed(letter)
    mail.set_content(words)
    if letter.html:
        mail.add_alternative(as_html(words), subtype="html")
    for enclosure in letter.enclosures:
        main, _, sub = enclosure.content_type.partition("/")
        mail.add_attachment(enclosure.data, maintype=main, subtype=sub, filename=header_line(enclosure.name))
    return _names(letter) + mail.as_bytes()


def _warnings(letter: Letter) -> dict[str, str]:
    """Return the headers by which machines know that a machine wrote, or one mail to many."""
    headers = {
        "Auto-Submitted": letter.auto_submitted,
        "X-Auto-Response-Suppress": "All" if letter.auto_submitted else "",
        LOOP: letter.loop,
        "Precedence": "bulk" if letter.unsubscribe else "",
        "List-Unsubscribe": letter.unsubscribe and f"<mailto:{spec_of(letter.unsubscribe)}?subject=unsubscribe>",
    }
    return {name: header_line(value) for name, value in headers.items() if value}


def recipients_of(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return from whom a letter of ours is, and to whom it goes: first the customer, then who gets a copy."""
    headers = BytesHeaderParser().parsebytes(data)
    named = getaddresses([headers[name] for name in ("From", "To", "Cc") if name in headers])
    sender, *whom = [address for _, address in named]
    return sender, tuple(dict.fromkeys(whom))


def _names(letter: Letter) -> bytes:
    """Return the headers that hold Message-IDs, one on each line: the standard library would encode long ones."""
    named = [name for name in letter.thread if _MESSAGE_ID.fullmatch(name)]
    chain = dict.fromkeys([*named[:1], *named[1:][1 - _MOST_REFERENCES :]])
    answers = letter.answers if _MESSAGE_ID.fullmatch(letter.answers) else next(reversed(chain), "")
    headers = {"Message-ID": [letter.message_id], "In-Reply-To": [answers], "References": chain or [answers]}
    lines = [f"{name}: " + "\r\n ".join(names) + "\r\n" for name, names in headers.items() if any(names)]
    return "".join(lines).encode("ascii")


def _signed(letter: Letter) -> str:
    """Return the words with the signature below the mark that mail programs know one by."""
    signature = letter.signature.strip()
    return f"{letter.body.rstrip()}\n" + (f"\n-- \n{signature}\n" if signature else "")


def as_html(text: str) -> str:
    """Return plain words as a page that holds nothing else."""
    paragraphs = [escape(part).replace("\n", "<br>\n") for part in re.split(r"\n{2,}", text.strip())]
    return "\n".join(["<!DOCTYPE html>", *(f"<p>{part}</p>" for part in paragraphs)]) + "\n"


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
