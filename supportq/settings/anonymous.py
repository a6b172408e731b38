"""Settings without people: promises, teams and hours as they are, everybody under another name."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from supportq.model.mask import masked
from supportq.settings.check import Checked, check
from supportq.settings.toml import parse_toml
from supportq.values import dataclass

DROPPED = ("canned", "rules", "views", "import", "third_parties", "mail_lists", "web_forms", "mail")
"""What people wrote, and what no figure depends on."""

_VALUES = r'(?:"[^"]*"|[^\s,"]+)(?:,(?:"[^"]*"|[^\s,"]+))*'
_TERM = re.compile(rf"(?P<key>agent|customer|organisation|field\.[\w.-]+):(?P<values>{_VALUES})")
_VALUE = re.compile(r'"[^"]*"|[^\s,"]+')
_NOT_NAMES = frozenset({"none", "me"})


@dataclass(frozen=True, slots=True)
class Names:
    """What agents are called by their codes, and organisations by their names."""

    agents: Mapping[str, str]
    organisations: Mapping[str, str]


def anonymous(text: str, names: Names) -> Checked:
    """Return settings that make the same promises, as far as these don't depend on who a single customer is."""
    import tomli_w

    table = {key: value for key, value in parse_toml(text).items() if key not in DROPPED}
    table["name"] = "Support desk"
    table["agents"] = {
        names.agents[code]: _agent(names.agents[code], agent) for code, agent in table.get("agents", {}).items()
    }
    table["teams"] = {code: _without_mail(team) for code, team in table.get("teams", {}).items()}
    table["organisations"] = {
        names.organisations[name]: standing
        for name, standing in table.get("organisations", {}).items()
        if name in names.organisations
    }
    for policy in table.get("sla", {}).get("policies", ()):
        if "when" in policy:
            policy["when"] = _TERM.sub(lambda term: _renamed(term, names), policy["when"])
    return check(tomli_w.dumps(table))


def _agent(code: str, table: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: table[key] for key in ("teams", "line") if key in table}
    return {"name": code.replace("-", " ").capitalize()} | kept


def _without_mail(team: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in team.items() if key not in {"account", "sender", "signature"}}


def _renamed(term: re.Match[str], names: Names) -> str:
    rename = _RENAMERS.get(term["key"], _masked)
    values = [word.strip('"') for word in _VALUE.findall(term["values"])]
    found = [new for value in values for new in ([value] if value in _NOT_NAMES else rename(value, names))]
    quoted = ",".join(f'"{value}"' for value in found)
    return f"{term['key']}:{quoted}"


def _agents(value: str, names: Names) -> list[str]:
    return [names.agents.get(value, value)]


def _organisations(value: str, names: Names) -> list[str]:
    """Return all organisations that a part of a name means."""
    found = [new for old, new in names.organisations.items() if value.casefold() in old.casefold()]
    return found or ["nobody"]


def _customers(_value: str, _names: Names) -> list[str]:
    return ["nobody"]


def _masked(value: str, _names: Names) -> list[str]:
    return [masked(value)]


_RENAMERS: Mapping[str, Callable[[str, Names], list[str]]] = {
    "agent": _agents,
    "customer": _customers,
    "organisation": _organisations,
}
