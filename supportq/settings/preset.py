"""Settings to begin with: texts with comments that a team can grow from, filled in for the person who runs `init`."""

import re
from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files

from supportq.errors import UnknownWord
from supportq.model.text import tokens
from supportq.settings.edit import with_item, with_value, written_key
from supportq.settings.toml import parse_toml
from supportq.settings.values import Agent
from supportq.when import format_stamp

PRESETS = ("liveagent", "small")

_TEAM = re.compile(r"\[teams\.([\w-]+)\]")


def preset(name: str, *, agent: Agent, zone: str, enforce_from: datetime, teams: Sequence[str] = ()) -> str:
    """Return a preset's text with its first agent, who is in all teams, its zone, and since when promises raise alarms.

    Teams that are named join those that the preset's own promises and rules speak of, and take the place of others.
    """
    if name not in PRESETS:
        raise UnknownWord("preset", name, PRESETS)
    text = (files("supportq") / "settings" / "presets" / f"{name}.toml").read_text(encoding="utf-8")
    text = with_item(text, "zone", zone)
    text = with_value(text, "sla.enforce_from", format_stamp(enforce_from))
    return _with_agent(_with_teams(text, teams), agent)


def _with_agent(text: str, agent: Agent) -> str:
    teams = list(parse_toml(text)["teams"])
    for key, value in {"name": agent.name, "email": agent.email, "teams": teams, "logins": list(agent.logins)}.items():
        text = with_item(text, f"agents.you.{key}", value)
    return text.replace("[agents.you]", f"[agents.{written_key(agent.code)}]")


def _with_teams(text: str, names: Sequence[str]) -> str:
    """Put teams among those of the preset, each in a paragraph like theirs."""
    if not names:
        return text
    paragraphs = text.split("\n\n")
    places = [place for place, paragraph in enumerate(paragraphs) if _TEAM.match(paragraph)]
    own = {_TEAM.findall(paragraphs[place])[0]: paragraphs[place] for place in places}
    kept = {code: paragraph for code, paragraph in own.items() if f"team:{code}" in text}
    added = {code: _renamed(paragraphs[places[0]], code, name) for name in names if (code := _code(name)) not in kept}
    paragraphs[places[0] : places[-1] + 1] = [*kept.values(), *added.values()]
    return _with_default_team("\n\n".join(paragraphs))


def _with_default_team(text: str) -> str:
    """Let the first team get what belongs to nobody, where the team that got it is gone."""
    said = parse_toml(text)
    teams, default = list(said["teams"]), said.get("default_team")
    return text if default is None or default in teams else with_item(text, "default_team", teams[0])


def _code(name: str) -> str:
    return "-".join(tokens(name))


def _renamed(paragraph: str, code: str, name: str) -> str:
    return with_item(_TEAM.sub(f"[teams.{written_key(code)}]", paragraph), f'teams."{code}".name', name)
