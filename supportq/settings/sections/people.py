"""Who works at the desk: agents and their teams."""

from typing import Annotated

from pydantic import Field

from supportq.settings.draft import Draft, Table
from supportq.settings.sections.desk import Days
from supportq.settings.sections.mail import MailTable
from supportq.settings.values import Agent, Team

Line = Annotated[int, Field(strict=True, ge=0, le=3)]


class AgentTable(Table):
    """What a settings text says of an agent."""

    name: str
    email: str = ""
    phone: str = ""
    teams: tuple[str, ...] = ()
    line: Line = 1
    logins: tuple[str, ...] = ()


class TeamTable(Table):
    """What a settings text says of a team."""

    name: str = ""
    hours: str = "always"
    reopen_days: Days | None = None
    account: str | None = None
    sender: str | None = None
    signature: str | None = None


def read_agents(draft: Draft) -> dict[str, Agent]:
    """Read the agents."""
    agents = {}
    for code, raw in draft.tables("agents").items():
        table = draft.table(AgentTable, raw, ("agents", code))
        for team in table.teams:
            draft.knows(("agents", code, "teams"), "team", team, draft.names("teams"))
        agents[code] = Agent(code, table.name, table.email, table.teams, table.line, table.logins, table.phone)
    _check_logins(draft, agents)
    return agents


def read_teams(draft: Draft, hours: tuple[str, ...], reopen_days: int, mail: MailTable) -> dict[str, Team]:
    """Read the teams."""
    teams = {}
    for code, raw in draft.tables("teams").items():
        table = draft.table(TeamTable, raw, ("teams", code))
        draft.knows(("teams", code, "hours"), "hours", table.hours, hours)
        days = reopen_days if table.reopen_days is None else table.reopen_days
        teams[code] = Team(
            code,
            table.name or code.capitalize(),
            table.hours,
            days,
            account=table.account,
            sender=mail.sender if table.sender is None else table.sender,
            signature=mail.signature if table.signature is None else table.signature,
        )
    return teams


def _check_logins(draft: Draft, agents: dict[str, Agent]) -> None:
    owners: dict[str, str] = {}
    for code, agent in agents.items():
        for login in agent.logins:
            owner = owners.setdefault(login, code)
            if owner != code:
                draft.fault(("agents", code, "logins"), f'"{login}" is a login of {owner} too', "one agent a login")
