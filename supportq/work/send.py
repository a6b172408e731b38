"""Send what waits in the outbox: each mail is claimed for good before its server hears of it, then settled."""

from collections.abc import Callable, Collection
from dataclasses import field, replace
from datetime import timedelta

from supportq.errors import SupportqError
from supportq.mail.connecting import SignInRefused, Unreachable
from supportq.mail.sending import Fate, Outcome, Parcel
from supportq.mail.writing import recipients_of
from supportq.model.channel import Channel
from supportq.model.event import SYSTEM, Kind
from supportq.model.message import Author, Delivery, Direction
from supportq.store import outbox
from supportq.store.change import Change, Writer
from supportq.store.enclosures import received
from supportq.store.gather import Saying
from supportq.store.outbox import Posted
from supportq.values import dataclass
from supportq.when.stamps import FOREVER
from supportq.work.gateway import PREFIX
from supportq.work.lease import my_lease
from supportq.work.outbox import why_in_doubt
from supportq.work.postoffice import PostOffice

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
"""How long to wait after the first try, after the second and so on; the last pause is kept to."""

GIVES_UP_AFTER = timedelta(days=2)

_GIVEN_UP = "given up after 2 days"

_AFTER_REFUSAL = timedelta(minutes=15)
"""How long a server is left alone that refuses our password: who tries it too often is locked out."""

Clock = Callable[[], Writer]
"""Returns who writes at this very moment."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A mail that was tried, and what became of it."""

    posted: Posted
    outcome: Outcome


@dataclass(slots=True, eq=False)
class Round:
    """One run of sending, of all that is due or of `only` some messages, which ends early where `is_stopped` says so.

    `settled` tells what became of each mail, `trouble` why accounts can't send now, `later` what is to go out then.
    """

    clock: Clock
    office: PostOffice
    only: Collection[int] | None = None
    is_stopped: Callable[[], bool] = bool
    lease: str = field(default_factory=my_lease)
    change_id: int = 0
    settled: list[Settled] = field(default_factory=list)
    trouble: list[SupportqError] = field(default_factory=list)
    later: list[Posted] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        """Return how many mails ended so."""
        return sum(settled.outcome.fate is fate for settled in self.settled)

    def run(self, most: int | None = None) -> None:
        """Send all that is due, or some of it; what nobody knows to be unsent is marked so."""
        writer = self._writer()
        for posted in outbox.unsettled(writer.queue.connection):
            if why := why_in_doubt(posted, writer.now):
                self._settle(posted, Outcome(Fate.UNKNOWN, why))
        for account in outbox.accounts_due(writer.queue.connection, writer.now, self.only):
            self._send_all(account, most)
        self.later = outbox.waiting(writer.queue.connection, writer.now)

    def _send_all(self, account: str, most: int | None) -> None:
        tried = len(self.settled)
        while not self.is_stopped() and (most is None or len(self.settled) - tried < most):
            writer = self._writer()
            try:
                post = self.office.way(account, writer.settings)
            except SupportqError as error:
                self._postpone(writer, account, error)
                return
            with writer.queue.writing() as connection:
                posted = outbox.claim(connection, account, by=self.lease, now=writer.now, only=self.only)
            if posted is None:
                return
            self._settle(posted, post.send(_parcel(writer, posted)))

    def _postpone(self, writer: Writer, account: str, error: SupportqError) -> None:
        """Let an account's mails wait that can't send now.

        Where a server is gone, each wait is longer, and some mails have waited for long enough. A fault of our own is
        no try: once it is mended they go out.
        """
        self.trouble.append(error)
        is_gone = isinstance(error, Unreachable) and not isinstance(error, SignInRefused)
        with writer.queue.writing() as connection:
            late = outbox.overdue(connection, account, writer.now - GIVES_UP_AFTER) if is_gone else []
            tries = outbox.most_tries(connection, account) + is_gone
            pause = _pause(tries) if is_gone else _AFTER_REFUSAL if isinstance(error, SignInRefused) else timedelta()
            outbox.postpone(
                connection, account, now=writer.now, until=writer.now + pause, said=error.cause, is_try=is_gone
            )
        for posted in late:
            self._settle(posted, Outcome(Fate.REFUSED, f"{_GIVEN_UP}: {error.cause}"))

    def _settle(self, posted: Posted, outcome: Outcome) -> None:
        """Record what became of a mail, unless somebody decided meanwhile."""
        writer = self._writer()
        outcome = _final(outcome, posted, writer)
        self.settled.append(Settled(posted, outcome))
        if posted.is_copies:
            self._settle_copies(writer, posted, outcome)
            return
        if outcome.fate is Fate.LATER:
            with writer.queue.writing() as connection:
                outbox.release(connection, posted.id, until=writer.now + _pause(posted.tries), said=outcome.why)
            return
        with writer.change("send", goes_on=self.change_id) as change:
            (posted,) = outbox.named(change.queue.connection, [posted.id])
            if posted.delivery in _OPEN or outcome.fate is Fate.TAKEN:
                _record(change, posted, outcome)
                self.change_id = change.store().change_id

    def _settle_copies(self, writer: Writer, posted: Posted, outcome: Outcome) -> None:
        """Record who of those that were to get a copy is still to get it, unless somebody decided meanwhile."""
        with writer.change("send", goes_on=self.change_id) as change:
            connection = change.queue.connection
            if not outbox.named(connection, [posted.id])[0].owed:
                return
            if outcome.fate is Fate.UNKNOWN:
                outbox.doubt(connection, posted.id, outcome.why)
                return
            put_off = [address for address, _ in outcome.put_off]
            owed = put_off or (posted.owed if outcome.fate is Fate.LATER else ())
            outbox.owe(connection, posted.id, owed)
            until = writer.now + _pause(posted.tries) if owed else FOREVER
            outbox.note(connection, posted.id, _said(outcome), until=until)
            if outcome.left_out:
                change.load([posted.ticket])
                _tell(change, posted, _no_copy(outcome))
            self.change_id = change.store().change_id or self.change_id

    def _writer(self) -> Writer:
        """Return the desk itself as who writes now: what a server does is nobody's decision."""
        return replace(self.clock(), actor=SYSTEM)


