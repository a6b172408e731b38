"""Where each key of a TOML text stands, since `tomllib` tells values but no lines."""

import re
from collections.abc import Iterator, Mapping

from supportq.settings.faults import Path

_PART = r"""[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*'"""
_KEY = rf"(?:{_PART})(?:[ \t]*\.[ \t]*(?:{_PART}))*"
_STATEMENT = re.compile(
    rf"[ \t]*(?:\[\[[ \t]*(?P<entry>{_KEY})[ \t]*\]\]|\[[ \t]*(?P<table>{_KEY})[ \t]*\]|(?P<key>{_KEY})[ \t]*=)?"
)
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|(?P<opens>[\[{])|(?P<closes>[\]}])|(?P<end>\n)"
    r"""|[^"'#\[\]{}\n]+""",
    re.DOTALL,
)


def key_lines(text: str) -> dict[Path, int]:
    """Map the path of every table and key of a well-formed TOML text to its line; what is inline stays unnamed."""
    lines: dict[Path, int] = {}
    entries: dict[Path, int] = {}
    table: Path = ()
    for line, statement in _statements(text):
        if statement["key"]:
            lines[table + split_key(statement["key"])] = line
        elif statement["entry"] or statement["table"]:
            table = _place(split_key(statement["entry"] or statement["table"]), entries, new=bool(statement["entry"]))
            lines.setdefault(table, line)
    return lines


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """Return the line of a path, or of the nearest thing around it."""
    return next((lines[path[:size]] for size in range(len(path), 0, -1) if path[:size] in lines), 1)


def split_key(key: str) -> tuple[str, ...]:
    """Split a dotted TOML key into its parts, quotes taken off."""
    return tuple(_unquoted(part) for part in re.findall(_PART, key))


def _statements(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    at, line = 0, 1
    while at < len(text):
        statement = _STATEMENT.match(text, at)
        if statement is None:
            return
        yield line, statement
        end = _end_of_statement(text, statement.end())
        line += text.count("\n", at, end)
        at = end


def _end_of_statement(text: str, at: int) -> int:
    depth = 0
    while token := _TOKEN.match(text, at):
        at = token.end()
        depth += bool(token["opens"]) - bool(token["closes"])
        if token["end"] and depth == 0:
            return at
    return len(text)


def _place(key: tuple[str, ...], entries: dict[Path, int], *, new: bool) -> Path:
    place: Path = ()
    for part in key[:-1]:
        place += (part,)
        place += (entries[place],) if place in entries else ()
    place += (key[-1],)
    if new:
        entries[place] = entries.get(place, -1) + 1
    return (*place, entries[place]) if place in entries else place


def _unquoted(part: str) -> str:
    if part.startswith('"'):
        import tomllib

        return str(tomllib.loads(f"key = {part}")["key"])
    return part.strip("'")
