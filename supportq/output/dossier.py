"""A ticket in full: a page for people, a record for programs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from supportq.mail.quoting import without_quotes
from supportq.model.clock import Clock, ClockKind, Standing
from supportq.model.customer import Customer
from supportq.model.event import Event
from supportq.model.message import Direction, Message
from supportq.model.table import Column, Kind, Row, Table
from supportq.model.title import one_line
from supportq.output.brief import rating_in_words, replies_in_words, sender_in_words, way_in_words
from supportq.output.outcome import Block, Facts, Page, Record
from supportq.values import dataclass
from supportq.when import format_exact, format_local
from supportq.work.dossier import Dossier
from supportq.work.story import told

_FACTS = (
    Column("status", "Status"),
    Column("priority", "Priority"),
    Column("team", "Team"),
    Column("agent", "Agent"),
    Column("line", "Line", Kind.NUMBER),
    Column("customer", "Customer"),
    Column("reply_to", "Reply-To"),
    Column("organisation", "Organisation"),
    Column("others", "With"),
    Column("channel", "Channel"),
    Column("category", "Category"),
    Column("language", "Language"),
    Column("tags", "Tags", Kind.LIST),
    Column("fields", "Fields", Kind.LIST),
    Column("links", "Links", Kind.LIST),
    Column("was", "Was", Kind.LIST),
    Column("created", "Created", Kind.MOMENT),
    Column("unanswered", "Unanswered since", Kind.MOMENT),
    Column("wakes", "Wakes", Kind.MOMENT),
    Column("resolved", "Resolved", Kind.MOMENT),
    Column("closes", "Closes", Kind.MOMENT),
    Column("follow_up", "Follow-up", Kind.MOMENT),
    Column("reason", "Reason"),
    Column("rating", "Rating"),
    Column("spent", "Spent", Kind.DURATION),
)

_CLOCKS = (
    Column("clock", "Clock"),
    Column("standing", "Standing"),
    Column("left", "Left", Kind.DUE),
    Column("due", "Due", Kind.MOMENT),
    Column("stopped", "Stopped", Kind.MOMENT),
    Column("took", "Open time", Kind.OPEN_TIME),
)

_ELSEWHERE = (Column("name", "Name"), Column("value", "Value", wide=True))

_CHANGES = (
    Column("change", "Change", Kind.NUMBER),
    Column("at", "When", Kind.MOMENT),
    Column("by", "By"),
    Column("what", "What", wide=True),
)


@dataclass(frozen=True, slots=True)
class View:
    """How a ticket is to be shown: by when and where, how many of its last messages, with its changes or without.

    With `facts`, what another system said of it is told too.
    What is `kept` is read long afterwards: moments are written in full, and so is what messages quote.
    """

    now: datetime
    zone: tzinfo
    names: Mapping[str, str]
    latest: int | None = None
    changes: bool = False
    kept: bool = False
    why_thread: bool = False
    facts: bool = False

    def told(self, moment: datetime) -> str:
        """Return a moment for people."""
        if self.kept:
            return format_exact(moment.astimezone(self.zone))
        return format_local(moment, self.zone, self.now)


def dossier_page(dossiers: Sequence[Dossier], view: View) -> Page:
    """Return the page of one ticket, or of several one after the other."""
    if len(dossiers) == 1:
        (one,) = dossiers
        return Page(_title(one), tuple(_blocks(one, view)), record(one, view))
    blocks = [block for each in dossiers for block in (Block(_title(each)), *_blocks(each, view))]
    return Page(f"{len(dossiers)} tickets", tuple(blocks), [record(each, view) for each in dossiers])


def record(dossier: Dossier, view: View) -> Record:
    """Return everything about a ticket for programs; lists are always there, and what is absent is null."""
    ticket, customer = dossier.ticket, dossier.customer
    return {
        "id": ticket.id,
        "subject": dossier.subject,
        "status": ticket.status_on(view.now),
        "priority": ticket.priority,
        "team": ticket.team,
        "agent": ticket.assignee,
        "line": ticket.line,
        "channel": ticket.channel,
        "category": ticket.category,
        "language": ticket.language,
        "tags": ticket.tags,
        "fields": dict(ticket.fields),
        "links": [{"id": other, "kind": kind} for other, kind in ticket.links],
        "merged_into": ticket.merged_into,
        "origins": [{"source": origin.source, "key": origin.key} for origin in dossier.origins],
        "facts": dict(dossier.facts),
        "resolution": ticket.resolution,
        "reason": dossier.reason or None,
        "created": ticket.created_at,
        "updated": ticket.updated_at,
        "unanswered": ticket.unanswered_since,
        "wakes": ticket.wake_at,
        "resolved": ticket.resolved_at,
        "closes": ticket.closes_at,
        "follow_up": ticket.follow_up_at,
        "rating": ticket.rating,
        "rated": ticket.rated_at,
        "comment": dossier.comment or None,
        "spent_s": ticket.spent_s,
        "replies": ticket.reply_count,
        "reopened": ticket.reopen_count,
        "revision": ticket.revision,
        "customer": customer_record(customer) if customer else None,
        "reply_to": dossier.asked or None,
        "participants": [
            {"role": role, **customer_record(dossier.people[person])} for person, role in ticket.participants
        ],
        "clocks": [_clock_record(clock, view.now) for clock in dossier.clocks],
        "messages": [_message_record(message, dossier) for message in _latest(dossier, view)],
        **({"changes": [_event_record(event) for event in dossier.history]} if view.changes else {}),
    }


def customer_record(customer: Customer) -> dict[str, Any]:
    """Return a customer for programs."""
    return {
        "id": customer.id,
        "name": customer.name,
        "organisation": customer.organisation or None,
        "language": customer.language,
        "addresses": [{"kind": address.kind, "value": address.value} for address in customer.addresses],
    }


def customer_in_full(customer: Customer) -> str:
    """Return a customer's name with every address."""
    addresses = ", ".join(address.value for address in customer.addresses)
    return f"{customer.name} <{addresses}>" if customer.name and addresses else customer.label


