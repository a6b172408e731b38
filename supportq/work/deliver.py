"""Deliver: take in mail that a server hands over, as it comes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from supportq.errors import SupportqError
from supportq.intake.inquiry import Entry
from supportq.intake.mailfiles import LARGEST, SOURCE
from supportq.intake.mails import entry_of
from supportq.store import sources
from supportq.store.change import Change, Done, Writer
from supportq.work.door import Arrived
from supportq.work.habits import Habits
from supportq.work.mailroom import take_mails


def deliver(writer: Writer, data: bytes) -> Done:
    """Store a mail on the ticket that it belongs to, or on one of its own; one that is there already is left alone."""
    if not data.strip():
        raise SupportqError("no mail came in", "hand it over on standard input")
    if len(data) > LARGEST:
        raise SupportqError(f"the mail is larger than {LARGEST >> 20} MB", "let the server refuse such mails")
    entry = _as_of_now(entry_of(data, 1, "the mail", writer.now), writer.now)
    with writer.change("deliver") as change:
        arrived = take_new(change, [entry])
        if writer.dry_run and not arrived:
            known = sources.known(change.queue.connection, SOURCE, [entry.inquiry.key or ""])
            change.warnings.extend(f"It is known already: ticket {found.ticket_id}" for found in known.values())
        if writer.dry_run:
            words = (each.acknowledgement for each in arrived if each.acknowledgement)
            change.warnings.extend(f"It would be acknowledged by the next supportq send:\n\n{said}\n" for said in words)
        return change.store()


def _as_of_now(entry: Entry, now: datetime) -> Entry:
    """Return a mail on which no server stamped a moment as one that comes now: a sender's clock proves nothing."""
    mail = entry.inquiry.mail
    if mail is None or mail.received_at is not None:
        return entry
    return entry._replace(inquiry=replace(entry.inquiry, at=now))


def take_new(change: Change, entries: Iterable[Entry]) -> list[Arrived]:
    """Take in the mails that the queue has not yet, by whatever way they came, and let the rules see them."""
    mails = {entry.inquiry.key or "": entry for entry in entries}
    known = sources.known(change.queue.connection, SOURCE, mails)
    fresh = [entry for key, entry in mails.items() if key not in known]
    return take_mails(change, fresh, Habits.of(change.settings, change.now), is_live=True) if fresh else []
