"""What the desk does by itself: rules, and the views people look through."""

from typing import Any

from pydantic import ConfigDict

from supportq.model.filter import Lexicon
from supportq.rules.actions import action_named, names
from supportq.rules.rule import Rule, Value
from supportq.settings.draft import Draft, Table
from supportq.settings.faults import Path, hint
from supportq.settings.sections.filters import check_filter


class RuleTable(Table):
    """What a settings text says of a rule; the other keys are actions."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: str
    when: str
    stop: bool = False


def read_rules(draft: Draft, lexicon: Lexicon) -> tuple[Rule, ...]:
    """Read the rules in their order."""
    rules = []
    for path, raw in draft.entries("rules"):
        table = draft.table(RuleTable, raw, path)
        check_filter(draft, (*path, "when"), table.when, lexicon)
        actions = _actions(draft, path, table.model_extra or {}, lexicon)
        rules.append(Rule(table.name, table.when.strip(), actions, table.stop, draft.line(path)))
    draft.distinct("rule", "rules")
    return tuple(rules)


def check_views(draft: Draft, views: dict[str, str], lexicon: Lexicon) -> None:
    """Note the views whose filter is not right."""
    for name, text in views.items():
        check_filter(draft, ("views", name), text, lexicon)


def _actions(draft: Draft, path: Path, said: dict[str, Any], lexicon: Lexicon) -> tuple[tuple[str, Value], ...]:
    actions, known = [], names()
    for name, raw in said.items():
        if name not in known:
            draft.fault((*path, name), "no such key", hint(name, ["name", "when", "stop", *known]))
            continue
        value = tuple(raw) if isinstance(raw, list) else raw
        problem = action_named(name).check(value, lexicon)
        if problem:
            draft.refuse((*path, name), problem)
        actions.append((name, value))
    if not said:
        draft.fault(path, "does nothing", hint("", known))
    return tuple(actions)
