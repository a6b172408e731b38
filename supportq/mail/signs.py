"""Signs that no person wrote a mail, and what a mail that came back says of the one that it returns."""

import re
from collections.abc import Iterator

from supportq.mail import headers
from supportq.mail.headers import Headers
from supportq.mail.parts import Part
from supportq.model.mail import Bounce, Mailbox

LOOP = "X-Supportq-Loop"
"""The header in which every mail that we send by ourselves names its queue."""

_REPLIERS = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-mail-autoreply")
_LISTS = ("list-id", "list-unsubscribe")
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_ROBOTS = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|mdaemon)(?:\+[^@]*)?@", re.IGNORECASE)
_RETURNED_ID = re.compile(r"^[> ]*Message-ID:\s*(<[^<>\s]{1,500}>)", re.IGNORECASE | re.MULTILINE)
_FIELD = re.compile(r"^(action|status):\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_PASSING = re.compile(r"delay|warning|verzögert|retard", re.IGNORECASE)
_LOOKED_THROUGH = 200_000


def automatic_sign(found: Headers, sender: Mailbox) -> str:
    """Return what shows that a machine wrote a mail, an empty text where nothing does."""
    return next(_iter_signs(found, sender), "")


def _iter_signs(found: Headers, sender: Mailbox) -> Iterator[str]:
    submitted = found.first("auto-submitted").partition(";")[0].strip().lower()
    if submitted not in {"", "no"}:
        yield f"Auto-Submitted: {submitted}"
    for name in ("precedence", "x-precedence"):
        if found.first(name).lower() in _BULK:
            yield f"{name.title()}: {found.first(name).lower()}"
    yield from (name.title() for name in (*_REPLIERS, *_LISTS, LOOP.lower()) if found.has(name))
    if any(not value.strip("<> ") for value in found.every("return-path")):
        yield "an empty Return-Path"
    if _ROBOTS.match(sender.address):
        yield f"from {sender.address.partition('@')[0].lower()}"
    content = found.first("content-type").lower()
    if content.startswith("multipart/report") and "delivery-status" in content:
        yield "a delivery report"


def bounce_of(root: Part, sender: Mailbox, subject: str, body: str) -> Bounce | None:
    """Return what a mail that came back says of the mail of ours inside; None for every other mail."""
    report = next((part for part in root.children if part.kind == "message/delivery-status"), None)
    if report is None and not _ROBOTS.match(sender.address):
        return None
    fields = (
        {name.lower(): value.lower() for name, value in _FIELD.findall(report.text[:_LOOKED_THROUGH])} if report else {}
    )
    if fields.get("action", "failed") in {"delivered", "relayed", "expanded"}:
        return None
    returned = _returned_id(root, body)
    is_final = fields["action"] == "failed" if "action" in fields else not _PASSING.search(subject)
    return Bounce(returned, is_final) if returned else None


def _returned_id(root: Part, body: str) -> str:
    for part in root.children:
        if part.kind in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"}:
            named = headers.ids(headers.split(part.data.lstrip())[0].first("message-id"))
            if named:
                return named[0]
    found = _RETURNED_ID.search(body[:_LOOKED_THROUGH])
    return found[1] if found else ""
