"""Mails that a queue wrote as an mbox: what they were there, where they come in again."""

from collections.abc import Iterable
from dataclasses import replace

from supportq.mail.headers import split
from supportq.mail.mbox import ADDRESS, CHANNEL, is_post, nowhere
from supportq.model.channel import Channel
from supportq.model.customer import Person, parse_address
from supportq.model.inquiry import Inquiry
from supportq.settings.values import Agent


def agent_of(address: str, agents: Iterable[Agent]) -> str | None:
    """Return the agent whose address this is, or for whom it was made up."""
    return next((each.code for each in agents if address in _addresses(each)), None)


def _addresses(agent: Agent) -> tuple[str, ...]:
    return agent.email.casefold(), nowhere(agent.code, "supportq").casefold()


def as_it_was(inquiry: Inquiry) -> Inquiry:
    """Return what a mail of an mbox of ours was before that: said over this channel, by who has that address."""
    if inquiry.mail is None or not is_post(inquiry.mail.message_id):
        return inquiry
    headers, _ = split(inquiry.original or b"")
    channel = headers.first(CHANNEL.lower())
    if channel in set(Channel):
        inquiry = replace(inquiry, channel=Channel(channel))
    return replace(inquiry, person=_known_by(inquiry.person, headers.first(ADDRESS.lower())))


def _known_by(person: Person, address: str) -> Person:
    """Return somebody with the address that stands beside one that leads nowhere."""
    try:
        return replace(person, addresses=(parse_address(address),)) if address else person
    except ValueError:
        return person
