"""What a custom field may hold: text as it stands, or a number, date, choice, yes or no."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from supportq.intake.lexicon import CustomField
from supportq.intake.words import Words

Check = Callable[[str], str]

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_YES_OR_NO = {"yes": "yes", "true": "yes", "1": "yes", "no": "no", "false": "no", "0": "no"}
_ANSWERS = Words("answer", ("yes", "no"), _YES_OR_NO.items(), empty="")


def checks(fields: Mapping[str, CustomField]) -> dict[str, Check]:
    """Return for each field the function that returns what is stored of a cell, or raises with what is wrong."""
    return {code: _check(code, field) for code, field in fields.items()}


def _check(code: str, field: CustomField) -> Check:
    match field.type:
        case "number":
            return _number
        case "date":
            return _date
        case "choice":
            choices = ((choice, choice) for choice in field.choices)
            return Words(field.title or code, field.choices, choices, empty="").__getitem__
        case "yes_no":
            return _ANSWERS.__getitem__
        case _:
            return str


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(text):
        raise ValueError(f'"{text}" is no number')
    return text


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f'"{text}" is no date; write it as 2026-03-02') from None
