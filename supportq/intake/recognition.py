"""Which system wrote a file, told by its headers."""

from collections.abc import Mapping, Sequence

from supportq.errors import SupportqError, UnknownWord, first_few
from supportq.intake.fields import WHAT, fold
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

_A_PAIR = 2


def recognise(headers: Sequence[str], chosen: str | None, saved: Mapping[str, Saved]) -> Recognised:
    """Return the chosen form, the one that asks for most headers, all of which are there, or the likely one.

    Raises UnknownWord. A profile of the settings says more about a form, so that one is still told by the headers.
    """
    if chosen in names():
        return Recognised(chosen, get_profile(chosen), is_chosen=True)
    if chosen is not None and chosen not in saved:
        raise UnknownWord("import profile", chosen, [*saved, *names()])
    known = {name: get_profile(name) for name in names()}
    fitting = [name for name in names() if known[name].fits(headers)]
    best = max(fitting, key=lambda name: len(known[name].signature), default=GENERIC)
    if best == GENERIC:
        likely = [name for name in names() if known[name].is_likely(headers)]
        best = max(likely, key=lambda name: len(known[name].told_by(headers)), default=GENERIC)
    return Recognised(best, known[best], chosen or "", saved.get(chosen or ""))


def resembled(headers: Sequence[str]) -> Recognised | None:
    """Return the form that a file which is of none is most like, by two headers that tell, or one and most of all."""
    near = {name for name, _ in nearly(headers)}
    told = {name: len(get_profile(name).told_by(headers)) for name in names()}
    like = [name for name in names() if told[name] >= _A_PAIR or (told[name] and name in near)]
    best = max(like, key=told.__getitem__, default=None)
    return Recognised(best, get_profile(best)) if best else None


def looking_like(fault: SupportqError, headers: Sequence[str]) -> SupportqError:
    """Return why a file can't be read as any table, with the form that it is most like, if any, as the first cure."""
    like = resembled(headers)
    name = like.name if like else next((name for name, _ in nearly(headers)), None)
    if name is None:
        return fault
    profile = get_profile(name)
    lacking = first_few(profile.missing(headers), between=", ")
    way = f"it looks like {profile.title}, without {lacking}; if it is that: --profile {name}"
    return SupportqError(fault.cause, way, *fault.cures)


def check_chosen(recognised: Recognised, headers: Sequence[str], name: str) -> None:
    """Raise SupportqError where a form was chosen of which a file has next to nothing, or a saved one, and nothing."""
    profile = recognised.profile
    saved = () if profile.is_foreign else tuple(recognised.saved or ())
    if saved and {fold(header) for header in headers}.isdisjoint(map(fold, saved)):
        raise SupportqError(
            f"{name} has no column of the profile {recognised.desk}: {first_few(saved, between=', ')}",
            "leave --profile out to read it by its own headers; what they are taken to be: --explain",
        )
    missing = profile.missing(headers)
    if recognised.is_chosen and 2 * len(missing) > len(profile.signature) and not profile.has(headers, *WHAT):
        raise SupportqError(
            f"{name} is no file of the form {recognised.name}: it has not {', '.join(missing)}",
            "leave --profile out to read it by its own headers; what they are taken to be: --explain",
        )