def _parcel(writer: Writer, posted: Posted) -> Parcel:
    data = received(writer.queue, [posted.id])[posted.id]
    if posted.account.startswith(PREFIX):
        return Parcel("", (), data)
    sender, whom = recipients_of(data)
    return Parcel(sender, posted.owed if posted.is_copies else whom, data, is_copies=posted.is_copies)


def _final(outcome: Outcome, posted: Posted, writer: Writer) -> Outcome:
    """Return an outcome after which nothing is tried for ever, and where copies are refused, whose."""
    if writer.now - posted.queued_at > GIVES_UP_AFTER:
        given_up = (f"{address}: {_GIVEN_UP}: {words}" for address, words in outcome.put_off)
        outcome = replace(outcome, left_out=(*outcome.left_out, *given_up), put_off=())
        if outcome.fate is Fate.LATER:
            outcome = replace(outcome, fate=Fate.REFUSED, why=f"{_GIVEN_UP}: {outcome.why}")
    if posted.is_copies and outcome.fate is Fate.REFUSED and not outcome.left_out:
        outcome = replace(outcome, left_out=tuple(f"{address}: {outcome.why}" for address in posted.owed))
    return outcome


def _pause(tries: int) -> timedelta:
    return PAUSES[min(tries, len(PAUSES)) - 1]


def _record(change: Change, posted: Posted, outcome: Outcome) -> None:
    change.record(posted.ticket, _KINDS[outcome.fate], message=posted.id)
    put_off = [address for address, _ in outcome.put_off]
    outbox.owe(change.queue.connection, posted.id, put_off)
    is_tried_again = put_off and outcome.fate is Fate.TAKEN
    until = change.now + _pause(posted.tries) if is_tried_again else FOREVER
    outbox.note(change.queue.connection, posted.id, _said(outcome), until=until)
    if outcome.fate is Fate.REFUSED:
        _tell(change, posted, f"A mail to the customer was refused: {outcome.why}")
    elif outcome.left_out:
        _tell(change, posted, _no_copy(outcome))


def _tell(change: Change, posted: Posted, told: str) -> None:
    saying = Saying(Direction.NOTE, Author.SYSTEM, Channel.EMAIL, told, change.now)
    change.record(posted.ticket, Kind.NOTED, message=change.say(posted.ticket, saying))


def _no_copy(outcome: Outcome) -> str:
    return f"These got no copy of a mail to the customer: {'; '.join(outcome.left_out)}"


def _said(outcome: Outcome) -> str:
    """Return what a server said of a mail, or of those who were to get a copy."""
    return outcome.why or "; ".join((*outcome.left_out, *(f"{address}: {words}" for address, words in outcome.put_off)))


_OPEN = frozenset({Delivery.SENDING, Delivery.QUEUED})
_KINDS = {Fate.TAKEN: Kind.SENT, Fate.REFUSED: Kind.FAILED, Fate.UNKNOWN: Kind.UNSURE}
