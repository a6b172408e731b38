"""Who writes to the desk, and how an address is told to be the same."""

import re
from dataclasses import replace
from enum import StrEnum

from supportq.model.unseen import refuse_unseen
from supportq.values import dataclass


class AddressKind(StrEnum):
    """What sort of address a customer can be reached at."""

    EMAIL = "email"
    PHONE = "phone"
    HANDLE = "handle"


@dataclass(frozen=True, slots=True)
class Address:
    """One way to reach a customer: as it was written, and the form in which equal addresses are equal.

    One that was learned later is known `since` the event of that id.
    """

    kind: AddressKind
    value: str
    since: int = 0

    @property
    def key(self) -> str:
        """Return the form to compare: folded mail address or handle; a phone number's digits, leading 00 as +."""
        if self.kind is not AddressKind.PHONE:
            return self.value.strip().casefold()
        digits = re.sub(r"[^\d+]", "", self.value)
        return "+" + digits[2:] if digits.startswith("00") else digits


@dataclass(frozen=True, slots=True)
class Person:
    """A customer as named by whoever logs an inquiry, not yet looked up."""

    name: str = ""
    addresses: tuple[Address, ...] = ()
    organisation: str = ""
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of this queue; a name that was learned later is known since the event of that id."""

    id: int
    name: str
    addresses: tuple[Address, ...] = ()
    organisation: str = ""
    language: str | None = None
    organisation_id: int | None = None
    named_since: int = 0

    @property
    def label(self) -> str:
        """Return what to call the customer on a screen."""
        return self.name or (self.addresses[0].value if self.addresses else f"customer {self.id}")

    def as_known(self, organisation_id: int | None) -> "Customer":
        """Return the customer as a ticket knew them: of an organisation that was learned later, they are none there."""
        if organisation_id == self.organisation_id:
            return self
        return replace(self, organisation="", organisation_id=None)

    def as_of(self, event: int) -> "Customer":
        """Return the customer as known when an event was recorded: what was learned later is left out."""
        if self.named_since <= event and all(address.since <= event for address in self.addresses):
            return self
        addresses = tuple(address for address in self.addresses if address.since <= event)
        return replace(self, name=self.name if self.named_since <= event else "", addresses=addresses)


_EMAIL = r"[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)*"
_POSES = r"[^\s@]@[^\s@]+\.[^\s@]"
_PHONE = r"\+?(?=\D*\d)[\d\s()/.\-]{3,}"


def honest_name(name: str) -> str:
    """Return a name, or nothing for one that poses as a mail address: only the address itself tells who it is."""
    return "" if re.search(_POSES, name) else name


def parse_person(text: str) -> Person:
    """Read `Ann Lee <ann@example.com>`, a mail address, a phone number, an @handle or a plain name.

    Raises ValueError for an empty text or a mail address that can't be one.
    """
    words = text.strip()
    named = re.fullmatch(r'"?([^"<>]*?)"?\s*<([^<>]+)>', words)
    if named:
        return Person(honest_name(named[1].strip()), (parse_address(named[2]),))
    if not words:
        raise ValueError("a customer needs a name or an address")
    if "@" in words or (re.fullmatch(_PHONE, words) and sum(c.isdigit() for c in words) >= 3):
        return Person("", (parse_address(words),))
    return Person(words)


def parse_address(text: str) -> Address:
    """Read one mail address, phone number or @handle; raise ValueError with what is wrong."""
    words = text.strip()
    refuse_unseen(words, "an address")
    if re.fullmatch(_EMAIL, words):
        return Address(AddressKind.EMAIL, words)
    if words.startswith("@") and len(words) > 1 and "@" not in words[1:]:
        return Address(AddressKind.HANDLE, words)
    if re.fullmatch(_PHONE, words):
        return Address(AddressKind.PHONE, words)
    raise ValueError(f'"{words}" is no mail address, phone number or @handle')
