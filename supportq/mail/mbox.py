"""Mails in one file, one behind the other, as every mail program reads them: an mbox of the dialect mboxrd."""

import re
from dataclasses import replace
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from time import asctime

from supportq.errors import SupportqError
from supportq.mail.writing import header_address, header_line
from supportq.model.mail import Enclosure, Mailbox
from supportq.values import dataclass

NOWHERE = "invalid"
"""The domain that no mail ever leaves for (RFC 2606): where those are who have no mail address."""

_BEGINS_LIKE_A_MAIL = re.compile(rb"(?:From [^\n]*\n)?[!-9;-~]+[ \t]*:")
_MISTAKABLE = re.compile(rb"^>*From ", re.MULTILINE)
_ENVELOPE = re.compile(rb"\AFrom [^\n]*\n")
_NOT_LOCAL = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Post:
    """Something that was said, over whatever channel; `answers` names what was said before, the beginning first."""

    sender: Mailbox
    to: Mailbox
    subject: str
    body: str
    at: datetime
    message_id: str
    answers: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    enclosures: tuple[Enclosure, ...] = ()


def is_mail(data: bytes) -> bool:
    """Tell whether these bytes begin with the header of a mail."""
    return _BEGINS_LIKE_A_MAIL.match(data) is not None


def nowhere(name: str, kind: str) -> str:
    """Return a mail address for somebody who has none, the same for the same name: 49301234567@phone.invalid."""
    return f"{_NOT_LOCAL.sub('-', name).strip('-')[:60] or 'somebody'}@{kind}.{NOWHERE}"


def write_post(post: Post) -> bytes:
    """Return what was said as a mail that was delivered."""
    mail = EmailMessage()
    mail["From"], mail["To"] = _address(post.sender), _address(post.to)
    mail["Subject"] = header_line(post.subject)
    mail["Date"] = format_datetime(post.at)
    mail["Message-ID"] = post.message_id
    if post.answers:
        mail["In-Reply-To"] = post.answers[-1]
        mail["References"] = " ".join(post.answers)
    for name, value in post.marks:
        mail[name] = header_line(value)
    mail.set_content(post.body)
    for enclosure in post.enclosures:
        main, _, sub = enclosure.content_type.partition("/")
        mail.add_attachment(enclosure.data, maintype=main, subtype=sub, filename=header_line(enclosure.name))
    return mail.as_bytes()


def entry(mail: bytes, at: datetime) -> bytes:
    """Return a mail as it stands in an mbox: behind a line of its own, no line of it to be mistaken for such a one."""
    lines = _MISTAKABLE.sub(rb">\g<0>", _ENVELOPE.sub(b"", mail.replace(b"\r\n", b"\n")))
    end = b"\n" if lines.endswith(b"\n") else b"\n\n"
    return b"From supportq %b\n%b%b" % (asctime(at.utctimetuple()).encode(), lines, end)


def _address(mailbox: Mailbox) -> Address:
    """Return an address for a header; where it could not be one, somebody's who has none."""
    try:
        return header_address(mailbox)
    except SupportqError:
        return header_address(replace(mailbox, address=nowhere(mailbox.address, "mail")))
