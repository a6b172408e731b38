"""Filters: one grammar for every command and setting, and its in-memory face.

Each name is imported from its module when it is first asked for: most commands need the terms and nothing else.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supportq.model.filter.grammar import bare_word, is_bare, parse_filter
    from supportq.model.filter.lexicon import Lexicon
    from supportq.model.filter.matching import Facts, matches
    from supportq.model.filter.terms import Filter, Key, Promise, Span, Term, Trait, Value

__all__ = [
    "Facts",
    "Filter",
    "Key",
    "Lexicon",
    "Promise",
    "Span",
    "Term",
    "Trait",
    "Value",
    "bare_word",
    "is_bare",
    "matches",
    "parse_filter",
]

_MODULES = {
    "grammar": {"bare_word", "is_bare", "parse_filter"},
    "lexicon": {"Lexicon"},
    "matching": {"Facts", "matches"},
    "terms": {"Filter", "Key", "Promise", "Span", "Term", "Trait", "Value"},
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        from importlib import import_module

        module = next((module for module, names in _MODULES.items() if name in names), None)
        if module is None:
            raise AttributeError(f"module {__name__} has no attribute {name}")
        return getattr(import_module(f"{__name__}.{module}"), name)
