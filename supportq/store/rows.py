"""Rows of the queue file and the values they hold, one the other's mirror."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from supportq.model.channel import Channel
from supportq.model.clock import Cause, Clock, ClockKind, Pause, Standing
from supportq.model.event import Event, Kind
from supportq.model.message import Author, Delivery, Direction, Message
from supportq.model.ticket import Priority, Status, Ticket
from supportq.sla.deadline import Deadline
from supportq.when.stamps import FOREVER, format_stamp, parse_stamp

if TYPE_CHECKING:
    from supportq.model.course import Course
    from supportq.model.ending import Ending, Waits

Row = Sequence[Any]

_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_read = json.JSONDecoder().decode

EVENT_COLUMNS = "id, change_id, ticket_id, kind, at, recorded_at, actor, settings_id, data"

TICKET_COLUMNS = (
    "id, created_at, updated_at, channel, customer_id, organisation_id, subject_id, status, priority, team, line, "
    "assignee, category, language, source, merged_into, resolution, reason_id, status_at, resolved_at, wake_at, "
    "closes_at, first_message_id, last_message_id, unanswered_since, reply_waiting, reply_failed, reply_count, "
    "reopen_count, rating, rated_at, comment_id, follow_up_at, spent_s, revision"
)

CLOCK_COLUMNS = (
    "ticket_id, kind, ordinal, standing, started_at, target_s, due_at, risk_at, policy, hours, settings_id, team, "
    "assignee, priority, remaining_s, stopped_at, breached_at, cause, why_void, elapsed_s, business_s, paused_s, "
    "pauses, soft, live, late_recorded, alarms, answered"
)

ENDING_COLUMNS = (
    "ticket_id, ordinal, kind, ended_at, reopened_at, is_first, is_last, team, assignee, priority, line, hours, "
    "new_s, open_s, pending_s, on_hold_s, net_s, "
    "new_business_s, open_business_s, pending_business_s, on_hold_business_s, net_business_s"
)

COURSE_COLUMNS = (
    "ticket_id, resolved_at, decided_at, team, assignee, priority, line, agent_handover_count, team_handover_count, "
    "line_handover_count, stays, is_known, reply_count, is_one_contact, reopened_at, resolve_count, reopen_count"
)

MESSAGE_COLUMNS = (
    "message.id, message.ticket_id, message.direction, message.author, message.channel, message.at, "
    "message.recorded_at, message.body, coalesce(text.body, ''), message.agent, message.customer_id, "
    "message.automatic, message.live, message.delivery, message.why_thread"
)


def stamp(moment: datetime | None) -> str | None:
    """Return a moment in its stored form, None for None."""
    return None if moment is None else format_stamp(moment)


def moment(text: str | None) -> datetime | None:
    """Return a stored moment, None for None."""
    return None if text is None else parse_stamp(text)


def row_of_event(event: Event) -> Row:
    """Return an event as a row, in the order of EVENT_COLUMNS."""
    return (
        event.id,
        event.change_id,
        event.ticket_id,
        event.kind.value,
        format_stamp(event.at),
        format_stamp(event.recorded_at),
        event.actor,
        event.settings_id,
        _write(event.data),
    )


_KINDS = {kind.value: kind for kind in Kind}
"""The kinds by their words: a long history is read much faster by these than by asking the enumeration."""


def event_from_row(row: Row) -> Event:
    """Read an event from a row in the order of EVENT_COLUMNS."""
    return Event(
        id=row[0],
        change_id=row[1],
        ticket_id=row[2],
        kind=_KINDS[row[3]],
        at=parse_stamp(row[4]),
        recorded_at=parse_stamp(row[5]),
        actor=row[6],
        settings_id=row[7],
        data=_read(row[8]),
    )


def row_of_ticket(ticket: Ticket) -> tuple[Any, ...]:
    """Return a ticket's own columns, in the order of TICKET_COLUMNS."""
    return (
        ticket.id,
        format_stamp(ticket.created_at),
        format_stamp(ticket.updated_at),
        ticket.channel.value,
        ticket.customer_id,
        ticket.organisation_id,
        ticket.subject_id,
        ticket.status.value,
        ticket.priority.value,
        ticket.team,
        ticket.line,
        ticket.assignee,
        ticket.category,
        ticket.language,
        ticket.source,
        ticket.merged_into,
        ticket.resolution,
        ticket.reason_id,
        stamp(ticket.status_at),
        stamp(ticket.resolved_at),
        stamp(ticket.wake_at),
        stamp(ticket.closes_at),
        ticket.first_message_id,
        ticket.last_message_id,
        stamp(ticket.unanswered_since),
        int(ticket.reply_waiting),
        int(ticket.reply_failed),
        ticket.reply_count,
        ticket.reopen_count,
        ticket.rating,
        stamp(ticket.rated_at),
        ticket.comment_id,
        stamp(ticket.follow_up_at),
        ticket.spent_s,
        ticket.revision,
    )


