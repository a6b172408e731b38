"""The outbox: letters that wait to be sent, and what people decide about them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from supportq.errors import NotFound
from supportq.model.channel import Channel
from supportq.model.event import Kind
from supportq.model.fold import unanswered
from supportq.model.message import Author, Delivery, Direction
from supportq.store import outbox
from supportq.store.attachments import keep
from supportq.store.change import Change, Done, Writer
from supportq.store.gather import Saying
from supportq.store.outbox import Posted
from supportq.store.queue import Queue
from supportq.when.stamps import FOREVER, format_stamp
from supportq.work.lease import is_abandoned
from supportq.work.moves import Refused

if TYPE_CHECKING:
    from supportq.mail.account import Account
    from supportq.mail.writing import Letter


def enqueue(
    change: Change,
    letter: "Letter",
    account: "Account",
    author: Author = Author.AGENT,
    *,
    not_before: datetime | None = None,
) -> int:
    """Keep a letter, as the bytes that will be sent, and return its message; the event that names it is the caller's.

    Raises SupportqError for an address that no mail can carry.
    """
    from supportq.mail.writing import write_letter

    saying = Saying(
        Direction.OUT,
        author,
        Channel.EMAIL,
        letter.body,
        letter.at,
        agent=change.actor if author is Author.AGENT else None,
        automatic=author is Author.SYSTEM,
        external_id=letter.message_id,
        delivery=Delivery.QUEUED,
        original=write_letter(letter),
    )
    message, first_try_at = change.say(letter.ticket, saying), not_before or change.now
    keep(change, message, letter.enclosures)
    change.gathered.add("outbox", message, account.name, format_stamp(change.now), format_stamp(first_try_at))
    return message


def cancel(writer: Writer, messages: Sequence[int]) -> Done:
    """Take replies out of the outbox that were not sent, so that they never are."""
    with writer.change("outbox cancel") as change:
        found = _meant(change, messages, _CANCELLABLE, "it can't be taken back")
        for posted in found:
            outbox.owe(change.queue.connection, posted.id, ())
            if not posted.is_copies:
                change.record(posted.ticket, Kind.CANCELLED, message=posted.id)
        return _done(change, found)


def retry(writer: Writer, messages: Sequence[int]) -> Done:
    """Let replies be sent once more, as if they had just been written; they answer what they answered."""
    with writer.change("outbox retry") as change:
        found = _meant(change, messages, _RETRIABLE, "it can't be sent again")
        for posted in found:
            outbox.try_again(change.queue.connection, posted.id, change.now)
            if posted.is_copies:
                continue
            outbox.owe(change.queue.connection, posted.id, ())
            first = _first_queued(change, posted)
            status = _status_after(change, posted) if first is Kind.QUEUED else None
            change.record(posted.ticket, first, message=posted.id, status=status)
        return _done(change, found)


def confirm(writer: Writer, messages: Sequence[int]) -> Done:
    """Say that replies arrived of which nobody knew, at the moment at which they were tried."""
    with writer.change("outbox confirm") as change:
        found = _meant(change, messages, _DOUBTFUL, "there is nothing to confirm")
        for posted in found:
            if posted.is_copies:
                outbox.owe(change.queue.connection, posted.id, ())
                continue
            change.record(posted.ticket, Kind.SENT, at=posted.claimed_at, message=posted.id)
            outbox.note(change.queue.connection, posted.id, posted.said, until=change.now if posted.owed else FOREVER)
        return _done(change, found)


def _done(change: Change, found: Sequence[Posted]) -> Done:
    """Store a change, and count among its tickets those of which only copies are concerned: nothing happened there."""
    done = change.store()
    return replace(done, touched=tuple(dict.fromkeys([*done.touched, *(posted.ticket for posted in found)])))


def standing(posted: Posted, now: datetime) -> Delivery:
    """Return how far a message is: what a process had begun that is gone, or another file sends, may have been sent.

    One that its customer has is as far as the copies are that others are still to get.
    """
    if posted.is_in_doubt or why_in_doubt(posted, now):
        return Delivery.MAYBE_SENT
    if posted.is_copies:
        return Delivery.SENDING if posted.is_claimed else Delivery.QUEUED
    return posted.delivery


def why_in_doubt(posted: Posted, now: datetime) -> str:
    """Return why nobody knows here whether a message was sent that seems to wait; nothing for any other."""
    if posted.is_in_doubt or not (posted.is_copies or posted.delivery in _ON_ITS_WAY):
        return ""
    if not posted.is_at_home:
        return "another copy of this queue may have sent it"
    is_interrupted = posted.is_claimed and is_abandoned(posted, now)
    return "it was claimed by a process that is gone" if is_interrupted else ""


def get_posted(queue: Queue, messages: Sequence[int]) -> list[Posted]:
    """Return messages of the outbox; raise NotFound for any that was never in it."""
    found = outbox.named(queue.connection, messages)
    missing = set(messages) - {posted.id for posted in found}
    if missing:
        numbers = ", ".join(map(str, sorted(missing)))
        raise NotFound(f"no message {numbers} in the outbox", "see what is there: supportq outbox list --all")
    return found


def _meant(change: Change, messages: Sequence[int], states: Collection[Delivery], refusal: str) -> list[Posted]:
    """Return messages that are in one of these states; raise Refused for another."""
    found = get_posted(change.queue, messages)
    for posted in found:
        state = standing(posted, change.now)
        if state not in states:
            cure = _CURES.get(state, "see it: supportq outbox show {}").format(posted.id)
            raise Refused(f"message {posted.id} is {_WORDS.get(state, state)}, so {refusal}", cure)
    change.load({posted.ticket for posted in found})
    return found


def _first_queued(change: Change, posted: Posted) -> Kind:
    """Return as what a message came into the outbox: a reply, or what a machine wrote and no clock minds."""
    history = change.history(posted.ticket)
    return next(event.kind for event in history if event.kind in _WRITING and event.data["message"] == posted.id)


def _status_after(change: Change, posted: Posted) -> str | None:
    """Return what a reply makes of its ticket, None where the customer has written since."""
    history = change.history(posted.ticket)
    if any(asked > posted.queued_at for asked in unanswered(history).values()):
        return None
    queued = (event.data for event in history if event.kind is Kind.QUEUED)
    return next(data.get("status") for data in queued if data["message"] == posted.id)


_WRITING = frozenset({Kind.QUEUED, Kind.ACKNOWLEDGED, Kind.NOTIFIED})
_ON_ITS_WAY = frozenset({Delivery.QUEUED, Delivery.SENDING})
_CANCELLABLE = frozenset({Delivery.QUEUED, Delivery.FAILED})
_RETRIABLE = frozenset({Delivery.QUEUED, Delivery.FAILED, Delivery.MAYBE_SENT})
_DOUBTFUL = frozenset({Delivery.MAYBE_SENT})
_WORDS = {Delivery.SENDING: "being sent", Delivery.MAYBE_SENT: "maybe sent"}
_CURES = {
    Delivery.SENT: "write another: supportq reply",
    Delivery.MAYBE_SENT: "it arrived: supportq outbox confirm {0}      it didn't: supportq outbox retry {0}",
    Delivery.CANCELLED: "write another: supportq reply",
}
