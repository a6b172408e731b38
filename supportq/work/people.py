"""People: the customers that inquiries come from, found by any of their addresses, or added."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Self

from supportq.model.customer import Address, Customer, Person
from supportq.store import customers
from supportq.store.change import Change
from supportq.values import dataclass


@dataclass(slots=True, eq=False)
class People:
    """The customers behind some inquiries, looked up all at once; those who are new are added to the change."""

    change: Change
    owners: dict[tuple[str, str], int]
    named: dict[str, list[tuple[int, bool]]]
    organisations: dict[str, int]
    known: dict[int, Customer]

    @classmethod
    def behind(cls, change: Change, persons: Sequence[Person]) -> Self:
        """Look up everybody whom these persons may be."""
        connection = change.queue.connection
        owners = customers.owners_of(connection, {address for person in persons for address in person.addresses})
        named = customers.all_named(connection, {person.name for person in persons if not person.addresses})
        organisations = customers.organisations_named(connection, {person.organisation for person in persons})
        ids = {*owners.values(), *(number for found in named.values() for number, _ in found)}
        return cls(change, owners, named, organisations, customers.read_customers(connection, ids) if ids else {})

    def customer(self, person: Person) -> Customer:
        """Return whose address this is, adding to what is known of them; or a new customer.

        Somebody without any address is the one customer of that name, or the one of that name without an address.
        """
        found = self._owner(person) if person.addresses else self._namesake(person.name)
        return self._added(person) if found is None else self._learned(self.known[found], person)

    def _owner(self, person: Person) -> int | None:
        found = {self.owners[key]: address for address in person.addresses if (key := _key(address)) in self.owners}
        owners = list(found)
        for other in owners[1:]:
            label = self.known[other].label
            self.change.warnings.append(f"{found[other].value} belongs to another customer, {label}; it stays there")
        return owners[0] if owners else None

    def _namesake(self, name: str) -> int | None:
        found = self.named.get(name.casefold(), [])
        if len(found) > 1:
            found = [(number, has_address) for number, has_address in found if not has_address]
        return found[0][0] if found else None

    def _added(self, person: Person) -> Customer:
        organisation_id = self._organisation(person.organisation)
        number = self.change.gathered.add_person(person, organisation_id, self.change.now)
        customer = Customer(
            number, person.name, person.addresses, person.organisation, person.language, organisation_id
        )
        self._remember(customer, person.addresses)
        if person.name:
            self.named.setdefault(person.name.casefold(), []).append((number, bool(person.addresses)))
        return customer

    def _learned(self, customer: Customer, person: Person) -> Customer:
        """Add what a person says of themselves to what is known, and never take the place of anything."""
        since = self.change.gathered.coming_event
        new = tuple(replace(address, since=since) for address in person.addresses if _key(address) not in self.owners)
        if not new and not _fills_a_gap(person, customer):
            return customer
        for address in new:
            self.change.gathered.add_address(address, customer.id)
        customer = replace(customer, addresses=(*customer.addresses, *new))
        if _fills_a_gap(person, customer):
            customer = self._completed(customer, person)
        self._remember(customer, new)
        return customer

    def _completed(self, customer: Customer, person: Person) -> Customer:
        gathered, is_named = self.change.gathered, bool(customer.name or not person.name)
        customer = replace(
            customer,
            name=customer.name or person.name,
            named_since=customer.named_since if is_named else gathered.coming_event,
            language=customer.language or person.language,
            organisation=customer.organisation or person.organisation,
            organisation_id=customer.organisation_id or self._organisation(person.organisation),
        )
        known = (customer.name, customer.organisation_id, customer.language, customer.named_since)
        gathered.add("learned", *known, customer.id)
        return customer

    def _remember(self, customer: Customer, addresses: Iterable[Address]) -> None:
        self.known[customer.id] = self.change.people[customer.id] = customer
        self.owners.update((_key(address), customer.id) for address in addresses)

    def _organisation(self, name: str) -> int | None:
        if not name:
            return None
        if name not in self.organisations:
            number = self.organisations[name] = self.change.gathered.next_id("organisation")
            self.change.gathered.add("organisation", number, name)
        return self.organisations[name]


def _key(address: Address) -> tuple[str, str]:
    return address.kind, address.key


def _fills_a_gap(person: Person, customer: Customer) -> bool:
    return bool(
        (person.name and not customer.name)
        or (person.language and not customer.language)
        or (person.organisation and not customer.organisation)
    )
