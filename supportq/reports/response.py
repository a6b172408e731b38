"""How long customers waited for an answer."""

from dataclasses import replace

from supportq.model.table import Column, Kind, Table
from supportq.reports import _groups
from supportq.reports._lasting import Lasting
from supportq.reports._question import Question
from supportq.store.grouping import iter_rows, spread_query
from supportq.store.queue import Queue
from supportq.store.standing import unanswered
from supportq.store.waits import RESPONSE, RESPONSES, UNTOLD_RESPONSE

KEYS = _groups.KEYS
LASTING = True
MAIN = ("median", "calendar_median")

LINES = ("first_response", "first_response_live", "next_response")

REASONS = (
    Column("unanswered", "Never", Kind.NUMBER, faint=True),
    Column("void", "Void", Kind.NUMBER, faint=True),
    Column("no_data", "No data", Kind.NUMBER, faint=True),
    Column("outside", "Aside", Kind.NUMBER, faint=True),
)


def build(queue: Queue, question: Question) -> Table:
    """The time from a customer's message until a person answered: the first time, and each time after that.

    Median, p90 and p95 are nearest ranks: v[ceil(p*n)-1] of the n waits in order. Time is that of the hours of the
    policy in force for the promise; with --calendar nights and weekends count too. A wait is dated by the reply and
    counts under the team, agent and priority that held the ticket then. First answers given live, while the customer
    was there, are a line of their own. Left out and counted apart: waits that were missed and ended without an answer
    (never), void ones (no reply was needed, or the ticket ended in time without one), those without data, and those of
    merged, spam and automatic tickets (aside). Who still waits is in no period: the caption says how many do.
    """
    table = lasting(queue, question).table(question, "Response", LINES, REASONS)
    return replace(table, caption="; ".join(filter(None, (table.caption, still_waiting(queue, question)))))


def still_waiting(queue: Queue, question: Question) -> str:
    """Return how many customers wait now, in words; nothing where the period is over."""
    if question.until <= question.now or question.is_ahead:
        return ""
    count, _ = unanswered(queue, question.scope)
    return f"{count:,} still wait: supportq list has:unanswered" if count else ""


def sql(question: Question) -> str:
    """Return the statement behind the spread of the waits; those with a reason in `left_out` are left out."""
    seconds = "clock.elapsed_s" if question.calendar else "clock.business_s"
    cells = {"time": RESPONSE, "left_out": UNTOLD_RESPONSE, "seconds": seconds}
    return spread_query(question.span, [(RESPONSES, cells)])


def lasting(queue: Queue, question: Question) -> Lasting:
    """Return how long each wait for an answer lasted."""
    found = Lasting()
    cells = (RESPONSE, UNTOLD_RESPONSE, "clock.business_s", "clock.elapsed_s")
    for *group, name, why, business_s, calendar_s in iter_rows(queue, question.span, RESPONSES, *cells):
        line = tuple(group), name
        if why is None:
            found.add(line, business_s, calendar_s)
        else:
            found.leave_out(line, why)
    return found
