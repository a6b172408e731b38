"""What a monitoring plugin prints: one line with a state, words and performance data, by the guidelines for plugins."""

from datetime import timedelta

from supportq.errors import PluginState
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """More promises at risk than `warning` are a warning, more late ones than `critical` are critical."""

    warning: int = 0
    critical: int = 0


def status(late: int, at_risk: int, late_for: timedelta, thresholds: Thresholds) -> tuple[PluginState, str]:
    """Return the state of the desk's promises, the oldest of which is late for so long, and the line to print."""
    state = _state(late, at_risk, thresholds)
    figures = (
        f"breached={late};;{thresholds.critical};0",
        f"at_risk={at_risk};{thresholds.warning};;0",
        f"oldest_s={int(late_for.total_seconds())}s;;;0",
    )
    return state, f"SLA {state.name} - {late} breached, {at_risk} at risk | {' '.join(figures)}\n"


def _state(late: int, at_risk: int, thresholds: Thresholds) -> PluginState:
    if late > thresholds.critical:
        return PluginState.CRITICAL
    return PluginState.WARNING if at_risk > thresholds.warning else PluginState.OK
