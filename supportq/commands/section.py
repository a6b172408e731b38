"""A section of a help page: a heading, words, and rows of terms with what they mean, within 80 columns."""

import re
import textwrap
from collections.abc import Iterable

from supportq.values import dataclass

WIDTH = 80
_INDENT = "  "
_WIDEST_TERM = 30

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading: words to wrap, terms with their meaning, lines that stay as they are.

    The terms' column is at least `column` wide, so that sections can share one.
    """

    heading: str = ""
    words: str = ""
    rows: Rows = ()
    lines: tuple[str, ...] = ()
    column: int = 0


def rendered(sections: Iterable[Section], *, bold: bool = False) -> str:
    """Return sections as plain text, their headings bold where asked, with a blank line between them."""
    return "\n\n".join("\n".join(_lines(section, bold=bold)) for section in sections) + "\n"


def _lines(section: Section, *, bold: bool) -> list[str]:
    heading = f"\x1b[1m{section.heading}\x1b[0m" if bold else section.heading
    indent = _INDENT if section.heading else ""
    return [
        *([heading] if section.heading else []),
        *(line for paragraph in section.words.split("\n") for line in _wrapped(paragraph, indent)),
        *_table(section.rows, section.column),
        *(f"{_INDENT}{part}" for line in section.lines for part in _continued(line)),
    ]


def _continued(line: str) -> list[str]:
    r"""Return a command line, broken before an option or a pipe with a \ where it is too wide, as shells take it."""
    parts = [""]
    for piece in re.split(r" (?=-|[|]|&&)", line):
        if parts[-1] and len(f"{_INDENT}{parts[-1]} {piece} \\") > WIDTH:
            parts[-1] += " \\"
            parts.append(f"    {piece}")
        else:
            parts[-1] += f" {piece}" if parts[-1] else piece
    return parts


def _wrapped(paragraph: str, indent: str) -> list[str]:
    return textwrap.wrap(
        paragraph,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def _table(rows: Rows, column: int) -> list[str]:
    """Return terms in a column and their meaning beside them, or below a term that is too long for that."""
    column = max((column, *(len(term) for term, _ in rows if len(term) <= _WIDEST_TERM)))
    left = len(_INDENT) + column + 2
    lines: list[str] = []
    for term, meaning in rows:
        label = f"{_INDENT}{term}"
        told = _wrapped(meaning, " " * left)
        if len(term) > column or not told:
            lines += [label, *told]
        else:
            lines += [label.ljust(left) + told[0][left:], *told[1:]]
    return lines
