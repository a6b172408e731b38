"""supportq help."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from supportq.commands.section import Section, rendered
from supportq.desk import Desk
from supportq.errors import UnknownWord
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq help filters
supportq help dates
supportq help config apply
"""


def help_(
    context: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="[COMMAND OR TOPIC]", help="What to explain.")] = None,
) -> Outcome:
    """Explain a command or a topic."""
    desk: Desk = context.obj
    bold = desk.streams.has_colour(desk.streams.stdout)
    return Outcome(text=rendered(_sections(context.parent, words or []), bold=bold), raw=True)


def _sections(root: Any, words: list[str]) -> Iterator[Section]:
    """Yield the page of the command that the words name, and of the topic if it is one too."""
    from supportq.commands.entry import find_entry
    from supportq.commands.topics import TITLES, page

    first = words[0] if words else ""
    entries = root.command.entries
    if first not in TITLES and first and find_entry(entries, first) is None:
        raise UnknownWord("command or topic", first, [*(entry.name for entry in entries), *TITLES])
    if find_entry(entries, first) or not first:
        yield from _page_of_command(root, words)
    if first in TITLES:
        yield from page(first)


def _page_of_command(context: Any, words: list[str]) -> Iterator[Section]:
    """Return the page of the command at the end of the words, as far as they name one."""
    for word in words:
        if not hasattr(context.command, "entries"):
            break
        command = context.command.get_command(context, word)
        context = typer.Context(command, info_name=command.name, parent=context)
    found: Iterator[Section] = context.command.page(context)
    return found
