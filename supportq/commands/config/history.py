"""supportq config history."""

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

import typer

from supportq.desk import Desk
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Outcome
from supportq.store import versions

EXAMPLES = """
supportq config history
supportq config diff 3
"""

_COLUMNS = (
    Column("version", "Version", Kind.NUMBER),
    Column("applied_at", "Applied", Kind.MOMENT),
    Column("agent", "By"),
    Column("reason", "Reason"),
    Column("change", "Change", Kind.NUMBER),
    Column("verb", "Command"),
    Column("keys", "What changed", Kind.LIST, wide=True),
)


def history(context: typer.Context) -> Outcome:
    """Show who applied which version, when, and what changed by it."""
    desk: Desk = context.obj
    return Outcome(table=Table(_COLUMNS, _rows(versions.history_of(desk.queue.connection))), paged=True)


def _rows(history: Iterable[versions.Version]) -> Iterator[Row]:
    """Yield a row for each version, newest first; the oldest changed nothing that was there."""
    from supportq.settings.keys import changed_keys

    for version, earlier in pairwise(chain(history, (None,))):
        if version:
            keys = changed_keys(earlier.text, version.text) if earlier else ()
            told = (version.id, version.applied_at, version.actor, version.reason, version.change_id)
            yield *told, version.verb, keys
