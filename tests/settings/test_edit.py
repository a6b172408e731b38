"""One value set in a settings text."""

import pytest

from supportq.errors import UnknownWord, UsageError
from supportq.settings.edit import with_value

TEXT = """# our desk
name = "Old"   # on the letterhead

[teams.sales]
hours = "office"   # they go home

# habits
[[rules]]
name = "Money back"
priority = "high"   # after the March mess

[[rules]]
name = "Other"

[[sla.policies]]
name = "sales"
first_response = { normal = "2h", high = "1h" }   # agreed
"""


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("name", "New desk", 'name = "Old"', 'name = "New desk"'),
        ("teams.sales.hours", "always", 'hours = "office"', 'hours = "always"'),
        ('rules."Money back".priority', "urgent", 'priority = "high"', 'priority = "urgent"'),
        ("sla.policies.sales.first_response.normal", '"3h"', 'normal = "2h"', 'normal = "3h"'),
    ],
)
def test_a_value_changes_and_nothing_else(key: str, value: str, old: str, new: str) -> None:
    assert with_value(TEXT, key, value) == TEXT.replace(old, new)


@pytest.mark.parametrize(
    ("value", "written"),
    [("14", "14"), ("true", "true"), ('["a", "b"]', '["a", "b"]'), ("2h", '"2h"'), ("a = b", '"a = b"'), ("", '""')],
)
def test_a_value_is_toml_where_it_can_be_and_text_otherwise(value: str, written: str) -> None:
    assert with_value("", "x", value) == f"x = {written}\n"


def test_a_table_is_made_where_it_is_missing() -> None:
    assert with_value("", 'agents."j.doe".name', "Jo") == '[agents."j.doe"]\nname = "Jo"\n'


@pytest.mark.parametrize(
    ("key", "after"),
    [
        ("reopen_days", 'name = "Old"   # on the letterhead\n'),
        ("teams.sales.line", 'hours = "office"   # they go home\n'),
        ("rules.Other.line", 'name = "Other"\n'),
    ],
)
def test_a_new_value_stands_behind_the_others_before_what_leads_on_to_the_next(key: str, after: str) -> None:
    assert with_value(TEXT, key, "2") == TEXT.replace(after, f"{after}{key.rpartition('.')[2]} = 2\n")


def test_a_new_section_stands_behind_its_like() -> None:
    like = 'hours = "office"   # they go home\n'

    assert with_value(TEXT, "teams.third.name", "T") == TEXT.replace(like, f'{like}\n[teams.third]\nname = "T"\n')


def test_an_entry_that_is_not_there_is_refused() -> None:
    with pytest.raises(UnknownWord, match='no entry "Money"') as refused:
        with_value(TEXT, "rules.Money.priority", "high")
    assert refused.value.cures == ("one of: Money back Other (did you mean Money back?)",)


@pytest.mark.parametrize("key", ["", ".", "name.first", "name.first.second", "rules"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(UsageError):
        with_value(TEXT, key, "x")
