"""Rows by a person's own template, as in `-T '{id} {subject:.40} {age}'`."""

import re
from collections.abc import Callable, Iterator
from string import Formatter
from typing import Any

from supportq.errors import UnknownWord, UsageError
from supportq.model.table import Row, Table
from supportq.output.cells import writers_of_text, writers_of_words
from supportq.output.sheet import Sheet

_EXAMPLE = "write it like: -T '{id} {subject:.40} {age}'"
_SPEC = re.compile(r"(?:.?[<>^])?\d{0,4}(?:\.\d{1,4})?")

Part = Callable[[Row], str]


def write(table: Table, sheet: Sheet) -> Iterator[str]:
    """Yield a line for each row; `{age}` is for people, `{age_s}` in seconds, and any column may be named."""
    if not sheet.template:
        raise UsageError("a template needs its text", _EXAMPLE)
    parts = _parts(table, sheet)
    return ("".join(part(row) for part in parts) + "\n" for row in table.rows)


def _parts(table: Table, sheet: Sheet) -> list[Part]:
    known = _fields(table, sheet)
    parts: list[Part] = []
    for literal, name, spec, conversion in _parsed(sheet.template.replace(r"\t", "\t").replace(r"\n", "\n")):
        parts.append(_constant(literal))
        if name is None:
            continue
        if name not in known:
            raise UnknownWord("column", name, known)
        if conversion or not _SPEC.fullmatch(spec or ""):
            raise UsageError(f"{{{name}}} can only be given a width, as in {{{name}:>8}} or {{{name}:.40}}", _EXAMPLE)
        parts.append(_formatted(known[name], spec or ""))
    return parts


def _constant(text: str) -> Part:
    return lambda _row: text


def _formatted(field: Part, spec: str) -> Part:
    return lambda row: format(field(row), spec)


def _parsed(template: str) -> list[tuple[str, str | None, str | None, str | None]]:
    try:
        return list(Formatter().parse(template))
    except ValueError as error:
        raise UsageError(f"the template can't be read: {error}", _EXAMPLE) from error


def _fields(table: Table, sheet: Sheet) -> dict[str, Part]:
    fields: dict[str, Part] = {}
    forms = zip(table.columns, writers_of_words(table.columns, sheet), writers_of_text(table.columns), strict=True)
    for place, (column, to_words, to_text) in enumerate(forms):
        fields[column.field] = _field(place, to_text)
        fields[column.key] = _field(place, to_words)
    return fields


def _field(place: int, write: Callable[[Any], str]) -> Part:
    return lambda row: write(row[place])
