"""Names of files as strangers gave them, made harmless."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportq.model.filename import safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("photo.jpg", "photo.jpg"),
        ("Größe 12.pdf", "Größe 12.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\invoice.pdf", "invoice.pdf"),
        (".bashrc", "bashrc"),
        ("..", "attachment"),
        ("", "attachment"),
        ("evil\u202egpj.exe", "evil gpj.exe"),
        ("a\nb\x1b[31m.txt", "a b [31m.txt"),
        ("what? <it>.txt", "what_ _it_.txt"),
        ("nul.txt", "_nul.txt"),
        ("team.db-wal", "team.db-wal_"),
        ("draft. ", "draft"),
    ],
)
def test_a_name_is_harmless_and_as_it_was_where_it_can_be(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_names_that_differ_in_case_alone_are_told_apart() -> None:
    assert safe_name("A.txt", ["a.TXT", "a-2.txt"]) == "A-3.txt"


@given(st.text(), st.lists(st.text()))
def test_any_name_can_be_a_file(name: str, taken: list[str]) -> None:
    found = safe_name(name, taken)

    assert found.casefold() not in {other.casefold() for other in taken}
    assert found.isprintable()
    assert not set(found) & set('/\\<>:"|?*')
    assert found == found.strip(" .") != ""
    assert len(found.encode()) < 140
