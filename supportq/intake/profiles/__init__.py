"""The files that other systems write, one module for each form; a new one is found by itself.

`PROFILE` is the form: its headers, what they mean here, and its words. Its fixture in `tests/intake/profiles` says
where that form is documented.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from supportq.intake.profile import Profile

GENERIC = "generic"


@cache
def names() -> tuple[str, ...]:
    """Return the names of all profiles, found in this folder."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def get_profile(name: str) -> Profile:
    """Return the profile of a name that is there."""
    profile: Profile = import_module(f"{__name__}.{name}").PROFILE
    return profile
