"""How tickets came to be resolved, as reports ask about it: in how many contacts, through whose hands, for how long."""

from supportq.store.grouping import Source
from supportq.store.measures import IS_ASIDE, Measure, number_of

_COURSES = "{course} {join} {ticket} on ticket.id = course.ticket_id"

RESOLVED = Source(_COURSES, "course.resolved_at", "course")
"""Tickets by when they were resolved first, under who held them then."""

DECIDED = Source(_COURSES, "course.decided_at", "course", "course.decided_at < :now")
"""The same by when the window had closed in which their customers could open them again."""


IS_REOPENED = "(course.reopened_at <= course.decided_at) is true"

CAME_BACK = """
exists (
  select 1
  from ticket_view as later
  where later.customer_id = ticket.customer_id
    and later.created_at > course.resolved_at and later.created_at <= course.decided_at
    and later.category is ticket.category and later.id <> ticket.id
    and later.merged_into is null and later.status <> 'spam' and not later.automatic
)
"""
"""True where the same customer opened another ticket in the same category before the window had closed."""

IS_TOLD = f"not {IS_ASIDE} and course.is_known"

IS_ANSWERED = f"{IS_TOLD} and course.reply_count > 0"

CONTACTS = Measure(
    DECIDED,
    {
        "n": number_of(IS_ANSWERED),
        "first_contact": number_of(
            f"{IS_ANSWERED} and course.is_one_contact and not {IS_REOPENED} and not {CAME_BACK.strip()}"
        ),
        "one_touch": number_of(f"{IS_ANSWERED} and course.reply_count = 1 and not {IS_REOPENED}"),
        "no_reply": number_of(f"{IS_TOLD} and course.reply_count = 0"),
        "no_data": number_of(f"not {IS_ASIDE} and not course.is_known"),
        "outside": number_of(IS_ASIDE),
    },
)

UNDECIDED = Measure(RESOLVED, {"undecided": number_of(f"{IS_TOLD} and course.decided_at >= :now")})

REOPENINGS = Measure(
    RESOLVED,
    {
        "n": number_of(IS_TOLD),
        "reopened": number_of(f"{IS_TOLD} and course.reopened_at is not null"),
        "reopens": f"sum(iif({IS_TOLD}, course.reopen_count, 0))",
        "resolves": f"sum(iif({IS_TOLD}, course.resolve_count, 0))",
        "undecided": number_of(f"{IS_TOLD} and course.decided_at >= :now"),
        "no_data": number_of(f"not {IS_ASIDE} and not course.is_known"),
        "outside": number_of(IS_ASIDE),
    },
)

HANDOVERS = Measure(
    RESOLVED,
    {
        "n": number_of(IS_TOLD),
        "agent_handovers": f"sum(iif({IS_TOLD}, course.agent_handover_count, 0))",
        "team_handovers": f"sum(iif({IS_TOLD}, course.team_handover_count, 0))",
        "line_handovers": f"sum(iif({IS_TOLD}, course.line_handover_count, 0))",
        "no_data": number_of(f"not {IS_ASIDE} and not course.is_known"),
        "outside": number_of(IS_ASIDE),
    },
)

OF_LINES = {
    "n": number_of(IS_TOLD),
    "handed_over": f"sum(iif({IS_TOLD}, course.line_handover_count, 0))",
    "no_data": number_of(f"not {IS_ASIDE} and not course.is_known"),
    "outside": number_of(IS_ASIDE),
}

STAYS = Source(f"{_COURSES} join json_each(course.stays) as stay", "course.resolved_at", "course", IS_TOLD)
"""The time on each line of support of the tickets that were resolved first."""

STAY = ("stay.value ->> 0", "stay.value ->> 2", "stay.value ->> 1")
"""The line, and the open and calendar seconds on it."""
