"""Files that hold mail: single mails, mailboxes, Maildirs, folders and archives of them, as bytes of one mail each."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from supportq.intake.mbox import is_mbox, iter_mbox
from supportq.intake.source import Source

LARGEST = 200 << 20
"""A mail of more bytes than this is no mail that could be stored."""

SOURCE = "mail"
"""One name for every mail, so that it is known again by whatever way it comes a second time."""

FORMATS = ("mbox", "eml")
_SUFFIXES = {".eml": "eml", ".mbox": "mbox", ".mbx": "mbox", ".emlx": "eml"}
_HEAD = 1 << 16
_KNOWN = re.compile(
    rb"^(?:received|from|to|cc|subject|date|message-id|return-path|delivered-to|reply-to"
    rb"|mime-version|content-type|x-[\w-]+)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST = re.compile(rb"[!-9;-~]+[ \t]*:")


class Found(NamedTuple):
    """The bytes of one mail, and where they stand; what can't be taken has a fault in place of bytes.

    `at` is when the mailbox says that it came, which counts where the mail itself does not say.
    """

    place: str
    data: bytes
    fault: str = ""
    at: datetime | None = None


def mail_format(source: Source) -> str | None:
    """Return whether a source holds a mailbox or one mail, as its name or its first lines say; None for neither."""
    head = source.head(_HEAD)
    if is_mbox(head):
        return "mbox"
    if source.suffix in _SUFFIXES:
        return "eml" if _SUFFIXES[source.suffix] == "mbox" and head.strip() else _SUFFIXES[source.suffix]
    return "eml" if looks_like_mail(head) else None


def holds_mail(source: Source) -> bool:
    """Tell whether a source is a mail or a mailbox, or may have some packed in it."""
    return source.members is not None or mail_format(source) is not None


def looks_like_mail(head: bytes) -> bool:
    """Tell whether a file that begins like this is a mail: two headers that mails have, and no other text before."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    block = re.split(rb"\n\r?\n", start, maxsplit=1)[0]
    return _FIRST.match(start) is not None and len({name.lower() for name in _KNOWN.findall(block)}) > 1


def iter_mails(source: Source, named: str | None = None) -> Iterator[Found]:
    """Yield the mails of a source, with those of every file in it."""
    if source.members is not None:
        for member in source.members():
            yield from iter_mails(member) if holds_mail(member) else [Found(member.name, b"", _NO_MAIL)]
    elif (named or mail_format(source)) == "mbox":
        for number, data, at in iter_mbox(source.stream, LARGEST):
            yield _found(f"{source.name}, mail {number:,}", data)._replace(at=at)
    else:
        yield _found(source.name, source.head(LARGEST) if source.size <= LARGEST else None)


def _found(place: str, data: bytes | None) -> Found:
    return Found(place, b"", _TOO_LARGE) if data is None else Found(place, data)


_NO_MAIL = "it is no mail; a table is imported by itself"
_TOO_LARGE = f"it is larger than {LARGEST >> 20} MB"
