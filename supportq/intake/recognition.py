"""Which system wrote a file, told by its headers."""

from collections.abc import Mapping, Sequence

from supportq.errors import UnknownWord
from supportq.intake.profile import Profile
from supportq.intake.profiles import GENERIC, get_profile, names
from supportq.values import dataclass

Saved = Mapping[str, str]
"""A profile of the settings: column header to field."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """As what a file is read: a form by its name, and what the settings say beyond it under the name of a `desk`."""

    name: str
    profile: Profile
    desk: str = ""
    saved: Saved | None = None
    is_chosen: bool = False

    @property
    def source(self) -> str:
        """Return the name under which its rows are known again."""
        return self.desk or self.profile.source


def nearly(headers: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return the forms that a file would be of but for a few headers, each with those headers, the nearest first."""
    near = []
    for name in names():
        signature = get_profile(name).signature
        lacking = get_profile(name).missing(headers)
        if 0 < len(lacking) <= len(signature) // _A_FEW:
            near.append((name, lacking))
    return sorted(near, key=lambda found: len(found[1]))


_A_FEW = 3
"""One of so many headers may be missing."""


def recognise(headers: Sequence[str], chosen: str | None, saved: Mapping[str, Saved]) -> Recognised:
    """Return the chosen form, or the one that asks for most headers, all of which are there; raise UnknownWord.

    A profile of the settings says more about a form, so that one is still told by the headers.
    """
    if chosen in names():
        return Recognised(chosen, get_profile(chosen), is_chosen=True)
    if chosen is not None and chosen not in saved:
        raise UnknownWord("import profile", chosen, [*saved, *names()])
    fitting = {name: profile for name in names() if (profile := get_profile(name)).fits(headers)}
    best = max(fitting, key=lambda name: len(fitting[name].signature), default=GENERIC)
    return Recognised(best, fitting[best], chosen or "", saved.get(chosen or ""))
