"""Whether a settings text can count: as a whole, with every fault at once."""

from dataclasses import replace
from datetime import UTC, datetime

from supportq.model.filter import Lexicon
from supportq.settings.draft import Draft
from supportq.settings.faults import SettingsFaults
from supportq.settings.sections.channels import read_channels
from supportq.settings.sections.desk import DeskTable, read_desk, read_zone
from supportq.settings.sections.figures import read_cost, read_retention
from supportq.settings.sections.habits import check_views, read_rules
from supportq.settings.sections.mail import check_teams, read_accounts, read_default_account, read_mail
from supportq.settings.sections.people import read_agents, read_teams
from supportq.settings.sections.promises import read_enforce_from, read_policies, read_sla
from supportq.settings.sections.records import check_organisations, read_fields, read_imports, read_order
from supportq.settings.sections.replies import read_canned
from supportq.settings.sections.timetable import read_hours
from supportq.settings.values import Settings
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Checked:
    """A settings text that can count, and what it says."""

    text: str
    settings: Settings


def check(text: str, name: str = "settings") -> Checked:
    """Read a settings text; raise SettingsFaults with everything that is wrong in it, which call it by this name."""
    draft = Draft(text, name)
    settings = _settings(draft)
    if draft.faults:
        raise SettingsFaults(draft.faults, name)
    return Checked(text, settings)


def _settings(draft: Draft) -> Settings:
    desk = read_desk(draft)
    zone = read_zone(draft, desk)
    hours = read_hours(draft, zone)
    sla, imports = read_sla(draft), read_imports(draft)
    mail, accounts = read_mail(draft), read_accounts(draft)
    lexicon = _lexicon(draft, desk)
    teams = read_teams(draft, ("always", *draft.names("hours")), desk.reopen_days, mail)
    check_teams(draft, teams, accounts)
    check_views(draft, desk.views, replace(lexicon, me="me"))
    check_organisations(draft, desk.organisations)
    return Settings(
        name=desk.name,
        zone=zone,
        agents=read_agents(draft),
        teams=teams,
        hours=hours,
        policies=read_policies(draft, hours, lexicon),
        rules=read_rules(draft, lexicon),
        canned=read_canned(draft),
        fields=read_fields(draft),
        categories=desk.categories,
        views=desk.views,
        organisations=desk.organisations,
        import_profiles=imports.profiles,
        status_words=imports.words.status,
        priority_words=imports.words.priority,
        third_parties=desk.third_parties,
        order=read_order(draft),
        warn_at=sla.warn_at,
        enforce_from=read_enforce_from(draft, sla, zone),
        default_team=desk.default_team,
        default_language=desk.language,
        reopen_days=desk.reopen_days,
        transitions=desk.transitions,
        mail_lists=tuple(name.strip("<> ").casefold() for name in desk.mail_lists),
        web_forms=tuple(address.strip("<> ").casefold() for address in desk.web_forms),
        accounts=accounts,
        channels=read_channels(draft),
        cost=read_cost(draft),
        retention=read_retention(draft),
        default_account=read_default_account(draft, mail, accounts),
        sender=mail.sender,
        signature=mail.signature,
        acknowledgement=mail.acknowledgement,
        notices_a_minute=mail.notices_a_minute,
    )


def _lexicon(draft: Draft, desk: DeskTable) -> Lexicon:
    """Name what filters may speak of; whether they are right does not depend on the moment.

    Promises and rules hold whoever asks, so that `agent:me` means nobody there; in a view it means who looks.
    """
    return Lexicon(
        now=datetime(2000, 1, 1, tzinfo=UTC),
        teams=draft.names("teams"),
        agents=draft.names("agents"),
        categories=desk.categories,
        fields={code: str(raw.get("type", "text")) for code, raw in draft.tables("fields").items()},
        views=desk.views,
    )
