"""A table laid out for the eye: what each cell says, in which colour, and how much room it gets."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.text import Text

from supportq.model.table import Cell, Column, Kind, Row, Table
from supportq.output.cells import TO_THE_RIGHT, moment_of, writers_of_words
from supportq.output.layout import GAP, Wish, fit, total
from supportq.output.sheet import Sheet
from supportq.values import dataclass

_MOST_LINES = 12
_TONES = {"late": "red", "missed": "red", "at_risk": "yellow"}


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells in their colours, a width for each column (0: left out), and the rows that stand under each heading.

    Rows are counted where each is a ticket of its own; elsewhere a count would be taken for one of tickets.
    """

    columns: Sequence[Column]
    cells: Sequence[Sequence[Text]]
    widths: Sequence[int]
    groups: dict[str, list[int]]
    is_counted: bool

    @property
    def left_out(self) -> list[str]:
        """Return the titles of the columns that did not fit."""
        return [self._title(column) for column, width in zip(self.columns, self.widths, strict=True) if not width]

    def _title(self, column: Column) -> str:
        """Return a title that no other column bears: one of several has that of what it is about before it."""
        if [each.title for each in self.columns].count(column.title) == 1:
            return column.title
        about = [each for each in self.columns if column.key.startswith(f"{each.key}_")]
        return f"{max(about, key=lambda each: len(each.key)).title} {column.title.lower()}" if about else column.key


def lay_out(table: Table, rows: Sequence[Row], sheet: Sheet) -> Grid:
    """Return the grid of these rows of a table, as wide as the sheet allows."""
    columns = [column for column in table.shown if column.key != table.group]
    strips = [_strip(table, column, rows, sheet) for column in columns]
    wishes = [_wish(column, strip) for column, strip in zip(columns, strips, strict=True)]
    widths, groups = fit(wishes, sheet.width), _groups(table, rows, sheet)
    return Grid(columns, list(zip(*strips, strict=True)), widths, groups, _are_tickets(table, rows))


def draw(grid: Grid, sheet: Sheet) -> Iterator[Text]:
    """Yield the header over its rule, then each group of rows under its heading."""
    if sheet.header:
        yield from _lines(grid, [Text(sheet.words(column.title), "bold") for column in grid.columns], sheet)
        yield Text(("-" if sheet.ascii else "─") * total(grid.widths), "dim")
    for order, (heading, numbers) in enumerate(grid.groups.items()):
        if heading:
            yield Text.assemble(
                "\n" if order else "", (heading, "bold"), (f"  {len(numbers)}" * grid.is_counted, "dim")
            )
        for number in numbers:
            yield from _lines(grid, grid.cells[number], sheet)


def _strip(table: Table, column: Column, rows: Sequence[Row], sheet: Sheet) -> list[Text]:
    """Return one column's cells, none much longer than the sheet could show."""
    place = table.columns.index(column)
    (write,) = writers_of_words([column], sheet)
    longest = None if sheet.width is None else (_MOST_LINES if column.whole else 4) * sheet.width
    alarms = _alarms(table, column, rows)
    return [
        Text(write(row[place])[:longest], _tone(column, row[place], alarm, sheet))
        for row, alarm in zip(rows, alarms, strict=True)
    ]


def _alarms(table: Table, column: Column, rows: Sequence[Row]) -> list[str]:
    """Return the colour that each row's standing gives to its due moment, and to the standing itself."""
    standing = table.find(table.standing)
    if standing is None or not (column.kind is Kind.DUE or column.key == table.standing):
        return [""] * len(rows)
    return [_TONES.get(str(row[standing]), "") for row in rows]


def _tone(column: Column, cell: Cell, alarm: str, sheet: Sheet) -> str:
    if column.kind is Kind.DUE and (moment := moment_of(cell)) and moment < sheet.now:
        return "red"
    return alarm or ("dim" if column.faint or column.kind is Kind.MOMENT else "")


def _wish(column: Column, strip: Sequence[Text]) -> Wish:
    natural = max([len(column.title), *(cell.cell_len for cell in strip)])
    if column.wide:
        return Wish(natural, min(natural, 16), wide=True)
    is_spare = column.faint and all(cell.plain in {"", "0"} for cell in strip)
    return Wish(natural, min(natural, 8) if column.kind in {Kind.TEXT, Kind.LIST} else natural, spare=is_spare)


def _groups(table: Table, rows: Sequence[Row], sheet: Sheet) -> dict[str, list[int]]:
    place = table.find(table.group)
    if place is None:
        return {"": list(range(len(rows)))}
    (write,) = writers_of_words([table.columns[place]], sheet)
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(write(row[place]) or f"no {table.group}", []).append(number)
    return groups


def _are_tickets(table: Table, rows: Sequence[Row]) -> bool:
    place = table.find("id")
    return place is not None and len({row[place] for row in rows}) == len(rows)


def _lines(grid: Grid, cells: Sequence[Text], sheet: Sheet) -> Iterator[Text]:
    """Yield the line of a row, and more where a cell goes on below."""
    fitted = [
        _fitted(cell, column, width, sheet)
        for column, cell, width in zip(grid.columns, cells, grid.widths, strict=True)
    ]
    for pieces in zip_longest(*fitted, fillvalue=Text()):
        yield _line(grid, pieces)


def _fitted(cell: Text, column: Column, width: int, sheet: Sheet) -> list[Text]:
    """Return a cell as it fits into a column: cut, or in as many lines as it takes."""
    if sheet.width is None:
        return [cell]
    return _folded(cell, width) if column.whole and width else [_clipped(cell, width, sheet)]


def _folded(text: Text, width: int) -> list[Text]:
    lines = [""]
    for word in text.plain.split():
        line = f"{lines[-1]} {word}".lstrip()
        if cell_len(line) <= width:
            lines[-1] = line
        else:
            lines += chop_cells(word, width)
    return [Text(line, text.style) for line in lines if line] or [text]


def _line(grid: Grid, pieces: Sequence[Text]) -> Text:
    line = Text()
    for column, piece, width in zip(grid.columns, pieces, grid.widths, strict=True):
        if not width:
            continue
        padding = " " * (width - piece.cell_len)
        gap = " " * GAP if line else ""
        parts = (gap, padding, piece) if column.kind in TO_THE_RIGHT else (gap, piece, padding)
        line = Text.assemble(line, *parts)
    line.rstrip()
    return line


def _clipped(text: Text, width: int, sheet: Sheet) -> Text:
    if text.cell_len <= width:
        return text
    room = max(0, width - len(sheet.ellipsis))
    return Text(set_cell_size(text.plain, room).rstrip() + sheet.ellipsis[:width], text.style)
