"""Records that are more than one row: a ticket with all that was said about it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from supportq.intake.profile import Cells
from supportq.intake.record import Record
from supportq.intake.shelf import Shelf
from supportq.intake.table import Row, Table

Unfold = Callable[[Record], Iterable[Cells]]


def unfolded(table: Table, unfold: Unfold) -> Table:
    """Return a table with a row for each of the rows that `unfold` makes of one; rejects stay what they were."""
    columns: dict[str, None] = {}
    for _, cells in _iter_unfolded(table, unfold):
        columns.update(dict.fromkeys(cells))
    header = tuple(columns) or _of_nothing(table, unfold)

    def rows() -> Iterator[Row]:
        for row, cells in _iter_unfolded(table, unfold):
            yield Row(
                row.line, [cells.get(column, "") for column in header], row.fault, row.kept or row.cells, row.number
            )

    return replace(table, columns=header, rows=rows, header=table.header or table.columns)


def _of_nothing(table: Table, unfold: Unfold) -> tuple[str, ...]:
    """Return the columns of a table in which there is no row."""
    empty = Record(dict.fromkeys(table.columns, ""))
    return tuple(dict.fromkeys((*table.columns, *(column for cells in unfold(empty) for column in cells))))


def _iter_unfolded(table: Table, unfold: Unfold) -> Iterator[tuple[Row, Cells]]:
    for row in table.rows():
        if row.fault:
            yield row, {}
            continue
        for cells in unfold(table.record(row)):
            yield row, cells


def parents_first(table: Table, key: int, parent: int) -> Table:
    """Return the same rows, each after the one that it goes on; where that is not there, or goes round, as they are."""

    def rows() -> Iterator[Row]:
        with Shelf.open() as shelf:
            links = [("", "") if row.fault else (row.cells[key], row.cells[parent]) for row in shelf.lay(table.rows())]
            places = {own: place for place, (own, _) in enumerate(links) if own}
            for place in _in_order([places.get(above) for _, above in links]):
                yield shelf.take(place)

    return replace(table, rows=rows)


def in_order_of_time(
    table: Table, at: int, thread: int, ending: Collection[int], is_unknown: Callable[[Row], bool]
) -> Table:
    """Return the same rows by their moments, where those are written year first, else as they are.

    How a conversation ended stands in each row of such files; it is left to the last one, when all was said. Where
    nobody knows what that says, it stands in all of them, so that the whole conversation is rejected.
    """

    def rows() -> Iterator[Row]:
        with Shelf.open() as shelf:
            laid = [None if row.fault else (row.cells[at], row.cells[thread]) for row in shelf.lay(table.rows())]
            order = list(range(len(laid)))
            if all(cells is None or cells[0][4:5] == "-" for cells in laid):
                order.sort(key=lambda place: (laid[place] or ("",))[0])
            last = {cells[1]: place for place in order if (cells := laid[place]) is not None}
            ends = ((name, shelf.take(place)) for name, place in last.items())
            unknown = {name: {place: row.cells[place] for place in ending} for name, row in ends if is_unknown(row)}
            for place in order:
                cells = laid[place]
                row = shelf.take(place)
                yield row if cells is None or last[cells[1]] == place else _with(row, ending, unknown.get(cells[1], {}))

    return replace(table, rows=rows)


def _with(row: Row, places: Collection[int], others: Mapping[int, str]) -> Row:
    """Return a row with other cells in some places, empty where there are none."""
    cells = [others.get(place, "") if place in places else cell for place, cell in enumerate(row.cells)]
    return row._replace(cells=cells, kept=row.kept or row.cells)


def _in_order(parents: Sequence[int | None]) -> Iterator[int]:
    """Yield all places, each after its parent."""
    done: set[int] = set()
    for place in range(len(parents)):
        line: list[int] = []
        above: int | None = place
        while above is not None and above not in done:
            line.append(above)
            done.add(above)
            above = parents[above]
        yield from reversed(line)
