"""Bytes to a mail: of any age, charset and brokenness, in bounded time, and never refused."""

from collections.abc import Iterator
from datetime import datetime

from supportq.mail import headers, parts
from supportq.mail.addresses import mailboxes
from supportq.mail.charsets import decode
from supportq.mail.dates import moment
from supportq.mail.headers import Headers
from supportq.mail.html import text_of_html
from supportq.mail.parts import Part
from supportq.mail.signs import LOOP, bounce_of, is_server, list_id, list_sign, robotic_sign
from supportq.model.mail import Enclosure, Mail, Mailbox

_MOST_REFERENCES = 100
_MOST_STAMPS = 10
_SENDERS = ("from", "sender", "reply-to", "x-original-from", "return-path")
_DELIVERED_TO = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_TEXTS = frozenset({"text/plain", "text/html"})
_ENCRYPTED = frozenset({"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_SEALED = "(This mail is encrypted or sealed; it is kept whole, and what it says is in its attachments.)"
_MOST_PASSED_ON, _DEEPEST_PASSED_ON = 5, 3
_NOBODY = Mailbox("", "")


def read_mail(data: bytes) -> Mail:
    """Return the mail that these bytes are; one without a single header says so in its `fault`."""
    root = parts.read_parts(_unwrapped(data))
    found = root.headers
    sender = next((box for name in _SENDERS for box in mailboxes(found.first(name))), _unnamed(found))
    subject = headers.words(found.first("subject"))
    body, enclosures = _content(root)
    robotic = robotic_sign(found, sender)
    return Mail(
        sender=sender,
        body=body,
        subject=subject,
        sent_at=moment(found.first("date")),
        received_at=_received_at(found),
        message_id=next(iter(headers.ids(found.first("message-id"))), ""),
        in_reply_to=headers.ids(found.first("in-reply-to"))[:_MOST_REFERENCES],
        references=headers.ids(found.whole("references"))[-_MOST_REFERENCES:],
        reply_to=mailboxes(found.first("reply-to")),
        to=mailboxes(found.whole("to")),
        cc=mailboxes(found.whole("cc")),
        delivered_to=tuple(box for name in _DELIVERED_TO for box in mailboxes(found.whole(name))),
        enclosures=tuple(enclosures),
        automatic=robotic or list_sign(found),
        robotic=robotic,
        is_from_server=is_server(sender),
        list_id=list_id(found),
        bounce=bounce_of(root, sender, subject, body),
        loop=found.first(LOOP.lower()),
        fault="" if found.pairs else "no header of a mail stands in it",
        language=found.first("content-language"),
    )


def _received_at(found: Headers) -> datetime | None:
    """Return when the server nearest to us got a mail, by the topmost stamp that has a date."""
    stamps = (moment(stamp.rpartition(";")[2]) for stamp in found.every("received")[:_MOST_STAMPS])
    return next(filter(None, stamps), None)


def _unnamed(found: Headers) -> Mailbox:
    """Return somebody who gave no address, by the words that stand in its place."""
    name = headers.words(found.first("from")).strip("'\"<> ")
    return Mailbox(name, "") if name else _NOBODY


def _unwrapped(data: bytes) -> bytes:
    """Return a mail from its first header on, its lines ended as everybody does."""
    if b"\n" not in data[:100_000]:
        data = data.replace(b"\r", b"\n")
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    return data.partition(b"\n")[2] if data.startswith((b"From ", b">From ")) else data


def _content(root: Part, depth: int = 0) -> tuple[str, list[Enclosure]]:
    """Return what is to be read, and the files that came with it; who only passes mails on says what those say."""
    texts: list[str] = []
    enclosures: list[Enclosure] = []
    for part, is_read in _leaves(root):
        if is_read and not (part.is_attached or (part.name and texts)):
            part, files = parts.without_uuencoded(part) if part.kind == "text/plain" else (part, [])  # noqa: PLW2901
            texts.append(_read(part))
            enclosures += (Enclosure(name or "file", "application/octet-stream", file) for name, file in files)
        else:
            enclosures.append(Enclosure(part.file_name, part.kind, part.data))
    body = "\n\n".join(filter(None, (text.strip("\n") for text in texts))).rstrip()
    return body or _sealed(enclosures) or _passed_on(enclosures, depth), enclosures


def _sealed(enclosures: list[Enclosure]) -> str:
    return _SEALED if any(file.content_type in _ENCRYPTED for file in enclosures) else ""


def _passed_on(enclosures: list[Enclosure], depth: int) -> str:
    """Return what the mails say that were sent as files, each below the names of its author and subject."""
    if depth == _DEEPEST_PASSED_ON:
        return ""
    mails = [file.data for file in enclosures if file.content_type == "message/rfc822"]
    return "\n\n".join(_told(parts.read_parts(data), depth + 1) for data in mails[:_MOST_PASSED_ON])


def _told(root: Part, depth: int) -> str:
    heading = (f"{name}: {headers.words(root.headers.first(name.lower()))}" for name in ("From", "Date", "Subject"))
    lines = (*(line for line in heading if not line.endswith(": ")), "", _content(root, depth)[0])
    return "\n".join(lines).strip("\n")


def _read(part: Part) -> str:
    return text_of_html(part.text) if part.kind == "text/html" else part.text


def _leaves(root: Part) -> Iterator[tuple[Part, bool]]:
    """Yield the parts without parts inside, in their order, and whether each is to be read.

    Of alternatives one is read; the other texts are left out, since they say the same, and files stay.
    """
    pending = [(root, True)]
    while pending:
        part, is_read = pending.pop()
        if part.children:
            chosen = _alternative(part) if part.kind == "multipart/alternative" else None
            inside = ((child, is_read and chosen in {None, place}) for place, child in enumerate(part.children))
            pending += reversed(list(inside))
        elif is_read or part.kind not in _TEXTS or part.is_attached:
            yield part, is_read and _is_text(part)


def _is_text(part: Part) -> bool:
    return part.kind in _TEXTS or part.kind.startswith("multipart/") or part.kind in _LIKE_TEXT


_LIKE_TEXT = frozenset({"text/enriched", "text/richtext", "text/x-plain", "text/markdown", "text/x-markdown"})


def _alternative(part: Part) -> int:
    """Return which of several alternatives is best read: plain text that says something, else HTML, else the last."""
    kinds = [_first_kind(child) for child in part.children]
    for place, kind in enumerate(kinds):
        if kind == "text/plain" and (part.children[place].children or part.children[place].text.strip()):
            return place
    return kinds.index("text/html") if "text/html" in kinds else len(kinds) - 1


def _first_kind(part: Part) -> str:
    while part.children:
        part = part.children[0]
    return part.kind


def unread(data: bytes, why: str) -> Mail:
    """Return a stand-in for a mail that could not be read, which shows as much of it as is text."""
    return Mail(_NOBODY, decode(data[:20_000]), subject="(a mail that could not be read)", fault=why)
