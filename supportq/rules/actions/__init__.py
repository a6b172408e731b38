"""Actions: what a rule can do to a ticket, one file each, found by looking into this folder."""

from importlib import import_module
from pkgutil import iter_modules
from typing import cast

from supportq.rules.action import Action


def _found() -> dict[str, Action]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    actions = [cast("Action", module) for module in modules]
    return {action.NAME: action for action in actions}


ACTIONS = _found()
