"""A rule: what to do with the tickets that a filter selects."""

from supportq.values import dataclass

Value = str | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A habit of the desk: `actions` pairs an action's name with its value; `stop` ends the list when it matched."""

    name: str
    when: str
    actions: tuple[tuple[str, Value], ...]
    stop: bool = False
    line: int = 0