def ticket_from_row(row: Row, **parts: Any) -> Ticket:
    """Read a ticket from a row in the order of TICKET_COLUMNS; `parts` are its tags, fields, participants, links."""
    return Ticket(
        id=row[0],
        created_at=parse_stamp(row[1]),
        updated_at=parse_stamp(row[2]),
        channel=Channel(row[3]),
        customer_id=row[4],
        organisation_id=row[5],
        subject_id=row[6],
        status=Status(row[7]),
        priority=Priority(row[8]),
        team=row[9],
        line=row[10],
        assignee=row[11],
        category=row[12],
        language=row[13],
        source=row[14],
        merged_into=row[15],
        resolution=row[16],
        reason_id=row[17],
        status_at=moment(row[18]),
        resolved_at=moment(row[19]),
        wake_at=moment(row[20]),
        closes_at=moment(row[21]),
        first_message_id=row[22],
        last_message_id=row[23],
        unanswered_since=moment(row[24]),
        reply_waiting=bool(row[25]),
        reply_failed=bool(row[26]),
        reply_count=row[27],
        reopen_count=row[28],
        rating=row[29],
        rated_at=moment(row[30]),
        comment_id=row[31],
        follow_up_at=moment(row[32]),
        spent_s=row[33],
        revision=row[34],
        **parts,
    )


def row_of_clock(clock: Clock) -> tuple[Any, ...]:
    """Return a clock as a row, in the order of CLOCK_COLUMNS."""
    pauses = [[stamp(pause.since), stamp(pause.until), pause.why] for pause in clock.pauses]
    return (
        clock.ticket_id,
        clock.kind.value,
        clock.ordinal,
        clock.standing.value,
        format_stamp(clock.started_at),
        clock.target_s,
        format_stamp(clock.due_at or FOREVER),
        format_stamp(clock.risk_at or FOREVER),
        clock.policy,
        clock.hours,
        clock.settings_id,
        clock.team,
        clock.assignee,
        clock.priority,
        clock.remaining_s,
        stamp(clock.stopped_at),
        stamp(clock.breached_at),
        clock.cause,
        clock.why_void,
        clock.elapsed_s,
        clock.business_s,
        clock.paused_s,
        _write(pauses) if pauses else "[]",
        int(clock.soft),
        int(clock.live),
        int(clock.late_recorded),
        int(clock.alarms),
        int(clock.answered),
    )


def row_of_ending(ending: "Ending") -> tuple[Any, ...]:
    """Return an ending as a row, in the order of ENDING_COLUMNS."""
    return (
        ending.ticket_id,
        ending.ordinal,
        ending.kind.value,
        format_stamp(ending.ended_at),
        stamp(ending.reopened_at),
        int(ending.is_first),
        int(ending.is_last),
        ending.team,
        ending.assignee,
        ending.priority,
        ending.line,
        ending.hours,
        *_row_of_waits(ending.calendar),
        *_row_of_waits(ending.business),
    )


