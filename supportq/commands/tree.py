"""The tree of commands: built from the table, each module imported only when its word is typed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup

from supportq.commands.entry import Entry, find_entry
from supportq.commands.options import parameters
from supportq.desk import Desk
from supportq.errors import ExitCode, UnknownWord
from supportq.output.outcome import Outcome
from supportq.output.streams import is_terminal

if TYPE_CHECKING:
    from supportq.commands.section import Section

_WHAT_IT_IS = "A support desk in one SQLite file, worked from a terminal."
_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class PageAsked(Exception):
    """Somebody asked for help, or named a group and nothing in it; `is_bare` where not even a group was named."""

    def __init__(
        self, sections: "Iterator[Section]", exit_code: ExitCode = ExitCode.DONE, *, is_bare: bool = False
    ) -> None:
        super().__init__()
        self.sections = sections
        self.exit_code = exit_code
        self.is_bare = is_bare

    def outcome(self, *, bold: bool) -> Outcome:
        """Return the page as data where it was asked for, and as a hint to people where something was missing."""
        from supportq.commands.section import rendered

        if self.exit_code is ExitCode.DONE:
            return Outcome(text=rendered(self.sections, bold=bold), raw=True)
        hint = rendered(self.sections).rstrip("\n")
        return Outcome(notes=(hint,), amiss=(hint,), exit_code=self.exit_code)


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

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words after this one; without any, say what they could be."""
        with _in_our_words(ctx):
            _check_bytes(ctx, args)
            rest = super().parse_args(ctx, args)
        if not ctx._protected_args:  # noqa: SLF001 - where the library keeps the first of them
            raise PageAsked(self.page(ctx, short=True), ExitCode.USAGE, is_bare=ctx.parent is None)
        return rest

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows our own page."""
        return _with_page(super().get_help_option(ctx))

    def page(self, ctx: Any, *, short: bool = False) -> "Iterator[Section]":
        """Return the help page of the program, or of a group in it."""
        from supportq.commands import pages
        from supportq.commands.topics import titles

        if ctx.parent is not None:
            return pages.group_page(ctx.command_path, self.help or "", self.entries)
        if short:
            return pages.short_root_page(self.help or "", self.entries)
        return pages.root_page(self.help or "", self.entries, titles())


class Leaf(TyperCommand):
    """A command with a help page of ours."""

    entry: Entry
    examples: str = ""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words after this one."""
        with _in_our_words(ctx):
            _check_bytes(ctx, args)
            return super().parse_args(ctx, args)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option that shows our own page."""
        return _with_page(super().get_help_option(ctx))

    def page(self, ctx: Any) -> "Iterator[Section]":
        """Return the help page of the command."""
        from supportq.commands.pages import command_page

        return command_page(self, ctx)


def _with_page(option: Any) -> Any:
    option.callback = _show_page
    return option


def _show_page(context: Any, _parameter: Any, is_asked: bool) -> None:  # noqa: FBT001 - the library calls it so
    if is_asked and not context.resilient_parsing:
        raise PageAsked(context.command.page(context))


@contextmanager
def _in_our_words(context: Any) -> Iterator[None]:
    """Turn what is refused of a command's words into an error of ours."""
    try:
        yield
    except typer.TyperException as error:
        from supportq.commands.refused import refused

        raise refused(error, context) from error


def _check_bytes(context: Any, words: list[str]) -> None:
    try:
        "".join(words).encode()
    except UnicodeEncodeError:
        from supportq.commands.refused import check_text

        check_text(context, words)


def branch(name: str, entries: tuple[Entry, ...], module: str, help_text: str) -> Branch:
    """Return a group of commands."""
    group = Branch(
        name=name,
        help=help_text,
        params=parameters("plain", set()),
        context_settings=_SETTINGS,
        rich_markup_mode=None,
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
    """Run the command that the words name and return what it found or did; without one, how the desk stands."""
    root = branch("supportq", entries, "supportq.commands", _WHAT_IT_IS)
    try:
        answer = root.main(
            _without_alias(list(arguments), desk, entries), prog_name="supportq", standalone_mode=False, obj=desk
        )
    except PageAsked as asked:
        if asked.is_bare and is_terminal(desk.streams.stdout) and (desk.options.queue or desk.path.is_file()):
            from supportq.commands.status import status

            return status(desk)
        return asked.outcome(bold=desk.streams.has_colour(desk.streams.stdout))
    if answer == ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    return answer if isinstance(answer, Outcome) else Outcome()


def _without_alias(arguments: list[str], desk: Desk, entries: tuple[Entry, ...]) -> list[str]:
    """Put the words of a person's own alias in its place; it can't hide a command."""
    if not arguments or arguments[0].startswith("-") or find_entry(entries, arguments[0]):
        return arguments
    alias = desk.preferences.aliases.get(arguments[0])
    if not alias:
        return arguments
    import shlex

    return [*shlex.split(alias), *arguments[1:]]
