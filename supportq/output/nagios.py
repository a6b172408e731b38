"""What a monitoring plugin prints: one line with a state, words and performance data, by the guidelines for plugins."""

from collections.abc import Sequence
from datetime import datetime

from supportq.errors import PluginState
from supportq.store.breaches import Tally
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """More promises at risk than `warning` are a warning, more late ones than `critical` are critical."""

    warning: int = 0
    critical: int = 0


def status(tallies: Sequence[Tally], missed: int, now: datetime, thresholds: Thresholds) -> tuple[PluginState, str]:
    """Return the state of the desk's promises, also of so many that were missed and are over, and the line to print."""
    late, at_risk = missed + sum(tally.late for tally in tallies), sum(tally.at_risk for tally in tallies)
    first_due = min((tally.due_at for tally in tallies), default=now)
    oldest_s = max(0, int((now - first_due).total_seconds()))
    state = _state(late, at_risk, thresholds)
    figures = (
        f"breached={late};;{thresholds.critical};0",
        f"at_risk={at_risk};{thresholds.warning};;0",
        f"oldest_s={oldest_s}s;;;0",
    )
    return state, f"SLA {state.name} - {late} breached, {at_risk} at risk | {' '.join(figures)}\n"


def _state(late: int, at_risk: int, thresholds: Thresholds) -> PluginState:
    if late > thresholds.critical:
        return PluginState.CRITICAL
    return PluginState.WARNING if at_risk > thresholds.warning else PluginState.OK
