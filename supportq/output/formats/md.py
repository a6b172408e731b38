"""Markdown, as GitHub and most wikis show it."""

import re
from collections.abc import Iterable, Iterator

from supportq.model.table import Table
from supportq.output.cells import TO_THE_RIGHT, told, writers_of_words
from supportq.output.formats import headed
from supportq.output.outcome import Block, Facts, Page
from supportq.output.sheet import Sheet

_MEANINGFUL = re.compile(r"[\\`*\[\]<>|~#&]|(?<![^\W_])_|_(?![^\W_])")


def write(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield a table with its title and caption; Markdown knows no table without a header."""
    table = table.visible()
    yield from headed(_head(table), _rows(table, sheet), silent=table.silent)
    if table.caption:
        yield f"\n{_escaped(table.caption)}\n"


def write_page(page: Page, sheet: Sheet) -> Iterator[str]:
    """Yield a page: facts as a list, what was said as quotations."""
    yield f"# {_escaped(sheet.words(page.title))}\n"
    for block in page.blocks:
        heading = ", ".join(_escaped(sheet.words(part)) for part in (block.heading, block.aside) if part)
        yield f"\n## {heading}\n\n" if heading else "\n"
        yield from _body(block, sheet)


def _head(table: Table) -> Iterator[str]:
    if table.title:
        yield f"## {_escaped(table.title)}\n\n"
    yield _line(_escaped(column.title) for column in table.columns)
    yield _line("---:" if column.kind in TO_THE_RIGHT else "---" for column in table.columns)


def _rows(table: Table, sheet: Sheet) -> Iterator[str]:
    writers = writers_of_words(table.columns, sheet)
    for row in table.rows:
        yield _line(_escaped(write(cell)) for write, cell in zip(writers, row, strict=True))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _body(block: Block, sheet: Sheet) -> Iterator[str]:
    match block.body:
        case Table() as table:
            yield from write(table, sheet)
        case Facts() as facts:
            yield from (f"- {_escaped(title)}: {_escaped(words)}\n" for title, words in told(facts, sheet))
        case str() as text:
            yield from (
                f"> {_escaped(line)}".rstrip() + "\n" for line in sheet.words(text, multiline=True).splitlines()
            )


def _escaped(text: str) -> str:
    return _MEANINGFUL.sub(r"\\\g<0>", text)
