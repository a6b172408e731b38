"""supportq notify."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from supportq.commands.parameters import BodyFile, Canned, Edit, Message, Recover, Tickets
from supportq.desk import Desk
from supportq.model.table import Column, Kind, Table
from supportq.output.outcome import Outcome

if TYPE_CHECKING:
    from supportq.work.notify import Addressee

EXAMPLES = """
supportq notify tag:outage --canned outage -n
supportq notify tag:outage --canned outage
supportq notify team:sales status:open -m "We move on Friday and answer again on Monday." --yes
"""

_COLUMNS = (
    Column("id", "Ticket", Kind.NUMBER),
    Column("customer", "Customer", wide=True),
    Column("tickets", "Tickets", Kind.NUMBER),
    Column("left_out", "Left out"),
)


def notify(
    context: typer.Context,
    tickets: Tickets,
    *,
    message: Message = None,
    body_file: BodyFile = None,
    edit: Edit = False,
    canned: Canned = None,
    recover: Recover = False,
) -> Outcome:
    """Write to all customers concerned.

    Each of them gets one mail, however many of the tickets are theirs, in the conversation of the newest. It waits in
    the outbox and stops no clock. Left out are those who unsubscribed (one of their tickets is tagged unsubscribed),
    those whose last mail came back, and those without a mail address. Words in double braces are filled in for each, as
    in a canned reply: {{ customer.name }}.
    """
    from supportq.commands.body import Body, check_stdin, composed
    from supportq.commands.task import Task
    from supportq.work.notify import addressees, check_can_send
    from supportq.work.notify import notify as work_notify

    desk: Desk = context.obj
    check_stdin(tickets, body_file)
    check_can_send(desk.settings)
    everybody = addressees(desk.queue, desk.settings, desk.meant(tickets))
    told = [each.ticket for each in everybody if each.why_not is None]
    if not told:
        return Outcome(table=_table(everybody), notes=(f"Nobody is written to{_left_out(everybody)}.",), touched=())
    body = Body(message, body_file, edit, canned, None, recover, for_many=True)
    with composed(desk, body, Task("notify", told)) as texts:
        whom = _customers(len(told)) + _left_out(everybody)
        _agree(desk, everybody, len(told), tickets)
        done = work_notify(desk.writer, texts)
    if desk.options.dry_run:
        note = f"Dry run: {whom} would be written to; nothing was changed."
        first = next(each.customer.label for each in everybody if each.ticket == told[0])
        shown = f"{first} would get:\n\n{texts[told[0]]}\n"
        return Outcome(table=_table(everybody), notes=(*done.warnings, shown, note), touched=tuple(told))
    pace = f", {desk.settings.notices_a_minute:,} a minute"
    slowly = pace if len(told) > desk.settings.notices_a_minute else ""
    return Outcome(
        notes=(
            f"{_customers(len(told))} notified{_left_out(everybody)}. Undo: supportq undo",
            f"What they get waits in the outbox{slowly}. Send it: supportq send",
        ),
        touched=done.touched,
    )


def _agree(desk: Desk, everybody: "Sequence[Addressee]", count: int, tickets: Sequence[str]) -> None:
    """Ask for a yes, once it is said who is left out."""
    left = _left_out(everybody)
    if desk.can_ask and left and not (desk.options.yes or desk.options.dry_run):
        desk.streams.say(f"{left.strip(' ()')}.")
        left = ""
    whom = f"{_customers(count)}{left}"
    desk.confirm(f"{whom} will be written to", f"look: supportq notify {' '.join(tickets)} -n ...", "go on: --yes")


def _table(everybody: "Sequence[Addressee]") -> Table:
    rows = [(each.ticket, each.customer.label, each.ticket_count, each.why_not or "") for each in everybody]
    return Table(_COLUMNS, rows)


def _customers(count: int) -> str:
    return f"{count:,} customer{'' if count == 1 else 's'}"


def _left_out(everybody: "Sequence[Addressee]") -> str:
    """Return how many are left out, and why."""
    reasons = Counter(str(each.why_not) for each in everybody if each.why_not)
    said = ", ".join(f"{count:,} {why}" for why, count in reasons.items())
    return f" ({reasons.total():,} left out: {said})" if said else ""