def _title(dossier: Dossier) -> str:
    return f"{dossier.ticket.id}  {dossier.subject or '(no subject)'}"


def _blocks(dossier: Dossier, view: View) -> Iterator[Block]:
    yield Block(body=Facts(_FACTS, _facts(dossier, view)))
    if dossier.clocks:
        yield Block("Clocks", body=_clocks(dossier.clocks, view))
    if view.facts and dossier.facts:
        yield Block("Said of it where it was", body=Table(_ELSEWHERE, list(dossier.facts.items())))
    shown = _latest(dossier, view)
    if len(shown) < len(dossier.messages):
        yield Block(aside=f"{len(dossier.messages) - len(shown)} earlier messages: --messages 0 shows all")
    yield from (_said(message, dossier, view) for message in shown)
    if view.changes:
        yield Block("Changes", body=Table(_CHANGES, list(_changes(dossier, view))))


def _facts(dossier: Dossier, view: View) -> Row:
    ticket, customer = dossier.ticket, dossier.customer
    return (
        _status(dossier, view),
        ticket.priority,
        ticket.team,
        view.names.get(ticket.assignee or "", ticket.assignee),
        ticket.line,
        customer_in_full(customer) if customer else None,
        f"{dossier.asked} (not known to be theirs)" if dossier.asked else None,
        customer.organisation if customer else None,
        "; ".join(f"{customer_in_full(dossier.people[person])} ({role})" for person, role in ticket.participants),
        _worded(ticket.channel) + (" (public)" if ticket.channel.is_public else ""),
        ticket.category,
        ticket.language,
        ticket.tags,
        tuple(f"{name}={value}" for name, value in ticket.fields),
        tuple(f"{kind} {other}" for other, kind in ticket.links),
        tuple(f"{origin.source} {origin.key}" for origin in dossier.origins),
        ticket.created_at,
        ticket.unanswered_since,
        ticket.wake_at if ticket.is_snoozed(view.now) else None,
        ticket.resolved_at,
        ticket.closes_at if ticket.closes_at and ticket.closes_at > view.now else None,
        ticket.follow_up_at,
        dossier.reason,
        rating_in_words(ticket.rating, dossier.comment),
        ticket.spent_s or None,
    )


def _status(dossier: Dossier, view: View) -> str:
    ticket = dossier.ticket
    remarks = [
        f"as {ticket.resolution}" if ticket.resolution else "",
        f"merged into {ticket.merged_into}" if ticket.merged_into else "",
        *replies_in_words(ticket, dossier.messages),
        f"reopened {ticket.reopen_count} times" if ticket.reopen_count > 1 else "reopened" * ticket.reopen_count,
    ]
    return ", ".join(filter(None, [_worded(ticket.status_on(view.now)), *remarks]))


def _worded(code: str) -> str:
    """Return a member of a closed set as people read it."""
    return code.replace("_", " ")


