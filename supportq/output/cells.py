"""One cell in each of its three forms: text for programs, a JSON value, words for people."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import Any

from supportq.model.clock import ClockKind
from supportq.model.table import Amount, Cell, Column, Kind
from supportq.output.outcome import Facts
from supportq.output.sheet import Sheet
from supportq.when import (
    FOREVER,
    format_age,
    format_due,
    format_exact,
    format_local,
    format_open,
    format_stamp,
    parse_stamp,
)

FOREVER_STAMP = format_stamp(FOREVER)

TO_THE_RIGHT = frozenset({Kind.NUMBER, Kind.DURATION, Kind.OPEN_TIME, Kind.RATE, Kind.MONEY, Kind.AMOUNT})
"""Cells that people compare by their last digit."""


def writers_of_text(columns: Iterable[Column]) -> list[Callable[[Any], str]]:
    """Return, for each column, the function that writes its cells for programs; what is absent is empty."""
    return [_TEXT[column.kind] for column in columns]


def writers_of_json(columns: Iterable[Column]) -> list[Callable[[Any], Any]]:
    """Return, for each column, the function that makes JSON values of its cells; what is absent is null."""
    return [_JSON[column.kind] for column in columns]


def writers_of_words(columns: Iterable[Column], sheet: Sheet) -> list[Callable[[Any], str]]:
    """Return, for each column, the function that writes its cells for people."""
    return [_words_of(column, sheet) for column in columns]


def _words_of(column: Column, sheet: Sheet) -> Callable[[Any], str]:
    write = _signed(column.kind) if column.signed else _worded(column.kind, sheet)
    return (lambda cell: column.absent if cell is None else write(cell)) if column.absent else write


def told(facts: Facts, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the title and the words of each fact that there is to tell."""
    writers = writers_of_words(facts.columns, sheet)
    for column, write, cell in zip(facts.columns, writers, facts.cells, strict=True):
        words = write(cell)
        if column.shown and words:
            yield column.title, words


def json_value(value: Any) -> Any:
    """Return a value, however deep, in types that JSON knows: UTC moments, whole seconds, arrays, and no NaN."""
    match value:
        case float():
            return value if isfinite(value) else None
        case datetime():
            return _stamp(value)
        case timedelta():
            return seconds(value)
        case Mapping():
            return {str(key): json_value(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [json_value(inner) for inner in value]
    return value


def seconds(cell: timedelta | float) -> int:
    """Return a duration in whole seconds."""
    return int(cell.total_seconds() if isinstance(cell, timedelta) else cell)


def moment_of(cell: Cell) -> datetime | None:
    """Return the moment that a cell holds, or None where none is set."""
    moment = parse_stamp(cell) if isinstance(cell, str) and cell else cell
    return moment if isinstance(moment, datetime) and moment != FOREVER else None


def _stamp(cell: datetime | str | None) -> str | None:
    if not cell:
        return None
    stamp = cell if isinstance(cell, str) else format_stamp(cell)
    return None if stamp == FOREVER_STAMP else stamp


def _finite(cell: float | str | None) -> float | str | None:
    """Return a number, or the word that a statement of somebody's own put among numbers."""
    return None if isinstance(cell, float) and not isfinite(cell) else cell


def _value(cell: Amount | None) -> float | int | None:
    """Return an amount as a number; one of seconds is whole."""
    return None if cell is None else int(cell.value) if cell.kind is Kind.DURATION else cell.value


def _number(cell: float | str | None) -> str:
    found = _finite(cell)
    return "" if found is None else str(found)


_TEXT: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: lambda cell: "" if cell is None else str(cell),
    Kind.NUMBER: _number,
    Kind.MOMENT: lambda cell: _stamp(cell) or "",
    Kind.DURATION: lambda cell: "" if cell is None else str(seconds(cell)),
    Kind.DUE: lambda cell: _stamp(cell) or "",
    Kind.BOOL: lambda cell: "" if cell is None else "true" if cell else "false",
    Kind.LIST: lambda cell: ",".join(cell or ()),
    Kind.TICKETS: lambda cell: _in_runs(cell or ()),
    Kind.RATE: _number,
    Kind.MONEY: _number,
    Kind.CLOCK: lambda cell: "" if cell is None else str(cell),
    Kind.OPEN_TIME: lambda cell: "" if cell is None else str(seconds(cell)),
    Kind.AMOUNT: lambda cell: _number(_value(cell)),
}
_JSON: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: lambda cell: cell,
    Kind.NUMBER: _finite,
    Kind.MOMENT: _stamp,
    Kind.DURATION: lambda cell: None if cell is None else seconds(cell),
    Kind.DUE: _stamp,
    Kind.BOOL: lambda cell: None if cell is None else bool(cell),
    Kind.LIST: lambda cell: list(cell or ()),
    Kind.TICKETS: lambda cell: list(cell or ()),
    Kind.RATE: _finite,
    Kind.MONEY: _finite,
    Kind.CLOCK: lambda cell: cell,
    Kind.OPEN_TIME: lambda cell: None if cell is None else seconds(cell),
    Kind.AMOUNT: lambda cell: _finite(_value(cell)),
}


