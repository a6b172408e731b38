"""Triage at once: by the rules, or with values for all."""

from collections.abc import Iterator, Sequence

from supportq.commands.answer import format_of
from supportq.commands.edited import edits_of
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.model.table import Column, Kind, Table
from supportq.output.outcome import Outcome
from supportq.work.habits import told
from supportq.work.triage import Ruled, triage, triage_by_rules

_COLUMNS = (
    Column("id", "ID", Kind.NUMBER),
    Column("rule", "Rule"),
    Column("does", "Did", Kind.LIST, wide=True),
)


def by_rules(desk: Desk, words: Sequence[str]) -> Outcome:
    """Let the rules decide about the tickets that are meant; nobody needs to be there."""
    tickets = desk.meant(words)
    ruled = triage_by_rules(desk.machine, tickets)
    rows = [(number, step.rule.name, told(step.changes)) for number, step in ruled.steps]
    is_mute = desk.options.quiet and format_of(desk) is None
    return Outcome(
        table=None if is_mute else Table(_COLUMNS, rows, silent=True),
        notes=(*ruled.done.warnings, *_summary(desk, len(tickets), ruled)),
        touched=ruled.done.touched,
    )


def _summary(desk: Desk, count: int, ruled: Ruled) -> Iterator[str]:
    changed = len(ruled.done.touched)
    left = f"{ruled.undecided} left to decide: supportq triage" if ruled.undecided else ""
    if desk.options.dry_run:
        yield f"Dry run: the rules would change {changed} of {count} tickets; nothing was changed."
        return
    if changed:
        yield f"The rules changed {changed} of {count} tickets. Undo: supportq undo"
    else:
        yield "The rules had nothing to change." if count else "Nothing is new."
    if left:
        yield left


def by_values(desk: Desk, words: Sequence[str], values: Sequence[str]) -> Outcome:
    """Give the tickets that are meant these values."""
    edits = edits_of(desk, values)
    picked = desk.pick(words)
    return written(desk, triage(desk.writer, picked, edits), "triaged")