def _clocks(clocks: Sequence[Clock], view: View) -> Table:
    """Return the clocks with their due moments; what is left until then is of no use long afterwards."""
    table = Table(_CLOCKS, [_clock_row(clock, view.now) for clock in _told_once(clocks)], standing="standing")
    return table.choose([column.key for column in _CLOCKS if column.key != "left"]) if view.kept else table


def _told_once(clocks: Sequence[Clock]) -> Iterator[Clock]:
    """Yield the clocks; until a ticket is first resolved, both promises to resolve it are one."""
    is_unresolved = any(clock.kind is ClockKind.RESOLUTION_FIRST and clock.standing.is_live for clock in clocks)
    return (clock for clock in clocks if not (is_unresolved and clock.kind is ClockKind.RESOLUTION_TOTAL))


def _clock_row(clock: Clock, now: datetime) -> Row:
    left = clock.due_at if clock.standing.is_live else None
    standing = "late" if clock.is_late(now) else _worded(clock.standing_on(now))
    told = f"{standing} ({clock.why_void})" if clock.why_void else standing
    return (clock.label, told, left, clock.due_at, _stopped_at(clock), clock.business_s)


def _stopped_at(clock: Clock) -> datetime | None:
    """Return when a clock stopped; without data nobody knows."""
    return None if clock.standing is Standing.NO_DATA else clock.stopped_at


def _latest(dossier: Dossier, view: View) -> Sequence[Message]:
    return dossier.messages[-view.latest :] if view.latest else dossier.messages


def _said(message: Message, dossier: Dossier, view: View) -> Block:
    """Return a message under who said it; a note says that it is one, and what is quoted at length is folded."""
    who = _author(message, dossier, view)
    remarks = [
        "" if message.direction is Direction.NOTE else _worded(message.channel),
        view.told(message.at),
        "automatic" if message.automatic else "",
        "live" if message.live else "",
        way_in_words(message),
    ]
    names = [
        f"[{one_line(file.name)}, {file.size:,} byte{'s' * (file.size != 1)}]"
        for file in dossier.enclosures.get(message.id, ())
    ]
    said = message.body.rstrip() if view.kept else without_quotes(message.body)
    why = f"[why here: {message.why_thread}]" if view.why_thread and message.why_thread else ""
    text = "\n".join(filter(None, [why, said, *names]))
    heading = f"Note by {who}" if message.direction is Direction.NOTE else who
    return Block(heading, ", ".join(filter(None, remarks)), text)


def _author(message: Message, dossier: Dossier, view: View) -> str:
    if message.agent:
        return view.names.get(message.agent, message.agent)
    return dossier.author_elsewhere(message) or sender_in_words(message, dossier.people, dossier.customer)


def _changes(dossier: Dossier, view: View) -> Iterator[Row]:
    groups: dict[int, list[Event]] = {}
    for event in dossier.history:
        groups.setdefault(event.change_id, []).append(event)
    for change, events in groups.items():
        yield (change, events[0].recorded_at, events[0].actor, told(events, now=view.now, zone=view.zone))


def _clock_record(clock: Clock, now: datetime) -> dict[str, Any]:
    return {
        "clock": clock.kind,
        "ordinal": clock.ordinal,
        "standing": clock.standing_on(now),
        "late": clock.is_late(now),
        "started": clock.started_at,
        "target_s": clock.target_s,
        "due": clock.due_at,
        "remaining_s": clock.remaining_s,
        "stopped": _stopped_at(clock),
        "breached": clock.breached_at or (clock.late_at if clock.is_late(now) else None),
        "cause": clock.cause,
        "why_void": clock.why_void,
        "elapsed_s": clock.elapsed_s,
        "business_s": clock.business_s,
        "paused_s": clock.paused_s,
        "policy": clock.policy,
        "hours": clock.hours,
    }


def _message_record(message: Message, dossier: Dossier) -> dict[str, Any]:
    return {
        "id": message.id,
        "at": message.at,
        "recorded": message.recorded_at,
        "direction": message.direction,
        "author": message.author,
        "agent": message.agent,
        "author_name": dossier.author_elsewhere(message) or None,
        "customer": message.customer_id,
        "channel": message.channel,
        "subject": message.subject or None,
        "body": message.body,
        "automatic": message.automatic,
        "live": message.live,
        "delivery": message.delivery,
        "attachments": [
            {"id": file.id, "name": file.name, "content_type": file.content_type, "size": file.size}
            for file in dossier.enclosures.get(message.id, ())
        ],
        "why_thread": message.why_thread,
    }


def _event_record(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "change": event.change_id,
        "kind": event.kind,
        "at": event.at,
        "recorded": event.recorded_at,
        "by": event.actor,
        "data": event.data,
    }
