"""The list of tickets: its columns, where each comes from, and its rows, read one by one as they are asked for."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from supportq.errors import UnknownWord
from supportq.model.filter.terms import Filter
from supportq.model.table import Cell, Column, Kind, Row
from supportq.model.ticket import ACTIVE, Priority, Status
from supportq.store.conditions import (
    CUSTOMER,
    IS_ACTIVE,
    IS_KEY_OF_TICKET,
    KEY_SOURCE,
    REPLY_ON_ITS_WAY,
    STANDING_NOW,
    STATUS_NOW,
)
from supportq.store.filters import where
from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.when.stamps import FOREVER, format_stamp

SUBJECT = "(select body from text where id = ticket.subject_id)"

COMMENT = "(select body from text where id = ticket.comment_id)"

ORGANISATION = """
(
  select organisation.name
  from customer
  join organisation on organisation.id = customer.organisation_id
  where customer.id = ticket.customer_id
)
"""

ADDRESS = "(select value from address where customer_id = ticket.customer_id order by kind, key limit 1)"

SEPARATOR = "\x1f"

TAGS = "(select group_concat(tag, char(31)) from ticket_tag where ticket_id = ticket.id)"

ORIGIN = f"(select group_concat(distinct {KEY_SOURCE}) from source_key where {IS_KEY_OF_TICKET})"

KEYS = f"(select group_concat(distinct source_key.key) from source_key where {IS_KEY_OF_TICKET})"

FACTS = """
(select group_concat(name || '=' || value, char(31)) from source_fact where ticket_id = ticket.id)
"""

WAKE = "case when ticket.wake_at > :now then ticket.wake_at end"

STATUS_RANK = f"instr('{' '.join(Status)}', {STATUS_NOW})"

PRIORITY_RANK = f"instr('{' '.join(Priority)}', ticket.priority)"

LIST = """
select {cells}
from ({chosen} limit :limit) as chosen
cross join ticket on ticket.id = chosen.id
"""
"""Only the tickets that are shown are read whole, one by one; choosing them takes no more than the condition asks."""

SORTED = "select id from ticket where {condition} order by {order}"

WORK_ORDER = "ticket.order_at, ticket.id"

TO_DO = f"select * from (select id from ticket where {{condition}} and {IS_ACTIVE} order by {WORK_ORDER})"

DONE = f"select * from (select id from ticket where {{condition}} and not ({IS_ACTIVE}) order by id desc)"
"""What nobody works on any more has no place in the order of work: the newest comes first."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a column's cells come from, and what they are sorted by where that is something else."""

    column: Column
    cell: str
    rank: str = ""


def _seconds_since(moment: str) -> str:
    return f"unixepoch(:now) - unixepoch({moment})"


SOURCES = (
    Source(Column("id", "ID", Kind.NUMBER), "ticket.id"),
    Source(Column("due", "Due", Kind.DUE), "ticket.due_at"),
    Source(Column("priority", "Priority"), "ticket.priority", PRIORITY_RANK),
    Source(Column("team", "Team"), "ticket.team"),
    Source(Column("agent", "Agent"), "ticket.assignee"),
    Source(Column("status", "Status"), STATUS_NOW, STATUS_RANK),
    Source(Column("customer", "Customer"), CUSTOMER),
    Source(Column("subject", "Subject", wide=True), SUBJECT),
    Source(Column("sla", "SLA", shown=False), STANDING_NOW),
    Source(Column("channel", "Channel", shown=False), "ticket.channel"),
    Source(Column("line", "Line", Kind.NUMBER, shown=False), "ticket.line"),
    Source(Column("category", "Category", shown=False), "ticket.category"),
    Source(Column("language", "Language", shown=False), "ticket.language"),
    Source(Column("organisation", "Organisation", shown=False), ORGANISATION),
    Source(Column("tags", "Tags", Kind.LIST, shown=False), TAGS),
    Source(Column("created", "Created", Kind.MOMENT, shown=False), "ticket.created_at"),
    Source(Column("updated", "Updated", Kind.MOMENT, shown=False), "ticket.updated_at"),
    Source(Column("age", "Age", Kind.DURATION, shown=False), _seconds_since("ticket.created_at")),
    Source(Column("idle", "Idle", Kind.DURATION, shown=False), _seconds_since("ticket.updated_at")),
    Source(Column("unanswered", "Unanswered since", Kind.MOMENT, shown=False), "ticket.unanswered_since"),
    Source(Column("reply", "Reply", shown=False), REPLY_ON_ITS_WAY),
    Source(Column("wake", "Wakes", Kind.MOMENT, shown=False), WAKE),
    Source(Column("resolved", "Resolved", Kind.MOMENT, shown=False), "ticket.resolved_at"),
    Source(Column("replies", "Replies", Kind.NUMBER, shown=False), "ticket.reply_count"),
    Source(Column("reopened", "Reopened", Kind.NUMBER, shown=False), "ticket.reopen_count"),
    Source(Column("rating", "Rating", Kind.NUMBER, shown=False), "ticket.rating"),
    Source(Column("rated", "Rated", Kind.MOMENT, shown=False), "ticket.rated_at"),
    Source(Column("comment", "Comment", wide=True, shown=False), COMMENT),
    Source(Column("follow_up", "Follow-up", Kind.MOMENT, shown=False), "ticket.follow_up_at"),
    Source(Column("spent", "Spent", Kind.DURATION, shown=False), "ticket.spent_s"),
    Source(Column("deadline", "Deadline", Kind.MOMENT, shown=False), "ticket.order_at"),
    Source(Column("address", "Address", shown=False), ADDRESS),
    Source(Column("source", "Source", shown=False), ORIGIN),
    Source(Column("key", "Key", shown=False), KEYS),
    Source(Column("facts", "Facts", Kind.LIST, shown=False), FACTS),
)

