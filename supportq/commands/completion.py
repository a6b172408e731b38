"""supportq completion."""

from typing import Annotated

import typer

from supportq.commands.shells import SCRIPTS
from supportq.errors import UnknownWord
from supportq.output.outcome import Outcome

EXAMPLES = """
eval "$(supportq completion bash)"      # in ~/.bashrc
eval "$(supportq completion zsh)"       # in ~/.zshrc, below compinit
supportq completion fish | source       # in ~/.config/fish/config.fish
"""


def completion(
    context: typer.Context,  # noqa: ARG001 - every command is given it
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help="Which shell.")],
) -> Outcome:
    """Print the completion script of a shell.

    It completes commands, options, ticket numbers with their subjects, and the terms of filters.
    """
    if shell not in SCRIPTS:
        raise UnknownWord("shell", shell, SCRIPTS)
    return Outcome(text=SCRIPTS[shell].lstrip(), raw=True)
