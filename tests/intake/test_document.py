"""JSON documents: every record of a list once, in little memory however long the list is."""

import io
import json
import tracemalloc

import pytest
from imports import rejects, rows

from supportq.intake.document import open_document
from supportq.intake.inquiry import Entry, Reject
from supportq.intake.scanning import Window, items
from supportq.intake.source import Source

COUNT = 4_000
SMOKE = "It creaks, and smokes. []{} " * 100
RECORD = (
    f'{{"id": %d, "email": "a@example.com", "subject": "Loom \\"creaks\\"", "body": "{SMOKE}", "user": {{"id": 12}}}}'
)


def document(before: str, after: str) -> Source:
    text = ",\n".join(RECORD % number for number in range(COUNT))
    return Source("a.json", io.BytesIO(f"{before}[{text}]{after}".encode()))


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ('{"tickets": ', ', "count": 12}'), ('{"users": [{"id": 12}], "_embedded": {"tickets": ', "}}")],
)
def test_a_long_document_is_read_in_little_memory(before: str, after: str) -> None:
    source = document(before, after)
    table = open_document(source)

    tracemalloc.start()
    count = sum(not row.fault for row in table.rows())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert count == COUNT
    assert peak < 6 << 20 < source.size


@pytest.mark.parametrize("chunk", [1, 2, 7, 100])
def test_values_are_found_however_little_is_read_at_once(chunk: int) -> None:
    values = [1234567, -1.5e3, 'a\\"]', [], {"a": [{"b": None}]}, True, "é" * 50]
    window = Window(io.StringIO(f" [{', '.join(map(json.dumps, values))}] "), chunk)

    spans = list(items(window, window.after_blank(0), "", released=False))

    assert [json.loads(window.text(start, end)) for _, start, end in spans] == values


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (",\n", [(2, 'no status "odd"'), (4, "no inquiry as a JSON object")]),
        (", ", [(1, 'record 2: no status "odd"'), (1, "record 4: no inquiry as a JSON object")]),
    ],
)
def test_a_reject_names_the_line_that_its_record_begins_on_or_which_record_it_is(
    between: str, expected: list[tuple[int, str]]
) -> None:
    odd = '{"id": 2, "email": "a@example.com", "subject": "x", "status": "odd"}'

    found = rejects(f"[{between.join((RECORD % 1, odd, RECORD % 3, '[]'))}]", "a.json")

    assert [(line, why[: len(begins)]) for (line, why), (_, begins) in zip(found, expected, strict=True)] == expected


def test_what_follows_a_list_and_is_no_json_is_rejected() -> None:
    found = rows(f'{{"tickets": [{RECORD % 1}] and more', "a.json")

    assert [type(row) for row in found] == [Entry, Reject]
