"""Every profile, by a file that we wrote in the form of that system."""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from types import ModuleType

import pytest
from imports import inquiries, reading

from supportq.intake.profiles import names
from supportq.model.inquiry import Inquiry
from supportq.when import format_stamp

PLAIN = (
    *("status", "priority", "team", "line", "assignee", "category", "language", "tags"),
    *("rating", "rating_comment", "author"),
)
SIDES = ("automatic", "is_unsure")
MOMENTS = ("answered_at", "resolved_at", "wake_at", "rated_at")


@pytest.fixture(params=names())
def sample(request: pytest.FixtureRequest) -> ModuleType:
    return import_module(f"profiles.{request.param}")


def profile_of(sample: ModuleType) -> str:
    return sample.__name__.removeprefix("profiles.")


def told(inquiry: Inquiry, key: str) -> Iterator[str]:
    """Yield an inquiry as a fixture tells it, without its facts."""
    addresses = (f"<{address.value}>" for address in inquiry.person.addresses)
    organisation = f"of {inquiry.person.organisation}" if inquiry.person.organisation else ""
    thread = f"goes on {inquiry.thread}" if inquiry.thread else ""
    who = (inquiry.person.name, *addresses, organisation, thread)
    at = format_stamp(inquiry.at) if inquiry.at else ""
    head = " ".join(filter(None, (key, at, inquiry.channel, inquiry.direction, *who)))
    yield f"{head}: {inquiry.subject}".rstrip()
    if inquiry.body:
        yield "  " + inquiry.body.replace("\n", "\\n")
    for fields in (PLAIN + SIDES, MOMENTS):
        cells = [f"{field}={written(value)}" for field in fields if (value := getattr(inquiry, field))]
        if cells:
            yield f"  {' '.join(cells)}"


def written(value: object) -> str:
    if isinstance(value, datetime):
        return format_stamp(value)
    return " ".join(value) if isinstance(value, tuple) else str(value)


def all_told(sample: ModuleType) -> Iterator[tuple[Inquiry, list[str]]]:
    for place, inquiry in enumerate(inquiries(sample.DATA, sample.NAME), 1):
        key = inquiry.key or ""
        yield inquiry, list(told(inquiry, f"row-{place}" if key.startswith("row-") else key))


def test_a_file_is_recognised_by_its_headers(sample: ModuleType) -> None:
    assert reading(sample.DATA, sample.NAME).recognised.name == profile_of(sample)


def test_a_fixture_says_where_its_form_is_shown(sample: ModuleType) -> None:
    assert len(sample.__doc__ or "") > 100


def test_what_a_file_says_is_what_it_said_there(sample: ModuleType) -> None:
    expected = sample.SEEN.splitlines()
    for inquiry, lines in all_told(sample):
        assert [expected.pop(0) for _ in lines] == lines
        while expected and expected[0].startswith("  + "):
            facts = expected.pop(0).removeprefix("  + ").split(" | ")
            assert set(facts) <= {f"{name}={value}" for name, value in inquiry.facts}
    assert expected == []


def test_every_word_of_a_file_arrives_somewhere(sample: ModuleType) -> None:
    arrived = " ".join(f"{inquiry}" for inquiry in inquiries(sample.DATA, sample.NAME))
    table = reading(sample.DATA, sample.NAME).table
    columns = reading(sample.DATA, sample.NAME).columns
    for row in table.rows():
        for column in columns:
            if column.why.value == "kept as a fact" and (cell := row.cells[column.index]):
                assert repr(cell)[1:-1] in arrived
