"""The page of a desk: one file of HTML that asks nothing of anybody, from a template and a style sheet beside this."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from supportq.model.chart import Chart
from supportq.model.overview import Figure, Overview, Section
from supportq.model.table import Column, Row, Table
from supportq.output.cells import TO_THE_RIGHT, writers_of_words
from supportq.output.charts import svg
from supportq.output.compared import told_change, told_value
from supportq.output.sheet import Sheet
from supportq.when.writing import format_days

if TYPE_CHECKING:
    from jinja2 import Template

_RIGHT, _WIDE = Markup(' class="right"'), Markup(' class="wide-cell"')
_ACROSS = Markup(' class="across"')
_ALARM = Markup(' class="bad"')
_UNEVEN = 1.6
_NEWS = {1: "good", 0: "faint", -1: "bad"}


def write(overview: Overview, sheet: Sheet) -> Iterator[str]:
    """Yield the page in pieces; whatever stands in the overview is cleaned and escaped on its way in.

    All is ASCII, with other letters by their numbers, so that no stream on the way can spoil them.
    """
    style = Markup(_text("page.css"))  # noqa: S704 - our own
    pieces = _template(sheet).generate(overview=overview, page=_Drawing(sheet), style=style)
    return (piece.encode("ascii", "xmlcharrefreplace").decode() for piece in pieces)


def _template(sheet: Sheet) -> "Template":
    """Return the template, in which every word that is not its own is made harmless by itself."""
    from jinja2 import Environment, StrictUndefined

    def cleaned(value: Any) -> Any:
        return value if isinstance(value, Markup) else sheet.words(str(value))

    environment = Environment(
        autoescape=True, finalize=cleaned, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_text("page.html"))


def _text(name: str) -> str:
    from importlib.resources import files

    return (files(__name__) / name).read_text(encoding="utf-8")


class _Drawing:
    """What the template asks for: charts with names of their own, and cells in words."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._numbers = count(1)

    def chart(self, chart: Chart) -> Markup:
        """Return a chart as SVG."""
        return svg.draw(chart, self.sheet, f"chart-{next(self._numbers)}")

    def remark(self, chart: Chart) -> str:
        """Return what is to be said under a chart."""
        return svg.remark(chart, self.sheet)

    def across(self, section: Section) -> Markup:
        """Return how the charts of a section stand: beside each other, but for those of very different heights."""
        charts = (each.chart for each in section.exhibits)
        heights = [svg.height(svg.seen(chart)) for chart in charts if chart and not chart.is_empty]
        return _ACROSS if heights and max(heights) > _UNEVEN * min(heights) else Markup()

    def legend(self, chart: Chart) -> Iterator[tuple[int, str, str]]:
        """Yield the shade of each part of a stack, what it is called and, of a single stack, how much it is."""
        (write,) = writers_of_words([Column("", "", chart.kind)], self.sheet)
        for place, mark in enumerate(chart.marks):
            alone = write(chart.strips[0].values[place]) if len(chart.strips) == 1 else ""
            yield svg.shade_of(place, chart), mark, alone

    def moment(self, moment: datetime) -> str:
        """Return a moment in full: a page is read long after it was made."""
        local = moment.astimezone(self.sheet.zone)
        return f"{format_days(local.date(), local.date())} {local:%H:%M}"

    def value(self, figure: Figure) -> str:
        """Return a main figure in words."""
        return told_value(figure, self.sheet)

    def change(self, figure: Figure) -> str:
        """Return how a main figure has changed, in words."""
        return told_change(figure, self.sheet).replace(" %", "\N{NO-BREAK SPACE}%")

    def counted(self, figure: Figure) -> str:
        """Return of how many a share or a time tells."""
        return "" if figure.of is None else f"n = {figure.of:,}"

    def tone(self, figure: Figure) -> str:
        """Return whether that is good news."""
        return _NEWS[figure.news]

    def alarm(self, figure: Figure) -> Markup:
        """Return how a figure of now stands that should be none at all."""
        return _ALARM if figure.value and figure.good < 0 else Markup()

    def first_folded(self, overview: Overview) -> list[Section]:
        """Return the first of the sections that are there for those who ask, if there are any."""
        return [section for section in overview.sections if section.is_folded][:1]

    def columns(self, table: Table) -> list[Column]:
        """Return the columns to show; the one that heads groups of rows is none of them."""
        return [column for column in table.shown if column.key != table.group]

    def side(self, column: Column) -> Markup:
        """Return how the cells of a column stand."""
        return _RIGHT if column.kind in TO_THE_RIGHT else _WIDE if column.wide else Markup()

    def groups(self, table: Table) -> Iterator[tuple[str, list[list[tuple[str, Markup]]]]]:
        """Yield the rows under each heading, each cell in words and with how it stands."""
        place = table.find(table.group)
        if place is None:
            yield "", [self._line(table, row) for row in table.rows]
            return
        (write,) = writers_of_words([table.columns[place]], self.sheet)
        groups: dict[str, list[Row]] = {}
        for row in table.rows:
            groups.setdefault(write(row[place]) or f"no {table.group}", []).append(row)
        for heading, rows in groups.items():
            yield heading, [self._line(table, row) for row in rows]

    def _line(self, table: Table, row: Row) -> list[tuple[str, Markup]]:
        columns = self.columns(table)
        writers = writers_of_words(columns, self.sheet)
        return [
            (write(row[table.columns.index(column)]), self.side(column))
            for column, write in zip(columns, writers, strict=True)
        ]
