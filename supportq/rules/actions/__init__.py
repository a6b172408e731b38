"""Actions: what a rule can do to a ticket, one file each, named as in the settings."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from supportq.rules.action import Action


def names() -> list[str]:
    """Return the names of all actions, found in this folder."""
    from pkgutil import iter_modules

    return [module.name for module in iter_modules(__path__)]


@cache
def action_named(name: str) -> "Action":
    """Return the action of this name, importing it and no other."""
    return cast("Action", import_module(f"{__name__}.{name}"))
