"""Charts on a terminal: blocks and numbers that need no colour, as wide as the screen and no wider."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from supportq.model.chart import Chart, Shape, Strip
from supportq.model.table import Column, Kind
from supportq.output.cells import writers_of_words
from supportq.output.charts.remarks import told_cut
from supportq.output.sheet import Sheet
from supportq.values import dataclass

WIDEST = 100
MOST_STRIPS = 12
_HEIGHT = 5
_WIDEST_CELL = 6
_LEAST_FOR_NUMBERS = 3
_WIDEST_NAME = 24
_CLEAR = 10
"""From so many on a rounded number tells enough of what has parts."""
_INK = "cyan"


@dataclass(frozen=True, slots=True)
class _Strokes:
    """What shapes are made of: columns and bars by how much of a cell they fill, shades by how dense they are."""

    upright: str
    lying: str
    shades: str
    axis: str


_BLOCKS = _Strokes(" ▁▂▃▄▅▆▇█", " ▏▎▍▌▋▊▉█", " ░▒▓█", "─")
_ASCII = _Strokes(" _.:-=+*#", " #", " .:+#", "-")


def draw(chart: Chart, sheet: Sheet) -> Iterator[Text]:
    """Yield the lines of a chart under its title; nothing where there is nothing to see."""
    if chart.is_empty:
        return
    strokes = _ASCII if sheet.ascii else _BLOCKS
    seen = chart.whole if chart.shape is Shape.SERIES and len(chart.strips) > 1 else chart
    pen = _Pen(seen, sheet, strokes, min(sheet.width or WIDEST, WIDEST))
    yield Text(sheet.words(chart.title), "bold")
    remarks = filter(None, [told_cut(seen, chart, pen.short)])
    for line in (*_DRAWN[chart.shape](pen), *(Text(remark, "dim") for remark in remarks)):
        line.truncate(pen.width)
        line.rstrip()
        yield line


@dataclass(frozen=True, slots=True)
class _Pen:
    """A chart, and what it is drawn with."""

    chart: Chart
    sheet: Sheet
    strokes: _Strokes
    width: int

    def words(self, value: float | None, kind: Kind | None = None) -> str:
        """Return a value as people write it."""
        (write,) = writers_of_words([Column("", "", kind or self.chart.kind)], self.sheet)
        return write(value)

    def short(self, name: str) -> str:
        """Return a name that is harmless and leaves room for what it names."""
        name, wide = self.sheet.words(name), min(_WIDEST_NAME, self.width // 3)
        if cell_len(name) <= wide:
            return name
        return set_cell_size(name, wide - len(self.sheet.ellipsis)).rstrip() + self.sheet.ellipsis

    def names(self, names: Sequence[str]) -> list[str]:
        """Return names filled up to the width of the longest."""
        cut = [self.short(name) for name in names]
        wide = max(map(cell_len, cut), default=0)
        return [set_cell_size(name, wide) for name in cut]

    def stroke(self, part: float, strokes: str) -> str:
        """Return the stroke that fills so much of a cell; what is more than nothing can be seen."""
        full = len(strokes) - 1
        return strokes[min(full, max(1 if part > 0 else 0, round(part * full)))]

    def bar(self, part: float, width: int) -> str:
        """Return a lying bar that fills this part of a width."""
        cells = max(0.0, min(1.0, part)) * width
        whole = int(cells)
        rest = self.stroke(cells - whole, self.strokes.lying) if whole < width else ""
        return (self.strokes.lying[-1] * whole + rest).rstrip()


def _series(pen: _Pen) -> Iterator[Text]:
    """One strip stands as columns over an axis, several lie as a line for each."""
    return _columns(pen, pen.chart.strips[0]) if len(pen.chart.strips) == 1 else _lines(pen)


def _columns(pen: _Pen, strip: Strip) -> Iterator[Text]:
    scale = [pen.words(pen.chart.top), *[""] * (_HEIGHT - 2), pen.words(0)]
    margin = max(map(len, scale)) + 1
    room = pen.width - margin
    first = max(0, len(strip.values) - room)
    values = strip.values[first:]
    wide = min(6, room // len(values))
    for level, label in zip(range(_HEIGHT - 1, -1, -1), scale, strict=True):
        parts = [((value or 0) / pen.chart.top) * _HEIGHT - level for value in values]
        cells = "".join(_column(pen, part, wide, ground=not level) for part in parts)
        yield Text.assemble((label.rjust(margin - 1) + " ", "dim"), (cells.rstrip(), _INK))
    across = wide * len(values)
    yield Text(" " * margin + pen.strokes.axis * across, "dim")
    yield Text(" " * margin + _ends(pen, first, across), "dim")
    if first:
        yield Text(f"the last {len(values)} of {len(strip.values)}", "dim")


def _column(pen: _Pen, part: float, wide: int, *, ground: bool) -> str:
    """Return a cell of a column, as wide as there is room but for a gap."""
    inner = 0.0 if part <= 0 else min(1.0, part)
    if not ground and inner * (len(pen.strokes.upright) - 1) < 0.5:
        return " " * wide
    return pen.stroke(inner, pen.strokes.upright) * max(1, wide - 1) + " " * (wide > 1)


def _ends(pen: _Pen, place: int, across: int) -> str:
    """Return the first and the last mark at both ends of the axis, or both in a row where it is short."""
    first, last = pen.short(pen.chart.marks[place]), pen.short(pen.chart.marks[-1])
    gap = across - cell_len(first) - cell_len(last)
    return first if len(pen.chart.marks) == 1 else f"{first}{' ' * gap if gap > 1 else ' to '}{last}"


def _lines(pen: _Pen) -> Iterator[Text]:
    strips = pen.chart.strips[:MOST_STRIPS]
    lasts = [pen.words(strip.last) for strip in strips]
    wide = max(map(len, lasts))
    asides = [f"{last:>{wide}}  {_range(pen, strip)}" for last, strip in zip(lasts, strips, strict=True)]
    names = pen.names([strip.name for strip in strips])
    room = max(1, pen.width - cell_len(names[0]) - max(map(len, asides)) - 4)
    each = max(1, min(4, room // len(pen.chart.marks)))
    for name, strip, aside in zip(names, strips, asides, strict=True):
        parts = [None if value is None else value / pen.chart.top_of(strip) for value in strip.values[-room:]]
        line = "".join(" " * each if part is None else pen.stroke(part, pen.strokes.upright) * each for part in parts)
        yield Text.assemble(name, "  ", (line, _INK), "  ", (aside, "dim"))
    first = max(0, len(pen.chart.marks) - room)
    yield Text(" " * (cell_len(names[0]) + 2) + _ends(pen, first, each * (len(pen.chart.marks) - first)), "dim")
    yield from _untold(pen.chart.strips)


def _range(pen: _Pen, strip: Strip) -> str:
    """Say between what the values of a line lie."""
    if not strip.known:
        return ""
    least, most = pen.words(min(strip.known)), pen.words(max(strip.known))
    return f"({least} to {most})" if least != most else ""


def _bars(pen: _Pen) -> Iterator[Text]:
    (strip,) = pen.chart.strips
    return _lying(pen, strip, [pen.words(value) for value in strip.values])


def _spread(pen: _Pen) -> Iterator[Text]:
    (strip,) = pen.chart.strips
    whole = sum(strip.known) or 1
    wide = max(len(pen.words(value)) for value in strip.values)
    shares = [pen.words((value or 0) / whole, Kind.RATE) for value in strip.values]
    asides = [f"{pen.words(value):>{wide}}  {share:>5}" for value, share in zip(strip.values, shares, strict=True)]
    return _lying(pen, strip, asides)


def _lying(pen: _Pen, strip: Strip, asides: Sequence[str]) -> Iterator[Text]:
    names = pen.names(pen.chart.marks)
    wide = max(map(len, asides), default=0)
    room = pen.width - cell_len(names[0]) - wide - 3
    for name, value, aside in zip(names, strip.values, asides, strict=True):
        bar = pen.bar((value or 0) / pen.chart.top, room)
        yield Text.assemble(name, "  ", aside.rjust(wide), " ", (bar, _INK))


def _stack(pen: _Pen) -> Iterator[Text]:
    """One strip is drawn as a bar for each part, several as a bar for each, its parts in shades."""
    if len(pen.chart.strips) == 1 and not pen.chart.strips[0].name:
        yield from _spread(pen)
        return
    shades = _shades(pen, len(pen.chart.marks))
    strips = pen.chart.strips[:MOST_STRIPS]
    names = pen.names([strip.name for strip in strips])
    totals = [pen.words(sum(strip.known)) for strip in strips]
    wide = max(map(len, totals))
    room = pen.width - cell_len(names[0]) - wide - 3
    for name, strip, total in zip(names, strips, totals, strict=True):
        cells = _divided([value or 0 for value in strip.values], pen.chart.top, room)
        bar = "".join(shade * count for shade, count in zip(shades, cells, strict=True))
        yield Text.assemble(name, "  ", total.rjust(wide), " ", (bar, _INK))
    legend = "  ".join(f"{shade} {pen.short(mark)}" for shade, mark in zip(shades, pen.chart.marks, strict=True))
    yield Text(" " * (cell_len(names[0]) + wide + 3) + legend, "dim")
    yield from _untold(pen.chart.strips)


def _shades(pen: _Pen, count: int) -> str:
    """Return a stroke for each part, the later the darker."""
    strokes = ".:-=+#" if pen.sheet.ascii else "·:░▒▓█"
    return "".join(strokes[place * (len(strokes) - 1) // max(1, count - 1)] for place in range(count))


def _divided(values: Sequence[float], top: float, room: int) -> list[int]:
    """Return how many cells each part gets, so that rounding never makes the whole bar longer or shorter."""
    edges = [0.0]
    for value in values:
        edges.append(edges[-1] + value / top * room)
    return [round(after) - round(before) for before, after in pairwise(edges)]


def _heat(pen: _Pen) -> Iterator[Text]:
    """Each cell has a shade, and a number where there is room; larger numbers stand for tens or hundreds.

    Where numbers can't be told, for want of room or because they are parts of one, a legend tells what shades are.
    """
    strips, marks = pen.chart.strips, pen.chart.marks
    unit = _unit(pen.chart.top)
    names = pen.names([strip.name for strip in strips])
    wide = max(1, min(_WIDEST_CELL, (pen.width - cell_len(names[0]) - 1) // len(marks)))
    yield Text(" " * (cell_len(names[0]) + 1) + _heads([pen.short(mark) for mark in marks], wide), "dim")
    is_told = wide >= _LEAST_FOR_NUMBERS and (pen.chart.top >= _CLEAR or not _has_parts(strips))
    for name, strip in zip(names, strips, strict=True):
        cells = (_cell(pen, value or 0, unit if is_told else None, wide) for value in strip.values)
        yield Text.assemble(name, " ", *cells)
    if not is_told:
        shades = pen.strokes.shades[1:]
        legend = (
            f"{shade} {pen.words(pen.chart.top * place / len(shades))}" for place, shade in enumerate(shades, start=1)
        )
        yield Text(f"about: {'  '.join(legend)}", "dim")
    elif unit > 1:
        yield Text(f"numbers are {_UNITS[unit]}", "dim")


def _has_parts(strips: Sequence[Strip]) -> bool:
    return any(value % 1 for strip in strips for value in strip.known)


def _heads(marks: Sequence[str], wide: int) -> str:
    """Return the marks above their cells; where these are too narrow for them, as many as there is room for."""
    widest = max(map(cell_len, marks))
    if widest < wide:
        return "".join(mark.rjust(wide) for mark in marks)
    step = -(-(widest + 1) // wide)
    return "".join(set_cell_size(mark, wide * step) for mark in marks[::step])


def _cell(pen: _Pen, value: float, unit: int | None, wide: int) -> tuple[str, str]:
    """Return a shade and how many units it stands for, or without a unit the shade alone, and how brightly."""
    shade = pen.stroke(value / pen.chart.top, pen.strokes.shades)
    number = str(round(value / unit)) if unit and value >= unit / 2 else ""
    cell = shade + number.rjust(wide - 1)[: wide - 1] if unit else shade * wide
    return cell, _TONES[pen.strokes.shades.index(shade)]


def _unit(top: float) -> int:
    return next((unit for unit in _UNITS if top / unit < 99.5), max(_UNITS))


_TONES = ("", f"dim {_INK}", _INK, _INK, f"bold {_INK}")
_UNITS = {1: "", 10: "tens", 100: "hundreds", 1_000: "thousands", 10_000: "tens of thousands"}


def _untold(strips: Sequence[Strip]) -> Iterator[Text]:
    if len(strips) > MOST_STRIPS:
        yield Text(f"and {len(strips) - MOST_STRIPS} more, in the table", "dim")


_DRAWN: dict[Shape, Callable[[_Pen], Iterator[Text]]] = {
    Shape.SERIES: _series,
    Shape.BARS: _bars,
    Shape.SPREAD: _spread,
    Shape.STACK: _stack,
    Shape.HEAT: _heat,
}
