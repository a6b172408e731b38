"""supportq triage."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq triage
supportq triage --auto
supportq triage text:refund --team sales --category return
"""


def triage(
    context: typer.Context,
    tickets: Annotated[list[str] | None, typer.Argument(help="Which tickets; if not said, those that are new.")] = None,
    *,
    auto: Annotated[bool, typer.Option("--auto", help="Let the rules decide, and say what each did.")] = False,
    team: Annotated[str | None, typer.Option("--team", metavar="TEAM", help="The team that looks after them.")] = None,
    priority: Annotated[
        str | None,
        typer.Option("--priority", metavar="PRIORITY", help="How much they matter: low, normal, high or urgent."),
    ] = None,
    line: Annotated[str | None, typer.Option("--line", metavar="N", help="The line of support, 0 to 3.")] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar="CATEGORY", help="What kind of inquiry they are.")
    ] = None,
    agent: Annotated[
        str | None, typer.Option("--agent", metavar="AGENT", help="Who looks after them; me is you.")
    ] = None,
    tags: Annotated[
        list[str] | None, typer.Option("-t", "--tag", metavar="TAG", help="A tag; give it as often as needed.")
    ] = None,
) -> Outcome:
    """Walk untriaged tickets one key at a time, or apply rules and values at once."""
    from supportq.commands.triaged import by_rules, by_values
    from supportq.commands.walk import walk

    desk: Desk = context.obj
    words = tickets or ["status:new"]
    given = {"team": team, "priority": priority, "line": line, "category": category, "agent": agent}
    values = [f"{name}={value}" for name, value in given.items() if value is not None]
    values += [f"tag+={tag}" for tag in tags or ()]
    if auto and values:
        raise UsageError("the rules decide, or you do", "leave out --auto, or the values")
    if auto:
        return by_rules(desk, words)
    if values:
        return by_values(desk, words, values)
    if desk.can_ask:
        return walk(desk, words)
    raise UsageError(
        "triage asks for a key at each ticket, and this is not a terminal",
        "let the rules decide: --auto      or give values: --team TEAM --priority PRIORITY",
    )
