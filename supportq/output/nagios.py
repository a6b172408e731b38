"""What a monitoring plugin prints: one line with a state, words and performance data, by the guidelines for plugins."""

import re
from datetime import timedelta
from math import inf

from supportq.errors import PluginState, UsageError
from supportq.values import dataclass

_RANGE = re.compile(r"(@?)(?:(~|\d*):)?(\d*)")


@dataclass(frozen=True, slots=True)
class Range:
    """A threshold as the guidelines write it; what lies outside raises an alarm, after `@` what lies inside."""

    text: str
    low: float
    high: float
    alarms_inside: bool

    def alarms(self, count: int) -> bool:
        """Tell whether a number raises an alarm."""
        return (self.low <= count <= self.high) is self.alarms_inside


def parse_range(text: str) -> Range:
    """Read a threshold: `5` alarms at more, `5:` at fewer, `5:10` outside, `@5:10` inside; `~:` has no lower end."""
    found = _RANGE.fullmatch(text)
    low, high = (found[2] or "0", found[3]) if found else ("", "")
    span = -inf if low == "~" else float(low or 0), float(high or inf)
    if not found or not re.search(r"\d", text) or span[0] > span[1]:
        raise UsageError(
            f'"{text}" is no threshold', "such as: 5 (more than 5), 5: (fewer), 5:10 (outside), @5:10 (within)"
        )
    return Range(text, *span, alarms_inside=bool(found[1]))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How many promises at risk are a warning, and how many late ones are critical."""

    warning: Range
    critical: Range


def status(late: int, at_risk: int, late_for: timedelta, thresholds: Thresholds) -> tuple[PluginState, str]:
    """Return the state of the desk's promises, the oldest of which is late for so long, and the line to print."""
    state = _state(late, at_risk, thresholds)
    figures = (
        f"breached={late};;{thresholds.critical.text};0",
        f"at_risk={at_risk};{thresholds.warning.text};;0",
        f"oldest_s={int(late_for.total_seconds())}s;;;0",
    )
    return state, f"SLA {state.name} - {late} breached, {at_risk} at risk | {' '.join(figures)}\n"


def _state(late: int, at_risk: int, thresholds: Thresholds) -> PluginState:
    if thresholds.critical.alarms(late):
        return PluginState.CRITICAL
    return PluginState.WARNING if thresholds.warning.alarms(at_risk) else PluginState.OK
