"""Filters: one grammar for every command and setting, and its in-memory face."""

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
