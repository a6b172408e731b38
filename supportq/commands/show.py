"""supportq show."""

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.model.table import Table
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq show 17
supportq show @ --messages 3 --changes
supportq show 17 --json | jq '.messages[-1].body'
supportq show 17 --raw
supportq show 17 | grep -i refund
"""

MOST = 20


def show(
    context: typer.Context,
    selector: Annotated[list[str] | None, typer.Argument(help="Which tickets: numbers, @ or filter terms.")] = None,
    *,
    messages: Annotated[int, typer.Option("--messages", metavar="N", min=0, help="Show the last N; 0 for all.")] = 0,
    changes: Annotated[bool, typer.Option("--changes", help="Show who changed what, too.")] = False,
    why_thread: Annotated[
        bool, typer.Option("--why-thread", help="Show by what each mail was found to belong here, too.")
    ] = False,
    raw: Annotated[bool, typer.Option("--raw", help="Print the messages as they were received, and no more.")] = False,
) -> Outcome:
    """Show a ticket with its conversation and clocks.

    A conversation is read, in a pipe too: there it is the same page, nothing cut, as git show and gh do it. A row for
    each ticket is -f tsv or csv; everything about it is -f json or jsonl. Of a ticket that was imported, -v tells what
    the other system said of it, too; key:501 names it by its number there.
    """
    from supportq.commands.looks import look_at
    from supportq.work.dossier import read_dossiers

    desk: Desk = context.obj
    numbers = _chosen(desk, selector or [])
    if not numbers:
        return Outcome(notes=("No ticket matches.",))
    look_at(desk, numbers)
    dossiers = read_dossiers(desk.queue, numbers)
    if raw:
        said = [message.id for dossier in dossiers for message in dossier.messages[-messages:]]
        return Outcome(text=_received(desk, said), raw=True)
    from supportq.output.dossier import View, dossier_page

    names = {code: agent.label for code, agent in desk.settings.agents.items()}
    view = View(desk.now, desk.zone, names, messages, changes, why_thread=why_thread, facts=bool(desk.options.verbose))
    return Outcome(page=dossier_page(dossiers, view), table=_rows(desk, numbers), paged=True)


def _rows(desk: Desk, numbers: Sequence[int]) -> Table:
    """Return the tickets as rows, for formats that know nothing else."""
    from supportq.store.scope import of_tickets
    from supportq.work.listing import Arrangement, listing

    arrangement = Arrangement(fields=tuple(desk.settings.fields))
    table = listing(desk.queue, of_tickets(numbers), now=desk.now, arrangement=arrangement)
    return table.choose([column.key for column in table.columns])


def _chosen(desk: Desk, words: Sequence[str]) -> tuple[int, ...]:
    """Return the tickets that are named, or the first twenty that a filter means."""
    from supportq.store.selection import tickets_of

    selector = desk.read(words)
    if selector.is_empty:
        raise UsageError("which ticket?", "such as: supportq show 17, or @ for your last")
    found = tickets_of(desk.queue, selector, now=desk.now)
    return found if selector.names_tickets else found[: desk.options.limit or MOST]


def _received(desk: Desk, messages: Sequence[int]) -> Iterator[str]:
    from supportq.store.enclosures import originals_of

    originals = originals_of(desk.queue, messages)
    for number in messages:
        text = originals[number].decode("utf-8", "backslashreplace")
        yield text if text.endswith("\n") else f"{text}\n"
