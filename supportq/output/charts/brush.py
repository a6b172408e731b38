"""What every SVG chart is drawn with: values and names in words, and the marks that stand for them."""

from datetime import datetime

from markupsafe import Markup

from supportq.model.chart import Chart, Strip
from supportq.model.table import Column
from supportq.output.cells import writers_of_words
from supportq.output.sheet import Sheet
from supportq.values import dataclass
from supportq.when.writing import format_days

_LONGEST_NAME = 32
_DOT, _LAST_DOT = 2.5, 4.0

_RECT = Markup("""\
<rect class="{tone}" x="{x:.3f}%" y="{y:.1f}" width="{width:.3f}%" height="{height:.1f}"><title>{told}</title></rect>
""")
_TEXT = Markup("""\
<text class="{tone}" x="{x:.2f}%" y="{y}" text-anchor="{anchor}">{text}</text>
""")
_CIRCLE = Markup("""\
<circle class="dot" cx="{x:.2f}%" cy="{y:.1f}" r="{radius}"><title>{told}</title></circle>
""")


@dataclass(frozen=True, slots=True)
class Brush:
    """A chart and the sheet it is drawn on."""

    chart: Chart
    sheet: Sheet

    def words(self, value: float | None) -> str:
        """Return a value as people write it."""
        (write,) = writers_of_words([Column("", "", self.chart.kind)], self.sheet)
        return "none" if value is None else write(value)

    def short(self, name: str) -> str:
        """Return a name that is harmless and not too long."""
        name = _day(self.sheet.words(name))
        return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1].rstrip() + self.sheet.ellipsis

    def extent(self, strip: Strip) -> str:
        """Say between what the values of a strip lie, and where the greatest is."""
        if not strip.known:
            return f"{self.short(strip.name)} nothing".strip()
        most = max(strip.known)
        where = self.short(self.chart.marks[strip.values.index(most)])
        span = f"{self.words(min(strip.known))} to {self.words(most)}, the most at {where}"
        return f"{self.short(strip.name)}: {span}" if strip.name else span

    def range(self, strip: Strip) -> str:
        """Return between what the values of a strip lie, where they differ."""
        least, most = (self.words(edge(strip.known, default=None)) for edge in (min, max))
        return f"({least} to {most})" if least != most else ""

    def part(self, value: float | None, top: float | None = None) -> float:
        """Return how much of the full measure a value is."""
        return max(0.0, min(1.0, (value or 0) / (top or self.chart.top)))

    def rect(self, strip: Strip, place: int, box: tuple[float, float, float, float], tone: str = "ink") -> Markup:
        """Return the box (x, y, width, height) that stands for a value and tells it to a mouse."""
        x, y, width, tall = box
        return _RECT.format(tone=tone, x=x, y=y, width=width, height=tall, told=self.told(strip, place))

    def told(self, strip: Strip, place: int) -> str:
        """Return a value with what it is that of."""
        names = (strip.name, self.chart.marks[place])
        return f"{', '.join(self.short(name) for name in names if name)}: {self.words(strip.values[place])}"

    def dot(self, strip: Strip, place: int, x: float, y: float) -> Markup:
        """Return the dot that stands for a value and tells it to a mouse; the last one is larger."""
        radius = _LAST_DOT if place == len(strip.values) - 1 else _DOT
        return _CIRCLE.format(x=x, y=y, radius=radius, told=self.told(strip, place))

    def text(self, x: float, y: int, text: str, tone: str = "faint") -> Markup:
        """Return words at a place; at the edges they stay inside, elsewhere they stand in the middle of it."""
        anchor = {0.0: "start", 100.0: "end"}.get(x, "middle")
        return _TEXT.format(tone=tone, x=x, y=y, anchor=anchor, text=text)


def _day(name: str) -> str:
    """Return a name, of a day without its year: the page says which that is."""
    try:
        day = datetime.strptime(name, "%Y-%m-%d").date()  # noqa: DTZ007 - a day without a time
    except ValueError:
        return name
    return format_days(day, day).removesuffix(f" {day.year}")
