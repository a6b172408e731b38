"""supportq import."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

if TYPE_CHECKING:
    from supportq.intake.opening import Batch
    from supportq.intake.rejects import RejectFile
    from supportq.intake.table import Table

EXAMPLES = """
supportq import inquiries.csv --triage
supportq import inquiries.csv -n
supportq import zendesk-export.json --explain
supportq import Maildir --triage
supportq import tickets.json articles.json
supportq import old-desk.csv --map Mail=email --map "What happened=body" --key Number
mysql-export | supportq import - --from jsonl
"""


def import_(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="The files or folders to read, or - for standard input."),
    ],
    format_: Annotated[
        str | None,
        typer.Option("--from", metavar="FORMAT", help="What the file is: csv, tsv, jsonl, json, xlsx, mbox or eml."),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile", metavar="NAME", help="Read the file as this form, or as this profile of the settings says."
        ),
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="Read a column as a field; give it as often as needed."),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", metavar="NAME", help="The encoding of the file, such as cp1252; auto guesses it."),
    ] = None,
    delimiter: Annotated[
        str | None,
        typer.Option("--delimiter", metavar="CHAR", help="What stands between the cells: a character, or tab."),
    ] = None,
    dates: Annotated[
        str | None,
        typer.Option(
            "--dates", metavar="ORDER", help="dmy or mdy: what comes first in dates that don't tell it, as 02/03/2026."
        ),
    ] = None,
    source_: Annotated[
        str | None,
        typer.Option(
            "--source", metavar="NAME", help="The desk or shop that the file is of, where two have the same keys."
        ),
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="COLUMN", help="The column by which a row is known again.")
    ] = None,
    on_duplicate: Annotated[
        str,
        typer.Option(
            "--on-duplicate",
            metavar="WHAT",
            help="What to do with a row whose key is known with other words: hold it back and say so, skip, update or "
            "fail.",
        ),
    ] = "hold",
    rejects: Annotated[
        Path | None, typer.Option("--rejects", metavar="FILE", help="Where the rows go that can't be taken.")
    ] = None,
    max_rejects: Annotated[
        int | None,
        typer.Option("--max-rejects", metavar="N", min=0, help="Stop when more rows than this are rejected."),
    ] = None,
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="Only say what the file is taken to be, column by column, and why.")
    ] = False,
    triage: Annotated[bool, typer.Option("--triage", help="Let the rules set team, priority and so on.")] = False,
) -> Outcome:
    """Import inquiries; bad rows go to a reject file with line numbers."""
    from supportq.commands.explained import explained
    from supportq.commands.foreseen import planned
    from supportq.commands.imported import carried_out
    from supportq.intake.columns import parse_map
    from supportq.intake.dates import order_named
    from supportq.intake.opening import open_batch
    from supportq.intake.packed import open_files
    from supportq.intake.reading import ImportOptions
    from supportq.when import zone_named
    from supportq.work.habits import Habits
    from supportq.work.import_ import refuse_queues
    from supportq.work.speaking import settled
    from supportq.work.tally import Manner, on_duplicate_named

    desk: Desk = context.obj
    options = ImportOptions(
        now=desk.now,
        zone=desk.zone if desk.options.tz else zone_named(desk.settings.zone),
        format=format_,
        profile=profile,
        mapping=tuple(parse_map(text) for text in mapping or ()),
        key=key,
        encoding=encoding,
        delimiter=delimiter,
        source=source_,
        day_first=order_named(dates),
        explain=explain,
    )
    habits = Habits.of(desk.settings, desk.now) if triage else None
    manner = Manner(habits, on_duplicate_named(on_duplicate), max_rejects)
    if files.count("-") > 1:
        raise UsageError("standard input can be read only once", "give - only once")
    if "-" in files and desk.streams.is_typed:
        desk.streams.say("Waiting for inquiries on standard input; Ctrl-D ends them.")
    with ExitStack() as stack:
        stdin = desk.streams.bytes_in
        sources = [stack.enter_context(open_files(file, stdin)) for file in files]
        for source, file in zip(sources, files, strict=True):
            refuse_queues(source, file)
        batch = stack.enter_context(open_batch(sources, options, desk.settings))
        batch = settled(desk.queue, batch)
        if explain:
            return explained(batch)
        if desk.options.dry_run:
            return planned(desk, batch, manner)
        return carried_out(desk, batch, manner, _reject_files(desk, files, batch, rejects))


def _reject_files(desk: Desk, files: Sequence[str], batch: "Batch", chosen: Path | None) -> list["RejectFile"]:
    """Return the file for the rejects of each reading: one for all that have the same columns, to be mended as one."""
    from supportq.intake.rejects import RejectFile

    found: dict[tuple[tuple[str, ...], str], RejectFile] = {}
    taken: list[RejectFile] = []
    for reading in batch.readings:
        table = reading.table
        form = table.header or table.columns, table.delimiter
        if form not in found:
            path = chosen or _beside(reading.name if reading.name in files else files[0], table)
            if found and path.resolve() in {each.path for each in found.values()}:
                path = path.with_name(f"{path.stem}-{len(found) + 1}{_suffix(table)}")
            found[form] = RejectFile(_reject_path(desk, files, path), *form)
        taken.append(found[form])
    return taken


def _reject_path(desk: Desk, files: Sequence[str], path: Path) -> Path:
    """Return where rejects go; never into a file that is read, nor into a queue."""
    from supportq.store.spared import spare_databases

    spare_databases(path, desk.path, "--rejects")
    if any(file != "-" and path.exists() and path.samefile(file) for file in files):
        raise UsageError(f"{path} is the file that is imported", "choose another place: --rejects FILE")
    return path


def _beside(file: str, table: "Table") -> Path:
    name = f"rejects{_suffix(table)}"
    if file == "-":
        return Path(name)
    path = Path(file)
    if path.is_dir():
        path = path.resolve()
        return path.parent / f"{path.name}.{name}".lstrip(".")
    return path.with_suffix(f".{name}")


def _suffix(table: "Table") -> str:
    return {"": ".jsonl", "\t": ".tsv"}.get(table.delimiter, ".csv")
