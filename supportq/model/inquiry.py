"""An inquiry: what came in, from any channel, before it is a ticket."""

from datetime import datetime

from supportq.model.channel import Channel
from supportq.model.customer import Person
from supportq.model.mail import Mail
from supportq.model.message import Direction
from supportq.model.ticket import Priority, Status
from supportq.model.title import cut
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What somebody wants of the desk, as plain values; None where the door did not say.

    What was answered elsewhere comes in by the same door: the direction tells, and `author` is the agent. A program's
    word is `automatic`; of a note that `is_unsure` nobody knows whether it was an answer that the customer got.
    A ticket that was put off there waits until `wake_at`.
    What came as a mail is that `mail` too, with the bytes that it was read from, and `why_thread` says
    by what it was found to belong to its ticket; `copied` are those who got it too. Its `likely_language` counts where
    neither the door nor a rule says one.
    """

    person: Person
    body: str
    subject: str = ""
    channel: Channel = Channel.OTHER
    at: datetime | None = None
    key: str | None = None
    thread: str | None = None
    team: str | None = None
    line: int | None = None
    priority: Priority | None = None
    status: Status | None = None
    assignee: str | None = None
    category: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    answered_at: datetime | None = None
    resolved_at: datetime | None = None
    wake_at: datetime | None = None
    facts: tuple[tuple[str, str], ...] = ()
    direction: Direction = Direction.IN
    author: str | None = None
    automatic: bool = False
    is_unsure: bool = False
    rating: int | None = None
    rated_at: datetime | None = None
    rating_comment: str = ""
    mail: Mail | None = None
    copied: tuple[Person, ...] = ()
    original: bytes | None = None
    why_thread: str | None = None
    likely_language: str | None = None

    @property
    def is_reply(self) -> bool:
        """Tell whether a person of ours said it to the customer."""
        return self.direction is Direction.OUT and not self.automatic

    @property
    def title(self) -> str:
        """Return what to call the inquiry: its subject, or the first words of what was said."""
        if self.subject:
            return self.subject
        return cut(next((line for line in map(str.strip, self.body.splitlines()) if line), ""), _TITLE_LENGTH)


_TITLE_LENGTH = 60
