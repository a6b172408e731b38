"""What was said about a ticket."""

from datetime import datetime
from enum import StrEnum

from supportq.model.channel import Channel
from supportq.values import dataclass


class Author(StrEnum):
    """On whose side a message was written."""

    CUSTOMER = "customer"
    PARTICIPANT = "participant"
    THIRD_PARTY = "third_party"
    AGENT = "agent"
    SYSTEM = "system"


class Direction(StrEnum):
    """Which way a message went; a note stays inside."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


class Delivery(StrEnum):
    """How far a message to the customer has come."""

    RECORDED = "recorded"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    MAYBE_SENT = "maybe_sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said, as it was said; notes are messages that stay inside.

    `why_thread` says by what a mail was found to belong to its ticket.
    """

    id: int
    ticket_id: int
    direction: Direction
    author: Author
    channel: Channel
    at: datetime
    recorded_at: datetime
    body: str
    subject: str = ""
    agent: str | None = None
    customer_id: int | None = None
    automatic: bool = False
    live: bool = False
    delivery: Delivery | None = None
    why_thread: str | None = None
