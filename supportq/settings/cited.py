"""Where in a settings text a target was said."""

from functools import lru_cache
from typing import Any

from supportq.model.clock import ClockKind
from supportq.model.ticket import Priority
from supportq.settings.faults import Path
from supportq.settings.lines import key_lines, line_of
from supportq.settings.toml import parse_toml
from supportq.sla.policy import FALLBACKS, PROMISES
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Cited:
    """The key of a target within its policy, such as first_response.high, and the line that says it."""

    key: str
    line: int


def cited(text: str, policy: str, kind: ClockKind, priority: Priority) -> Cited | None:
    """Find what a policy of a well-formed text says of a clock for a priority; None where it says nothing."""
    policies, lines = _policies(text)
    place = next((number for number, table in enumerate(policies) if table.get("name") == policy), None)
    promise = next(key for key, kinds in PROMISES.items() if kind in kinds)
    if place is None or promise not in policies[place]:
        return None
    parts = (promise, *_chosen(policies[place][promise], priority))
    return Cited(".".join(parts), line_of(("sla", "policies", place, *parts), lines))


@lru_cache(maxsize=4)
def _policies(text: str) -> tuple[list[dict[str, Any]], dict[Path, int]]:
    return parse_toml(text).get("sla", {}).get("policies", []), key_lines(text)


def _chosen(said: str | dict[str, str], priority: Priority) -> tuple[str, ...]:
    """Return the key of the target that counts for a priority, none where one target counts for all."""
    if isinstance(said, str):
        return ()
    return tuple(known.value for known in FALLBACKS[priority] if known in said)[:1]
