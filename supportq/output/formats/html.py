"""HTML for a mail body or a browser: one page with its styles inside it, nothing to fetch and nothing to run."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import chain, islice

from supportq.model.table import Column, Kind, Row, Table
from supportq.output.cells import TO_THE_RIGHT, told, writers_of_words
from supportq.output.outcome import Block, Facts, Page
from supportq.output.sheet import Sheet

_TONES = {"late": "color: #b00020", "missed": "color: #b00020", "at_risk": "color: #8a5a00"}
_VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
_BODY = "font-family: sans-serif; color: #222222"
_LEFT, _RIGHT = "text-align: left", "text-align: right"
_FAINT = "color: #666666"
_LINE = "border-bottom: 1px solid #dddddd"
_PROSE = "white-space: pre-wrap; margin-left: 1em"
_TABLE = '<table cellpadding="4" style="border-collapse: collapse">\n'


def write(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield a page of one table, each group of rows under its heading."""
    rows = iter(table.rows)
    first = tuple(islice(rows, 1))
    if not first and table.silent:
        return iter(())
    whole = replace(table, rows=chain(first, rows))
    return _page(table.title, _table(whole, replace(sheet, encoding="utf-8")), sheet)


def write_page(page: Page, sheet: Sheet) -> Iterator[str]:
    """Yield a page: facts as a table, what was said as it was written."""
    on = replace(sheet, encoding="utf-8")
    return _page(page.title, chain.from_iterable(_block(block, on) for block in page.blocks), sheet)


def _page(title: str, body: Iterable[str], sheet: Sheet) -> Iterator[str]:
    """Yield a whole page; letters that the sheet's encoding lacks are written by their numbers."""
    heading = _text(title, replace(sheet, encoding="utf-8"))
    head = f'<meta charset="{sheet.encoding}">\n{_VIEWPORT}\n<title>{heading or "supportq"}</title>'
    parts = chain(
        [f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body style="{_BODY}">\n'],
        [f"<h1>{heading}</h1>\n"] if heading else [],
        body,
        ["</body>\n</html>\n"],
    )
    return (part.encode(sheet.encoding, "xmlcharrefreplace").decode(sheet.encoding) for part in parts)


def _block(block: Block, sheet: Sheet) -> Iterator[str]:
    heading = _text(block.heading, sheet)
    aside = f'<small style="{_FAINT}; font-weight: normal">{_text(block.aside, sheet)}</small>' if block.aside else ""
    if heading or aside:
        yield f"<h2>{'  '.join(part for part in (heading, aside) if part)}</h2>\n"
    match block.body:
        case Table() as table:
            yield from _table(table, sheet)
        case Facts() as facts:
            yield from _facts(facts, sheet)
        case str() as text if text:
            yield f'<p style="{_PROSE}">{escape(sheet.words(text, multiline=True))}</p>\n'


def _facts(facts: Facts, sheet: Sheet) -> Iterator[str]:
    yield _TABLE
    for title, words in told(facts, sheet):
        yield f"<tr>\n{_cell('th', _text(title, sheet), _LEFT)}{_cell('td', escape(words))}</tr>\n"
    yield "</table>\n"


def _table(table: Table, sheet: Sheet) -> Iterator[str]:
    columns = [column for column in table.shown if column.key != table.group]
    titles = (_cell("th", _text(column.title, sheet), _side(column) or _LEFT) for column in columns)
    yield f"{_TABLE}<tr>\n{''.join(titles)}</tr>\n"
    write_row = _writer_of_rows(table, columns, sheet)
    for heading, rows in _groups(table, sheet):
        if heading:
            yield f'<tr>\n<th colspan="{len(columns)}" style="{_LEFT}">{escape(heading)}</th>\n</tr>\n'
        yield from map(write_row, rows)
    yield "</table>\n"
    if table.caption:
        yield f'<p style="{_FAINT}">{_text(table.caption, sheet)}</p>\n'


def _groups(table: Table, sheet: Sheet) -> Iterable[tuple[str, Iterable[Row]]]:
    place = table.find(table.group)
    if place is None:
        return [("", table.rows)]
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        groups.setdefault(sheet.words(str(row[place] or f"no {table.group}")), []).append(row)
    return groups.items()


def _writer_of_rows(table: Table, columns: Sequence[Column], sheet: Sheet) -> Callable[[Row], str]:
    standing = table.find(table.standing)
    forms = [
        (table.columns.index(column), write, _side(column), column.kind is Kind.DUE)
        for column, write in zip(columns, writers_of_words(columns, sheet), strict=True)
    ]

    def write_row(row: Row) -> str:
        alarm = "" if standing is None else _TONES.get(str(row[standing]), "")
        cells = (
            _cell("td", escape(write(row[place])), alarm if is_due else side) for place, write, side, is_due in forms
        )
        return f'<tr style="{_LINE}">\n{"".join(cells)}</tr>\n'

    return write_row


def _cell(tag: str, content: str, style: str = "") -> str:
    """Return a cell on a line of its own: mail allows no more than 998 characters in one."""
    return f'<{tag} style="{style}">{content}</{tag}>\n' if style else f"<{tag}>{content}</{tag}>\n"


def _side(column: Column) -> str:
    return _RIGHT if column.kind in TO_THE_RIGHT else ""


def _text(text: str, sheet: Sheet) -> str:
    return escape(sheet.words(text))
