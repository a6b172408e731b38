"""What agents did: whom they answered, what they wrote on and brought to an end."""

from supportq.store import courses
from supportq.store.grouping import Source
from supportq.store.measures import IS_ASIDE, Measure, number_of
from supportq.store.waits import ENDS, RESPONSES

_IS_FIRST_ANSWER = "clock.kind = 'first_response' and clock.answered and not clock.live"


def first_answers(holder: str) -> Source:
    """Return first answers that were not given live, under who held the ticket then, or where it stands now."""
    condition = f"{RESPONSES.condition} and {_IS_FIRST_ANSWER} and not {IS_ASIDE}"
    return Source(RESPONSES.tables, RESPONSES.dated_at, holder, condition)


WRITTEN = Measure(
    Source(
        "agent_message_view as message {join} {ticket} on ticket.id = message.ticket_id",
        "message.at",
        "message",
    ),
    {
        "touched": f"count(distinct case when not {IS_ASIDE} then message.ticket_id end)",
        "replies": number_of(f"not {IS_ASIDE} and message.direction = 'out'"),
        "outside": f"count(distinct case when {IS_ASIDE} then message.ticket_id end)",
    },
)
"""What agents wrote, by when they did, under who did."""

RESOLVED = Measure(
    Source(ENDS.tables, ENDS.dated_at, ENDS.holder, "ending.kind = 'resolved'"),
    {
        "resolves": number_of(f"not {IS_ASIDE}"),
    },
)
"""Every resolve, under who held the ticket then."""

HANDED = Measure(
    courses.RESOLVED,
    {"handed_over": f"sum(iif({courses.IS_TOLD}, course.agent_handover_count, 0))"},
)
"""How often tickets changed hands before they were resolved first, under who held them then."""
