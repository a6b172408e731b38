"""The numbers of a desk, one file each: from plain figures to a table.

A report is a module without an underscore. Its `KEYS` are what its figures may be grouped by, `build` asks the queue
and returns the table, and the docstring of `build` is the report's definition. `sql` is the statement behind the
figures, where SQL can say it; `NOT_IN_SQL` says what it leaves out, or why there is none.

`MAIN` names the columns that a comparison shows besides n, the first of which is also what a chart shows; `PARTS` are
those that n is made up of, and `DRAWN` those whose course is drawn together. `LASTING` is true of a report that tells
durations in open time, and in calendar time where that is asked for, `STANDING` of one that tells how things stood at
the end of each period. `ON_PAGE` is by what the page of the whole desk groups it, once for each exhibit.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from inspect import getdoc
from pkgutil import iter_modules

from supportq.errors import UnknownWord
from supportq.model.table import Table
from supportq.reports._question import Question
from supportq.store.queue import Queue
from supportq.values import dataclass

__all__ = ["WHOLE", "Question", "Report", "find_report", "names"]


WHOLE = {
    "cycle": "Compare two periods on all key figures, and say what has changed for sure.",
    "digest": "Tell in brief how the desk did, for a mail on Monday morning.",
    "forecast": "Tell what is coming from tomorrow on, by day or hour, and who is there for it.",
    "page": "Show the whole desk with charts, as one file of HTML.",
    "state": "Tell on one screen how the desk stands; report alone does, too.",
}
"""What is made of all reports together."""

_TOLD = ("MAIN", "PARTS", "DRAWN", "ON_PAGE", "LASTING", "STANDING", "sql", "NOT_IN_SQL")


@dataclass(frozen=True, slots=True)
class Report:
    """A report that was found by its name."""

    name: str
    keys: tuple[str, ...]
    build: Callable[[Queue, Question], Table]
    main: tuple[str, ...] = ()
    sql: Callable[[Question], str] | None = None
    not_in_sql: str = ""
    parts: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    lasting: bool = False
    standing: bool = False
    on_page: tuple[tuple[str, ...], ...] = (("time",), ("team",))

    @property
    def definition(self) -> str:
        """Return what the report counts, in words."""
        return getdoc(self.build) or ""


@cache
def names() -> tuple[str, ...]:
    """Return the names of all reports, found in this folder."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if not module.name.startswith("_")))


def find_report(name: str) -> Report:
    """Return the report of this name, importing it and no other; raise UnknownWord."""
    if name not in names():
        raise UnknownWord("report", name, names())
    module = import_module(f"{__name__}.{name}")
    told = {key.lower(): getattr(module, key) for key in _TOLD if hasattr(module, key)}
    return Report(name, module.KEYS, module.build, **told)
