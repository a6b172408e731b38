"""How a desk stands in a period, as plain values for a page or a mail: main figures, sections, what was left out."""

from datetime import datetime

from supportq.model.chart import Chart
from supportq.model.table import Kind, Table
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A main figure with what it was in the period before, and the words that dig deeper.

    More of it is good news where `good` is 1, bad news where it is -1, and no news where it is 0, or where it is not
    sure that chance alone has not changed it. What is `counted` is of how many tickets or clocks it tells: a number
    tells of itself.
    """

    title: str
    value: float | None
    before: float | None
    kind: Kind = Kind.NUMBER
    good: int = 0
    counted: int | None = None
    counted_before: int | None = None
    deeper: str = ""
    is_sure: bool = False

    @property
    def of(self) -> int | None:
        """Return of how many a share or a time tells; a number needs no other."""
        return None if self.kind is Kind.NUMBER else self.counted

    @property
    def of_before(self) -> int | None:
        """Return of how many it told in the period before."""
        return None if self.kind is Kind.NUMBER else self.counted_before

    @property
    def change(self) -> float | None:
        """Return by how much it is more than before, or None where one of them is not known."""
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def news(self) -> int:
        """Return 1 for good news, -1 for bad news, 0 for none."""
        change = self.change or 0
        return self.good * ((change > 0) - (change < 0)) if self.is_sure else 0


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A table, and the chart that shows it, where people would rather look."""

    table: Table
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What one report says: exhibits under a heading, what is counted in a line and in full, what digs deeper.

    One that is folded is there for those who ask for it.
    """

    name: str
    title: str
    about: str
    exhibits: tuple[Exhibit, ...]
    definition: tuple[str, ...] = ()
    deeper: str = ""
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """A desk in a period, beside the one before, when that was looked at, in which zone, and at which tickets alone.

    `waiting` is how it stands now. `remark` says what the period before lacks; `surely` is the command that says how
    sure the changes are.
    """

    desk: str
    period: str
    before: str
    at: datetime
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    zone: str = "UTC"
    where: str = ""
    waiting: tuple[Figure, ...] = ()
    remark: str = ""
    surely: str = ""

    @property
    def is_compared(self) -> bool:
        """Tell whether there is anything before to compare with."""
        return any(figure.before is not None for figure in self.figures)

    @property
    def title(self) -> str:
        """Return whose desk it is, or which tickets of it are told, and when."""
        return f"{self.desk}, {self.where}: {self.period}" if self.where else f"{self.desk}: {self.period}"
