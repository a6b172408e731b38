"""The filters that a settings text holds: in policies, rules and views."""

from supportq.errors import SupportqError
from supportq.model.filter import Lexicon, parse_filter
from supportq.settings.draft import Draft
from supportq.settings.faults import Path


def check_filter(draft: Draft, path: Path, text: str, lexicon: Lexicon) -> None:
    """Note what is wrong with a filter."""
    try:
        parse_filter(text, lexicon, text=False)
    except SupportqError as error:
        draft.refuse(path, error)
