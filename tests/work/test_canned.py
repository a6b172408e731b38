"""Canned replies: filled in, in the customer's language, and never with a gap."""

from dataclasses import replace

import pytest
from queues import NOW, SETTINGS

from supportq.errors import UnknownWord
from supportq.model.channel import Channel
from supportq.model.customer import Customer
from supportq.model.ticket import Ticket
from supportq.settings.check import check
from supportq.settings.values import Canned
from supportq.work.canned import MissingWord, Occasion, find_canned, render

DESK = check(SETTINGS).settings
OCCASION = Occasion(
    DESK,
    Ticket(7, NOW, NOW, Channel.EMAIL, team="sales", fields=(("order", "A-1"),)),
    "Loom",
    Customer(1, "Ida Berg", language="pl"),
    DESK.agents["ann"],
)


def canned(body: str, **translations: str) -> Canned:
    return Canned("refund", "Refund", body, translations)


def test_the_words_of_the_ticket_its_customer_and_its_agent_are_filled_in() -> None:
    text = "{{ customer.first_name }}, {{ ticket.id }} ({{ ticket.fields.order }}): {{ agent.name }}, {{ team.name }}\n"

    assert render(canned(text), OCCASION) == "Ida, 7 (A-1): Ann Lee, Sales"


def test_the_ticket_s_language_counts_before_the_customer_s_and_the_desk_s() -> None:
    reply = canned("Hello", pl="Dzień dobry", de="Guten Tag")
    german = replace(OCCASION, ticket=replace(OCCASION.ticket, language="de"))
    nobody = replace(OCCASION, customer=None)

    assert [render(reply, occasion) for occasion in (OCCASION, german, nobody)] == ["Dzień dobry", "Guten Tag", "Hello"]


def test_what_is_missing_may_be_asked_about_and_not_said() -> None:
    bare = replace(OCCASION, ticket=replace(OCCASION.ticket, fields=()), customer=Customer(1, ""))

    assert render(canned("So{% if ticket.fields.order %} {{ ticket.fields.order }}{% endif %}."), bare) == "So."
    with pytest.raises(MissingWord) as error:
        render(canned("Hello {{ customer.first_name }}"), bare)
    assert "first_name" in error.value.cause
    assert '{{ customer.first_name | default("customer") }}' in error.value.cures[-1]
    assert render(canned('Hello {{ customer.name | default("customer") }}'), bare) == "Hello customer"


@pytest.mark.parametrize(
    "body",
    [
        "{{ nobody.name }}",
        "{{ ticket.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ 1 / 0 }}",
        "{{ ticket.id + 'x' }}",
        "{% for n in range(10 ** 9) %}x{% endfor %}",
    ],
)
def test_a_template_that_reaches_too_far_is_one_clear_error(body: str) -> None:
    with pytest.raises(MissingWord):
        render(canned(body), OCCASION)


def test_a_name_that_is_misspelt_is_an_error_with_the_nearest_one() -> None:
    with pytest.raises(UnknownWord) as error:
        find_canned(DESK, "thnaks")

    assert "did you mean thanks?" in error.value.cures[0]
