"""supportq rule test."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.model.filter import Filter, Key, Span, Term
from supportq.model.selector import Selector
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Outcome
from supportq.work.trial import Trial

EXAMPLES = """
supportq rule test
supportq rule test 17
supportq rule test --since last-week -c rule,id,subject -s rule
"""

_COLUMNS = (
    Column("id", "ID", Kind.NUMBER),
    Column("rule", "Rule"),
    Column("does", "Would", Kind.LIST),
    Column("subject", "Subject", wide=True),
    Column("line", "Line", Kind.NUMBER, shown=False),
)


def test(
    context: typer.Context,
    tickets: Annotated[
        list[str] | None, typer.Argument(help="Which tickets; if not said, those that are active.")
    ] = None,  # noqa: PT028 - the name is the command's
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="TIME", help="Those that came in since then, whatever became of them."),
    ] = None,  # noqa: PT028 - the same
) -> Outcome:
    """Show what the rules would do to tickets, and change nothing.

    One row for each rule that matches. What a person has set stays as it is, so that a rule may have nothing to do.
    """
    from supportq.store.selection import tickets_of
    from supportq.work.trial import try_rules

    desk: Desk = context.obj
    selector = _since(desk, desk.read(tickets or ()), since)
    chosen = tickets_of(desk.queue, selector, now=desk.now)
    trials = list(try_rules(desk.queue, desk.settings, chosen, desk.now))
    tried = f"{len(trials):,} ticket{'s' * (len(trials) != 1)} tried"
    unmatched = sum(not trial.steps for trial in trials)
    return Outcome(
        table=Table(_COLUMNS, _rows(trials), silent=True),
        notes=(f"{tried}, {unmatched:,} without a rule that matches; nothing was changed.",),
    )


def _since(desk: Desk, selector: Selector, since: str | None) -> Selector:
    """Return the selector for tickets that came in since then, of any status; else for active ones."""
    from dataclasses import replace

    from supportq.when import FOREVER

    if since is None:
        return selector.or_active()
    created = Term(Key.CREATED, (Span(desk.moment(since, ahead=False), FOREVER),))
    return replace(selector, filter=Filter((created, *selector.filter.terms)))


def _rows(trials: Iterable[Trial]) -> Iterator[Row]:
    for trial in trials:
        for step in trial.steps:
            does = tuple(_change(field, value) for field, value in step.changes.items())
            yield trial.ticket_id, step.rule.name, does or ("nothing new",), trial.subject, step.rule.line


def _change(field: str, value: object) -> str:
    if field == "tags_added" and isinstance(value, list | tuple):
        return " ".join(f"+{tag}" for tag in value)
    return f"{field} {value}"
