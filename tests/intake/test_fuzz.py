"""Damaged files: each row becomes an inquiry or a reject, or the file is refused in words; nothing else happens."""

from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from imports import reading

from supportq.errors import SupportqError
from supportq.intake.inquiry import Entry, Reject
from supportq.intake.profiles import names


def sample(profile: str) -> tuple[str, bytes]:
    module = import_module(f"profiles.{profile}")
    return module.NAME, module.DATA if isinstance(module.DATA, bytes) else module.DATA.encode()


SAMPLES = [sample(profile) for profile in names()]
PIECES = st.sampled_from(
    [b'"', b"\n", b"\r", b",", b";", b"\t", b"\0", b"{", b"[", b"}", b"'=", b"\xff\xfe", b"\xc3", b"9" * 30]
)
EDITS = st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(st.just(b""), PIECES, st.binary(max_size=6)))


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """Draw a file of some desk in which a few pieces were cut out or put in, and which may end too early."""
    name, data = draw(st.sampled_from(SAMPLES))
    for where, length, piece in draw(st.lists(EDITS, min_size=1, max_size=6)):
        place = int(where * len(data))
        data = data[:place] + piece + data[place + length :]
    return name, data[: int(draw(st.floats(0.3, 1)) * len(data))] if draw(st.booleans()) else data


def is_taken_whole_or_refused_in_words(name: str, data: bytes) -> None:
    try:
        found = reading(data, name)
        rows = list(found)
    except SupportqError:
        return
    records = {(row.line, row.number) for row in found.table.rows()}
    if found.recognised.profile.unfold is None:
        assert len(rows) == found.survey.row_count
    assert len(records) <= len(rows) <= found.survey.row_count
    assert {row.line for row in rows} == {line for line, _ in records}
    assert all(isinstance(row, Entry) or (isinstance(row, Reject) and row.reason) for row in rows)


@given(damaged())
@settings(max_examples=300, deadline=None)
def test_a_damaged_export_is_taken_whole_or_refused_in_words(file: tuple[str, bytes]) -> None:
    is_taken_whole_or_refused_in_words(*file)


@given(st.sampled_from(["a.csv", "a.json", "a.jsonl", "standard input"]), st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_taken_whole_or_refused_in_words(name: str, data: bytes) -> None:
    is_taken_whole_or_refused_in_words(name, data)


@pytest.mark.long
@given(damaged())
@settings(max_examples=20_000, deadline=None)
def test_twenty_thousand_damaged_exports_are_taken_whole_or_refused_in_words(file: tuple[str, bytes]) -> None:
    is_taken_whole_or_refused_in_words(*file)
