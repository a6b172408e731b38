"""Reply to a customer: by mail where the desk sends some, else recorded as given by hand, which stops the clock."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from supportq.errors import UsageError
from supportq.model.customer import Person
from supportq.model.event import Kind
from supportq.model.fold import unanswered
from supportq.model.message import Author, Delivery, Direction
from supportq.model.ticket import Status
from supportq.store.attachments import keep
from supportq.store.change import Change, Done, Writer
from supportq.store.gather import Saying
from supportq.work.addressee import addressee
from supportq.work.alter import new_values
from supportq.work.copies import name_others, others_of
from supportq.work.manner import Manner, Then, Way
from supportq.work.moves import FINAL, check_move, check_not_finished, status_of
from supportq.work.people import People
from supportq.work.resolve import mark_resolved
from supportq.work.seen import check_nothing_came_in
from supportq.work.spent import record_spent
from supportq.work.style import style_for
from supportq.work.wait import park

if TYPE_CHECKING:
    from supportq.mail.account import Account


class TooEarly(UsageError):
    """A reply that is said to have been given before its ticket came in."""

    def __init__(self, number: int, created_at: datetime) -> None:
        self.created_at = created_at
        super().__init__(f"{number} can't have been answered before it came in", "name a later --at")


def reply(writer: Writer, bodies: Mapping[int, str], manner: Manner, seen: Mapping[int, int]) -> Done:
    """Write to the customers of these tickets.

    `seen` holds, where it is known, the revision of a ticket that the agent looked at; what others did since raises
    CameIn, in the same transaction, so that nobody answers what they have not read.
    """
    with writer.change("reply") as change:
        change.load(bodies)
        for number, body in bodies.items():
            check_nothing_came_in(change, number, seen)
            _reply(change, number, body, manner)
        return change.store()


def _reply(change: Change, number: int, body: str, manner: Manner) -> None:
    check_not_finished(change, number, "it can't be answered", FINAL)
    _check_moment(change, number, manner.at)
    if manner.cc_all:
        manner = replace(manner, cc=(*manner.cc, *others_of(change, number, manner.cc)))
    at = manner.at or change.now
    status = _status_after(change, number, manner.then, at)
    message = _posted(change, number, body, manner)
    whom = [manner.to] if manner.to else []
    if message is None:
        message = _say(change, number, body, manner, at)
        late = True if at < change.now else None
        change.record(number, Kind.REPLIED, at=at, message=message, status=status, late=late)
    else:
        change.record(number, Kind.QUEUED, message=message, status=status)
        change.warnings.extend(name_others(number, others_of(change, number, (*whom, *manner.cc))))
        _name_other_address(change, number, manner)
    _join(change, number, (*whom, *manner.cc))
    _follow(change, number, manner)


def _posted(change: Change, number: int, body: str, manner: Manner) -> int | None:
    """Put a reply into the outbox and return its message; None for one that got to the customer without us."""
    gateway = change.settings.channels.get(change.ticket(number).channel)
    if gateway and gateway.sender and manner.way is not Way.BY_HAND:
        from supportq.work.gateway import hand_over

        _check_whom(number, manner)
        return hand_over(change, number, body, files=len(manner.attached))
    account = _account(change, number, manner)
    if account is None:
        _check_whom(number, manner)
    return None if account is None else _post(change, number, body, manner, account)


def _account(change: Change, number: int, manner: Manner) -> "Account | None":
    """Return the account from which a reply goes out, None for one that got to the customer without us."""
    if manner.way is Way.BY_HAND:
        return None
    ticket = change.ticket(number)
    account = style_for(change.queue, change.settings, ticket).account
    if manner.way is Way.MAIL and account is None:
        raise UsageError("no mail account is set up to send from", "describe one: supportq config edit (mail.accounts)")
    if manner.way is Way.MAIL and not ticket.channel.is_answered_by_mail:
        raise UsageError(f"{number} came by {ticket.channel}, where we can't send anything", "leave out --send")
    return account if ticket.channel.is_answered_by_mail else None


def _post(change: Change, number: int, body: str, manner: Manner, account: "Account") -> int:
    """Put a reply into the outbox."""
    from supportq.work.letter import letter_of
    from supportq.work.outbox import enqueue

    return enqueue(change, letter_of(change, number, body, manner), account)


def _say(change: Change, number: int, body: str, manner: Manner, at: datetime) -> int:
    """Keep a reply that got to the customer without our help."""
    saying = Saying(
        Direction.OUT,
        Author.AGENT,
        change.ticket(number).channel,
        body,
        at,
        agent=change.actor,
        external_id=manner.message_id,
        delivery=Delivery.RECORDED,
    )
    message = change.say(number, saying)
    keep(change, message, manner.attached)
    return message


def _check_whom(number: int, manner: Manner) -> None:
    """Refuse to name somebody for a reply that goes out as no mail from here."""
    if manner.to is not None and manner.message_id is None:
        why = "it is recorded as given by hand" if manner.way is Way.BY_HAND else f"no mail goes out for {number}"
        raise UsageError(f"--to names whom a mail goes to, and {why}", "leave out --to")


def _name_other_address(change: Change, number: int, manner: Manner) -> None:
    """Warn of an address that the customer asks to be answered at, of which nobody knows whether it is theirs."""
    customer = change.customer(number)
    asked = "" if manner.to else addressee(change.queue, number, customer).asked
    if asked and customer:
        change.warnings.append(
            f"{number}: {customer.label} asks for answers at {asked} (Reply-To), which may be anybody's; "
            f"should it go there: add --to {asked}"
        )


def _follow(change: Change, number: int, manner: Manner) -> None:
    """Record what goes with a reply: new fields, work, an end, a snooze."""
    news = new_values(change.ticket(number), {"fields": manner.fields or {}})
    if news:
        change.alter(number, **news)
    record_spent(change, number, manner.spent_s)
    if manner.then is Then.RESOLVE and status_of(change, number) is not Status.RESOLVED:
        mark_resolved(change, number, at=manner.at)
    if manner.until is not None:
        park(change, number, until=manner.until)


def _status_after(change: Change, number: int, then: Then, at: datetime) -> Status | None:
    """Return what the reply itself makes of the ticket.

    A resolved one stays so, unless something else is wanted; one whose customer wrote after the reply stays open.
    """
    if then is Then.RESOLVE or (then is Then.USUAL and status_of(change, number) is Status.RESOLVED):
        return None
    is_open = then is Then.OPEN or (then is Then.USUAL and _is_owed_more(change, number, at))
    status = Status.OPEN if is_open else Status.PENDING
    check_move(change, number, status)
    return status


def _is_owed_more(change: Change, number: int, at: datetime) -> bool:
    """Tell whether a customer's message would be left unanswered by a reply of that moment."""
    return at < change.now and any(asked > at for asked in unanswered(change.history(number)).values())


def _check_moment(change: Change, number: int, at: datetime | None) -> None:
    if at is None:
        return
    if at > change.now:
        raise UsageError("a reply can't have been given later than now", "leave out --at, or name an earlier time")
    created_at = change.ticket(number).created_at
    if at < created_at:
        raise TooEarly(number, created_at)


def _join(change: Change, number: int, persons: Sequence[Person]) -> None:
    """Make those who get a copy participants of the ticket."""
    people = People.behind(change, persons)
    for person in persons:
        customer = people.customer(person)
        ticket = change.ticket(number)
        if customer.id not in {ticket.customer_id, *(known for known, _ in ticket.participants)}:
            change.record(number, Kind.JOINED, customer=customer.id)
