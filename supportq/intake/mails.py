"""Mail on its way in: each mail as an inquiry that knows its original."""

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from hashlib import blake2b

from supportq.intake.inquiry import Entry, Reject
from supportq.intake.mailfiles import SOURCE, iter_mails
from supportq.intake.reading import ImportOptions
from supportq.intake.source import Source
from supportq.intake.survey import Survey
from supportq.intake.table import Table
from supportq.mail.headers import split
from supportq.mail.reading import read_mail, unread
from supportq.model.channel import Channel
from supportq.model.customer import Address, AddressKind, Person, honest_name, parse_address
from supportq.model.inquiry import Inquiry
from supportq.model.mail import Mail, Mailbox
from supportq.model.ticket import UNSUBSCRIBED
from supportq.model.title import one_line
from supportq.values import dataclass

NOBODY = "unknown sender"
UNREADABLE = "unreadable"
"""The tag of tickets that stand in for mails which could not be read."""

_UNSUBSCRIBE = re.compile(
    r"(?:[^\W\d_]{1,5}: ?)?(?:please,? )?unsubscribe(?: me)?(?:,? please)?"
    r"(?: from (?:this|your|the|all)\b.{0,30})?[.!]*",
    re.IGNORECASE,
)
_TOLD = ("from", "to", "cc", "subject", "date", "message-id")


@dataclass(frozen=True, slots=True)
class Mails:
    """Mails that can be read; each iteration starts from the first one."""

    total_bytes: int
    _file: Source
    _options: ImportOptions
    _place: list[int]
    _timeless: list[int]

    source = SOURCE
    unit = "mail"
    refers_to = ""
    lost = frozenset[str]()
    goes_on = True
    columns = ()
    table = Table(("mail",), lambda: iter(()))
    survey = Survey(0, {}, (), frozenset())

    @property
    def position(self) -> int:
        """Return how many bytes of mail were read so far."""
        return self._place[0]

    @property
    def timeless(self) -> int:
        """Return how many of the mails that were read so far don't say when they came, nor does their mailbox."""
        return self._timeless[0]

    @property
    def name(self) -> str:
        """Return what the file or folder is called."""
        return self._file.name

    @property
    def zone(self) -> tzinfo:
        """Return the zone of times that name none."""
        return self._options.zone

    def __iter__(self) -> Iterator[Entry | Reject]:
        self._place[0] = self._timeless[0] = 0
        for number, found in enumerate(iter_mails(self._file, self._options.format), 1):
            if found.fault:
                yield Reject(number, found.fault, (found.place,))
                continue
            self._place[0] += len(found.data)
            entry = entry_of(found.data, number, found.place, self._options.now, found.at)
            self._timeless[0] += not (found.at or _says_when(entry.inquiry.mail))
            yield entry


def entry_of(data: bytes, number: int, place: str, now: datetime, came_at: datetime | None = None) -> Entry:
    """Return the inquiry that a mail is; one that can't be read is kept all the same, and says why.

    `came_at` counts where the mail itself does not say when it came, or not readably.
    """
    digest = digest_of(data)
    try:
        mail = read_mail(data)
    except (ValueError, LookupError, RecursionError, MemoryError) as fault:
        mail = unread(data, f"{type(fault).__name__}: {fault}")
    if mail.fault:
        mail = unread(data, f"{place}: {mail.fault}")
    inquiry = Inquiry(
        person=Person() if mail.is_from_server else person_of(mail.sender),
        body=mail.body,
        subject=one_line(mail.subject),
        channel=Channel.EMAIL,
        at=min(_says_when(mail) or came_at or now, now),
        key=f"{mail.message_id} {digest}" if mail.message_id else _key_of(data),
        tags=(UNREADABLE,) if mail.fault else (UNSUBSCRIBED,) if _unsubscribes(mail) else (),
        facts=tuple(_facts(mail)),
        mail=mail,
        original=data,
    )
    return Entry(number, inquiry, digest)


def _unsubscribes(mail: Mail) -> bool:
    """Tell whether it asks for no more news, and for nothing else, in its subject or its first line.

    Mail programs write the bare word; who speaks of a link to unsubscribe asks something else.
    """
    said = next((line for line in mail.body.splitlines() if line.strip()), "")
    return any(_UNSUBSCRIBE.fullmatch(one_line(line).strip()) for line in (mail.subject, said))


def _facts(mail: Mail) -> Iterator[tuple[str, str]]:
    if mail.sent_at:
        yield "Date", mail.sent_at.isoformat()
    if mail.is_from_server:
        yield "From", " ".join(filter(None, (mail.sender.name, mail.sender.address)))


def digest_of(data: bytes) -> str:
    """Return a short name of what a mail says, whatever servers and programs wrote above it or did to its line ends."""
    headers, body = split(data)
    said = [(name, value.split()) for name, value in headers.pairs if name in _TOLD]
    words = body.replace(b"\r\n", b"\n").rstrip()
    return blake2b(repr(said).encode() + b"\0" + words, digest_size=16).hexdigest()


def person_of(mailbox: Mailbox) -> Person:
    """Return who a mailbox belongs to; an address that can't be one is kept as a name."""
    try:
        address = parse_address(mailbox.address)
    except ValueError:
        return Person(mailbox.name or mailbox.address or NOBODY)
    if address.kind is not AddressKind.EMAIL:
        return Person(mailbox.name or mailbox.address)
    return Person(honest_name(mailbox.name), (Address(AddressKind.EMAIL, address.value),))


def _key_of(data: bytes) -> str:
    """Return by what a mail without a name of its own is known, whatever line ends it has."""
    return blake2b(data.replace(b"\r\n", b"\n").rstrip(b"\n"), digest_size=16).hexdigest()


def _says_when(mail: Mail | None) -> datetime | None:
    """Return when our side got it, else when the sender says to have written it."""
    return (mail.received_at or mail.sent_at) if mail else None
