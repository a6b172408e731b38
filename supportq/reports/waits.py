"""How many customers waited how long for an answer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._question import Question
from supportq.reports.response import LINES, still_waiting
from supportq.store.grouping import Told, iter_counts, query
from supportq.store.queue import Queue
from supportq.store.waits import RESPONSE, RESPONSES, UNTOLD_RESPONSE, limits_reached

KEYS = _groups.KEYS
LASTING = True

LENGTHS = (
    ("under_15m", "< 15m"),
    ("15m_to_1h", "15m-1h"),
    ("1_to_4h", "1-4h"),
    ("4_to_8h", "4-8h"),
    ("8_to_24h", "8-24h"),
    ("over_24h", "> 24h"),
)
LIMITS_S = (900, 3_600, 14_400, 28_800, 86_400)
"""Where each length ends and the next begins."""

PARTS = tuple(key for key, _ in LENGTHS)
ON_PAGE = ((), ("team",))


def build(queue: Queue, question: Question) -> Table:
    """Waits for an answer by how long they were: the first time, and each time after that.

    They are the waits of the report `response`, in the same time and with the same left out; n is how many there were.
    A wait of just an hour counts among those of one to four.
    """
    facts = RESPONSE, UNTOLD_RESPONSE, limits_reached(LIMITS_S, calendar=question.calendar)
    table = waits(iter_counts(queue, question.span, RESPONSES, *facts), question)
    return replace(table, caption="; ".join(filter(None, (table.caption, still_waiting(queue, question)))))


def sql(question: Question) -> str:
    """Return the statement that counts the waits by how many of the limits they reached."""
    reached = limits_reached(LIMITS_S, calendar=question.calendar)
    facts = {"time": RESPONSE, "left_out": UNTOLD_RESPONSE, "limits_reached": reached}
    return query(question.span, RESPONSES, facts, {"n": "count(*)"})


def waits(counted: Iterable[Told], question: Question) -> Table:
    """Return the waits, from rows of the group, the line, why it isn't told, how many limits were reached, a count."""
    counts = Counter[tuple[Group, str, str | int]]()
    for *group, line, why, reached, count in counted:
        counts[tuple(group), line, why or reached] += count
    rows = [
        (*group, line, *_cells(group, line, counts))
        for group in _groups.ordered(question, (group for group, _, _ in counts))
        for line in LINES
    ]
    return Table(
        (*_groups.columns(question), *_COLUMNS),
        rows,
        title="Waits",
        caption=_groups.caption(
            question, "calendar time" if question.calendar else "open time", _left_out_in_words(counts)
        ),
        group=question.by[0] if question.by else "",
    )


def _left_out_in_words(counts: Counter[tuple[Group, str, str | int]]) -> str:
    """Return how many waits are left out for each reason, where there are any."""
    sums = Counter[str]()
    for (_, _, why), count in counts.items():
        sums[str(why)] += count
    told = [f"{sums[why]:,} {title.lower()}" for why, title in _UNTOLD.items() if sums[why]]
    return f"left out: {', '.join(told)}" if told else ""


def _cells(group: Group, line: str, counts: Counter[tuple[Group, str, str | int]]) -> Row:
    lengths = [counts[group, line, reached] for reached in range(len(LENGTHS))]
    untold = [counts[group, line, why] for why in _UNTOLD]
    return (sum(lengths), *lengths, sum(untold), *untold)


_UNTOLD = {"unanswered": "Never answered", "void": "Void", "no_data": "No data", "outside": "Aside"}
_COLUMNS = (
    Column("time", "Time", Kind.CLOCK),
    Column("n", "n", Kind.NUMBER),
    *(Column(key, title, Kind.NUMBER) for key, title in LENGTHS),
    Column("left_out", "Left out", Kind.NUMBER, faint=True),
    *(Column(key, title, Kind.NUMBER, shown=False) for key, title in _UNTOLD.items()),
)
