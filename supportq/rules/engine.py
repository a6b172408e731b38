"""What the rules would do to a ticket: a pure function, so that trying them out changes nothing."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from supportq.model.filter import Facts, Filter, Lexicon, matches, parse_filter
from supportq.model.ticket import Ticket
from supportq.rules.actions import action_named
from supportq.rules.rule import Rule
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.rules.action import Changes


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule with its filter read, to be asked about many tickets."""

    rule: Rule
    selects: Filter


@dataclass(frozen=True, slots=True)
class Step:
    """One rule that matched, and what it changed: nothing where all it says was decided before."""

    rule: Rule
    changes: "Changes"


def ready(rules: Iterable[Rule], lexicon: Lexicon) -> tuple[ReadyRule, ...]:
    """Read the filters of all rules, once for a run."""
    return tuple(ReadyRule(rule, parse_filter(rule.when, lexicon, text=False)) for rule in rules)


def decide(rules: Iterable[ReadyRule], facts: Facts, now: datetime, held: Collection[str] = ()) -> tuple[Step, ...]:
    """Return the rules that match, in order, with what each changes; later rules see what earlier ones did.

    Fields in `held` were set by a person and stay as they are. A rule that says `stop` is the last one when it matched.
    """
    steps = []
    for entry in rules:
        if not matches(entry.selects, facts, now):
            continue
        step = Step(entry.rule, _changes(entry.rule, facts.ticket, held))
        steps.append(step)
        if entry.rule.stop:
            break
        facts = _after(facts, step.changes)
    return tuple(steps)


def merged(steps: Iterable[Step]) -> "Changes":
    """Return what all steps change together, as the data of one event."""
    changes: Changes = {}
    for step in steps:
        tags = [*changes.get("tags_added", ()), *step.changes.get("tags_added", ())]
        changes |= step.changes | ({"tags_added": tags} if tags else {})
    return changes


def _changes(rule: Rule, ticket: Ticket, held: Collection[str]) -> "Changes":
    changes: Changes = {}
    for name, value in rule.actions:
        changes |= action_named(name).apply(value, ticket)
    return {field: value for field, value in changes.items() if field not in held}


def _after(facts: Facts, changes: "Changes") -> Facts:
    """Return the facts with the ticket changed; what was worked out about its texts is kept."""
    if not changes:
        return facts
    values = {field: value for field, value in changes.items() if field != "tags_added"}
    tags = tuple(sorted({*facts.ticket.tags, *changes.get("tags_added", ())}))
    changed = replace(facts, ticket=replace(facts.ticket, tags=tags, **values))
    vars(changed).update(vars(facts))
    return changed
