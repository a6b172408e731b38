"""The settings that a desk begins with."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from supportq.errors import UnknownWord
from supportq.model.clock import ClockKind
from supportq.model.ticket import Priority
from supportq.settings.check import check
from supportq.settings.preset import PRESETS, preset
from supportq.settings.values import Agent, Settings

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
KIM = Agent("kim.o", 'Kim "K" Ødegård', "kim@example.com", logins=("kim.o", "42"))


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("teams", [(), ("Billing Desk", "Sales", "Łódź")])
def test_a_preset_is_right_for_whoever_starts_a_desk(name: str, teams: tuple[str, ...]) -> None:
    settings = _settings(name, *teams)

    agent = settings.agents["kim.o"]
    assert (agent.name, agent.email, agent.logins) == (KIM.name, KIM.email, KIM.logins)
    assert agent.teams == tuple(settings.teams)
    assert (settings.zone, settings.enforce_from) == ("Europe/Riga", NOW)
    assert settings.categories == ("question", "problem", "complaint", "return", "order", "feedback")
    assert settings.views.keys() == {"mine", "unassigned", "late"}
    assert settings.fields["order"].type == "text"


def test_named_teams_take_the_place_of_those_that_no_rule_speaks_of() -> None:
    assert list(_settings("small", "Billing Desk").teams) == ["billing-desk"]
    assert _settings("small", "Billing Desk").default_team == "billing-desk"
    assert list(_settings("liveagent", "Billing Desk").teams) == ["sales", "technical", "enterprise", "billing-desk"]


def test_comments_are_kept() -> None:
    text = preset("small", agent=KIM, zone="UTC", enforce_from=NOW, teams=("Shop",))

    assert '[teams.shop]\nname = "Shop"\nhours = "office"\n\n\n# Hours.' in text
    assert "# tickets created earlier raise no alarm" in text


def test_an_unknown_preset_is_refused() -> None:
    with pytest.raises(UnknownWord, match='no preset "smal"'):
        _settings("smal")


PUBLISHED = {  # first and next response in minutes, as spec sla.md section 5 has them
    ("sales", Priority.NORMAL): (120, 900),
    ("sales", Priority.HIGH): (60, 480),
    ("sales", Priority.URGENT): (30, 60),
    ("technical", Priority.NORMAL): (480, 1920),
    ("technical", Priority.HIGH): (240, 960),
    ("technical", Priority.URGENT): (30, 60),
    ("enterprise", Priority.NORMAL): (60, 240),
    ("enterprise", Priority.HIGH): (60, 240),
    ("enterprise", Priority.URGENT): (30, 60),
}


@pytest.mark.parametrize(("of", "minutes"), PUBLISHED.items())
def test_liveagent_promises_the_published_table(of: tuple[str, Priority], minutes: tuple[int, int]) -> None:
    team, priority = of
    policy = next(policy for policy in _settings("liveagent").policies if policy.when == f"team:{team}")

    promised = [policy.targets[kind, priority] // 60 for kind in (ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE)]
    assert tuple(promised) == minutes


def test_liveagent_resolves_by_priority_and_answers_everybody_within_a_week() -> None:
    *teams, last = _settings("liveagent").policies

    for policy in teams:
        hours = [policy.targets[ClockKind.RESOLUTION_TOTAL, priority] // 3600 for priority in Priority]
        assert hours == [120, 72, 24, 8]
    assert (last.when, set(last.targets.values())) == ("", {7 * 86_400})


def test_a_small_desk_promises_in_office_hours_with_a_break() -> None:
    settings = _settings("small")
    (policy,) = settings.policies

    assert settings.hours[policy.hours].week[0] == ((540, 750), (810, 1020))
    hours = {
        kind: policy.targets[kind, Priority.URGENT] / 3600
        for kind in ClockKind
        if (kind, Priority.URGENT) in policy.targets
    }
    assert hours == {
        ClockKind.FIRST_RESPONSE: 4,
        ClockKind.NEXT_RESPONSE: 8,
        ClockKind.RESOLUTION_FIRST: 21,
        ClockKind.RESOLUTION_TOTAL: 21,
    }


def test_liveagent_has_replies_ready_in_several_languages() -> None:
    canned = _settings("liveagent").canned

    assert len(canned) >= 8
    assert canned["refund"].translations.keys() == {"pl", "de", "lv"}


def test_the_example_settings_are_right() -> None:
    text = Path("examples/settings.toml").read_text(encoding="utf-8")

    assert check(text).settings.name == "Northwind Loom support"


def _settings(name: str, *teams: str) -> Settings:
    return check(preset(name, agent=KIM, zone="Europe/Riga", enforce_from=NOW, teams=teams)).settings
