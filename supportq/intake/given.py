"""The cells of one row by the fields that they are read as, and who they say it is."""

from typing import NamedTuple

from supportq.intake.person import Who, person_of
from supportq.model.customer import Person


class Given(NamedTuple):
    """The cells of fields that stand in one column each, trimmed; empty where there is no such column."""

    key: str
    at: str
    channel: str
    customer: str
    name: str
    email: str
    phone: str
    organisation: str
    language: str
    subject: str
    thread: str
    status: str
    priority: str
    team: str
    assignee: str
    category: str
    line: str
    answered_at: str
    resolved_at: str
    wake_at: str
    rating: str
    rated_at: str
    rating_comment: str
    direction: str
    public: str
    author: str


def author_of(given: Given) -> Person:
    """Return who wrote to the desk."""
    who = Who._make(given[_WHO])
    return person_of(who._replace(customer=given.author) if given.author and not given.customer else who)


def addressee_of(given: Given) -> Person:
    """Return to whom the desk wrote, which a thread knows better than an answer in it."""
    who = Who._make(given[_WHO])
    return person_of(who) if any(who[:4]) else _NOBODY


_WHO = slice(Given._fields.index("customer"), Given._fields.index("language") + 1)
_NOBODY = Person()
