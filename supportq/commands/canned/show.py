"""supportq canned show."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq canned show refund
supportq canned show refund --language de
"""


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Which canned reply.")],
    language: Annotated[
        str, typer.Option("--language", metavar="CODE", help="In which language, if there is a text.")
    ] = "",
) -> Outcome:
    """Show the text of a canned reply."""
    from supportq.work.canned import find_canned

    desk: Desk = context.obj
    return Outcome(text=f"{find_canned(desk.settings, name).in_language(language).rstrip()}\n")
