"""Figures for Prometheus, in its text exposition format."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from supportq.model.ticket import Priority
from supportq.store.breaches import Tally

NOBODY = "none"
"""Stands for the team of a ticket that has none, as it does in filters."""


def exposition(tallies: Iterable[Tally], teams: Iterable[str], now: datetime) -> Iterator[str]:
    """Yield gauges by team and priority, zeros too, so that no series ends when all is well, and when that was."""
    cells = {
        (team, priority.value): Tally(team, priority, 0, 0, now) for team in (*teams, NOBODY) for priority in Priority
    }
    cells |= {(tally.team or NOBODY, tally.priority): tally for tally in tallies}
    for name, meaning, figure in _GAUGES:
        yield _head(name, meaning)
        for (team, priority), tally in cells.items():
            yield f'{name}{{team="{_escaped(team)}",priority="{priority}"}} {figure(tally, now)}\n'
    yield _head("supportq_last_run_timestamp_seconds", "When these figures were true.")
    yield f"supportq_last_run_timestamp_seconds {int(now.timestamp())}\n"


def _late_s(tally: Tally, now: datetime) -> int:
    return max(0, int((now - tally.due_at).total_seconds()))


_GAUGES: tuple[tuple[str, str, Callable[[Tally, datetime], int]], ...] = (
    ("supportq_late_promises", "Promises that are late.", lambda tally, _now: tally.late),
    ("supportq_at_risk_promises", "Promises that are at risk and not late.", lambda tally, _now: tally.at_risk),
    ("supportq_longest_late_seconds", "For how long the oldest late promise has been late.", _late_s),
)


def _head(name: str, meaning: str) -> str:
    return f"# HELP {name} {meaning}\n# TYPE {name} gauge\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
