"""A live board: drawn over itself line by line, never cleared, and gone without a trace when somebody leaves it."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from signal import Signals
from time import monotonic

from rich.console import Console, ConsoleOptions, RenderResult
from rich.live import Live
from rich.text import Text

from supportq.output.grid import draw, lay_out
from supportq.output.keyboard import ENDINGS, listening
from supportq.output.sheet import Sheet
from supportq.output.streams import Streams
from supportq.when import format_age
from supportq.work.watch import Picture

_HEAD = 2
"""Lines of a table's titles and their rule."""

_AROUND = 1 + _HEAD + 2
"""Lines of a screen that no promise can have: heading, titles, a gap, the keys."""


@dataclass(frozen=True, slots=True)
class News:
    """What a round brought: a picture, or why there is none and when that was."""

    now: datetime
    picture: Picture | None = None
    trouble: str = ""


@dataclass(slots=True)
class Board:
    """The last picture, how to get the next one, and what is wrong since."""

    title: str
    zone: tzinfo
    streams: Streams
    look: Callable[[], News]
    every_s: int
    rings: bool
    picture: Picture
    remark: str = ""

    def show(self) -> None:
        """Show the board until somebody leaves it."""
        while (ending := self._shown()) is not None:
            os.kill(os.getpid(), ending)  # the terminal is as it was: we end, or sleep until we are called back
            self._renew()

    def _shown(self) -> Signals | None:
        """Draw and listen until somebody leaves, or a signal comes that is to have its way."""
        with listening(self.streams) as wait, self._live() as live:
            look_at = monotonic() + self.every_s
            while True:
                live.refresh()
                said = wait(max(0.0, look_at - monotonic()))
                if said in ENDINGS:
                    return Signals(said)
                if said == "q":
                    return None
                if said in {"", "r"}:
                    self._renew()
                    look_at = monotonic() + self.every_s

    def _renew(self) -> None:
        """Take a new picture, and ring where a promise is late that was not; without one, keep the last."""
        news = self.look()
        if news.picture is None:
            age = format_age(news.now - self.picture.now)
            self.remark = f"{news.trouble}; this is how it was {age} ago"
            return
        if self.rings and news.picture.late_names - self.picture.late_names:
            self.streams.stdout.write("\a")
        self.picture, self.remark = news.picture, ""

    def _live(self) -> Live:
        console = Console(
            file=self.streams.stdout,
            force_terminal=True,
            color_system="standard" if self.streams.has_colour(self.streams.stdout) else None,
            no_color=False,
            markup=False,
            emoji=False,
            highlight=False,
            legacy_windows=False,
        )
        return Live(
            self, console=console, screen=True, auto_refresh=False, redirect_stdout=False, redirect_stderr=False
        )

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield as many lines as the screen has room for, however it was resized."""
        encoding = self.streams.encoding
        sheet = Sheet(self.picture.now, self.zone, width=options.max_width, terminal=True, encoding=encoding)
        for line in self._lines(sheet, options.size.height):
            line.truncate(options.max_width, overflow="ellipsis")
            yield line

    def _lines(self, sheet: Sheet, height: int) -> Iterator[Text]:
        yield self._heading(sheet)
        if self.picture.late or self.picture.due:
            yield from self._promises(sheet, height - _AROUND)
        else:
            yield Text("Nothing is late, and nothing is due.", "dim")
        yield Text()
        yield Text(sheet.words(self.remark), "yellow") if self.remark else Text(self._keys(), "dim")

    def _promises(self, sheet: Sheet, room: int) -> Iterator[Text]:
        """Yield what is late, how much more of that there is, and what is due next."""
        late, due = self._parts(room)
        rows = [*self.picture.late[:late], *self.picture.due[:due]]
        drawn = draw(lay_out(self.picture.table(rows), rows, sheet), sheet)
        yield from islice(drawn, _HEAD + late)
        hidden = len(self.picture.late_names) - late
        if hidden:
            yield Text(f"and {hidden:,} more that are late: supportq breaches", "dim")
        yield from drawn

    def _parts(self, room: int) -> tuple[int, int]:
        """Return how many lines late promises get, and those due next; what is late has all that it can use."""
        late = len(self.picture.late_names)
        if late > room:
            return max(0, min(len(self.picture.late), room - 1)), 0
        return late, min(len(self.picture.due), room - late)

    def _heading(self, sheet: Sheet) -> Text:
        late, at_risk = len(self.picture.late_names), self.picture.at_risk_count
        figures = Text.assemble(
            (f"{late:,} late", "bold red" if late else ""), ", ", (f"{at_risk:,} at risk", "yellow" if at_risk else "")
        )
        as_of = Text(f"at {self.picture.now.astimezone(self.zone):%H:%M:%S}", "dim")
        return Text("  ").join([Text(sheet.words(self.title), "bold"), figures, as_of])

    def _keys(self) -> str:
        return f"q leaves  r looks again, as happens by itself every {format_age(timedelta(seconds=self.every_s))}"
