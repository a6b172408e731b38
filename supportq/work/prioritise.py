"""Set priorities: by a word, by a step, or by what the rules say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from supportq.model.ticket import Priority
from supportq.rules.engine import Step, decide, ready
from supportq.settings.lexicon import lexicon_of
from supportq.store.change import Change, Done, Writer
from supportq.store.facts import facts_of
from supportq.when import zone_named
from supportq.work.moves import already

STEPS = {"up": 1, "down": -1}
BY_RULES = "auto"
LEVELS = (*Priority, *STEPS, BY_RULES)


def prioritise(writer: Writer, tickets: Sequence[int], level: str, *, reason: str = "") -> Done:
    """Give tickets one of LEVELS as their priority; clocks that run follow it."""
    with writer.change("prioritise", reason=reason) as change:
        change.load(tickets)
        ruled = _by_rules(change, tickets) if level == BY_RULES else {}
        for number in tickets:
            before = change.ticket(number).priority
            after = ruled[number] if ruled else _shifted(before, level)
            if after is not before:
                change.alter(number, priority=after)
            elif not ruled:
                already(change, number, after)
        return change.store()


def _shifted(priority: Priority, level: str) -> Priority:
    return priority.shifted(STEPS[level]) if level in STEPS else Priority(level)


def _by_rules(change: Change, tickets: Sequence[int]) -> Mapping[int, Priority]:
    """Return what the rules make of each ticket if nobody had set a priority, and say which rule it was."""
    settings = change.settings
    rules = ready(settings.rules, lexicon_of(settings, now=change.now, zone=zone_named(settings.zone)))
    chosen = {}
    for number, facts in facts_of(change.queue, tickets, now=change.now).items():
        unset = replace(facts, ticket=replace(facts.ticket, priority=Priority.NORMAL))
        telling = [step for step in decide(rules, unset, change.now) if "priority" in step.changes]
        chosen[number] = telling[-1].changes["priority"] if telling else facts.ticket.priority
        change.warnings.append(_told(number, telling))
    return chosen


def _told(number: int, telling: Sequence[Step]) -> str:
    if not telling:
        return f"{number}: no rule speaks of its priority"
    names = ", then ".join(f'"{step.rule.name}"' for step in telling)
    return f"{number}: {telling[-1].changes['priority']}, by the rule {names}"
