"""supportq export."""

from pathlib import Path
from typing import Annotated

import typer

from supportq.commands.answer import answered, format_of, settle_format
from supportq.desk import Desk
from supportq.errors import UnknownWord, UsageError
from supportq.output.formats import names
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq export -o all.jsonl
supportq export -f csv --spreadsheet -o tickets.csv
supportq export created:last-month -f html -o last-month/
supportq export -f mbox -o desk.mbox
supportq export 17 --anonymise -o report.jsonl
supportq export team:sales --follow | jq --unbuffered -r .subject
"""

_FOLDERS = frozenset({"html", "md"})
"""The formats in which each ticket is a file of its own."""


def export(
    context: typer.Context,
    selector: Annotated[list[str] | None, typer.Argument(help="Which tickets; all of them if left out.")] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write to this file, in the form of its ending, in place of an earlier one; html and md: this folder.",
        ),
    ] = None,
    *,
    anonymise: Annotated[
        bool,
        typer.Option("--anonymise", help="Leave out who anybody is and what they wrote; figures stay as they are."),
    ] = False,
    with_keys: Annotated[
        bool, typer.Option("--with-keys", help="Write the keys too by which mail is known to be this desk's.")
    ] = False,
    follow: Annotated[
        bool, typer.Option("--follow", help="Wait for new tickets and write each as a line of JSON, until stopped.")
    ] = False,
    after: Annotated[
        int | None, typer.Option("--after", metavar="N", min=0, help="With --follow: begin behind this ticket.")
    ] = None,
) -> Outcome:
    """Export everything without loss, or tables, mails and pages."""
    from supportq.commands.exported import as_mbox, as_table, lines_of, shelf_of

    desk: Desk = context.obj
    form = _form(desk, output)
    if (with_keys or follow) and form != "jsonl":
        raise UsageError(
            f"{'--follow' if follow else '--with-keys'} writes JSON lines, not {form}", "leave out -f or -o"
        )
    if anonymise and (with_keys or follow):
        raise UsageError("what is anonymous has no keys, and is not followed", "leave out --anonymise")
    if follow:
        return _followed(desk, selector or [], after, output)
    if after is not None:
        raise UsageError("--after says where to begin to follow", "add --follow")
    if form in _FOLDERS and (output is None or output.is_file() or output.suffix.lower() == f".{form}"):
        raise UsageError(
            f"as {form}, each ticket is a file of its own", f"name a folder for them: -f {form} -o tickets/"
        )
    desk.queue.forget_early()
    if form == "jsonl":
        is_ascii = output is None and not desk.streams.encoding.lower().startswith("utf")
        lines = lines_of(desk, selector or [], anonymise=anonymise, keys=with_keys, is_ascii=is_ascii)
        return answered(desk, Outcome(text=lines), output)
    shelf = shelf_of(desk, selector or [], anonymise=anonymise)
    if form in _FOLDERS and output:
        from supportq.commands.filed import as_folder

        return as_folder(desk, shelf, form, output)
    if form == "mbox":
        desk.streams.pass_bytes()
        return answered(desk, as_mbox(desk, shelf), output)
    return answered(desk, as_table(desk, shelf), output)


def _followed(desk: Desk, words: list[str], after: int | None, output: Path | None) -> Outcome:
    if output and str(output) != "-":
        raise UsageError("what is followed has no end, and a file is written whole", f"say instead: ... > {output}")
    from supportq.commands.followed import followed

    return followed(desk, words, after)


def _form(desk: Desk, output: Path | None) -> str:
    """Return the format that was asked for; no other reader knows mbox."""
    if (format_of(desk) or (output.suffix.removeprefix(".") if output else "")) == "mbox":
        desk.options.format = None
        return "mbox"
    settle_format(desk, output, default="jsonl")
    form = format_of(desk) or ""
    if form not in names():
        raise UnknownWord("format", form, [*names(), "mbox"])
    return form
