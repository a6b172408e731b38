"""What an outcome looks like in the format that was asked for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from supportq.errors import UsageError
from supportq.model.table import Column, Kind, Table
from supportq.output.arrange import arrange
from supportq.output.clean import clean
from supportq.output.formats import find_format
from supportq.output.outcome import Outcome, ReadOptions
from supportq.output.sheet import Sheet
from supportq.output.streams import Streams, is_terminal

if TYPE_CHECKING:
    from supportq.model.chart import Chart


def check(options: ReadOptions) -> None:
    """Refuse options that no outcome could satisfy; to be asked before a command changes anything."""
    if options.template is not None and options.format not in (None, "template"):
        raise UsageError(f"-T writes by its own template, not as {options.format}", "leave out -f or -T")
    if options.limit is not None and options.limit < 0:
        raise UsageError(f"can't show {options.limit} rows", "-L 20 shows twenty, -L 0 all of them")
    if options.format is not None:
        find_format(options.format)


def sheet_on(options: ReadOptions, streams: Streams, now: datetime, zone: tzinfo) -> Sheet:
    """Return the sheet that stdout is."""
    return Sheet(
        now=now,
        zone=zone,
        width=streams.width(),
        colour=streams.has_colour(streams.stdout),
        terminal=is_terminal(streams.stdout),
        encoding=streams.encoding,
        header=options.header is not False,
        spreadsheet=options.spreadsheet,
        template=options.template or "",
        whole=options.limit is not None,
    )


def rendered(outcome: Outcome, options: ReadOptions, sheet: Sheet) -> Iterator[str]:
    """Return the text for stdout, in pieces."""
    check(options)
    if outcome.text is not None:
        return _plain(outcome, sheet)
    chosen = find_format(_format_name(outcome, options, sheet))
    if outcome.page and chosen.write_page and not options.columns:
        return chosen.write_page(outcome.page, sheet)
    table = _table(outcome, options)
    if table and outcome.chart and chosen.name == "table" and sheet.terminal:
        return _charted(arrange(table, options), outcome.chart, sheet)
    if table:
        return chosen.write(arrange(table, options), sheet)
    if outcome.page:
        raise UsageError(f"this can't be shown as {chosen.name}", "choose another format: -f json")
    return iter(())


def _charted(table: Table, chart: "Chart", sheet: Sheet) -> Iterator[str]:
    """Yield a chart, and the table below it without what the chart has said: its title, and all that a heat map shows.

    A heat map with a cell for each row shows them all.
    """
    from supportq.model.chart import Shape
    from supportq.output.charts.terminal import draw
    from supportq.output.console import printed

    drawn = printed(draw(chart, sheet), sheet)
    yield drawn and f"{drawn}\n"
    if drawn:
        rows = list(table.rows)
        is_told = chart.shape is Shape.HEAT and len(rows) == len(chart.marks) * len(chart.strips)
        table = replace(table, title="", rows=() if is_told else rows)
    yield from find_format("table").write(table, sheet)


def _plain(outcome: Outcome, sheet: Sheet) -> Iterator[str]:
    pieces = [outcome.text] if isinstance(outcome.text, str) else outcome.text or ()
    if outcome.raw or not sheet.terminal:
        return iter(pieces)
    return (clean(piece, multiline=True) for piece in pieces)


def _format_name(outcome: Outcome, options: ReadOptions, sheet: Sheet) -> str:
    if options.template is not None:
        return "template"
    return options.format or ("table" if sheet.terminal or outcome.page else "tsv")


def _table(outcome: Outcome, options: ReadOptions) -> Table | None:
    """Return the rows of an outcome; of a writer that was asked for them, the tickets it touched."""
    if outcome.touched is None or options.format is None:
        return outcome.table
    if outcome.table and options.format != "ids":
        return outcome.table
    return Table((Column("id", "ID", Kind.NUMBER),), [(number,) for number in outcome.touched])
