import json
from pathlib import Path

from desks import same_screen
from running import run


def test_a_customer_is_shown_over_all_channels(friday: Path) -> None:
    same_screen("customer", run("customer", "bo@example.com", queue=friday, terminal=True).out)


def test_several_who_could_be_meant_are_listed(friday: Path) -> None:
    same_screen("customers", run("customer", "example", queue=friday, terminal=True).out)


def test_a_customer_is_found_by_name_part_of_it_and_number(friday: Path) -> None:
    found = [json.loads(run("customer", who, "--json", queue=friday).out)["id"] for who in ("Ida Berg", "berg", "1")]

    assert found == [1, 1, 1]


def test_the_record_of_a_customer_has_these_keys(friday: Path) -> None:
    record = json.loads(run("customer", "bo", "--json", queue=friday).out)

    assert list(record) == [
        *("id", "name", "organisation", "language", "addresses", "first", "last", "channels", "open", "tickets"),
        "messages",
    ]
    assert [ticket["id"] for ticket in record["tickets"]] == [3, 2]
    assert record["channels"] == ["email", "phone"]


def test_nobody_found_is_not_found(friday: Path) -> None:
    assert run("customer", "nobody@example.com", queue=friday).code == 3
