"""Figures for Prometheus, in its text exposition format."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from supportq.model.ticket import Priority
from supportq.store.breaches import Tally

NOBODY = "none"
"""Stands for the team of a ticket that has none, as it does in filters."""

Cell = tuple[str, str]
"""A team and a priority."""


def exposition(late: Sequence[Tally], at_risk: Sequence[Tally], teams: Iterable[str], now: datetime) -> Iterator[str]:
    """Yield gauges by team and priority, zeros too, so that no series ends when all is well, and when that was."""
    nothing = {(team, priority.value): 0 for team in (*teams, NOBODY) for priority in Priority}
    late_s = {_cell(tally): int((now - tally.due_at).total_seconds()) for tally in late}
    yield from _gauge("supportq_late_promises", "Promises that are late.", nothing | _counts(late))
    yield from _gauge("supportq_at_risk_promises", "Promises at risk and not late.", nothing | _counts(at_risk))
    yield from _gauge("supportq_longest_late_seconds", "How late the oldest late promise is.", nothing | late_s)
    yield _head("supportq_last_run_timestamp_seconds", "When these figures were true.")
    yield f"supportq_last_run_timestamp_seconds {int(now.timestamp())}\n"


def _counts(tallies: Iterable[Tally]) -> dict[Cell, int]:
    return {_cell(tally): tally.count for tally in tallies}


def _cell(tally: Tally) -> Cell:
    return tally.team or NOBODY, tally.priority


def _gauge(name: str, meaning: str, values: Mapping[Cell, int]) -> Iterator[str]:
    yield _head(name, meaning)
    for (team, priority), value in values.items():
        yield f'{name}{{team="{_escaped(team)}",priority="{priority}"}} {value}\n'


def _head(name: str, meaning: str) -> str:
    return f"# HELP {name} {meaning}\n# TYPE {name} gauge\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
