"""Settings with any mistake in them: refused in words, or right after all, but never a crash."""

import tomllib
from pathlib import Path
from typing import Any

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from supportq.settings.check import check
from supportq.settings.faults import Fault, SettingsFaults

EXAMPLE = Path("examples/settings.toml").read_text(encoding="utf-8")

mistakes = st.sampled_from(
    [3, -1, 1.5, True, "", "x", "none", "25:00", [], [3], ["x"], [[]], [{}], {}, {"a": {}}, {"x": 1}]
)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_value_of_any_kind_at_any_place_is_taken_or_refused_in_words(data: st.DataObject) -> None:
    document = tomllib.loads(EXAMPLE)
    container, key = data.draw(st.sampled_from(_places(document)))
    container[key] = data.draw(mistakes)
    _assert_in_words(tomli_w.dumps(document))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, len(EXAMPLE)), st.integers(0, 40), st.sampled_from(["", '"', "]", "=", "\n", "[x]\n", "\0", '"""'])
)
def test_a_text_cut_anywhere_is_taken_or_refused_in_words(start: int, length: int, instead: str) -> None:
    _assert_in_words(EXAMPLE[:start] + instead + EXAMPLE[start + length :])


def _assert_in_words(text: str) -> None:
    count = text.count("\n") + 1
    assert all(1 <= fault.line <= count and fault.problem for fault in _faults(text))


def _faults(text: str) -> tuple[Fault, ...]:
    try:
        check(text)
    except SettingsFaults as refused:
        return refused.faults
    return ()


def _places(value: Any) -> list[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in items for place in [(value, key), *_places(inner)]]