FIELD = "(select value from ticket_field where ticket_id = ticket.id and field = :field{number})"

TICKET_LIST = tuple(source.column for source in SOURCES)


def columns_with(fields: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of a list that has one for each of these custom fields too."""
    return tuple(source.column for source in _sources(fields))


def _sources(fields: Iterable[str]) -> tuple[Source, ...]:
    return (*SOURCES, *(_source_of(field, FIELD.format(number=number)) for number, field in enumerate(fields)))


def _source_of(field: str, cell: str) -> Source:
    return Source(Column(f"field.{field}", field.replace("_", " ").capitalize(), shown=False), cell)


def list_rows(  # noqa: PLR0913 - all that a list can be asked for
    queue: Queue,
    criteria: Filter,
    *,
    now: datetime,
    sort: tuple[str, bool] | None = None,
    limit: int | None = None,
    only: Collection[str] | None = None,
    fields: Sequence[str] = (),
) -> Iterator[Row]:
    """Yield a row of `columns_with(fields)` for each ticket that a filter means: in the order of work, then the rest.

    `sort` names a column and says whether its greatest cells come first; absent cells come last either way. Where
    `only` some columns are needed, the cells of all others are left empty.
    """
    condition, parameters = where(criteria, now)
    sources = _sources(fields)
    cells = (source.cell if only is None or source.column.key in only else "null" for source in sources)
    chosen = (
        SORTED.format(condition=condition, order=_order(sort, sources)) if sort else _to_do_first(criteria, condition)
    )
    statement = LIST.format(cells=", ".join(cells), chosen=chosen)
    parameters["limit"] = -1 if limit is None else limit
    parameters |= {f"field{number}": field for number, field in enumerate(fields)}
    return map(_row, queue.connection.execute(statement, parameters))


def _to_do_first(criteria: Filter, condition: str) -> str:
    """Return the statement for tickets to do, for those that are done, or both, as the filter leaves possible."""
    possible = criteria.statuses
    statement = DONE if possible.isdisjoint(ACTIVE) else f"{TO_DO} union all {DONE}"
    return (TO_DO if possible <= ACTIVE else statement).format(condition=condition)


def _order(sort: tuple[str, bool], sources: Iterable[Source]) -> str:
    key, downwards = sort
    ranks = {source.column.key: source.rank or source.cell for source in sources}
    if key not in ranks:
        raise UnknownWord("column", key, ranks)
    rank = ranks[key]
    direction = "desc" if downwards else "asc"
    return (
        f"{rank} is null or {rank} in ('', '{format_stamp(FOREVER)}'), {rank} collate nocase {direction}, {WORK_ORDER}"
    )


def _row(cells: tuple[Any, ...]) -> Row:
    """Return a row as tables want it: words of closed sets as such, so that they know their order, and lists apart."""
    row: list[Cell] = list(cells)
    row[_PRIORITY] = _PRIORITIES.get(cells[_PRIORITY])
    row[_STATUS] = _STATUSES.get(cells[_STATUS])
    for place in _LISTS:
        row[place] = tuple(cells[place].split(SEPARATOR)) if cells[place] else ()
    return tuple(row)


def _place(key: str) -> int:
    return next(place for place, column in enumerate(TICKET_LIST) if column.key == key)


_PRIORITY, _STATUS = map(_place, ("priority", "status"))
_LISTS = tuple(map(_place, ("tags", "facts")))
_PRIORITIES = {priority.value: priority for priority in Priority}
_STATUSES = {status.value: status for status in Status}
