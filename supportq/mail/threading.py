"""Marks by which an answer finds its ticket: signed, so that whoever names one has had our mail, and plain ones."""

import hmac
import re
from collections.abc import Iterator

_SIGNED_ID = re.compile(r"<(\d{1,18})\.([0-9a-f]{24})\.([0-9a-f]{16})@[^<>]*>")
_TOKEN = re.compile(r"(?<!\d)(\d{1,18})\.([0-9a-f]{16})(?![0-9a-f])")
_IN_SUBJECT = re.compile(r"\[#(\d{1,18})\]")
_MARK = re.compile(r"\+[^@]*(?=@)")
_LOOKED_THROUGH = 200_000


def signed_id(key: str, ticket: int, unique: bytes, domain: str) -> str:
    """Return a Message-ID for a mail about a ticket; nobody without the key can make one up."""
    name = f"{ticket}.{unique.hex()[:24]:0<24}"
    return f"<{name}.{_signature(key, name)}@{domain}>"


def ticket_of_signed(key: str, message_id: str) -> int | None:
    """Return the ticket of a Message-ID that we signed, None for every other; some programs write it in capitals."""
    found = _SIGNED_ID.fullmatch(message_id.lower())
    if found and hmac.compare_digest(_signature(key, f"{found[1]}.{found[2]}"), found[3]):
        return int(found[1])
    return None


def token(key: str, ticket: int) -> str:
    """Return what stands for a ticket behind the plus of an address."""
    return f"{ticket}.{_signature(key, f'token {ticket}')}"


def without_mark(address: str) -> str:
    """Return an address without what stands behind its plus, such as a ticket's token."""
    return _MARK.sub("", address)


def tickets_of_tokens(key: str, text: str) -> Iterator[int]:
    """Yield the tickets whose tokens stand in a text."""
    for number, signature in _TOKEN.findall(text[:_LOOKED_THROUGH].lower()):
        if hmac.compare_digest(_signature(key, f"token {number}"), signature):
            yield int(number)


def tickets_in_subject(subject: str) -> Iterator[int]:
    """Yield the tickets that a subject names as `[#17]`, which anybody can write."""
    yield from map(int, _IN_SUBJECT.findall(subject))


def _signature(key: str, text: str) -> str:
    return hmac.digest(key.encode(), text.encode(), "sha256").hex()[:16]
