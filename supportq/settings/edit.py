"""One value of a settings text changed, and everything else left as a person wrote it."""

from collections.abc import Iterable
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Comment, Item, Null, Table

from supportq.errors import UnknownWord, UsageError
from supportq.settings.lines import split_key


def with_value(text: str, dotted_key: str, value: str) -> str:
    """Return the text with a key set, such as `teams.sales.hours` or `rules."Refunds".priority`; comments are kept.

    The value is read as TOML where it is TOML, such as `14`, `true` or `["a", "b"]`, and as plain text otherwise.
    """
    return with_item(text, dotted_key, _read(value))


def with_item(text: str, dotted_key: str, item: Any) -> str:
    """Return the text with a key set to a plain value; comments are kept."""
    document = tomlkit.parse(text)
    table, last = _place(document, dotted_key)
    if _is_section(table.get(last)):
        raise UsageError(f'"{dotted_key}" is a section, not a value', "change it as a whole: supportq config edit")
    if last in table:
        table[last] = item
    else:
        _add_after_values(table, last, item)
    return tomlkit.dumps(document)


def without_item(text: str, dotted_key: str) -> str:
    """Return the text without a key and the sections that this leaves empty; as it was, where there is no such key."""
    document = tomlkit.parse(text)
    *place, last = split_key(dotted_key) or ("",)
    tables: list[Any] = [document]
    for part in place:
        inner = tables[-1].get(part)
        if not hasattr(inner, "keys"):
            return text
        tables.append(inner)
    for table, name in zip(reversed(tables), (last, *reversed(place)), strict=True):
        if name not in table:
            return text
        table.remove(name)
        if len(table):
            break
    return tomlkit.dumps(document)


def with_lines(text: str, dotted_key: str, lines: Iterable[tuple[str, str]]) -> str:
    """Return the text with values put at the end of an array, each on a line of its own with a comment behind it."""
    document = tomlkit.parse(text)
    table, last = _place(document, dotted_key)
    if last not in table:
        _add_after_values(table, last, tomlkit.array())
    array = table[last]
    closes_on_its_own_line = array.as_string().rstrip("] \t").endswith("\n")
    for value, comment in lines:
        array.add_line(value, comment=comment or None, indent="  ")
    if not closes_on_its_own_line:
        array.add_line(indent="")
    return tomlkit.dumps(document)


def written_key(name: str) -> str:
    """Write a name as a TOML key, in quotes where it needs them."""
    return tomlkit.key(name).as_string()


def _place(document: Any, dotted_key: str) -> tuple[Any, str]:
    """Return the table that holds a key, and the last part of the key."""
    *place, last = split_key(dotted_key) or ("",)
    table = document
    for part in place:
        table = _inside(table, part, dotted_key)
    if not last or not hasattr(table, "keys"):
        raise UsageError(f'"{dotted_key}" is no key', "write it like teams.sales.hours")
    return table, last


def _add_after_values(table: Any, key: str, item: Any) -> None:
    """Put a key behind the others of a section, before the comments that lead on to the next one."""
    body = table.value.body if isinstance(table, Table) else getattr(table, "body", [])
    values = [place for place, (name, it) in enumerate(body) if name is not None and not _is_section(it)]
    first = values[-1] + 1 if values else 0
    last = next((place for place in range(first, len(body)) if body[place][0] is not None), len(body))
    comments = body[first:last]
    body[first:last] = [(None, Null())] * len(comments) if last < len(body) else []
    table[key] = item
    if last < len(body):
        body[first + 1 : last + 1] = comments
    else:
        body.extend(comments)


def _add_section(table: Any, name: str) -> None:
    """Put a section behind its like, before the comments that lead on to another one."""
    body = table.value.body if isinstance(table, Table) else []
    last = body[-1][1].value.body if body and isinstance(body[-1][1], Table) else []
    end = next((place for place in range(len(last), 0, -1) if last[place - 1][0] is not None), 0)
    first = next((place for place in range(end, len(last)) if isinstance(last[place][1], Comment)), len(last))
    comments = last[first:]
    del last[first:]
    table[name] = tomlkit.table()
    if comments:
        table[name].value.body.extend([(None, tomlkit.nl()), *comments])


def _is_section(item: Item) -> bool:
    return isinstance(item, Table | AoT)


def _inside(table: Any, part: str, key: str) -> Any:
    """Step into a table, made where it is missing, or into the entry of an array that has the name."""
    if isinstance(table, AoT):
        named = {str(entry.get("name")): entry for entry in table}
        if part not in named:
            raise UnknownWord("entry", part, named)
        return named[part]
    if not hasattr(table, "keys"):
        raise UsageError(f'"{key}" goes through a value that is no table', "write it like teams.sales.hours")
    if part not in table:
        _add_section(table, part)
    return table[part]


def _read(value: str) -> Item | str:
    try:
        return tomlkit.value(value)
    except (TOMLKitError, ValueError):
        return value
