"""A small desk to show in every format, and the strings that strangers send."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Block, Facts, Page
from supportq.output.sheet import Sheet
from supportq.output.streams import Colour, Streams

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SHEET = Sheet(now=NOW, zone=ZoneInfo("Europe/Berlin"))

COLUMNS = (
    Column("id", "ID", Kind.NUMBER),
    Column("due", "Due", Kind.DUE),
    Column("priority", "Priority"),
    Column("subject", "Subject", wide=True),
    Column("team", "Team"),
    Column("tags", "Tags", Kind.LIST, faint=True),
    Column("age", "Age", Kind.DURATION),
    Column("created", "Created", Kind.MOMENT),
    Column("csat", "Rated well", Kind.RATE),
    Column("reopened", "Reopened", Kind.BOOL, shown=False),
    Column("sla", "SLA", shown=False),
)
ROWS: tuple[Row, ...] = (
    (
        *(7, NOW - timedelta(hours=1), "urgent", "Order 12 not here, and nobody answers the telephone since Friday"),
        *("sales", ("carrier", "vip"), timedelta(days=3, hours=4), NOW - timedelta(days=3, hours=4), 0.934),
        *(True, "late"),
    ),
    (
        *(12, NOW + timedelta(minutes=10), "normal", "Écran noir après la mise à jour; ошибка 0x80070057\n\tencore"),
        *("technical", (), 4800, "2026-03-02T07:40:00Z", None),
        *(False, "at_risk"),
    ),
    (
        *(1234, "9999-12-31T23:59:59Z", "low", "配送先の住所を変更したいのですが、どうすればよいでしょうか | C:\\new"),
        *("enterprise", ("=1+1",), 30, "2026-03-02T08:59:30Z", 1.0),
        *(False, ""),
    ),
)
TABLE = Table(COLUMNS, ROWS, title="Open tickets", caption="3 of 3", standing="sla")
PAGE = Page(
    title="#7 Order 12 not here",
    blocks=(
        Block(body=Facts(COLUMNS, ROWS[0])),
        Block(
            "Ann Example", "by phone, today 10:00", "Rang at 9, *upset*.\n\nThe parcel was promised for Friday. " * 3
        ),
        Block("Clocks", body=Table(COLUMNS[:3], [row[:3] for row in ROWS])),
    ),
    record={"id": 7, "age_s": timedelta(hours=1), "created": NOW, "tags": ("a", "b"), "rate": float("nan")},
)

HOSTILE = (
    "[/",
    "[bold]x[/bold]",
    ":smile:",
    "\x1b[2J\x1b]0;title\x07",
    "\x1b]52;c;cm0gLXJm\x1b\\",
    "\x9b31mred\x9d0;x\x9c",
    "\u202egpj.exe",
    "a\x00b",
    "cut \x1b",
    "line\r\nends\u2028here\x0b",
    "\udc80",
    "\\t is no tab",
    "tab\there",
    "=1+1",
    '"quoted", twice',
    "| {id} {0} %s",
    "",
    "x" * 1_000_000,
)
UNFINISHED = ("\x1b]", "\x9d", "\x1b[", "\x1bP;", "\x9b0")
"""Beginnings of terminal sequences that never end."""

HOSTILE_TABLE = Table(
    (Column("id", "ID", Kind.NUMBER), Column("subject", "Subject", wide=True), Column("tags", "Tags", Kind.LIST)),
    tuple((number, text, (text[:99],)) for number, text in enumerate(HOSTILE)),
)


class Screen(io.StringIO):
    """A terminal that remembers what it was shown."""

    def isatty(self) -> bool:
        return True


def sheet(**changes: object) -> Sheet:
    return replace(SHEET, **changes)  # type: ignore[arg-type]


def screen(colour: Colour = Colour.AUTO, **environment: str) -> Streams:
    return Streams(io.StringIO(), Screen(), Screen(), {"TERM": "xterm", **environment}, colour)


def pipe(**environment: str) -> Streams:
    return Streams(io.StringIO(), io.StringIO(), io.StringIO(), environment)


def endless(table: Table) -> Iterator[Row]:
    while True:
        yield from table.rows
