"""Which column of a file is read as what, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from enum import StrEnum

from supportq.errors import SupportqError, UsageError, first_few
from supportq.intake.fields import REPEATABLE, WHAT, WHO, Field, Target, fold, parse_target
from supportq.intake.profile import Profile
from supportq.values import dataclass


class Why(StrEnum):
    """What a reading of a column rests on, the strongest first."""

    CHOSEN = "--map"
    PROFILE = "profile"
    HEADER = "known header"
    UNKNOWN = "kept as a fact"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: where it stands, what it is called, what it is read as and why.

    `rank` tells known headers of the same field apart, 0 for the best.
    """

    index: int
    header: str
    target: Target
    why: Why
    rank: int = 0

    @property
    def strength(self) -> tuple[int, int]:
        """Return the place among columns that claim the same field, lowest first."""
        return list(Why).index(self.why), self.rank


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of a file, in their order, and what hinders to make inquiries of them, if anything."""

    all: tuple[Column, ...]
    fault: SupportqError | None = None

    def __iter__(self) -> Iterator[Column]:
        return iter(self.all)

    def of(self, *fields: Field) -> tuple[Column, ...]:
        """Return the columns that are read as one of these fields."""
        return tuple(column for column in self.all if column.target.field in fields)


def parse_map(text: str) -> tuple[str, str]:
    """Split `COLUMN=FIELD` at its last equals sign, since a header may hold one itself."""
    header, _, field = (part.strip() for part in text.rpartition("="))
    if not header or not field:
        raise UsageError(f'can\'t read --map "{text}"', "write COLUMN=FIELD, for example: --map Mail=email")
    return header, field


def map_columns(
    headers: Sequence[str],
    *,
    known: Profile,
    chosen: Iterable[tuple[str, str]] = (),
    saved: Mapping[str, str] | None = None,
    custom: Mapping[str, str] | None = None,
) -> Columns:
    """Say what every column is read as: `chosen` before the `saved` profile, that before what the file's form says.

    `custom` holds the custom fields, code to title. Raises a SupportqError where a column that was chosen is not there.
    Where two columns claim one field, or too little is recognised to make inquiries, the outcome has that as its fault.
    """
    custom = custom or {}
    columns = [_recognised(index, header, custom, known) for index, header in enumerate(headers)]
    for header, field in (saved or {}).items():
        for index in _places(headers, header)[:1]:
            columns[index] = Column(index, headers[index], parse_target(field, custom), Why.PROFILE)
    for header, field in chosen:
        index = _place(headers, header)
        columns[index] = Column(index, headers[index], parse_target(field, custom), Why.CHOSEN)
    strongest = _strongest(columns)
    settled = Columns(tuple(_settled(column, strongest[column.target.name]) for column in columns))
    return replace(settled, fault=_find_clash(columns, strongest) or _find_lack(settled))


def _recognised(index: int, header: str, custom: Mapping[str, str], known: Profile) -> Column:
    """Return what a header says by itself; of two that are the same, a form that is known has the first in mind."""
    folded = fold(header)
    for code, title in custom.items():
        if folded in {fold(code), fold(title), fold(f"field.{code}")}:
            return Column(index, header, Target(Field.CUSTOM, code), Why.HEADER)
    if found := known.find(header):
        target, rank = found
        return Column(index, header, target, Why.HEADER, (rank << 20) + (index if known.is_foreign else 0))
    return Column(index, header, Target(Field.FACT), Why.UNKNOWN)


def _places(headers: Sequence[str], header: str) -> list[int]:
    exact = [index for index, found in enumerate(headers) if found == header]
    return exact or [index for index, found in enumerate(headers) if fold(found) == fold(header)]


def _place(headers: Sequence[str], header: str) -> int:
    places = _places(headers, header)
    if not places:
        nearest = get_close_matches(header, headers, n=1)
        hint = f" (did you mean {nearest[0]}?)" if nearest else ""
        raise UsageError(f'no column "{header}"', f"the columns are: {first_few(headers, between=', ')}{hint}")
    return places[0]


def _strongest(columns: Iterable[Column]) -> Mapping[str, Column]:
    """Return by the name of each field the column that claims it best, the first of equals."""
    best: dict[str, Column] = {}
    for column in columns:
        if column.strength < best.setdefault(column.target.name, column).strength:
            best[column.target.name] = column
    return best


def _settled(column: Column, strongest: Column) -> Column:
    """Leave a field to the column that claims it best; what the others hold is kept as facts."""
    if column.target.field in REPEATABLE:
        return column if column.strength[0] == strongest.strength[0] else _as_fact(column)
    return column if column is strongest else _as_fact(column)


def _find_clash(columns: Iterable[Column], strongest: Mapping[str, Column]) -> SupportqError | None:
    """Return that two columns claim one field, each as strongly as the other."""
    for column in columns:
        best = strongest[column.target.name]
        if column.target.field not in REPEATABLE and column is not best and column.strength == best.strength:
            return SupportqError(
                f'two columns claim to be the {column.target.name}: "{best.header}" and "{column.header}"',
                f'choose: --map "{best.header}={column.target.name}" '
                "(the first of that name; the other is kept as a fact)",
            )
    return None


def _as_fact(column: Column) -> Column:
    return replace(column, target=Target(Field.FACT), why=Why.UNKNOWN)


def _find_lack(columns: Columns) -> SupportqError | None:
    missing = [words for fields, words in _NEEDED.items() if not columns.of(*fields)]
    if not missing:
        return None
    known = len(columns.of(*Field)) - len(columns.of(Field.FACT))
    cause = "the first line names no column that is known; is it a header?" if not known else f"no column {missing[0]}"
    return SupportqError(
        f"{cause} (found: {first_few([column.header for column in columns], between=', ')})",
        'say which is which: --map "COLUMN=email" --map "COLUMN=body"',
        f"fields: {' '.join(field for field in Field if field is not Field.CUSTOM)} field.NAME",
    )


_NEEDED = {
    tuple(WHAT): "says what somebody wants: a subject or a body",
    tuple(WHO): "says who it is: a customer, name, email or phone",
}
