"""Settings as frozen values, already checked."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from typing import TYPE_CHECKING

from supportq.model.ticket import Priority, Status
from supportq.rules.rule import Rule
from supportq.sla.hours import Hours
from supportq.sla.policy import Policy
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.mail.account import Account


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who works at the desk; `logins` are the names by which the operating system knows the person."""

    code: str
    name: str
    email: str = ""
    teams: tuple[str, ...] = ()
    line: int = 1
    logins: tuple[str, ...] = ()
    phone: str = ""

    @property
    def label(self) -> str:
        """Return the name, and behind it the word that means this agent where that is another one."""
        return self.name if self.name.casefold() == self.code else f"{self.name} ({self.code})"


@dataclass(frozen=True, slots=True)
class Team:
    """A group of agents with hours of its own; a resolved ticket can be reopened for `reopen_days` days.

    `account` is the mail account that it writes from, None for the desk's; `sender` and `signature` are templates.
    """

    code: str
    name: str
    hours: str
    reopen_days: int = 14
    account: str | None = None
    sender: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Gateway:
    """The programs that serve a channel, by their names; empty where there is none."""

    sender: str = ""
    fetcher: str = ""


@dataclass(frozen=True, slots=True)
class FieldType:
    """A custom field: what it is called and what it may hold."""

    code: str
    title: str
    type: str = "text"  # text number date choice yes_no
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Canned:
    """A reply prepared in advance, as a template, with translations by language."""

    name: str
    title: str
    body: str
    translations: Mapping[str, str] = field(default_factory=dict)

    def in_language(self, language: str | None) -> str:
        """Return the body in that language, or the body for everybody else."""
        return self.translations.get(language or "", self.body)

    def spoken(self, language: str, house: str) -> str:
        """Return the language of the text that somebody gets who speaks that one, at a desk that speaks another."""
        return language if language in self.translations else house


@dataclass(frozen=True, slots=True)
class Order:
    """How much earlier (seconds) a ticket is worked on than its due moment, by what it is."""

    priority: Mapping[str, int] = field(default_factory=dict)
    reopened_s: int = 0
    reply_failed_s: int = 0
    standing: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cost:
    """What an hour of work costs, by the line of support of who does it."""

    currency: str = ""
    hourly: Mapping[str, float] = field(default_factory=dict)

    def of(self, seconds: int, line: int) -> float | None:
        """Return what so much work costs on a line, None where the settings don't say."""
        rate = self.hourly.get(str(line))
        return None if rate is None else rate * seconds / 3600


@dataclass(frozen=True, slots=True)
class Retention:
    """A customer has come back who writes again within so many days about another value of this custom field."""

    field: str = ""
    within_days: int = 90


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a desk decided, in one version; names are unique and every name that is used exists."""

    name: str
    zone: str
    agents: Mapping[str, Agent]
    teams: Mapping[str, Team]
    hours: Mapping[str, Hours]  # "always" is among them
    policies: tuple[Policy, ...]  # the last one selects every ticket
    rules: tuple[Rule, ...]
    canned: Mapping[str, Canned]
    fields: Mapping[str, FieldType]
    categories: tuple[str, ...]
    views: Mapping[str, str]
    organisations: Mapping[str, str]  # name -> standing, a key of order.standing
    import_profiles: Mapping[str, Mapping[str, str]]  # profile name -> column header -> field
    status_words: Mapping[str, Status]  # further words for statuses in imports
    priority_words: Mapping[str, Priority]
    third_parties: tuple[str, ...]  # addresses that are owed no reply
    order: Order
    warn_at: tuple[float, ...]  # fractions of a target
    enforce_from: datetime | None
    default_team: str | None
    default_language: str
    reopen_days: int
    transitions: Mapping[Status, tuple[Status, ...]]  # status -> statuses it may become; empty means any
    mail_lists: tuple[str, ...] = ()  # List-Ids of our own, over which people write
    web_forms: tuple[str, ...] = ()  # addresses of our own that send what people filled in
    accounts: Mapping[str, "Account"] = field(default_factory=dict)  # mail accounts
    default_account: str | None = None  # of tickets whose team has none; None where no account sends
    sender: str = ""  # templates of tickets without a team; an empty sender is the agent's name
    signature: str = ""
    acknowledgement: str = ""  # the canned reply that acknowledges what comes by mail; empty for none
    notices_a_minute: int = 30  # so many mails of a `notify` leave in a minute
    channels: Mapping[str, Gateway] = field(default_factory=dict)  # those that programs serve
    cost: Cost = Cost()
    retention: Retention = Retention()
