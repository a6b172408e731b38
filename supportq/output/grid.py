"""A table laid out for the eye: what each cell says, in which colour, and how much room it gets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.box import Box
from rich.cells import set_cell_size
from rich.console import RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.output.cells import moment_of, writers_of_words
from supportq.output.layout import GAP, Wish, fit
from supportq.output.sheet import Sheet

_RULE = Box("    \n    \n ── \n    \n    \n    \n    \n    \n")
_ASCII_RULE = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
_TO_THE_RIGHT = {Kind.NUMBER, Kind.DURATION, Kind.RATE}
_TONES = {"late": "red", "at_risk": "yellow"}


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in their colours, a width for each column (0: left out), and the rows that stand under each heading."""

    columns: Sequence[Column]
    cells: Sequence[Sequence[Text]]
    widths: Sequence[int]
    groups: dict[str, list[int]]

    @property
    def left_out(self) -> list[str]:
        """Return the keys of the columns that did not fit."""
        return [column.key for column, width in zip(self.columns, self.widths, strict=True) if not width]


def lay_out(table: Table, rows: Sequence[Row], sheet: Sheet) -> Grid:
    """Return the grid of these rows of a table, as wide as the sheet allows."""
    columns = [column for column in table.shown if column.key != table.group]
    strips = [_strip(table, column, rows, sheet) for column in columns]
    wishes = [_wish(column, strip) for column, strip in zip(columns, strips, strict=True)]
    return Grid(columns, list(zip(*strips, strict=True)), fit(wishes, sheet.width), _groups(table, rows, sheet))


def draw(grid: Grid, sheet: Sheet) -> Iterator[RenderableType]:
    """Yield the header over its rule, then each group of rows under its heading."""
    if sheet.header:
        yield _drawn(grid, [], sheet)
    for order, (heading, numbers) in enumerate(grid.groups.items()):
        if heading:
            yield Text.assemble("\n" if order else "", (heading, "bold"), (f"  {len(numbers)}", "dim"))
        yield _drawn(grid, [grid.cells[number] for number in numbers], sheet)


def _strip(table: Table, column: Column, rows: Sequence[Row], sheet: Sheet) -> list[Text]:
    """Return one column's cells, none much longer than the sheet could show."""
    place = table.columns.index(column)
    standing = table.find(table.standing)
    (write,) = writers_of_words([column], sheet)
    longest = None if sheet.width is None else 4 * sheet.width
    strip = [Text(write(row[place])[:longest]) for row in rows]
    for text, row in zip(strip, rows, strict=True):
        text.style = _tone(column, row[place], None if standing is None else row[standing], sheet)
    return strip


def _tone(column: Column, cell: Cell, standing: Cell, sheet: Sheet) -> str:
    if column.kind is Kind.DUE:
        moment = moment_of(cell)
        return "red" if moment and moment < sheet.now else _TONES.get(str(standing), "")
    return "dim" if column.faint or column.kind is Kind.MOMENT else _TONES.get(str(cell), "")


def _wish(column: Column, strip: Iterable[Text]) -> Wish:
    natural = max([len(column.title), *(cell.cell_len for cell in strip)])
    if column.wide:
        return Wish(natural, min(natural, 16), wide=True)
    return Wish(natural, min(natural, 8) if column.kind in {Kind.TEXT, Kind.LIST} else natural)


def _groups(table: Table, rows: Sequence[Row], sheet: Sheet) -> dict[str, list[int]]:
    place = table.find(table.group)
    if place is None:
        return {"": list(range(len(rows)))}
    (write,) = writers_of_words([table.columns[place]], sheet)
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(write(row[place]) or "none", []).append(number)
    return groups


def _drawn(grid: Grid, lines: Sequence[Sequence[Text]], sheet: Sheet) -> RichTable:
    drawn = RichTable(
        box=_ASCII_RULE if sheet.ascii else _RULE,
        show_edge=False,
        show_header=not lines,
        pad_edge=False,
        padding=(0, GAP - 1, 0, 0),
        header_style="bold",
        border_style="dim",
    )
    kept = [place for place, width in enumerate(grid.widths) if width]
    for place in kept:
        column, width = grid.columns[place], grid.widths[place]
        title = _clipped(Text(sheet.words(column.title)), width, sheet)
        drawn.add_column(title, width=width, no_wrap=True, justify="right" if column.kind in _TO_THE_RIGHT else "left")
    for line in lines:
        drawn.add_row(*(_clipped(line[place], grid.widths[place], sheet) for place in kept))
    return drawn


def _clipped(text: Text, width: int, sheet: Sheet) -> Text:
    if text.cell_len <= width:
        return text
    room = max(0, width - len(sheet.ellipsis))
    return Text(set_cell_size(text.plain, room).rstrip() + sheet.ellipsis[:width], text.style)
