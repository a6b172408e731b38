"""supportq config diff."""

from collections.abc import Iterable
from typing import Annotated

import typer

from supportq.commands.config.applied import in_force
from supportq.commands.config.source import read_source
from supportq.desk import Desk
from supportq.errors import NotFound
from supportq.output.outcome import Outcome
from supportq.store import versions

EXAMPLES = """
supportq config diff
supportq config diff 3
supportq config diff settings.toml
"""


def diff(
    context: typer.Context,
    other: Annotated[
        str, typer.Argument(metavar="FILE|VERSION", help="A file, - for standard input, or an earlier version.")
    ] = "",
) -> Outcome:
    """Show how a file, or an earlier version, differs from the settings in force.

    Without either: what the last change of the settings was.
    """
    from supportq.work.config import difference

    desk: Desk = context.obj
    now = in_force(desk)
    name = f"version {now.version}"
    if other and not other.isdecimal():
        return _told(difference(now.text, read_source(desk, other), old=name, new=other))
    before = int(other) if other else _before(desk)
    text = versions.text_of(desk.queue.connection, before)
    return _told(difference(text, now.text, old=f"version {before}", new=name))


def _before(desk: Desk) -> int:
    earlier = versions.version_ids(desk.queue.connection)[:-1]
    if not earlier:
        raise NotFound("the settings are in their first version", "compare a file: supportq config diff FILE")
    return earlier[-1]


def _told(difference: Iterable[str]) -> Outcome:
    lines = tuple(difference)
    return Outcome(text=lines, paged=True, notes=() if lines else ("No difference.",))
