"""Rich, set up so that it draws what it is given and guesses nothing."""

from collections.abc import Iterable, Iterator
from io import StringIO

from rich.console import Console
from rich.text import Text

from supportq.output.sheet import Sheet

WIDEST_TEXT = 100
_ENDLESS = 10**9


def printed(lines: Iterable[Text], sheet: Sheet) -> str:
    """Return lines with their colours, if the sheet has any."""
    file = StringIO()
    console = _console(file, sheet)
    for line in lines:
        console.print(line, soft_wrap=True)
    return file.getvalue()


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
        whole = Text.assemble(Text(" " * indent) if number else first, line)
        whole.rstrip()
        yield whole


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
