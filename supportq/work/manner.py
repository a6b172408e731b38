"""The manner of a reply: how it gets to the customer, what goes with it, and what becomes of its ticket."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from supportq.errors import UsageError
from supportq.model.customer import Person
from supportq.store.attachments import Attached
from supportq.values import dataclass
from supportq.work.wait import Until


class Then(StrEnum):
    """What a ticket becomes with a reply."""

    USUAL = "usual"
    OPEN = "open"
    WAIT = "wait"
    RESOLVE = "resolve"


class Way(StrEnum):
    """How a reply gets to the customer: by mail where that can be, surely by mail, or as it did already."""

    USUAL = "usual"
    MAIL = "mail"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a reply is given, and what goes with it; `at` is None for now, `message_id` the name of its mail.

    It goes `to` the customer where they wrote from, unless somebody else is named; with `cc_all` everybody who has part
    in the ticket gets a copy.
    """

    then: Then = Then.USUAL
    until: Until | None = None
    at: datetime | None = None
    to: Person | None = None
    cc: tuple[Person, ...] = ()
    cc_all: bool = False
    attached: tuple[Attached, ...] = ()
    fields: Mapping[str, str | None] | None = None
    spent_s: int = 0
    way: Way = Way.USUAL
    html: bool = False
    message_id: str | None = None


def then_of(*, resolves: bool, opens: bool, waits: bool) -> Then:
    """Return what becomes of a ticket by three options of which at most one may be given."""
    said = [then for then, is_said in ((Then.RESOLVE, resolves), (Then.OPEN, opens), (Then.WAIT, waits)) if is_said]
    if len(said) > 1:
        raise UsageError(f"a ticket can't become both: --{said[0]} and --{said[1]}", "choose one of them")
    return said[0] if said else Then.USUAL


def way_of(*, sends: bool, by_hand: bool, as_file: bool, earlier: bool) -> Way:
    """Return how a reply gets to the customer; one that was given earlier, or goes out as a file, is none to send."""
    said = {"--by-hand": by_hand, "--eml": as_file, "--at": earlier}
    other = next((flag for flag, is_said in said.items() if is_said), None)
    if sends and other:
        raise UsageError(f"--send sends it, and {other} says that nothing is to be sent", "choose one of them")
    return Way.BY_HAND if other else Way.MAIL if sends else Way.USUAL
