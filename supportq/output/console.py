"""Rich, set up so that it draws what it is given and guesses nothing."""

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console, RenderableType
from rich.text import Text

from supportq.output.sheet import Sheet

WIDEST_TEXT = 100
_ENDLESS = 10**9


def printed(parts: Iterable[RenderableType], sheet: Sheet) -> str:
    """Return what Rich makes of these parts, without colour and without spaces at line ends where there is none."""
    file = StringIO()
    console = _console(file, sheet)
    for part in parts:
        console.print(part, soft_wrap=True)
    drawn = file.getvalue()
    return drawn if sheet.colour else "".join(f"{line.rstrip()}\n" for line in drawn.split("\n")[:-1])


def hung(first: Text, text: str, sheet: Sheet) -> Iterator[Text]:
    """Yield the lines of a text to the right of its label, wrapped on a terminal at a width that reads well."""
    body = Text(sheet.words(text, multiline=True))
    indent = first.cell_len
    if sheet.width is None:
        lines = list(body.split("\n", allow_blank=True))
    else:
        room = max(20, min(sheet.width, WIDEST_TEXT) - indent)
        lines = list(body.wrap(_console(StringIO(), sheet), room))
    for number, line in enumerate(lines):
        yield Text.assemble(Text(" " * indent) if number else first, line)


def _console(file: StringIO, sheet: Sheet) -> Console:
    return Console(
        file=file,
        force_terminal=sheet.colour,
        color_system="standard" if sheet.colour else None,
        no_color=False,
        width=sheet.width or _ENDLESS,
        height=25,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
