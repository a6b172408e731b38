"""Signs that no person wrote a mail, and what a mail that came back says of the one that it returns."""

import re
from collections.abc import Iterator, Mapping

from supportq.mail import headers
from supportq.mail.headers import Headers
from supportq.mail.parts import Part
from supportq.model.mail import Bounce, Mailbox

LOOP = "X-Supportq-Loop"
"""The header in which every mail that we send by ourselves names its queue."""

_REPLIERS = ("x-autoreply", "x-autorespond", "x-autoresponse", "x-mail-autoreply")
_LISTS = ("list-id", "list-unsubscribe")
_BULK = frozenset({"bulk", "junk", "list"})
_REPLY = frozenset({"auto_reply"})
_ROBOTS = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|mdaemon)(?:\+[^@]*)?@", re.IGNORECASE)
_DEAF = re.compile(r"(?:do[-_.]?not|no)[-_.]?reply(?:\+[^@]*)?@", re.IGNORECASE)
_RETURNED_ID = re.compile(r"^[> ]*Message-ID:\s*(<[^<>\s]{1,500}>)", re.IGNORECASE | re.MULTILINE)
_OUR_ID = re.compile(r"<\d{1,18}\.[0-9a-f]{24}\.[0-9a-f]{16}@[^<>\s]{1,255}>")
"""What a Message-ID of ours looks like; whether it is one, the mailroom knows."""

_FIELD = re.compile(
    r"^(action|status|final-recipient|diagnostic-code):\s*(.+(?:\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE
)
_ADDRESS = re.compile(r"[^\s<>:;,\"']{1,64}@[^\s<>:;,\"']{1,255}")
_REFUSAL = re.compile(r"\b[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3}\b)?.{0,200}|\b5\.\d{1,3}\.\d{1,3}\b.{0,200}")
_FAILING = re.compile(r"undeliver|fail|return|unzustellbar|non.?remis|not delivered", re.IGNORECASE)
_PASSING = re.compile(r"delay|warning|verzögert|retard", re.IGNORECASE)
_LOOKED_THROUGH = 200_000
_LONGEST = 200


def robotic_sign(found: Headers, sender: Mailbox) -> str:
    """Return what shows that a machine wrote a mail, other than that it came over a list; empty where nothing does."""
    return next(_iter_robotic(found, sender), "")


def is_server(sender: Mailbox) -> bool:
    """Tell whether it is a mail server that writes, as where a mail can't be delivered."""
    return _ROBOTS.match(sender.address) is not None


def takes_no_answer(sender: Mailbox) -> bool:
    """Tell whether nobody reads what is sent to an address, by its own word."""
    return _DEAF.match(sender.address) is not None


def list_sign(found: Headers) -> str:
    """Return what shows that a mail came over a mailing list; empty where nothing does."""
    return next(_iter_listed(found), "")


def list_id(found: Headers) -> str:
    """Return the name of the mailing list that a mail came over."""
    said = found.first("list-id")
    return (said.rpartition("<")[2].partition(">")[0] or said).strip().casefold()


def _iter_robotic(found: Headers, sender: Mailbox) -> Iterator[str]:
    submitted = found.first("auto-submitted").partition(";")[0].strip().lower()
    if submitted not in {"", "no"}:
        yield f"Auto-Submitted: {submitted}"
    yield from _precedences(found, _REPLY)
    yield from (name.title() for name in (*_REPLIERS, LOOP.lower()) if found.has(name))
    if any(not value.strip("<> ") for value in found.every("return-path")):
        yield "an empty Return-Path"
    if is_server(sender):
        yield f"from {sender.address.partition('@')[0].lower()}"
    content = found.first("content-type").lower()
    if content.startswith("multipart/report") and "delivery-status" in content:
        yield "a delivery report"


def _iter_listed(found: Headers) -> Iterator[str]:
    yield from _precedences(found, _BULK)
    yield from (name.title() for name in _LISTS if found.has(name))


def _precedences(found: Headers, words: frozenset[str]) -> Iterator[str]:
    for name in ("precedence", "x-precedence"):
        if (word := found.first(name).lower()) in words:
            yield f"{name.title()}: {word}"


def bounce_of(root: Part, sender: Mailbox, subject: str, body: str) -> Bounce | None:
    """Return what a report says of the mail of ours inside, came back or not; None for every other mail."""
    report = next((part for part in root.children if part.kind == "message/delivery-status"), None)
    if report is None and not is_server(sender):
        return None
    said = _FIELD.findall(report.text[:_LOOKED_THROUGH]) if report else []
    fields = {name.lower(): headers.one_line(value) for name, value in said}
    action = fields.get("action", "").lower()
    why = _reason(fields) or _words_of_refusal(body)
    returned = _returned_id(root, body)
    if not returned and (report or why or _FAILING.search(subject)):
        returned = _answered_id(root.headers, body)
    is_final = action == "failed" if action else not _PASSING.search(subject)
    return Bounce(returned, is_final, why) if returned else None


def _reason(fields: Mapping[str, str]) -> str:
    """Return whom a report is about and what was said of them, without the names of protocols."""
    whom, said = (fields.get(name, "").rpartition(";")[2].strip() for name in ("final-recipient", "status"))
    said = fields.get("diagnostic-code", "").partition(";")[2].strip() or said
    return ": ".join(filter(None, (whom, said[:_LONGEST])))


def _words_of_refusal(body: str) -> str:
    """Return the words in a bounce for people that name the reason, and whom it is about."""
    found = _REFUSAL.search(body[:_LOOKED_THROUGH])
    if found is None:
        return ""
    whom = _ADDRESS.search(body[:_LOOKED_THROUGH])
    said = headers.one_line(found[0])
    return f"{whom[0]}: {said}" if whom and whom[0] not in said else said


def _answered_id(found: Headers, body: str) -> str:
    """Return which mail a bounce without the mail itself is about: the one that it answers, or whose name it quotes."""
    named = (*headers.ids(found.first("in-reply-to")), *reversed(headers.ids(found.whole("references"))))
    quoted = _OUR_ID.search(body[:_LOOKED_THROUGH])
    return next(iter(named), quoted[0] if quoted else "")


def _returned_id(root: Part, body: str) -> str:
    for part in root.children:
        if part.kind in {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global"}:
            named = headers.ids(headers.split(part.data.lstrip())[0].first("message-id"))
            if named:
                return named[0]
    found = _RETURNED_ID.search(body[:_LOOKED_THROUGH])
    return found[1] if found else ""
