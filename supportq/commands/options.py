"""The options that commands share: every command's, every reader's, every writer's."""

from collections.abc import Callable
from copy import copy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from supportq.errors import UsageError
from supportq.output.streams import Colour

if TYPE_CHECKING:
    from supportq.desk import Options


def for_everyone(
    queue: Annotated[Path | None, typer.Option("--queue", metavar="FILE", help="The queue file.")] = None,
    as_agent: Annotated[str | None, typer.Option("--as", metavar="AGENT", help="Who you are at this desk.")] = None,
    color: Annotated[Colour | None, typer.Option("--color", help="When to use colour.")] = None,
    no_pager: Annotated[bool | None, typer.Option("--no-pager", help="Never page long answers.")] = None,
    no_input: Annotated[
        bool | None, typer.Option("--no-input", help="Never ask; fail where an answer is needed.")
    ] = None,
    tz: Annotated[
        str | None, typer.Option("--tz", metavar="ZONE", help="The time zone of what you type and see.")
    ] = None,
    quiet: Annotated[bool | None, typer.Option("-q", "--quiet", help="Say nothing but data and what is amiss.")] = None,
    verbose: Annotated[bool | None, typer.Option("-v", "--verbose", help="Say more.")] = None,
    debug: Annotated[bool | None, typer.Option("--debug", help="Show where an error came from.")] = None,
    now: Annotated[str | None, typer.Option("--now", metavar="TIME", hidden=True, help="Pretend it is then.")] = None,
) -> None:
    """Take the options of every command."""


def for_readers(
    format: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="FORMAT", help="table, tsv, csv, json, jsonl, ids, md or html."),
    ] = None,
    json: Annotated[bool | None, typer.Option("--json", help="The same as -f json.")] = None,
    columns: Annotated[
        str | None,
        typer.Option("-c", "--columns", metavar="A,B", help="Which columns; help lists them, all shows them."),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option("-T", "--template", metavar="TEXT", help="A line for each row, such as '{id} {subject:.40}'."),
    ] = None,
    sort: Annotated[str | None, typer.Option("-s", "--sort", metavar="KEY[:desc]", help="Sort by a column.")] = None,
    limit: Annotated[
        int | None, typer.Option("-L", "--limit", metavar="N", help="At most so many rows; 0 for all.")
    ] = None,
    header: Annotated[
        bool | None, typer.Option("--header/--no-header", help="With or without a line of titles.")
    ] = None,
    spreadsheet: Annotated[
        bool | None, typer.Option("--spreadsheet", help="Disarm cells that a spreadsheet would run.")
    ] = None,
) -> None:
    """Take the options of every command that shows something."""


def for_writers(
    dry_run: Annotated[
        bool | None, typer.Option("-n", "--dry-run", help="Show what would change; change nothing.")
    ] = None,
    yes: Annotated[bool | None, typer.Option("-y", "--yes", help="Answer yes to every question.")] = None,
    format: Annotated[
        str | None, typer.Option("-f", "--format", metavar="FORMAT", help="Print the touched tickets as ids or json.")
    ] = None,
    json: Annotated[bool | None, typer.Option("--json", help="The same as -f json.")] = None,
) -> None:
    """Take the options of every command that changes something."""


SHARED: dict[str, tuple[Callable[..., None], ...]] = {
    "reader": (for_readers, for_everyone),
    "writer": (for_writers, for_everyone),
    "plain": (for_everyone,),
    "both": (for_readers, for_writers, for_everyone),
}


def parameters(kind: str, taken: set[str]) -> list[Any]:
    """Return the shared parameters of a kind of command, less the flags that the command uses itself.

    Their values go to the desk's options, not to the command's function.
    """
    found: list[Any] = []
    for function in SHARED[kind]:
        for parameter in map(copy, _parameters_of(function)):
            parameter.opts = [flag for flag in parameter.opts if flag not in taken]
            if parameter.opts and not any(other.name == parameter.name for other in found):
                parameter.expose_value = False
                parameter.callback = _keep
                parameter.shared = function.__name__
                found.append(parameter)
    return found


@cache
def _parameters_of(function: Callable[..., None]) -> tuple[Any, ...]:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(function)
    return tuple(parameter for parameter in typer.main.get_command(app).params if parameter.name != "help")


def _keep(context: typer.Context, parameter: Any, value: Any) -> Any:
    if value is not None and parameter.name in {"format", "json"}:
        _keep_format(context.obj.options, "json" if parameter.name == "json" else value)
    elif value is not None:
        setattr(context.obj.options, parameter.name, value)
    return value


def _keep_format(options: "Options", name: str) -> None:
    if options.format not in (None, name):
        other = name if options.format == "json" else options.format
        raise UsageError(f"--json writes json, not {other}", "leave out --json or -f")
    options.format = name
