"""Who writes to the desk, as a person types it."""

import pytest

from supportq.model.customer import parse_address, parse_person


@pytest.mark.parametrize("text", ["a\x1b[2J@b.de", "Ann <a\u202e@b.de>", "a\u200b@b.de", "@a\x07"])
def test_an_address_with_a_character_nobody_sees_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"can't hold the character U\+"):
        parse_person(text)


def test_an_address_by_itself_is_looked_at_in_the_same_way() -> None:
    with pytest.raises(ValueError, match=r"U\+001B"):
        parse_address("a\x1b[2J@b.de")


def test_a_name_is_the_customers_own_text_and_kept_as_it_came() -> None:
    assert parse_person("Ann\x1b[31m <a@b.de>").name == "Ann\x1b[31m"


def test_a_name_that_poses_as_an_address_is_none() -> None:
    posing = parse_person("alice@good.example <mallory@bad.example>")

    assert (posing.name, posing.addresses[0].value) == ("", "mallory@bad.example")
    assert parse_person("Ann @ Loom <a@b.de>").name == "Ann @ Loom"
