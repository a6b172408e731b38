"""Which policy counts for a ticket, as the settings say."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from queues import SETTINGS, a_queue, ago
from running import run

from supportq.model.channel import Channel
from supportq.model.clock import ClockKind
from supportq.model.customer import Customer, parse_address
from supportq.model.event import Kind
from supportq.model.ticket import Priority, Ticket
from supportq.settings.check import check
from supportq.settings.terms import terms_of
from supportq.store.projected import read_clocks

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PLAIN = Ticket(17, NOW, NOW, Channel.EMAIL)
ANN = Customer(3, "Ann Berg", (parse_address("ann@example.com"),), "Łąka Sp. z o.o.", organisation_id=5)
CHOSEN = """
[[sla.policies]]
name = "chosen"
when = '{when}'
first_response = "30m"
next_response = "1h"

[[sla.policies]]
name = "technical"
"""


def choosing(when: str) -> str:
    """Return settings whose first policy has this filter."""
    return SETTINGS.replace('\n[[sla.policies]]\nname = "technical"\n', CHOSEN.format(when=when), 1)


@pytest.mark.parametrize(
    ("when", "fields"),
    [
        ("team:sales", {"team": "sales"}),
        ("priority:high..", {"priority": Priority.URGENT}),
        ("channel:phone,chat", {"channel": Channel.CHAT}),
        ("customer:ann@example.com", {"customer_id": 3}),
        ("customer:berg", {"customer_id": 3}),
        ("organisation:laka", {"customer_id": 3, "organisation_id": 5}),
        ("tag:vip", {"tags": ("vip",)}),
        ("line:2..", {"line": 2}),
        ("agent:ben", {"assignee": "ben"}),
        ("category:order", {"category": "order"}),
        ("language:pl", {"language": "pl"}),
        ("field.order:a-17", {"fields": (("order", "A-17"),)}),
        ("created:..2026-11-19", {"created_at": ago(days=3)}),
        ("tag:vip not:team:sales", {"tags": ("vip",), "team": "technical"}),
        ("view:mine", {"team": "sales"}),
    ],
)
def test_a_policy_is_chosen_by_what_people_set_on_a_ticket(when: str, fields: dict[str, Any]) -> None:
    text = choosing(when).replace('mine = "agent:me"', 'mine = "team:sales"')
    terms = terms_of(check(text).settings, 1, NOW)

    assert terms.policy_for(replace(PLAIN, **fields), ANN if "customer_id" in fields else None).name == "chosen"
    assert terms.policy_for(PLAIN, None).name == "everybody"


@pytest.mark.parametrize("change", [{"tags_added": ["vip"]}, {"line": 2}, {"category": "order"}, {"assignee": "ben"}])
def test_whatever_a_policy_asks_for_moves_the_clock_when_it_is_set(tmp_path: Path, change: dict[str, Any]) -> None:
    when = {"tags_added": "tag:vip", "line": "line:2", "category": "category:order", "assignee": "agent:ben"}
    with a_queue(tmp_path, choosing(when[next(iter(change))])) as bench:
        number = bench.ask("Yarn", ago(minutes=20))
        bench.record(number, ago(minutes=10), Kind.CHANGED, **change)

        (first, *_) = (
            clock for clock in read_clocks(bench.queue, [number])[number] if clock.kind is ClockKind.FIRST_RESPONSE
        )
        assert (first.policy, first.due_at) == ("chosen", ago(minutes=-10))


def test_an_organisation_that_is_learned_later_changes_no_promise_made_before(tmp_path: Path) -> None:
    with a_queue(tmp_path, choosing("organisation:acme")) as bench:
        bench.ask("Yarn", ago(hours=1))
        queue = bench.queue.path
    learns = "subject,email,organisation,body\nLoom,ida@example.com,Acme,It stopped\n"
    run("import", "-", "--from", "csv", queue=queue, stdin=learns)

    policies = run("sql", "select policy from clock where kind = 'first_response'", "--no-header", queue=queue).out
    assert policies.split() == ["everybody", "chosen"]
    assert run("doctor", queue=queue).out == ""


def test_warnings_come_at_the_fractions_that_the_settings_name() -> None:
    assert terms_of(check(SETTINGS).settings, 1, NOW).warn_fraction == 0.9
    assert terms_of(check(SETTINGS.replace("[0.5, 0.9]", "[0.6]")).settings, 1, NOW).warn_fraction == 0.6
    assert terms_of(check(SETTINGS.replace("[0.5, 0.9]", "[]")).settings, 1, NOW).warn_fraction == 1.0
