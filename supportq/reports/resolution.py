"""How long it took until tickets were resolved."""

from supportq.model.table import Column, Kind, Table
from supportq.reports import _groups
from supportq.reports._lasting import Lasting
from supportq.reports._question import Question
from supportq.store.grouping import iter_rows, spread_query
from supportq.store.queue import Queue
from supportq.store.waits import FIRST_RESOLVES, LAST_RESOLVES, RESOLVES, TIMES, UNTOLD_RESOLVE, time_until_resolve

KEYS = _groups.KEYS
LASTING = True
MAIN = ("median", "calendar_median")

FIRST = "first"

REASONS = (
    Column("no_data", "No data", Kind.NUMBER, faint=True),
    Column("outside", "Aside", Kind.NUMBER, faint=True),
)


def build(queue: Queue, question: Question) -> Table:
    """The time from the creation of a ticket until it was resolved, and who waited for whom until then.

    First is until the first resolve. All others are until the last one, without the time between a resolve and a
    reopening: total, and net of the pauses that the policy grants; customer_wait in new, open and on hold; agent_work
    in new and open; agent_wait in pending; on_hold. A time is dated by its resolve and counts under the team, agent
    and priority that held the ticket then; it is that of the hours of the policy in force, or, with --calendar,
    calendar time. Median, p90 and p95 are nearest ranks: v[ceil(p*n)-1]. Tickets without data and merged, spam and
    automatic ones are left out and counted apart.
    """
    return lasting(queue, question).table(question, "Resolution", tuple(TIMES), REASONS)


def sql(question: Question) -> str:
    """Return the statement behind the spread of the times; those with a reason in `left_out` are left out."""
    return spread_query(
        question.span,
        [
            (
                FIRST_RESOLVES if name == FIRST else LAST_RESOLVES,
                {
                    "time": f"'{name}'",
                    "left_out": UNTOLD_RESOLVE,
                    "seconds": time_until_resolve(name, calendar=question.calendar),
                },
            )
            for name in TIMES
        ],
    )


def lasting(queue: Queue, question: Question) -> Lasting:
    """Return how long everything took of which a resolve tells."""
    found = Lasting()
    times = [time_until_resolve(name, calendar=calendar) for calendar in (False, True) for name in TIMES]
    cells = ("ending.is_first", "ending.is_last", UNTOLD_RESOLVE, *times)
    width, count = len(question.by), len(TIMES)
    for row in iter_rows(queue, question.span, RESOLVES, *cells):
        group, (is_first, is_last, why), lasted = row[:width], row[width : width + 3], row[width + 3 :]
        for place, name in enumerate(TIMES):
            if not (is_first if name == FIRST else is_last):
                continue
            if why is None:
                found.add((group, name), lasted[place], lasted[place + count])
            else:
                found.leave_out((group, name), why)
    return found
