"""The tree of commands: built from the table, each module imported only when its word is typed."""

import shlex
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from supportq.commands.entry import Entry, find_entry
from supportq.commands.options import parameters
from supportq.desk import Desk
from supportq.errors import UnknownWord, UsageError
from supportq.output.outcome import Outcome

_WHAT_IT_IS = "A support desk in one SQLite file, worked from a terminal."
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Branch(TyperGroup):
    """A group whose commands are known by name and imported when one is called."""

    entries: tuple[Entry, ...] = ()
    module: str = "supportq.commands"

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature is the library's
        """Return the words of this group in the order of the table."""
        return [entry.name for entry in self.entries]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - the signature is the library's
        """Return the command of this word; raise UnknownWord with the nearest one."""
        entry = find_entry(self.entries, cmd_name)
        if entry is None:
            raise UnknownWord("command", cmd_name, [entry.name for entry in self.entries])
        if entry.inner:
            return branch(entry.name, entry.inner, f"{self.module}.{entry.name}", entry.help)
        return leaf(entry, self.module)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write our own page."""
        from supportq.commands.pages import group_page

        formatter.write(group_page(ctx.command_path, self.help or "", self.entries))


class Leaf(TyperCommand):
    """A command with a help page of ours."""

    entry: Entry
    examples: str = ""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write our own page."""
        from supportq.commands.pages import command_page

        formatter.write(command_page(self, ctx))


def branch(name: str, entries: tuple[Entry, ...], module: str, help_text: str) -> Branch:
    """Return a group of commands."""
    group = Branch(
        name=name,
        help=help_text,
        params=parameters("plain", set()),
        context_settings=_SETTINGS,
        rich_markup_mode=None,
        no_args_is_help=True,
    )
    group.entries, group.module = entries, module
    return group


def leaf(entry: Entry, package: str) -> Leaf:
    """Import the module of a command and return the command with its shared options."""
    module = import_module(f"{package}.{entry.function}")
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(entry.name, cls=Leaf, context_settings=_SETTINGS)(getattr(module, entry.function))
    command: Leaf = typer.main.get_command(app)  # type: ignore[assignment]
    taken = {flag for parameter in command.params for flag in (*parameter.opts, *parameter.secondary_opts)}
    command.params.extend(parameters(entry.kind, taken))
    command.entry, command.examples = entry, getattr(module, "EXAMPLES", "")
    return command


def start(arguments: Sequence[str], desk: Desk, entries: tuple[Entry, ...]) -> Outcome:
    """Run the command that the words name and return what it found or did."""
    root = branch("supportq", entries, "supportq.commands", _WHAT_IT_IS)
    try:
        answer = root.main(
            _without_alias(list(arguments), desk, entries), prog_name="supportq", standalone_mode=False, obj=desk
        )
    except typer.TyperException as error:
        raise UsageError(*_in_our_words(error)) from error
    return answer if isinstance(answer, Outcome) else Outcome()


def _without_alias(arguments: list[str], desk: Desk, entries: tuple[Entry, ...]) -> list[str]:
    """Put the words of a person's own alias in its place; it can't hide a command."""
    if not arguments or arguments[0].startswith("-") or find_entry(entries, arguments[0]):
        return arguments
    alias = desk.preferences.aliases.get(arguments[0])
    return [*shlex.split(alias), *arguments[1:]] if alias else arguments


def _in_our_words(error: typer.TyperException) -> tuple[str, ...]:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "supportq"
    message = error.format_message().rstrip(".")
    return (message[:1].lower() + message[1:], f"see: {path} --help")
