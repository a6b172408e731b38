import pytest
from imports import inquiries, reading, rejects, rows

from supportq.errors import SupportqError
from supportq.intake.inquiry import Entry
from supportq.model.customer import Address, AddressKind

LINE = '{"id": 7, "customer": {"name": "Ann", "email": "ann@example.com", "phone": "+49 1555 1"}, "subject": "hello"}\n'


def test_objects_inside_become_columns_of_their_own() -> None:
    (found,) = inquiries(LINE, "inquiries.jsonl")

    assert (found.key, found.subject, found.person.name) == ("7", "hello", "Ann")
    assert found.person.addresses == (
        Address(AddressKind.EMAIL, "ann@example.com"),
        Address(AddressKind.PHONE, "+49 1555 1"),
    )


def test_json_is_recognised_without_a_name() -> None:
    assert len(inquiries(LINE, "standard input")) == 1


def test_values_stay_as_they_were_written() -> None:
    line = '{"email": "a@example.com", "body": "b", "tags": ["late", "yarn"], "n": 1.50, "big": 1e400, "on": true,'
    line += ' "of": {"x": [1, {"y": null}]}}'

    (found,) = inquiries(line, "a.jsonl")

    assert found.tags == ("late", "yarn")
    assert dict(found.facts) == {"n": "1.50", "big": "1e400", "on": "yes", "of.x": '["1", {"y": null}]'}


def test_later_lines_may_bring_new_keys() -> None:
    later = '{"email": "bob@example.com", "body": "b", "colour": "red"}\n'

    assert inquiries(LINE + "\n" + later, "a.jsonl")[1].facts == (("colour", "red"),)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "Expecting property name"),
        ("[1, 2]", "something else stands there"),
        ("{}", "it is empty"),
        ('{"body": "a", "body": "b"}', "a key stands there twice"),
        ("[" * 100_000, "maximum recursion depth"),
        ('{"email": "a@example.com", "body": "\\ud800"}', "half of a character"),
        ('{"email": "a@example.com", "body": "\\u0000"}', "a NUL byte"),
    ],
)
def test_a_line_that_is_no_inquiry_is_rejected_by_its_number(line: str, reason: str) -> None:
    ((number, found),) = rejects(LINE + line + "\n", "a.jsonl")

    assert number == 2
    assert reason in found


def test_a_json_array_is_read_by_its_objects() -> None:
    assert [found.key for found in inquiries(f"[{LINE},\n{LINE.replace('7', '8')}]", "a.jsonl")] == ["7", "8"]


def test_an_empty_file_is_called_empty() -> None:
    with pytest.raises(SupportqError, match=r"a\.jsonl is empty"):
        reading("", "a.jsonl")


PAIR = '{"email": "a@example.com", "body": "b"}'


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (f'{{"count": 1, "tickets": [{PAIR}, {PAIR}], "users": [{{"id": 1}}]}}', 2),
        (f'{{"_embedded": {{"conversations": [{PAIR}]}}, "page": {{}}}}', 1),
        (f"[{PAIR}]\n[{PAIR}]\n", 2),
        ("\n " + PAIR.replace(",", ",\n"), 1),
        (f"\ufeff[{PAIR}]", 1),
        (f'{{"tickets":[{PAIR},\n{PAIR}]}}', 2),
        (f'{{"count": 3, "tickets":[{PAIR},\n{PAIR},\n{PAIR}]}}', 3),
    ],
)
def test_a_document_is_read_by_the_objects_in_its_list(text: str, keys: int) -> None:
    assert len(inquiries(text, "a.json")) == keys


@pytest.mark.parametrize("rest", ["", ",", ', {"email": "b@exam', " and more"])
def test_what_is_left_where_a_document_breaks_off_is_rejected(rest: str) -> None:
    found = rows(f"[{PAIR}{rest}", "a.json")

    assert [isinstance(row, Entry) for row in found] == [True, False]


def test_an_object_of_a_document_is_known_by_the_line_it_begins_on() -> None:
    assert [row.line for row in rows(f"[\n{PAIR},\n\n{PAIR}]", "a.json")] == [2, 4]
