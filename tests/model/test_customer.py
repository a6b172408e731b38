"""Who writes to the desk, as a person types it."""

import pytest

from supportq.model.customer import parse_address, parse_person


@pytest.mark.parametrize("text", ["a\x1b[2J@b.de", "Ann\x1b[31m", "Ann\u202e <a@b.de>", "a\u200b@b.de", "@a\x07"])
def test_a_name_or_address_with_a_character_nobody_sees_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"can't hold the character U\+"):
        parse_person(text)


def test_an_address_by_itself_is_looked_at_in_the_same_way() -> None:
    with pytest.raises(ValueError, match=r"U\+001B"):
        parse_address("a\x1b[2J@b.de")


def test_the_joiners_that_some_scripts_need_are_kept() -> None:
    assert parse_person("علی\u200cرضا").name == "علی\u200cرضا"