def _row_of_waits(waits: "Waits | None") -> Row:
    if waits is None:
        return (None,) * 5
    return waits.new_s, waits.open_s, waits.pending_s, waits.on_hold_s, waits.net_s


def row_of_course(course: "Course") -> tuple[Any, ...]:
    """Return a course as a row, in the order of COURSE_COLUMNS."""
    return (
        course.ticket_id,
        format_stamp(course.resolved_at),
        format_stamp(course.decided_at),
        course.team,
        course.assignee,
        course.priority.value,
        course.line,
        course.agent_handover_count,
        course.team_handover_count,
        course.line_handover_count,
        f"[{','.join(f'[{stay.line},{stay.elapsed_s},{stay.business_s}]' for stay in course.stays)}]",
        int(course.is_known),
        course.reply_count,
        int(course.is_one_contact),
        stamp(course.reopened_at),
        course.resolve_count,
        course.reopen_count,
    )


def clock_from_row(row: Row) -> Clock:
    """Read a clock from a row in the order of CLOCK_COLUMNS."""
    return Clock(
        ticket_id=row[0],
        kind=ClockKind(row[1]),
        ordinal=row[2],
        standing=Standing(row[3]),
        started_at=parse_stamp(row[4]),
        target_s=row[5],
        due_at=_unless_forever(row[6]),
        risk_at=_unless_forever(row[7]),
        policy=row[8],
        hours=row[9],
        settings_id=row[10],
        team=row[11],
        assignee=row[12],
        priority=row[13],
        remaining_s=row[14],
        stopped_at=moment(row[15]),
        breached_at=moment(row[16]),
        cause=Cause(row[17]) if row[17] else None,
        why_void=row[18],
        elapsed_s=row[19],
        business_s=row[20],
        paused_s=row[21],
        pauses=pauses_from(row[22]),
        soft=bool(row[23]),
        live=bool(row[24]),
        late_recorded=bool(row[25]),
        alarms=bool(row[26]),
        answered=bool(row[27]),
    )


def pauses_from(text: str) -> tuple[Pause, ...]:
    """Read the stored pauses of a clock."""
    return tuple(Pause(parse_stamp(since), moment(until), why) for since, until, why in json.loads(text))


def message_from_row(row: Row) -> Message:
    """Read a message from a row in the order of MESSAGE_COLUMNS."""
    return Message(
        id=row[0],
        ticket_id=row[1],
        direction=Direction(row[2]),
        author=Author(row[3]),
        channel=Channel(row[4]),
        at=parse_stamp(row[5]),
        recorded_at=parse_stamp(row[6]),
        body=row[7],
        subject=row[8],
        agent=row[9],
        customer_id=row[10],
        automatic=bool(row[11]),
        live=bool(row[12]),
        delivery=Delivery(row[13]) if row[13] else None,
        why_thread=row[14],
    )


def moments_of_order(clocks: Sequence[Clock], place: Deadline) -> tuple[str, str, str]:
    """Return due_at, risk_at and order_at of a ticket: the moments by which lists find it."""
    due = [(clock.late_at, clock.risk_at or FOREVER) for clock in clocks if clock.late_at]
    due_at = min((moment for moment, _ in due), default=FOREVER)
    risk_at = min((moment for _, moment in due), default=FOREVER)
    return format_stamp(due_at), format_stamp(risk_at), format_stamp(place.moment)


def is_automatic(clocks: Sequence[Clock]) -> int:
    """Tell whether a machine opened the ticket and no person has written in since: all it was promised is soft."""
    first = [clock.soft for clock in clocks if clock.kind is ClockKind.FIRST_RESPONSE]
    return int(bool(first) and all(first))


def _unless_forever(text: str) -> datetime | None:
    found = parse_stamp(text)
    return None if found == FOREVER else found
