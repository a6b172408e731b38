"""Mails in one file, one behind the other, as every mail program reads them: an mbox of the dialect mboxrd."""

import re
from datetime import datetime
from email.utils import format_datetime
from quopri import encodestring
from time import asctime

from supportq.mail.composing import fields, file_part, named, together, words
from supportq.model.mail import Enclosure, Mailbox
from supportq.values import dataclass

NOWHERE = "invalid"
"""The domain that no mail ever leaves for (RFC 2606): where those are who have no mail address."""

CHANNEL = "X-Supportq-Channel"
"""The header that says over which channel something was said."""

ADDRESS = "X-Supportq-Address"
"""The header with a number or @handle, beside an address that leads nowhere."""

_DESK = f"supportq.{NOWHERE}"
_OUR_NAME = re.compile(rf"<(\d{{1,18}})\.([^@>]+)@{re.escape(_DESK)}>")
_NO_AGENT = re.compile(r"(?:customer-\d+|somebody)@.*")
_BEGINS_LIKE_A_MAIL = re.compile(rb"(?:From [^\n]*\n)?[!-9;-~]+[ \t]*:")
_MISTAKABLE = re.compile(rb"^>*From ", re.MULTILINE)
_ENVELOPE = re.compile(rb"\AFrom [^\n]*\n")
_PLAIN_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*", re.ASCII)
_LONGEST_LINE = 900
"""Bytes; a mail allows some more."""
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


def name_of(message: int, queue: str) -> str:
    """Return the Message-ID of a message that has none, which no other message of any queue has."""
    return f"<{message}.{queue}@{_DESK}>"


def message_named(name: str, queue: str) -> int | None:
    """Return the message of this queue that such a Message-ID names."""
    found = _OUR_NAME.fullmatch(name)
    return int(found[1]) if found and found[2] == queue else None


def is_post(message_id: str) -> bool:
    """Tell whether a mail was made here of something that was said."""
    return message_id.endswith(f"@{_DESK}>")


def is_of_desk(address: str) -> bool:
    """Tell whether an address was made up here for the desk or one of its agents."""
    return address.endswith(f"@{_DESK}") and not _NO_AGENT.fullmatch(address)


def write_post(post: Post) -> bytes:
    """Return what was said as a mail that was delivered; its text stays readable, so that a search finds it."""
    header = [
        ("From", _address(post.sender)),
        ("To", _address(post.to)),
        ("Subject", words(post.subject)),
        ("Date", format_datetime(post.at)),
        ("Message-ID", post.message_id),
        *([("In-Reply-To", post.answers[-1]), ("References", " ".join(post.answers))] if post.answers else []),
        *((name, words(value)) for name, value in post.marks),
        ("MIME-Version", "1.0"),
    ]
    return fields(header) + (
        together([_text(post.body), *map(file_part, post.enclosures)]) if post.enclosures else _text(post.body)
    )


def entry(mail: bytes, at: datetime) -> bytes:
    """Return a mail as it stands in an mbox: behind a line of its own, no line of it to be mistaken for such a one."""
    lines = _MISTAKABLE.sub(rb">\g<0>", _ENVELOPE.sub(b"", mail.replace(b"\r\n", b"\n")))
    end = b"\n" if lines.endswith(b"\n") else b"\n\n"
    return b"From supportq %b\n%b%b" % (asctime(at.utctimetuple()).encode(), lines, end)


def _address(mailbox: Mailbox) -> str:
    """Return an address for a header; where it could not be one, that of somebody who has none."""
    return named(mailbox.name, _deliverable(mailbox.address) or nowhere(mailbox.address, "mail"))


def _deliverable(address: str) -> str:
    local, _, domain = address.strip().rpartition("@")
    try:
        found = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return ""
    return found if _PLAIN_ADDRESS.fullmatch(found) else ""


def _text(body: str) -> bytes:
    """Return a text as the content of a mail, as it is wherever a mail may hold it so."""
    data = "\n".join(re.split("\r\n|\r|\n", body)).encode()
    is_plain = b"\0" not in data and max(map(len, data.split(b"\n"))) < _LONGEST_LINE
    kind = ("Content-Type", "text/plain; charset=utf-8")
    encoding = ("Content-Transfer-Encoding", "8bit" if is_plain else "quoted-printable")
    return fields([kind, encoding]) + b"\n" + (data if is_plain else encodestring(data))
