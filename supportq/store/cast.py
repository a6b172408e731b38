"""Who has to do with a queue, by the names that they go by."""

import sqlite3

AGENTS = """
select agent.key
from settings_version
join json_each(checked, '$.agents') as agent
order by settings_version.id, agent.id
"""

ACTORS = "select actor from change group by actor order by min(id)"

ORGANISATIONS = "select id, name from organisation order by id"


def agents(connection: sqlite3.Connection) -> list[str]:
    """Return the codes of all agents that there ever were, in the order in which they came."""
    rows = [*connection.execute(AGENTS), *connection.execute(ACTORS)]
    return list(dict.fromkeys(row[0] for row in rows))


def organisations(connection: sqlite3.Connection) -> dict[int, str]:
    """Return the names of all organisations by their ids."""
    return dict(connection.execute(ORGANISATIONS).fetchall())