def _in_runs(numbers: Iterable[int]) -> str:
    """Write numbers with those that follow one another as one, such as `7 12-20`: a selector reads them so."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return " ".join("-".join(map(str, run)) for run in runs)


def _member_in_words(word: str) -> str:
    """Return one of a list as people call it: a kind of clock has a name of its own."""
    return word.label if isinstance(word, ClockKind) else word


def _worded(kind: Kind, sheet: Sheet) -> Callable[[Any], str]:
    match kind:
        case Kind.MOMENT | Kind.DUE if sheet.kept:
            return lambda cell: format_exact(moment.astimezone(sheet.zone)) if (moment := moment_of(cell)) else ""
        case Kind.MOMENT:
            return lambda cell: format_local(moment, sheet.zone, sheet.now) if (moment := moment_of(cell)) else ""
        case Kind.DUE:
            return lambda cell: format_due(moment, sheet.now) if (moment := moment_of(cell)) else ""
        case Kind.LIST:
            return lambda cell: sheet.words(", ".join(map(_member_in_words, cell or ())))
        case Kind.TEXT:
            return lambda cell: "" if cell is None else sheet.words(str(cell))
    return _PLAIN_WORDS[kind]


def _signed(kind: Kind) -> Callable[[Any], str]:
    """Return what writes a difference with its sign; one of rates in points."""
    if kind is Kind.AMOUNT:
        return lambda cell: "" if cell is None else _signed(cell.kind)(cell.value)
    write = _points_in_words if kind is Kind.RATE else _PLAIN_WORDS[kind]
    return lambda cell: f"+{write(cell)}" if cell and cell > type(cell)() else write(cell)


def _points_in_words(cell: float | None) -> str:
    return "" if cell is None or not isfinite(cell) else f"{cell * 100:z.1f} pp"


def _duration_in_words(cell: timedelta | float | None) -> str:
    if cell is None:
        return ""
    span = timedelta(seconds=seconds(cell))
    return f"-{format_age(-span)}" if span < timedelta() else format_age(span)


def _rate_in_words(cell: float | None) -> str:
    if cell is None or not isfinite(cell):
        return ""
    percent = round(cell * 100)
    return f"{min(99, max(1, percent)) if 0 < cell < 1 else percent} %"


def _clock_in_words(cell: str | None) -> str:
    """Return what people call a kind of clock, or what stands for all of them."""
    if cell is None:
        return ""
    return ClockKind(cell).label if cell in _CLOCKS else cell.replace("_", " ").capitalize()


def _tickets_in_words(cell: tuple[int, ...] | None) -> str:
    """Name the first ticket, and count the others: 17, or 17 +11."""
    if not cell:
        return ""
    return str(cell[0]) if len(cell) == 1 else f"{cell[0]} +{len(cell) - 1}"


def _rounded(cell: float, places: int) -> str:
    """Write a number with so many decimals; a half goes up, as its digits are read, and never to the even one."""
    return f"{Decimal(repr(cell)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):z.{places}f}"


def _number_in_words(cell: float | None) -> str:
    if isinstance(cell, float) and isfinite(cell):
        return _rounded(cell, 1)
    return _number(cell)


def _money_in_words(cell: float | None) -> str:
    return "" if cell is None else _rounded(cell, 2)


def _amount_in_words(cell: Amount | None) -> str:
    return "" if cell is None else _PLAIN_WORDS[cell.kind](cell.value)


_CLOCKS = frozenset(ClockKind)
_PLAIN_WORDS: dict[Kind, Callable[[Any], str]] = {
    Kind.NUMBER: _number_in_words,
    Kind.DURATION: _duration_in_words,
    Kind.BOOL: lambda cell: "" if cell is None else "yes" if cell else "no",
    Kind.RATE: _rate_in_words,
    Kind.MONEY: _money_in_words,
    Kind.TICKETS: _tickets_in_words,
    Kind.CLOCK: _clock_in_words,
    Kind.OPEN_TIME: lambda cell: "" if cell is None else format_open(cell),
    Kind.AMOUNT: _amount_in_words,
}
