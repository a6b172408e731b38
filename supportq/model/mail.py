"""A mail as it was understood: who wrote what to whom, what it answers, and what came with it."""

from datetime import datetime

from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mail address with the name before it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a mail; its name is as it was written, and no path."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail of ours that came back: its Message-ID, whether that is for good, and what the server said of it."""

    message_id: str
    is_final: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail; `automatic` is the sign that no person wrote it, `fault` why it could not be understood.

    What came over a mailing list bears signs of that; `robotic` is one that has nothing to do with lists. Behind what
    `is_from_server` is no customer. `language` is what its Content-Language says.
    """

    sender: Mailbox
    body: str
    subject: str = ""
    sent_at: datetime | None = None
    received_at: datetime | None = None
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    delivered_to: tuple[Mailbox, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    automatic: str = ""
    robotic: str = ""
    is_from_server: bool = False
    list_id: str = ""
    bounce: Bounce | None = None
    loop: str = ""
    fault: str = ""
    language: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the Message-IDs of what it answers, the nearest first."""
        return tuple(dict.fromkeys((*self.in_reply_to, *reversed(self.references))))
