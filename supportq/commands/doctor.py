"""supportq doctor."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from supportq.desk import Desk
from supportq.errors import ExitCode
from supportq.model.table import Column, Kind, Table
from supportq.output.outcome import Block, Outcome, Page
from supportq.output.streams import is_terminal
from supportq.store.queue import Queue

if TYPE_CHECKING:
    from supportq.work.doctor import Fault

EXAMPLES = """
supportq doctor
supportq doctor --fix
supportq doctor --rebuild
supportq doctor --compare
"""

_TIMES = (
    Column("ticket", "Ticket", Kind.NUMBER),
    Column("name", "What", wide=True),
    Column("there", "There", Kind.DURATION),
    Column("here", "Here", Kind.DURATION),
)
_COLUMNS = (
    Column("check", "Check"),
    Column("problem", "Problem", wide=True),
    Column("cure", "Cure"),
)


def doctor(
    context: typer.Context,
    *,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what needs no decision of yours.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make tickets, clocks and search anew from the history.")
    ] = False,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare", help="Only say which times another desk counted otherwise: by 5 minutes, and by a tenth."
        ),
    ] = False,
) -> Outcome:
    """Check the queue and name the cure of each fault.

    In a pipe it prints nothing when nothing is wrong, unless -v is said; its exit code says the same: 0, or 1 for faults. What happened
    is never touched, only what is worked out from it.
    """
    from supportq.output.progress import progress
    from supportq.store.rebuild import ticket_count
    from supportq.work.doctor import Patient, examine, mend

    desk: Desk = context.obj
    if compare:
        return _compared(desk)
    queue = _open(desk, mends=fix or rebuild)
    with progress("Looking over tickets", ticket_count(queue), desk.streams) as report:
        patient = Patient(queue, desk.now, report)
        faults = list(examine(patient, anew=rebuild))
        if fix and faults:
            mend(patient, faults)
            faults = list(examine(patient))
    return _told(desk, faults)


def _compared(desk: Desk) -> Outcome:
    """Return the times that another desk counted quite otherwise, which is no fault of the queue."""
    from supportq.work.compare import compare

    found = list(compare(desk.queue))
    rows = [(each.ticket, each.name, each.there, each.here) for each in found if each.is_large]
    count = f"{len(found):,} time{'' if len(found) == 1 else 's'} of other desks compared, {len(rows):,} differ much"
    why = f" (why ours: supportq sla why {rows[0][0]})" if rows else ""
    return Outcome(table=Table(_TIMES, rows), notes=(f"{count}{why}",))


def _told(desk: Desk, faults: Sequence["Fault"]) -> Outcome:
    """Return the faults with their cures; of a queue that is well only a note, and to somebody who is there."""
    from supportq.work.doctor import CHECKS, possible

    made = possible(desk.path)
    left_out = [
        f"{find.__name__} was not checked, since {desk.path} is read-only for you"
        for find in CHECKS
        if find not in made
    ]
    if not faults:
        well = (
            [f"{len(made)} checks, nothing wrong."] if desk.options.verbose or is_terminal(desk.streams.stderr) else []
        )
        return Outcome(table=Table(_COLUMNS, [], silent=True), notes=(*well, *left_out))
    rows = [(fault.check, fault.problem, fault.cure) for fault in faults]
    page = Page(
        title=f"{len(faults)} fault{'s' * (len(faults) > 1)} in {desk.path}",
        blocks=tuple(Block(check, body=f"{problem}\ncure: {cure}") for check, problem, cure in rows),
        record=[{"check": check, "problem": problem, "cure": cure} for check, problem, cure in rows],
    )
    return Outcome(page=page, table=Table(_COLUMNS, rows), notes=tuple(left_out), exit_code=ExitCode.FAILED)


def _open(desk: Desk, *, mends: bool) -> Queue:
    """Open the queue for writing, which checking the search index takes, unless it may only be read."""
    from supportq.store.opening import open_queue
    from supportq.store.queue import is_writable

    queue = open_queue(desk.path, write=mends or is_writable(desk.path), busy_s=desk.busy_s, shown=desk.show_upgrade)
    desk.stack.callback(queue.close)
    return queue
