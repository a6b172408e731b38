"""Deliver: take in one mail that a server hands over."""

from supportq.errors import SupportqError
from supportq.intake.mailfiles import LARGEST, SOURCE
from supportq.intake.mails import entry_of
from supportq.store import sources
from supportq.store.change import Done, Writer
from supportq.work.habits import Habits
from supportq.work.mailroom import take_mails


def deliver(writer: Writer, data: bytes) -> Done:
    """Store a mail on the ticket that it belongs to, or on one of its own; one that is there already is left alone."""
    if not data.strip():
        raise SupportqError("no mail came in", "hand it over on standard input")
    if len(data) > LARGEST:
        raise SupportqError(f"the mail is larger than {LARGEST >> 20} MB", "let the server refuse such mails")
    entry = entry_of(data, 1, "the mail", writer.now)
    with writer.change("deliver") as change:
        known = sources.known(change.queue.connection, SOURCE, [entry.inquiry.key or ""])
        if not known:
            take_mails(change, [entry], Habits.of(change.settings, change.now), is_live=True)
        return change.store()
