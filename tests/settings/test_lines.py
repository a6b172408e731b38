"""Where the keys of a TOML text stand."""

import tomllib
from typing import Any

import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from supportq.settings.lines import key_lines, line_of

TEXT = '''# a comment = 1
name = "x" # [not.a.table]

[teams.sales]
hours = "office"
days = [
  "[mon]",  # key = 2
  { a = "}" },
]

[[rules]]
name = """
key = 3
[table]"""
"when" = 'a = "b'
  [rules.sub]
  deep.er = 1
[[rules]]
name = \'\'\'x
y\'\'\'
[ "a.b" . 'c' ]
d = 2026-01-01
'''


def test_every_table_and_key_has_its_line() -> None:
    assert key_lines(TEXT) == {
        ("name",): 2,
        ("teams", "sales"): 4,
        ("teams", "sales", "hours"): 5,
        ("teams", "sales", "days"): 6,
        ("rules", 0): 11,
        ("rules", 0, "name"): 12,
        ("rules", 0, "when"): 15,
        ("rules", 0, "sub"): 16,
        ("rules", 0, "sub", "deep", "er"): 17,
        ("rules", 1): 18,
        ("rules", 1, "name"): 19,
        ("a.b", "c"): 21,
        ("a.b", "c", "d"): 22,
    }


def test_what_stands_inside_a_value_has_the_line_of_its_key() -> None:
    lines = key_lines(TEXT)

    assert line_of(("teams", "sales", "days", 1, "a"), lines) == 6
    assert line_of(("elsewhere",), lines) == 1


keys = st.text(max_size=5) | st.sampled_from(["a", "b.c", "[", "#", '"', "'", "="])
plain = (
    st.text(max_size=20) | st.integers(-9, 9) | st.booleans() | st.sampled_from(['"""', "'''", "\n[x]\ny = 1", "\\"])
)
tables = st.recursive(
    st.dictionaries(keys, plain | st.lists(plain, max_size=3), max_size=3),
    lambda inner: st.dictionaries(keys, inner, max_size=3),
)


@settings(max_examples=80, deadline=None)
@given(tables, st.booleans())
def test_a_key_stands_at_the_beginning_of_its_line(table: dict[str, Any], multiline: bool) -> None:  # noqa: FBT001
    text = tomli_w.dumps(table, multiline_strings=multiline)
    lines = key_lines(text)

    for path in _leaves(tomllib.loads(text), ()):
        written = tomli_w.dumps({path[-1]: 0}).removesuffix("0\n")
        assert text.split("\n")[lines[path] - 1].startswith(written)


def _leaves(value: Any, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() for leaf in _leaves(inner, (*path, key))]
    return [path]
