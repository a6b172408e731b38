"""Charts as inline SVG: as wide as the page, in letters as large as the page's, with words for those who only hear it.

Places across are percentages and those down are pixels, so that a chart fits any screen without a script and its
letters never shrink. Colours are classes, which the page's style sheet fills in for day and night.
"""

from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise

from markupsafe import Markup

from supportq.model.chart import Chart, Shape, Strip
from supportq.model.table import Kind
from supportq.output.charts.brush import Brush
from supportq.output.charts.remarks import told_cut
from supportq.output.sheet import Sheet

SHADES = 6
"""How many shades the parts of a stack and the cells of a heat map have."""

MOST_STRIPS = 24
_MOST_COLUMNS = 62
"""More values than this are drawn as a line, since columns would be too thin to see."""

_WIDEST_COLUMN = 9.0
_PLOT, _HEAD, _FOOT = 120, 20, 20
_ROW, _CELL = 44, 22
_STRIP, _COURSE, _ABOVE = 84, 46, 26
"""How tall a line in a row of its own is with its name, and without, and how far below the top of the row it begins."""

_ROOM_FOR_TICKS = 45
"""How many letters the names below an axis may have together."""

_ASIDE = 9.0
"""The part of the width, in percent, that the names beside a heat map get."""

_CHART = Markup("""\
<svg class="chart {shape}" width="100%" height="{height}" role="img" aria-labelledby="{id}-title {id}-desc">
<title id="{id}-title">{title}</title>
<desc id="{id}-desc">{desc}</desc>
{body}</svg>
""")
_VALUE = Markup('<tspan class="strong">{value}</tspan> <tspan class="faint">{aside}</tspan>')
_RULE = Markup("""\
<line class="rule" x1="0" x2="100%" y1="{y}" y2="{y}"/>
""")
_LINE = Markup("""\
<svg y="{y}" width="100%" height="{height}" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
<path class="line" d="{path}"/></svg>
""")


def draw(chart: Chart, sheet: Sheet, name: str) -> Markup:
    """Return a chart as an SVG element; `name` tells it from the others of its page.

    Lines leave out the periods of which the time holds only a part; columns of those are fainter.
    """
    chart = seen(chart)
    brush = Brush(chart, sheet)
    return _CHART.format(
        shape=chart.shape.value,
        id=name,
        height=height(chart),
        title=sheet.words(chart.title),
        desc=describe(chart, sheet),
        body=Markup().join(_DRAWN[chart.shape](brush)),
    )


def seen(chart: Chart) -> Chart:
    """Return the chart as it is drawn: lines without what would look like a collapse."""
    return chart if chart.shape is not Shape.SERIES or _is_columns(chart) else chart.whole


def remark(chart: Chart, sheet: Sheet) -> str:
    """Return what is to be said under a chart."""
    return told_cut(seen(chart), chart, Brush(chart, sheet).short) if chart.shape is Shape.SERIES else ""


def height(chart: Chart) -> int:
    """Return how tall a chart is drawn, in pixels."""
    return _HEIGHTS[chart.shape](chart)


def _is_columns(chart: Chart) -> bool:
    return len(chart.strips) == 1 and chart.kind is Kind.NUMBER and len(chart.marks) <= _MOST_COLUMNS


def describe(chart: Chart, sheet: Sheet) -> str:
    """Return what a chart shows, for those who hear it."""
    chart = seen(chart)
    brush = Brush(chart, sheet)
    spans = [brush.extent(strip) for strip in chart.strips[:MOST_STRIPS]]
    return f"{brush.short(chart.marks[0])} to {brush.short(chart.marks[-1])}. {'; '.join(spans)}."


def _series(brush: Brush) -> Iterator[Markup]:
    """One strip stands over an axis, several lie in a row each."""
    strips = brush.chart.strips
    if len(strips) > 1:
        yield from _rows(brush)
        return
    yield from _frame(brush)
    if _is_columns(brush.chart):
        yield from _columns(brush, strips[0])
    else:
        yield from _line(brush, strips[0], _HEAD, _PLOT)
    yield from _ends(brush, _HEAD + _PLOT + 15)


