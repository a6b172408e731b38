"""supportq log."""

from typing import Annotated

import typer

from supportq.commands.parameters import Attach, BodyFile, Canned, Edit, Message, Recover, Spent
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq log "Order 12 not here" -c ann@example.com --channel phone -m "Rang at 9, upset"
supportq log --to 17 --channel phone -m "Rang again"
supportq log "Opening hours" -c "Ben Ode" --channel counter --answered --resolve
supportq log "Your loom is ready" -c ann@example.com --outgoing -m "Come and fetch it"
"""


def log(
    context: typer.Context,
    subject: Annotated[str | None, typer.Argument(metavar="SUBJECT", help="What it is about, in a few words.")] = None,
    *,
    to: Annotated[
        str | None, typer.Option("--to", metavar="ID", help="The ticket that the customer speaks of; @ is your last.")
    ] = None,
    customer: Annotated[
        str | None,
        typer.Option(
            "-c",
            "--customer",
            metavar="WHO",
            help="A mail address, phone number, @handle or name, or 'Ann Lee <ann@example.com>'.",
        ),
    ] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar="CHANNEL", help="Where it was said, such as phone or counter.")
    ] = None,
    priority: Annotated[
        str | None,
        typer.Option("--priority", metavar="PRIORITY", help="How much it matters: low, normal, high or urgent."),
    ] = None,
    team: Annotated[str | None, typer.Option("--team", metavar="TEAM", help="The team that it is for.")] = None,
    line: Annotated[str | None, typer.Option("--line", metavar="N", help="The line of support, 0 to 3.")] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="CATEGORY", help="What kind of inquiry it is.")
    ] = None,
    tags: Annotated[
        list[str] | None, typer.Option("-t", "--tag", metavar="TAG", help="A tag; give it as often as needed.")
    ] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option("--field", metavar="NAME=VALUE", help="A custom field; give it as often as needed."),
    ] = None,
    agent: Annotated[
        str | None, typer.Option("--agent", metavar="AGENT", help="Who looks after it; me is you.")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help="When it was said, if not now.")] = None,
    key: Annotated[
        str | None,
        typer.Option(
            "--key", metavar="KEY", help="A key of yours; what was logged with it before is not logged again."
        ),
    ] = None,
    answered: Annotated[bool, typer.Option("--answered", help="You answered while the customer was there.")] = False,
    answer: Annotated[
        str | None, typer.Option("--answer", metavar="TEXT", help="What you answered while the customer was there.")
    ] = None,
    outgoing: Annotated[bool, typer.Option("--outgoing", help="It is a first word of ours to the customer.")] = False,
    resolve: Annotated[bool, typer.Option("--resolve", help="It is done with that.")] = False,
    rules: Annotated[
        bool, typer.Option("--rules/--no-rules", help="Let the rules set what was not said, or don't.")
    ] = True,
    spent: Spent = None,
    message: Message = None,
    body_file: BodyFile = None,
    edit: Edit = False,
    canned: Canned = None,
    attach: Attach = None,
    recover: Recover = False,
) -> Outcome:
    """Log an inquiry, what a customer said about a ticket, or a first word of ours."""
    from supportq.commands.body import Body
    from supportq.commands.slip import Slip, logged
    from supportq.work.log import Manner

    desk: Desk = context.obj
    number = None if to is None else _ticket(desk, to)
    given = {"channel": channel, "priority": priority, "team": team, "line": line, "category": category, "agent": agent}
    slip = Slip(
        subject=subject,
        customer=customer,
        to=number,
        words=[f"{name}={value}" for name, value in given.items() if value is not None],
        tags=tags or (),
        fields=fields or (),
        at=None if at is None else desk.moment(at, ahead=False),
        key=key,
    )
    body = Body(message, body_file, edit, canned, attach, recover)
    manner = Manner(
        to=number,
        has_customer=customer is not None,
        is_ours=outgoing,
        answer=answer if answer is not None else "" if answered else None,
        is_resolved=resolve,
        uses_rules=rules,
        spent_s=desk.seconds(spent),
        attached=body.files,
    )
    return logged(desk, slip, body, manner)


def _ticket(desk: Desk, word: str) -> int:
    from supportq.commands.single import single_ticket

    return single_ticket(desk, word, text=False)
