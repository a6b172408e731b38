"""supportq sla correct."""

from typing import Annotated

import typer

from supportq.commands.parameters import Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq sla correct 17 --clock first_response --reason "holiday entered late"
supportq sla correct 17 --clock next_response --ordinal 2 --reason "rang back, not logged"
supportq sla correct created:2026-11-11 --clock resolution --reason "flood" --dry-run
"""


def correct(
    context: typer.Context,
    tickets: Tickets,
    clock: Annotated[
        str,
        typer.Option("--clock", metavar="KIND", help="first_response, next_response, resolution or update."),
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it is shown with the clock for ever.")],
    ordinal: Annotated[
        int | None, typer.Option("--ordinal", metavar="N", min=1, help="Only the Nth of its kind, as sla why counts.")
    ] = None,
    *,
    met: Annotated[bool, typer.Option("--met", help="Of several, those too that were met.")] = False,
) -> Outcome:
    """Say that a promise doesn't count, and why, for good.

    The clock becomes void, and no reopening revives it. Reports count it among the void ones. Of several, those that
    were met stay met, unless --met or --ordinal asks for them.
    """
    from supportq.model.filter.lexicon import resolve
    from supportq.work.correct import WORDS, Meant
    from supportq.work.correct import correct as verb

    desk: Desk = context.obj
    meant = Meant(resolve("clock", clock.replace("-", "_"), WORDS), ordinal, with_met=met)
    picked = desk.pick(tickets)
    return written(desk, verb(desk.writer, picked, meant, reason=reason), "corrected")
