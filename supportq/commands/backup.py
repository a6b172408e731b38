"""supportq backup."""

from pathlib import Path
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq backup
supportq backup /var/backups/desk.db
0 3 * * *  supportq backup /var/backups/desk.db --keep 14 -q
"""


def backup(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="The copy; one with the date in its name beside the queue if left out.")
    ] = None,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep",
            metavar="N",
            min=1,
            help="Put the date into the name of FILE too, and keep only the newest N copies.",
        ),
    ] = None,
) -> Outcome:
    """Copy the queue safely while it is in use."""
    from supportq.store.backup import back_up, dated_name, series_of

    desk: Desk = context.obj
    base = file or desk.path
    target = dated_name(base, desk.now) if file is None or keep else base
    done = back_up(desk.queue, target, keep=keep, series=series_of(base))
    removed = [f"Removed: {path}" for path in done.removed]
    summary = f"{done.path}: {done.tickets:,} tickets, {done.size / 1_000_000:,.1f} MB, checked."
    return Outcome(notes=(summary, *removed))
