"""supportq next."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from supportq.commands.answer import can_show_pages
from supportq.commands.looks import look_at
from supportq.desk import Desk
from supportq.errors import NotFound
from supportq.model.table import Table
from supportq.output.outcome import Outcome, Page

if TYPE_CHECKING:
    from supportq.model.clock import Clock
    from supportq.model.ticket import Ticket
    from supportq.output.brief import Brief

EXAMPLES = """
supportq next
supportq next --take --why
supportq next team:sales channel:email
"""


def next(  # noqa: A001 - the word that is typed
    context: typer.Context,
    tickets: Annotated[
        list[str] | None, typer.Argument(help="Among which tickets; else yours and nobody's, of your teams and line.")
    ] = None,
    *,
    take: Annotated[bool, typer.Option("--take", help="Take it, so that nobody else gets it.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Show the sum that puts it first.")] = False,
) -> Outcome:
    """Show the ticket that should be worked on now, and why."""
    from supportq.store.tickets import next_candidates
    from supportq.work.next import offered, take_next

    desk: Desk = context.obj
    criteria = offered(desk.read(tickets or []), desk.known, desk.settings.agents)
    if not take:
        found = next_candidates(desk.queue, criteria, now=desk.now, limit=1)
        return _shown(desk, _first(found), why=why)
    number, done = take_next(desk.writer, criteria)
    from supportq.commands.written import written

    shown = _shown(desk, _first([number] if number else []), why=why)
    return replace(shown, notes=written(desk, done, "taken").notes, touched=done.touched)


def _first(found: list[int]) -> int:
    if not found:
        raise NotFound(
            "nothing to work on now", "what waits: supportq list      what others have: supportq next not:agent:none"
        )
    return found[0]


def _shown(desk: Desk, number: int, *, why: bool) -> Outcome:
    from supportq.model.filter import Filter, Key, Term
    from supportq.store.listing import columns_with, list_rows

    look_at(desk, [number])
    chosen = Filter((Term(Key.ID, ((number, number),)),))
    fields = tuple(desk.settings.fields)
    table = Table(columns_with(fields), list_rows(desk.queue, chosen, now=desk.now, fields=fields))
    return Outcome(page=_page(desk, number, why=why) if can_show_pages(desk) else None, table=table)


def _page(desk: Desk, number: int, *, why: bool) -> Page:
    from supportq.output.brief import brief_page

    return brief_page(_brief(desk, number), desk.now, desk.zone, why=why)


def _brief(desk: Desk, number: int) -> "Brief":
    from supportq.output.brief import Brief
    from supportq.settings.weights import weights_of
    from supportq.sla.deadline import deadline
    from supportq.store import customers, messages, projected, subjects, texts

    connection = desk.queue.connection
    ticket = projected.read_tickets(desk.queue, [number])[number]
    customer = customers.customers_of_tickets(connection, [number]).get(number)
    clocks = projected.read_clocks(desk.queue, [number])[number]
    said = tuple(messages.messages_of(desk.queue, number))
    return Brief(
        ticket,
        subjects.subject_of(connection, number),
        texts.read_texts(connection, filter(None, [ticket.comment_id])).get(ticket.comment_id or 0, ""),
        customer,
        said,
        customers.read_customers(connection, {each.customer_id for each in said if each.customer_id}),
        deadline(ticket, clocks, weights_of(desk.settings), customer),
        _due_next(ticket, clocks),
    )


def _due_next(ticket: "Ticket", clocks: Sequence["Clock"]) -> str:
    due: list[tuple[datetime, str]] = [(clock.late_at, clock.kind) for clock in clocks if clock.late_at is not None]
    due += [(ticket.follow_up_at, "follow-up")] if ticket.follow_up_at else []
    return min(due)[1].replace("_first", "").replace("_total", "").replace("_", " ") if due else ""
