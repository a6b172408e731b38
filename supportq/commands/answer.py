"""What readers decide before they answer: for people or programs, on a stream or into a file."""

from dataclasses import replace
from pathlib import Path

from supportq.desk import Desk
from supportq.errors import UnknownWord, UsageError
from supportq.output.outcome import Outcome
from supportq.output.streams import is_terminal

_FOR_PEOPLE = frozenset({"md", "html"})
_FOR_PROGRAMS = frozenset({"json", "jsonl", "csv"})
_OF_SPREADSHEETS = frozenset({"xlsx", "xls", "ods"})


def format_of(desk: Desk) -> str | None:
    """Return the format that was asked for, or None where the stream decides."""
    return "template" if desk.options.template else desk.options.format


def check_format(desk: Desk, *more: str) -> None:
    """Raise UnknownWord for a format that neither all readers know nor this one alone."""
    from supportq.output.formats import names

    said = format_of(desk)
    if said is not None and said not in names():
        raise UnknownWord("format", said, [*names(), *more])


def can_show_pages(desk: Desk) -> bool:
    """Tell whether the format that was asked for, if any was, can show a page, and not rows alone."""
    from supportq.output.formats import find_format

    said = format_of(desk)
    return said is None or find_format(said).write_page is not None


def wants_page(desk: Desk) -> bool:
    """Tell whether the answer is to be a page: in a pipe only a format that can show one asks for that."""
    return can_show_pages(desk) and (format_of(desk) is not None or is_terminal(desk.streams.stdout))


def is_drawn(desk: Desk) -> bool:
    """Tell whether people will read the answer as a table on a screen."""
    said = format_of(desk)
    return said == "table" or (said is None and is_terminal(desk.streams.stdout))


def is_told(desk: Desk) -> bool:
    """Tell whether the answer is in words for people, on a screen or in a document."""
    return is_drawn(desk) or format_of(desk) in _FOR_PEOPLE


def settle_format(desk: Desk, file: Path | None = None, *, default: str | None = None) -> None:
    """Write in the format that was asked for, else the one that the file's name ends in, else the default.

    Programs get every column, unless some were chosen: people get the most telling ones.
    """
    options = desk.options
    if format_of(desk) is None:
        options.format = (_named_format(file) if file else None) or default
    if format_of(desk) in _FOR_PROGRAMS and options.columns is None:
        options.columns = "all"


def answered(desk: Desk, outcome: Outcome, file: Path | None, mode: int = 0o600) -> Outcome:
    """Return the outcome itself, or, where a file was named, what is left to say once it is written there."""
    if file is None or str(file) == "-":
        return outcome
    from supportq.output.deliver import write
    from supportq.output.files import written_whole
    from supportq.store.spared import spare_databases

    spare_databases(file, desk.path)
    options = desk.options.for_reading()
    with written_whole(file, mode) as stream:
        write(outcome, options, replace(desk.streams, stdout=stream), desk.now, desk.zone)
    notes = (*outcome.notes, f"Written: {file}")
    return Outcome(notes=notes, exit_code=outcome.exit_code, afterwards=outcome.afterwards)


def _named_format(file: Path) -> str | None:
    from supportq.output.formats import names

    ending = file.suffix.removeprefix(".").lower()
    if ending in _OF_SPREADSHEETS:
        told = file.with_suffix(".csv")
        raise UsageError(f"nothing is written as {ending}", f"a spreadsheet opens CSV too: -o {told} --spreadsheet")
    return ending if ending in names() else None
