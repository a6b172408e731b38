"""What a writer says when it is done."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from supportq.desk import Desk
from supportq.errors import first_few
from supportq.model.table import Column, Kind, Table
from supportq.model.title import cut
from supportq.output.outcome import Outcome
from supportq.when import format_local, parse_stamp

if TYPE_CHECKING:
    from supportq.store.change import Done

_COLUMNS = (
    Column("id", "ID", Kind.NUMBER),
    Column("field", "Field"),
    Column("before", "Before"),
    Column("after", "After", wide=True),
)
_LABELS = {"status": "", "wake": "until ", "follow_up": "follow-up "}
_SAID = frozenset({"status", "rating"})
_COUNTED = frozenset({"replies", "spent_s"})
_LONGEST = 40


def written(desk: Desk, done: "Done", participle: str, *, can_undo: bool = True, mails: Sequence[int] = ()) -> Outcome:
    """Return the outcome of a writer: how many tickets or what is different in one, what to mind, how to undo.

    With `mails` it speaks of these, and names their tickets.
    """
    if not done.touched:
        return Outcome(notes=(*done.warnings, "Nothing to do."), touched=())
    if desk.options.dry_run:
        note = f"Dry run: {_things(done.touched, mails)} would be {participle}; nothing was changed."
        return Outcome(table=difference_table(done), notes=(*done.warnings, note), touched=done.touched)
    news = ", ".join(news_of(desk, done, participle)) if len(done.touched) == 1 else ""
    is_way_back = can_undo and done.change_id > 0
    note = f"{_things(done.touched, mails)} {participle}{news and f': {news}'}.{' Undo: supportq undo' * is_way_back}"
    return Outcome(notes=(*done.warnings, note), touched=done.touched)


def difference_table(done: "Done") -> Table:
    """Return what is different in the tickets, field by field."""
    return Table(_COLUMNS, [(found.ticket_id, found.field, found.before, found.after) for found in done.differences])


def _things(tickets: tuple[int, ...], mails: Sequence[int]) -> str:
    """Return what was written on: tickets, or mails of tickets."""
    if not mails:
        return _tickets(tickets)
    whose = f"of ticket{'' if len(tickets) == 1 else 's'} {first_few(list(map(str, tickets)), between=', ')}"
    return f"Mail {mails[0]} {whose}" if len(mails) == 1 else f"{len(mails)} mails {whose}"


def _tickets(numbers: tuple[int, ...]) -> str:
    return f"Ticket {numbers[0]}" if len(numbers) == 1 else f"{len(numbers)} tickets"


def news_of(desk: Desk, done: "Done", participle: str) -> Iterator[str]:
    """Yield what is different now, but for what is only counted, what the participle says and what a status says."""
    for found in done.differences:
        after = _value(desk, found.field, found.after)
        is_said = found.field in _SAID and after in participle.split()
        is_implied = found.field == "resolution" and not found.after
        if is_said or is_implied or found.field in _COUNTED or not after:
            continue
        was = _value(desk, found.field, found.before) if found.before else ""
        label = _LABELS.get(found.field, f"{found.field.replace('_', ' ')} ")
        yield f"{label}{after}{was and f' (was {was})'}"


def _value(desk: Desk, field: str, value: str) -> str:
    """Return a value as people say it; nothing for a moment that is no more."""
    match field:
        case "status":
            return value.replace("_", " ")
        case "wake" | "follow_up":
            return value and format_local(parse_stamp(value), desk.zone, desk.now)
        case _:
            return cut(value, _LONGEST) or "none"
