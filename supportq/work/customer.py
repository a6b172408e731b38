"""Who a person means by a name, an address or a number."""

from supportq.errors import NotFound
from supportq.model.customer import parse_person
from supportq.store import customers
from supportq.store.contacts import is_customer
from supportq.store.queue import Queue


def find_customers(queue: Queue, words: str) -> list[int]:
    """Return the customers meant by an address, a number, a whole name or a part of either; raise NotFound for none."""
    found = _by_address(queue, words) or _by_number(queue, words) or customers.named(queue.connection, words)
    found = found or customers.like(queue.connection, words, limit=_MOST)
    if not found:
        raise NotFound(f'no customer "{words}" in this queue', "search all that was said: supportq search WORDS")
    return found


def _by_address(queue: Queue, words: str) -> list[int]:
    try:
        person = parse_person(words)
    except ValueError:
        return []
    return sorted(set(customers.owners_of(queue.connection, person.addresses).values()))


def _by_number(queue: Queue, words: str) -> list[int]:
    return [int(words)] if words.isascii() and words.isdigit() and is_customer(queue, int(words)) else []


_MOST = 50
