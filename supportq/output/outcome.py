"""What a command hands back, and what its reader asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from supportq.errors import ExitCode, PluginState
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.model.chart import Chart
    from supportq.model.table import Column, Row, Table

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Facts:
    """One row that people read from top to bottom, a line for each cell that is not empty."""

    columns: "tuple[Column, ...]"
    cells: "Row"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page: a heading, a fainter remark beside it, and what stands under it."""

    heading: str = ""
    aside: str = ""
    body: "str | Facts | Table" = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Something to read from top to bottom, and the same as one record (or a list of them) for programs.

    Where no screen tells how wide its text may be, `width` does, if it is set: that of a mail.
    """

    title: str
    blocks: tuple[Block, ...]
    record: Record | Sequence[Record]
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command found or did; `touched` is None for a reader, and holds ticket numbers for a writer.

    A page is for people and for JSON; formats that know rows alone use the table beside it. A chart stands above its
    table where that is drawn on a terminal. Text goes out as it is in a pipe, and made harmless on a terminal unless it
    is `raw`. Notes are for people, on stderr; those that tell what is `amiss` are said even with --quiet. What is
    `afterwards` is done once all of it is out.
    """

    table: "Table | None" = None
    chart: "Chart | None" = None
    page: Page | None = None
    text: str | Iterable[str] | None = None
    raw: bool = False
    notes: tuple[str, ...] = ()
    amiss: tuple[str, ...] = ()
    touched: tuple[int, ...] | None = None
    paged: bool = False
    exit_code: ExitCode | PluginState = ExitCode.DONE
    afterwards: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """The options that every reader has, and the command that pages a long answer, empty for none."""

    format: str | None = None
    columns: str | None = None
    template: str | None = None
    sort: str | None = None
    limit: int | None = None
    header: bool | None = None
    spreadsheet: bool = False
    pager: str = ""
