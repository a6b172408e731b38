"""Every action, found in its folder, keeps the same promises."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from supportq.model.channel import Channel
from supportq.model.filter import Lexicon
from supportq.model.ticket import Priority, Ticket
from supportq.rules.actions import action_named, names
from supportq.rules.rule import Value

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
TICKET = Ticket(id=1, created_at=NOW, updated_at=NOW, channel=Channel.EMAIL)
WORDS = Lexicon(NOW, teams=("sales",), agents=("ann",), categories=("order",))

EXAMPLES: dict[str, Value] = {
    "assign": "ann",
    "category": "order",
    "language": "lv",
    "line": 2,
    "priority": "high",
    "tags": ("refund", "gold"),
    "team": "sales",
}
NONSENSE: tuple[Any, ...] = ("", "two words", 0, 9, -1, True, 1.5, (), ("a b",), (3,), {}, None)


def test_every_action_has_an_example_here() -> None:
    assert [*EXAMPLES] == names()


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_right_value_is_taken_and_changes_the_ticket_once(name: str) -> None:
    action, value = action_named(name), EXAMPLES[name]

    changes = action.apply(value, TICKET)

    assert action.check(value, WORDS) is None
    assert changes
    assert action.apply(value, _after(changes)) == {}


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("value", NONSENSE, ids=repr)
def test_nonsense_is_refused_with_words(name: str, value: Any) -> None:
    problem = action_named(name).check(value, WORDS)

    assert problem is not None
    assert problem.cause


def _after(changes: dict[str, Any]) -> Ticket:
    plain = {field: value for field, value in changes.items() if field != "tags_added"}
    return replace(TICKET, **plain | {"tags": tuple(changes.get("tags_added", ()))})


def test_priorities_are_those_of_the_scale() -> None:
    assert [action_named("priority").check(priority, WORDS) for priority in Priority] == [None] * 4
