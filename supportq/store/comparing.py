"""What other desks counted of a ticket, beside what this one counts."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

COUNTED_THERE = """
select
  source_fact.ticket_id, source_fact.name, source_fact.value, clock.elapsed_s, clock.business_s, min(clock.ordinal)
from source_fact
join json_each(:clocks) as wanted on wanted.key = source_fact.name
join ticket on ticket.id = source_fact.ticket_id and ticket.undone = 0
join clock
  on clock.ticket_id = source_fact.ticket_id and clock.kind = wanted.value
  and clock.standing in ('met', 'missed') and clock.elapsed_s is not null
group by source_fact.ticket_id, source_fact.name
order by source_fact.ticket_id, source_fact.name
"""

NAMES = "select distinct name from source_fact where lower(name) in (select value from json_each(:names))"


class Counted(NamedTuple):
    """A fact of a ticket that tells a time, and the seconds that the clock of the same ran here."""

    ticket: int
    name: str
    value: str
    elapsed_s: int
    business_s: int | None


def counted_there(connection: sqlite3.Connection, clocks: Mapping[str, str]) -> Iterator[Counted]:
    """Yield the facts of these names, each with the first clock of the kind that the name has."""
    rows = connection.execute(COUNTED_THERE, {"clocks": json.dumps(clocks)})
    return (Counted(*row) for *row, _ordinal in rows)


def names_alike(connection: sqlite3.Connection, names: Iterable[str]) -> list[str]:
    """Return the names of facts that are these but for their case, as the files wrote them."""
    rows = connection.execute(NAMES, {"names": json.dumps([name.lower() for name in names])})
    return [row[0] for row in rows]
