"""The words that settings give meaning to, as filters need them."""

from datetime import datetime, tzinfo

from supportq.model.filter import Lexicon
from supportq.settings.values import Settings


def lexicon_of(settings: Settings, *, now: datetime, zone: tzinfo, me: str | None = None) -> Lexicon:
    """Return what a filter may speak of at this desk, asked now by that agent, whatever its tickets say."""
    return Lexicon(
        now=now,
        zone=zone,
        me=me,
        teams=settings.teams.keys(),
        agents=settings.agents.keys(),
        categories=settings.categories,
        fields={code: field.type for code, field in settings.fields.items()},
        views=settings.views,
    )
