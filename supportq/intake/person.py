"""The cells of a row that say who it is, as a person."""

from functools import lru_cache
from typing import NamedTuple

from supportq.intake.words import parse_language
from supportq.model.customer import Address, AddressKind, Person, parse_address, parse_person


class Who(NamedTuple):
    """What a row says of its customer, empty where it is silent; `customer` is anything that names one."""

    customer: str
    name: str
    email: str
    phone: str
    organisation: str
    language: str


@lru_cache(maxsize=4096)
def person_of(who: Who) -> Person:
    """Put together what several cells say of a customer; raise ValueError where that is nobody, or no address."""
    said = parse_person(who.customer) if who.customer else Person()
    is_handle = who.name.startswith("@")
    addresses = said.addresses
    if who.email:
        addresses += (_address(who.email, AddressKind.EMAIL, "mail address"),)
    if who.phone:
        addresses += (_address(who.phone, AddressKind.PHONE, "phone number"),)
    if is_handle:
        addresses += (_address(who.name, AddressKind.HANDLE, "@handle"),)
    name = said.name if is_handle or not who.name else who.name
    if not name and not addresses:
        raise ValueError("no customer: neither name nor email nor phone")
    language = parse_language(who.language) if who.language else None
    return Person(name, tuple(dict.fromkeys(addresses)) if said.addresses else addresses, who.organisation, language)


def is_phone(text: str) -> bool:
    """Tell whether a text is a phone number, and not what people write who have none."""
    try:
        return parse_address(text).kind is AddressKind.PHONE
    except ValueError:
        return False


def _address(text: str, kind: AddressKind, what: str) -> Address:
    """Read one address of the kind that a column promises; `Ann Lee <ann@example.com>` counts as one."""
    try:
        address = parse_person(text).addresses[0] if text.endswith(">") else parse_address(text)
    except (ValueError, IndexError):
        raise ValueError(f'"{text}" is no {what}') from None
    if address.kind is not kind:
        raise ValueError(f'"{text}" is no {what}')
    return address
