"""Origins: by which keys other systems knew the tickets that were imported, and what those systems said of them."""

import sqlite3

from supportq.store.conditions import IS_KEY_OF_TICKET, KEY_SOURCE
from supportq.values import dataclass

ORIGINS = f"""
select distinct {KEY_SOURCE}, source_key.key
from ticket
join source_key on {IS_KEY_OF_TICKET}
where ticket.id = :ticket
order by 1, 2
"""

FACTS = "select name, value from source_fact where ticket_id = :ticket order by name"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a ticket was before, and the key that it had there."""

    source: str
    key: str


def origins_of(connection: sqlite3.Connection, ticket: int) -> tuple[Origin, ...]:
    """Return under which keys other systems knew a ticket."""
    return tuple(Origin(*row) for row in connection.execute(ORIGINS, {"ticket": ticket}))


def facts_from_elsewhere(connection: sqlite3.Connection, ticket: int) -> dict[str, str]:
    """Return what other systems said of a ticket, in their words."""
    return dict(connection.execute(FACTS, {"ticket": ticket}))
