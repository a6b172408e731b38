"""Tables and pages for people: a thin rule, quiet secondary text, red only for what is late."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from rich.text import Text

from supportq.model.table import Row, Table
from supportq.output.cells import told
from supportq.output.console import hung, printed
from supportq.output.grid import draw, lay_out
from supportq.output.outcome import Block, Facts, Page
from supportq.output.sheet import Sheet

MOST_ROWS = 500


def write(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield a drawn table of at most 500 rows unless more were asked for; it says how much it left out."""
    rows = iter(table.rows)
    first = list(islice(rows, None if sheet.whole else MOST_ROWS))
    if first or not table.silent:
        yield printed(_parts(table, first, sum(1 for _ in rows), sheet), sheet)


def write_page(page: Page, sheet: Sheet) -> Iterator[str]:
    """Yield a page: its title, then each block under its heading."""
    sheet = replace(sheet, width=sheet.width or page.width)
    yield printed([Text(sheet.words(page.title), "bold")], sheet)
    for block in page.blocks:
        yield "\n" + printed(_heading(block, sheet), sheet)
        if isinstance(block.body, Table):
            yield from write(block.body, sheet)
        else:
            yield printed(_lines(block.body, sheet), sheet)


def _parts(table: Table, rows: list[Row], more: int, sheet: Sheet) -> Iterator[Text]:
    if table.title:
        yield Text(sheet.words(table.title) + "\n", "bold")
    remarks = [line.plain for line in hung(Text(), table.caption, sheet)] if table.caption else []
    if rows:
        grid = lay_out(table, rows, sheet)
        yield from draw(grid, sheet)
        remarks.append(sheet.words(f"too narrow for: {', '.join(grid.left_out)}") if grid.left_out else "")
        remarks.append(f"{more:,} more rows: -L 0 shows all" if more else "")
    elif not table.caption:
        yield Text("Nothing to show.", "dim")
    yield from (Text(remark, "dim") for remark in remarks if remark)


def _heading(block: Block, sheet: Sheet) -> Iterator[Text]:
    parts = [(sheet.words(text), style) for text, style in ((block.heading, "bold"), (block.aside, "dim")) if text]
    if parts:
        yield Text("  ").join(Text(*part) for part in parts)


def _lines(body: str | Facts, sheet: Sheet) -> Iterator[Text]:
    if isinstance(body, str):
        yield from hung(Text("  "), body, sheet) if body else ()
        return
    facts = list(told(body, sheet))
    indent = max((len(title) for title, _ in facts), default=0) + 2
    unbroken = {column.title for column in body.columns if column.unbroken}
    for title, words in facts:
        if title in unbroken:
            yield from (Text(title, "dim"), Text(f"  {sheet.words(words)}"))
        else:
            yield from hung(Text(title.ljust(indent), "dim"), words, sheet)
