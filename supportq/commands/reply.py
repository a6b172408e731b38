"""supportq reply."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from supportq.commands.parameters import Attach, BodyFile, Canned, Edit, Message, Recover, Spent, Tickets
from supportq.commands.written import written
from supportq.desk import MANY, Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq reply 17 -m "Your parcel is on its way."
supportq reply @ --canned refund -e --resolve
supportq reply 17 -F answer.txt --attach invoice.pdf --send
supportq reply 17 -m "We said so on the phone." --by-hand --wait --until 3d
"""


def reply(
    context: typer.Context,
    tickets: Tickets,
    *,
    message: Message = None,
    body_file: BodyFile = None,
    edit: Edit = False,
    canned: Canned = None,
    attach: Attach = None,
    recover: Recover = False,
    send: Annotated[bool, typer.Option("--send", help="Send it now, not with the next supportq send.")] = False,
    by_hand: Annotated[
        bool, typer.Option("--by-hand", help="Send nothing: the customer has had this answer already.")
    ] = False,
    html: Annotated[bool, typer.Option("--html", help="Add the same words as HTML to the mail.")] = False,
    eml: Annotated[
        Path | None,
        typer.Option("--eml", metavar="FILE", help="Send nothing, but write it as a mail that is ready to send."),
    ] = None,
    resolve: Annotated[bool, typer.Option("--resolve", help="That settles it: mark the ticket as resolved.")] = False,
    open_: Annotated[bool, typer.Option("--open", help="We still owe something: leave the ticket open.")] = False,
    wait: Annotated[
        bool, typer.Option("--wait", help="Wait for the customer, which is usual unless resolved.")
    ] = False,
    until: Annotated[
        str | None, typer.Option("--until", metavar="TIME", help="Come back then if nobody answers: 3d, mon 9:00, 2wd.")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="WHO", help="Whom it goes to, in place of where the customer wrote from."),
    ] = None,
    cc: Annotated[
        list[str] | None,
        typer.Option("--cc", metavar="WHO", help="Who else gets it, and belongs to the ticket; or all who do."),
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="TIME", help="When it was given, if earlier than now.")
    ] = None,
    spent: Spent = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="K=V", help="Set a custom field at the same time.")
    ] = None,
    to_all: Annotated[bool, typer.Option("--all", help="Write the same to several tickets.")] = False,
) -> Outcome:
    """Write to the customer.

    Who wrote by mail or a form is answered by mail, once the settings describe a mail account: the answer waits in the
    outbox, where it can be taken back, and supportq send sends it. Elsewhere an answer is recorded as given by hand.
    """
    from supportq.commands.body import Body, check_stdin, composed
    from supportq.commands.given import check_new, give, mail_for, posted
    from supportq.commands.moments import until_of
    from supportq.commands.sending import on_its_way
    from supportq.commands.task import Task
    from supportq.work.fields import parse_fields, parse_people, parse_reachable
    from supportq.work.manner import Manner, then_of, way_of

    desk: Desk = context.obj
    check_stdin(tickets, body_file)
    meant = desk.meant(tickets)
    _check_number(desk, meant, to_all=to_all, eml=eml, cc=cc or ())
    picked = desk.agreed(meant, tickets)
    body = Body(message, body_file, edit, canned, attach, recover)
    manner = Manner(
        then=then_of(resolves=resolve, opens=open_, waits=wait or until is not None),
        until=until_of(desk, until),
        at=None if at is None else desk.moment(at, ahead=False),
        to=parse_reachable(to) if to else None,
        cc=parse_people(who for who in cc or () if who != "all"),
        cc_all="all" in (cc or ()),
        attached=body.files,
        fields=parse_fields(field or (), desk.settings),
        spent_s=desk.seconds(spent),
        way=way_of(sends=send, by_hand=by_hand, as_file=eml is not None, earlier=at is not None),
        html=html,
    )
    with composed(desk, body, Task("reply", picked)) as texts:
        if eml is None:
            done = give(desk, texts, manner)
            return on_its_way(desk, done, written(desk, done, "answered", can_undo=not send), at_once=send)
        check_new(desk, eml)
        name, mail = mail_for(desk, texts, manner)
        done = give(desk, texts, replace(manner, message_id=name))
    outcome = written(desk, done, "answered")
    return outcome if desk.options.dry_run else posted(outcome, mail, eml)


def _check_number(desk: Desk, tickets: Sequence[int], *, to_all: bool, eml: Path | None, cc: Sequence[str]) -> None:
    if len(tickets) > 1 and not to_all:
        flags = "--all --yes" if len(tickets) > MANY and not desk.can_ask else "--all"
        raise UsageError(
            f"a reply goes to one ticket, and {len(tickets)} match", f"write the same to each of them: add {flags}"
        )
    if eml is not None and "all" in cc:
        raise UsageError("--eml writes a mail to people that are named", "name them: --cc ann@example.com")
    if len(tickets) > 1 and eml is not None:
        raise UsageError("--eml writes one mail, and there would be several", "leave out --eml, or reply one by one")
