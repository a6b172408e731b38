"""What rules would do to a ticket."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from supportq.model.channel import Channel
from supportq.model.filter import Facts, Lexicon
from supportq.model.ticket import Priority, Ticket
from supportq.rules.engine import Step, decide, merged, ready
from supportq.rules.rule import Rule, Value

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TICKET = Ticket(id=1, created_at=NOW, updated_at=NOW, channel=Channel.WHATSAPP)


def test_every_rule_that_matches_is_named_in_order_with_what_it_changed() -> None:
    steps = _decide(
        [_rule("a", "text:refund", team="sales"), _rule("b", "text:crash", team="technical"), _rule("c", "")]
    )

    assert [(step.rule.name, step.changes) for step in steps] == [("a", {"team": "sales"}), ("c", {})]


def test_later_rules_see_what_earlier_ones_did() -> None:
    rules = [
        _rule("a", "text:refund", team="sales", tags=("money",)),
        _rule("b", "team:sales tag:money", priority="high"),
    ]

    assert merged(_decide(rules)) == {"team": "sales", "tags_added": ["money"], "priority": Priority.HIGH}


def test_a_rule_that_stops_is_the_last() -> None:
    rules = [_rule("a", "", team="sales", stop=True), _rule("b", "", category="order")]

    assert [step.rule.name for step in _decide(rules)] == ["a"]


def test_a_rule_that_stops_but_does_not_match_lets_others_go_on() -> None:
    rules = [_rule("a", "text:crash", stop=True), _rule("b", "", category="order")]

    assert [step.rule.name for step in _decide(rules)] == ["b"]


def test_what_was_decided_stays() -> None:
    ticket = _ticket(
        team="technical", category="problem", assignee="ann", language="pl", line=3, priority=Priority.URGENT
    )
    rule = _rule("a", "", team="sales", category="order", assign="bob", language="en", line=2, priority="high")

    assert merged(_decide([rule], ticket)) == {}


def test_a_field_that_a_person_holds_stays_whatever_the_rules_say() -> None:
    rule = _rule("a", "", team="sales", priority="low", line=2)

    assert merged(_decide([rule], held={"priority", "line"})) == {"team": "sales"}


def test_priorities_only_rise_once_they_left_normal() -> None:
    up_and_down = [_rule("a", "", priority="low"), _rule("b", "", priority="high"), _rule("c", "", priority="normal")]

    assert [step.changes for step in _decide(up_and_down)] == [
        {"priority": Priority.LOW},
        {"priority": Priority.HIGH},
        {},
    ]


def test_the_tags_of_all_rules_come_together() -> None:
    rules = [_rule("a", "", tags=("x", "y")), _rule("b", "", tags=("y", "z"))]

    assert merged(_decide(rules, _ticket(tags=("x",)))) == {"tags_added": ["y", "z"]}


def test_words_are_found_after_a_rule_changed_the_ticket() -> None:
    rules = [_rule("a", "text:refund", team="sales"), _rule("b", "text:reFUND*,zwrot team:sales", line=2)]

    assert merged(_decide(rules)) == {"team": "sales", "line": 2}


def _rule(name: str, when: str, *, stop: bool = False, **actions: Value) -> Rule:
    return Rule(name, when, tuple(actions.items()), stop)


def _ticket(**changes: Any) -> Ticket:
    return replace(TICKET, **changes)


def _decide(rules: list[Rule], ticket: Ticket = TICKET, held: set[str] | None = None) -> tuple[Step, ...]:
    facts = Facts(ticket, texts=("My money", "A refund, please"))
    return decide(ready(rules, Lexicon(NOW)), facts, NOW, held or set())
