"""Marks of tickets: those that we signed are known again, and nobody else can make one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportq.mail.threading import signed_id, ticket_of_signed, tickets_in_subject, tickets_of_tokens, token

KEY = "secret"


@given(st.integers(1, 10**12), st.binary(max_size=20))
def test_a_message_id_of_ours_names_its_ticket(ticket: int, unique: bytes) -> None:
    ours = signed_id(KEY, ticket, unique, "loom.example")

    assert ticket_of_signed(KEY, ours) == ticket_of_signed(KEY, ours.upper()) == ticket


def test_a_changed_or_foreign_message_id_names_none() -> None:
    ours = signed_id(KEY, 17, b"x", "loom.example")

    assert ticket_of_signed(KEY, ours.replace("<17.", "<18.")) is None
    assert ticket_of_signed("another", ours) is None
    assert ticket_of_signed(KEY, "<17@loom.example>") is None


def test_a_token_stands_for_its_ticket_in_an_address() -> None:
    mark = token(KEY, 17)

    assert list(tickets_of_tokens(KEY, f"desk+{mark}@loom.example")) == [17]
    assert list(tickets_of_tokens(KEY, f"DESK+{mark.upper()}@LOOM.EXAMPLE")) == [17]
    assert list(tickets_of_tokens(KEY, f"1{mark}")) == []


@pytest.mark.parametrize(("subject", "tickets"), [("AW: Loom [#17]", [17]), ("[#1][#2]", [1, 2]), ("#17 [# 17]", [])])
def test_a_subject_names_tickets_in_square_brackets(subject: str, tickets: list[int]) -> None:
    assert list(tickets_in_subject(subject)) == tickets