def _frame(brush: Brush) -> Iterator[Markup]:
    yield brush.text(0, _HEAD - 6, brush.words(brush.chart.top))
    yield _RULE.format(y=_HEAD)
    yield _RULE.format(y=_HEAD + _PLOT // 2)
    yield _RULE.format(y=_HEAD + _PLOT)


def _columns(brush: Brush, strip: Strip) -> Iterator[Markup]:
    step = 100 / len(strip.values)
    for place, value in enumerate(strip.values):
        if value:
            tall = max(2, brush.part(value) * _PLOT)
            width = min(_WIDEST_COLUMN, step * 0.8)
            box = (place * step + (step - width) / 2, _HEAD + _PLOT - tall, width, tall)
            yield brush.rect(strip, place, box, "ink cut" if brush.chart.marks[place] in brush.chart.cut else "ink")


def _line(brush: Brush, strip: Strip, top: int, tall: int) -> Iterator[Markup]:
    """Yield a line through the values, broken where there are none, and dots on it where there is room for them."""
    places = [(place, value) for place, value in enumerate(strip.values) if value is not None]
    step, parts = 100 / max(1, len(strip.values) - 1), brush.chart.top_of(strip)
    path = (
        f"{'M' if place == 0 or strip.values[place - 1] is None else 'L'}"
        f"{place * step:.2f} {100 - brush.part(value, parts) * 100:.2f}h0.01"
        for place, value in places
    )
    yield _LINE.format(y=top, height=tall, path="".join(path))
    if len(strip.values) <= _MOST_COLUMNS:
        for place, value in places:
            yield brush.dot(strip, place, place * step, top + tall - brush.part(value, parts) * tall)


def _ends(brush: Brush, y: int) -> Iterator[Markup]:
    """Yield the first and the last mark under an axis, and on a wide screen some between them."""
    marks, is_columns = brush.chart.marks, _is_columns(brush.chart)
    last = len(marks) - 1
    count = max(1, min(last, 4, _ROOM_FOR_TICKS // max(1, len(brush.short(marks[0]))) - 1))
    yield brush.text(0, y, brush.short(marks[0]))
    for place in (round(last * tick / count) for tick in range(1, count)):
        x = (place + 0.5) * 100 / len(marks) if is_columns else place * 100 / last
        yield brush.text(x, y, brush.short(marks[place]), "faint wide")
    if last:
        yield brush.text(100, y, brush.short(marks[-1]))


def _rows(brush: Brush) -> Iterator[Markup]:
    for row, strip in enumerate(brush.chart.strips[:MOST_STRIPS]):
        y = row * _STRIP
        yield from _named(brush, y, strip.name, brush.words(strip.last), brush.range(strip))
        yield _RULE.format(y=y + _ABOVE + _COURSE)
        yield from _line(brush, strip, y + _ABOVE, _COURSE)
    yield from _ends(brush, _shown(brush.chart) * _STRIP + 10)


def _bars(brush: Brush) -> Iterator[Markup]:
    (strip,) = brush.chart.strips
    for row, (mark, value) in enumerate(zip(brush.chart.marks[:MOST_STRIPS], strip.values, strict=False)):
        yield from _named(brush, row * _ROW, mark, brush.words(value))
        yield brush.rect(strip, row, (0, row * _ROW + 21, 100, 10), "track")
        yield brush.rect(strip, row, (0, row * _ROW + 21, brush.part(value) * 100, 10))


def _named(brush: Brush, y: int, name: str, value: str, aside: str = "") -> Iterator[Markup]:
    yield brush.text(0, y + 14, brush.short(name), "")
    yield brush.text(100, y + 14, _VALUE.format(value=value, aside=aside), "")


def _spread(brush: Brush) -> Iterator[Markup]:
    (strip,) = brush.chart.strips
    yield _RULE.format(y=_HEAD + _PLOT)
    yield from _columns(brush, strip)
    step = 100 / len(strip.values)
    for place, (mark, value) in enumerate(zip(brush.chart.marks, strip.values, strict=True)):
        middle, tall = (place + 0.5) * step, brush.part(value) * _PLOT
        yield brush.text(middle, int(_HEAD + _PLOT - max(2, tall)) - 5, brush.words(value), "strong")
        yield brush.text(middle, _HEAD + _PLOT + 15, brush.short(mark))


def _stack(brush: Brush) -> Iterator[Markup]:
    strips = brush.chart.strips[:MOST_STRIPS]
    for row, strip in enumerate(strips):
        y = row * _ROW
        yield from _named(brush, y, strip.name or "all", brush.words(sum(strip.known)))
        edges = accumulate((brush.part(value) * 100 for value in strip.values), initial=0.0)
        for place, (left, right) in enumerate(pairwise(edges)):
            if right > left:
                yield brush.rect(
                    strip, place, (left, y + 21, right - left, 16), f"shade-{shade_of(place, brush.chart)}"
                )


def shade_of(place: int, chart: Chart) -> int:
    """Return the shade of a part of a stack, the later the darker."""
    return 1 + place * (SHADES - 1) // max(1, len(chart.marks) - 1)


def _heat(brush: Brush) -> Iterator[Markup]:
    step = (100 - _ASIDE) / len(brush.chart.marks)
    for place, mark in enumerate(brush.chart.marks):
        tone = "faint" if place % 6 == 0 else "faint wide"
        yield brush.text(_ASIDE + (place + 0.5) * step, 12, brush.short(mark), tone)
    for row, strip in enumerate(brush.chart.strips[:MOST_STRIPS]):
        y = _HEAD + row * _CELL
        yield brush.text(0, y + 15, brush.short(strip.name))
        for place, value in enumerate(strip.values):
            left, shade = _ASIDE + place * step, _density(brush, value)
            yield brush.rect(strip, place, (left, y, step, _CELL), f"cell shade-{shade}")
            if value:
                yield brush.text(left + step / 2, y + 15, brush.words(value), f"wide on-{shade}")


def _density(brush: Brush, value: float | None) -> int:
    """Return the shade of a cell, 0 for nothing."""
    return min(SHADES, int(brush.part(value) * SHADES) + 1) if value else 0


def _shown(chart: Chart) -> int:
    return min(MOST_STRIPS, len(chart.strips))


_UPRIGHT = _HEAD + _PLOT + _FOOT
_HEIGHTS: dict[Shape, Callable[[Chart], int]] = {
    Shape.SERIES: lambda chart: _UPRIGHT if len(chart.strips) == 1 else _shown(chart) * _STRIP + _FOOT,
    Shape.BARS: lambda chart: min(MOST_STRIPS, len(chart.marks)) * _ROW,
    Shape.SPREAD: lambda _: _UPRIGHT,
    Shape.STACK: lambda chart: _shown(chart) * _ROW,
    Shape.HEAT: lambda chart: _HEAD + _shown(chart) * _CELL,
}
_DRAWN: dict[Shape, Callable[[Brush], Iterator[Markup]]] = {
    Shape.SERIES: _series,
    Shape.BARS: _bars,
    Shape.SPREAD: _spread,
    Shape.STACK: _stack,
    Shape.HEAT: _heat,
}
