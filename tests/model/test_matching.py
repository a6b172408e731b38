"""Which tickets a filter means."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from supportq.model.channel import Channel
from supportq.model.customer import Customer, parse_address
from supportq.model.filter import Facts, Key, Lexicon, Promise, Trait, matches, parse_filter
from supportq.model.ticket import Status, Ticket

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
BARE = Facts(Ticket(7, NOW, NOW, Channel.OTHER))
FULL = Facts(
    ticket=Ticket(
        17,
        created_at=NOW - timedelta(days=2),
        updated_at=NOW - timedelta(hours=1),
        channel=Channel.PHONE,
        customer_id=3,
        status=Status.PENDING,
        team="sales",
        line=2,
        assignee="ann",
        category="order",
        language="pl",
        tags=("vip", "late"),
        fields=(("order", "A-17"),),
        participants=((4, "participant"),),
        links=((5, "related"),),
        unanswered_since=NOW,
        reply_waiting=True,
        reply_failed=True,
        reply_count=1,
        reopen_count=1,
        rating=2,
        follow_up_at=NOW,
        wake_at=NOW + timedelta(days=1),
    ),
    customer=Customer(3, "Ann van der Zoë", (parse_address("Ann@Example.com"),), "Łąka Sp. z o.o."),
    texts=("Where is my order", "I want my money", "Back in May I wrote already"),
    sla=Promise.AT_RISK,
    due_at=NOW + timedelta(hours=1),
    attachments=1,
    notes=1,
    doubts=1,
    sources=frozenset({"zendesk"}),
    keys=frozenset({"501", "501/2"}),
)
DESK = Lexicon(NOW, me="ann", views={"mine": "agent:me line:2..", "low": "priority:low"})


def is_meant(filter_text: str, facts: Facts, now: datetime = NOW) -> bool:
    return matches(parse_filter(filter_text, DESK, text=False), facts, now)


MEANT = (
    *("id:12-20", "status:pending", "priority:normal", "team:sales", "channel:phone", "line:2..", "agent:me"),
    *("customer:ann@example.com", "customer:zoe", '"customer:van der"', "organisation:laka", "organisation:lak"),
    *("category:order", "language:PL", "tag:vip", "subject:ORDER", "subject:ord*", "text:money,refund"),
    *('"text:i wrote"', "created:2026-03", "updated:today", "age:2d..", "age:..2d", "idle:1h..", "due:..2h"),
    *("due:today", "sla:late,at-risk", "rating:..2", "has:tag,team", "view:mine", "view:low,mine", "field.order:a-17"),
    *("source:Zendesk", "key:501/2,7"),
)


def test_every_key_is_tried_here() -> None:
    assert {re.split(r"\W", term.strip('"'))[0] for term in MEANT} == set(Key)


@pytest.mark.parametrize("term", MEANT)
def test_a_term_means_the_tickets_it_describes_and_its_negation_the_others(term: str) -> None:
    facts = [FULL, BARE]
    negation = f'"not:{term[1:]}' if term.startswith('"') else f"not:{term}"

    assert [is_meant(term, fact) is not is_meant(negation, fact) for fact in facts] == [True, True]
    assert is_meant(term, FULL)


@pytest.mark.parametrize(
    "term",
    [
        *("id:16", "customer:bob@example.com", "customer:anna", "organisation:aka", "tag:vi", "subject:money"),
        *('"text:money back"', '"text:order i"', "text:ord", "created:2026-02", "age:3d..", "age:..1d", "idle:..30m"),
        *("due:..30m", "due:2h..", "view:low", "field.order:A-1", "field.colour:red", "line:3", "key:50", "source:zen"),
    ],
)
def test_a_term_does_not_mean_what_only_resembles_it(term: str) -> None:
    assert not is_meant(term, FULL)


@pytest.mark.parametrize(
    "key",
    [
        "team",
        "agent",
        "customer",
        "organisation",
        "category",
        "language",
        "tag",
        "due",
        "rating",
        "source",
        "field.order",
    ],
)
def test_none_means_that_there_is_none(key: str) -> None:
    assert [is_meant(f"{key}:none", fact) for fact in (BARE, FULL)] == [True, False]


@pytest.mark.parametrize("trait", Trait)
def test_every_trait_tells_tickets_apart(trait: Trait) -> None:
    assert [is_meant(f"has:{trait}", fact) for fact in (FULL, BARE)] == [True, False]


def test_a_snooze_that_is_over_makes_a_ticket_open_and_no_trait() -> None:
    later = NOW + timedelta(days=1)

    assert is_meant("status:open not:has:wake", FULL, later)


def test_a_customer_without_an_organisation_has_none() -> None:
    alone = replace(FULL, customer=Customer(3, "Ann"))

    assert is_meant("organisation:none", alone)
