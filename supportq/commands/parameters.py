"""Arguments and options that several commands take, spelt once."""

from pathlib import Path
from typing import Annotated

import typer

Tickets = Annotated[list[str], typer.Argument(help="Which tickets: numbers, @, - or filter terms.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is done, for our own record.")]
Spent = Annotated[str | None, typer.Option("--spent", metavar="TIME", help="How long the work took, such as 10m.")]

Message = Annotated[str | None, typer.Option("-m", "--message", metavar="TEXT", help="The words themselves.")]
BodyFile = Annotated[
    str | None, typer.Option("-F", "--body-file", metavar="FILE", help="Read the words from a file; - is stdin.")
]
Edit = Annotated[bool, typer.Option("-e", "--edit", help="Write in your editor, the conversation before you.")]
Canned = Annotated[
    str | None, typer.Option("--canned", metavar="NAME", help="Use a reply prepared in advance; with -e, change it.")
]
Attach = Annotated[
    list[Path] | None, typer.Option("--attach", metavar="FILE", help="Let a file go with it; may be given repeatedly.")
]
Recover = Annotated[bool, typer.Option("--recover", help="Go on with what you wrote when it came to nothing.")]
