"""How often tickets changed hands before they were resolved."""

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._measured import NO_DATA, OUTSIDE, table
from supportq.reports._question import Question
from supportq.store import measures
from supportq.store.courses import HANDOVERS
from supportq.store.measures import Figures
from supportq.store.queue import Queue

KEYS = _groups.KEYS
MAIN = ("per_ticket",)


def build(queue: Queue, question: Question) -> Table:
    """How often the tickets that were first resolved in the period changed their agent, team and line before.

    Only a change from one to another counts: what nobody held before was handed over by nobody. Per ticket is the sum
    of the three, divided by n. A ticket is dated by its first resolve, and counts under the team, agent and priority
    that held it then. Those whose resolve an import could not date (no data) and merged, spam and automatic ones are
    left out and counted apart.
    """
    return handovers(measures.read(queue, question.span, HANDOVERS), question)


def sql(question: Question) -> str:
    """Return the statement that counts handovers."""
    return measures.query(question.span, HANDOVERS)


def handovers(found: Figures, question: Question) -> Table:
    """Return the handovers by group."""

    def cells(group: _groups.Group) -> Row:
        went = found[group]
        counts = [went[f"{hand}_handovers"] for hand in ("agent", "team", "line")]
        per_ticket = sum(counts) / went["n"] if went["n"] else None
        return (went["n"], *counts, per_ticket, went["no_data"], went["outside"])

    return table(question, found, _COLUMNS, cells, "Handovers")


_COLUMNS = (
    Column("n", "n", Kind.NUMBER),
    Column("agent_handovers", "Agents", Kind.NUMBER),
    Column("team_handovers", "Teams", Kind.NUMBER),
    Column("line_handovers", "Lines", Kind.NUMBER),
    Column("per_ticket", "Per ticket", Kind.NUMBER),
    NO_DATA,
    OUTSIDE,
)
