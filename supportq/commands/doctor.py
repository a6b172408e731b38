"""supportq doctor."""

import os
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import ExitCode
from supportq.model.table import Column, Table
from supportq.output.outcome import Outcome
from supportq.store.queue import Queue

EXAMPLES = """
supportq doctor
supportq doctor --fix
supportq doctor --rebuild
"""

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
) -> Outcome:
    """Check the queue and name the cure of each fault.

    In a pipe it prints nothing when nothing is wrong; its exit code says the same: 0, or 1 for faults. What happened
    is never touched, only what is worked out from it.
    """
    from supportq.output.progress import progress
    from supportq.store.rebuild import ticket_count
    from supportq.work.doctor import CHECKS, Patient, examine, mend, rebuild_all

    desk: Desk = context.obj
    queue = _open(desk, mends=fix or rebuild)
    with progress("Looking over tickets", ticket_count(queue), desk.streams) as report:
        patient = Patient(queue, desk.now, report)
        if rebuild:
            rebuild_all(patient)
        faults = list(examine(patient))
        if fix and faults:
            mend(patient, faults)
            faults = list(examine(patient))
    rows = [(fault.check, fault.problem, fault.cure) for fault in faults]
    well = [f"{len(CHECKS)} checks, nothing wrong."] if not faults and desk.streams.stderr.isatty() else []
    return Outcome(
        table=Table(_COLUMNS, rows, silent=True),
        notes=tuple(well),
        exit_code=ExitCode.FAILED if faults else ExitCode.DONE,
    )


def _open(desk: Desk, *, mends: bool) -> Queue:
    """Open the queue for writing, which checking the search index takes, unless it may only be read."""
    from supportq.store.queue import open_queue

    queue = open_queue(desk.path, write=mends or os.access(desk.path, os.W_OK), busy_s=desk.busy_s)
    desk.stack.callback(queue.close)
    return queue
