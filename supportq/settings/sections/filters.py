"""The filters that a settings text holds: in policies, rules and views."""

from supportq.errors import SupportqError
from supportq.model.filter import Filter, Key, Lexicon, parse_filter
from supportq.settings.draft import Draft
from supportq.settings.faults import Path

FOLLOWED = (
    Key.ID,
    Key.PRIORITY,
    Key.TEAM,
    Key.CHANNEL,
    Key.LINE,
    Key.AGENT,
    Key.CUSTOMER,
    Key.ORGANISATION,
    Key.CATEGORY,
    Key.LANGUAGE,
    Key.TAG,
    Key.FIELD,
    Key.CREATED,
    Key.VIEW,
)
"""What promises follow: what people set on a ticket, and not what is said, nor what time brings."""


def check_filter(draft: Draft, path: Path, text: str, lexicon: Lexicon) -> Filter:
    """Read a filter and note what is wrong with it; a wrong one selects everything."""
    try:
        return parse_filter(text, lexicon, text=False)
    except SupportqError as error:
        draft.refuse(path, error)
        return Filter()


def check_policy_filter(draft: Draft, path: Path, text: str, lexicon: Lexicon) -> None:
    """Note what is wrong with a filter that chooses promises, and what it asks that promises can't follow."""
    criteria = check_filter(draft, path, text, lexicon)
    for key in Key:
        if key not in FOLLOWED and criteria.mentions(key):
            followed = " ".join(FOLLOWED)
            draft.fault(path, f'promises do not follow "{key}"', f"they follow: {followed}; a rule can set a tag by it")
