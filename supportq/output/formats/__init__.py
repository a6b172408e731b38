"""The formats, one file each: `write` draws a table, `write_page` a page where the format can show one."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from itertools import chain, islice
from pkgutil import iter_modules

from supportq.errors import UnknownWord
from supportq.model.table import Table
from supportq.output.outcome import Page
from supportq.output.sheet import Sheet
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A format that was found by its name; `write_page` is None where the format knows rows alone."""

    name: str
    write: Callable[[Table, Sheet], Iterator[str]]
    write_page: Callable[[Page, Sheet], Iterator[str]] | None


@cache
def names() -> tuple[str, ...]:
    """Return the names of all formats, found in this folder."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def find_format(name: str) -> Format:
    """Return the format of this name, importing it and no other."""
    if name not in names():
        raise UnknownWord("format", name, names())
    module = import_module(f"{__name__}.{name}")
    return Format(name, module.write, getattr(module, "write_page", None))


def headed(header: Iterable[str], body: Iterable[str], *, silent: bool) -> Iterator[str]:
    """Yield the header, then the body as it comes; nothing at all if silent and the body is empty."""
    lines = iter(body)
    first = tuple(islice(lines, 1))
    if first or not silent:
        yield from chain(header, first, lines)
