"""How a team writes: from which account, under which name, with which signature."""

from typing import TYPE_CHECKING

from supportq.model.ticket import Ticket
from supportq.settings.values import Settings
from supportq.store.queue import Queue
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.mail.account import Account
    from supportq.model.mail import Mail

_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Style:
    """How mails of a team look; without an account none are sent, and an empty sender is the agent's name."""

    account: "Account | None"
    sender: str
    signature: str


def style_of(settings: Settings, team: str | None, mail: "Mail | None" = None) -> Style:
    """Return how a team writes, or whoever has none, in answer to a mail.

    A team without an account of its own answers from the one that the mail was sent to.
    """
    found = settings.teams.get(team or "")
    name = (found and found.account) or _account_of(settings, mail) or settings.default_account
    house = found or settings
    return Style(settings.accounts[name] if name else None, house.sender, house.signature)


def style_for(queue: Queue, settings: Settings, ticket: Ticket) -> Style:
    """Return how a ticket is answered, by what its customer mailed last."""
    if len(settings.accounts) < _SEVERAL:
        return style_of(settings, ticket.team)
    from supportq.mail.reading import read_mail
    from supportq.store.enclosures import head_of
    from supportq.store.threading import last_mail

    message = last_mail(queue.connection, ticket.id)
    head = head_of(queue, message) if message is not None else b""
    return style_of(settings, ticket.team, read_mail(head) if head else None)


def _account_of(settings: Settings, mail: "Mail | None") -> str | None:
    """Return the account that a mail went to, where that one sends."""
    if mail is None or len(settings.accounts) < _SEVERAL:
        return None
    from supportq.mail.threading import without_mark

    went_to = [without_mark(box.address.casefold()) for box in (*mail.delivered_to, *mail.to, *mail.cc)]
    ours = {account.address.casefold(): name for name, account in settings.accounts.items() if account.smtp}
    return next((ours[address] for address in went_to if address in ours), None)
