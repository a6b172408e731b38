"""Channels for which a program sends: a reply waits in the outbox, and is handed to it as JSON when it is sent."""

import json
from dataclasses import replace
from hashlib import blake2b
from typing import Self

from supportq.errors import SupportqError, UsageError
from supportq.mail.sending import Fate, Outcome, Parcel
from supportq.mail.threading import signed_id
from supportq.model.channel import Channel
from supportq.model.customer import AddressKind, Customer
from supportq.model.message import Author, Delivery, Direction
from supportq.settings.preferences import Preferences, Program
from supportq.settings.programs import Ending, program_named, run
from supportq.settings.values import Settings
from supportq.store import desk
from supportq.store.change import Change
from supportq.store.gather import Saying
from supportq.store.mailroom import signing_key
from supportq.when.stamps import format_stamp

PREFIX = "channel:"
"""What stands before a channel where the outbox names the account that sends; no mail account is called so."""

_FATES = {
    Ending.DONE: Fate.TAKEN,
    Ending.LATER: Fate.LATER,
    Ending.FAILED: Fate.REFUSED,
    Ending.UNKNOWN: Fate.UNKNOWN,
}


class Courier:
    """The way to a program that sends for a channel."""

    def __init__(self, program: Program) -> None:
        self._program = program

    @classmethod
    def of(cls, account: str, settings: Settings, preferences: Preferences) -> Self:
        """Return the way for an account of the outbox; raise SupportqError where there is none here."""
        channel = account.removeprefix(PREFIX)
        gateway = settings.channels.get(channel)
        if gateway is None or not gateway.sender:
            raise SupportqError(
                f"nothing sends for {channel} any more", f"name a program: supportq config edit (channels.{channel})"
            )
        return cls(program_named(preferences, gateway.sender))

    def send(self, parcel: Parcel) -> Outcome:
        """Hand a message over, and tell what became of it by how the program ends."""
        ended = run(self._program, parcel.data)
        return Outcome(_FATES[ended.ending], ended.why)


def hand_over(change: Change, number: int, body: str, *, files: int) -> int:
    """Put a reply into the outbox as what the channel's program will get, and return its message."""
    channel = change.ticket(number).channel
    if files:
        raise UsageError(f"no file goes by {channel}", "leave out --attach, or record what you did: add --by-hand")
    saying = Saying(
        Direction.OUT,
        Author.AGENT,
        channel,
        body,
        change.now,
        agent=change.actor,
        external_id=_key(change, number, channel, body),
        delivery=Delivery.QUEUED,
    )
    original = _order(change, number, saying)
    message, now = change.say(number, replace(saying, original=original)), format_stamp(change.now)
    change.gathered.add("outbox", message, f"{PREFIX}{channel}", now, now)
    return message


def _order(change: Change, number: int, saying: Saying) -> bytes:
    """Return what the program reads: where it goes, the words, and a key by which a second time can be told."""
    customer = change.customer(number)
    order = {
        "key": saying.external_id,
        "channel": saying.channel.value,
        "to": _address(customer, saying.channel, number),
        "name": customer.name if customer else "",
        "text": saying.body,
        "ticket": number,
    }
    return f"{json.dumps(order, ensure_ascii=False)}\n".encode()


def _key(change: Change, number: int, channel: Channel, body: str) -> str:
    connection = change.queue.connection
    unique = f"{desk.queue_id(connection)} {number} {change.gathered.last_ids.get('message', 0)} {body}"
    name = blake2b(unique.encode("utf-8", "replace"), digest_size=12).digest()
    return signed_id(signing_key(connection), number, name, channel.value)


def _address(customer: Customer | None, channel: Channel, number: int) -> str:
    """Return by what a customer is reached on a channel; raise SupportqError where nobody knows."""
    kinds = _BY_PHONE if channel in _PHONES else _BY_HANDLE
    addresses = customer.addresses if customer else ()
    found = [address.value for kind in kinds for address in addresses if address.kind is kind]
    if not found:
        raise SupportqError(
            f"nobody knows where {number} could be answered by {channel}",
            f"name the customer with it: supportq set {number} customer=+4930123456",
            "or, if you answered in another way, record that: add --by-hand",
        )
    return found[0]


_PHONES = frozenset({Channel.SMS, Channel.PHONE, Channel.WHATSAPP})
_BY_PHONE = (AddressKind.PHONE,)
_BY_HANDLE = (AddressKind.HANDLE, AddressKind.PHONE)
