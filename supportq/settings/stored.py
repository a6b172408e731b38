"""Checked settings as they are stored in the queue: JSON that a command reads back in less than a millisecond."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from supportq.model.clock import ClockKind
from supportq.model.ticket import Priority, Status
from supportq.rules.rule import Rule
from supportq.settings.values import Agent, Canned, Cost, FieldType, Gateway, Order, Retention, Settings, Team
from supportq.sla.hours import Hours
from supportq.sla.policy import OnReopen, Policy

if TYPE_CHECKING:
    from supportq.mail.account import Account

Record = dict[str, Any]
T = TypeVar("T")


def to_json(settings: Settings) -> str:
    """Write settings as the JSON that `from_json` reads."""
    record = {name: getattr(settings, name) for name in Settings.__dataclass_fields__}
    record |= {
        "policies": [_policy_record(policy) for policy in settings.policies],
        "enforce_from": settings.enforce_from and settings.enforce_from.isoformat(),
    }
    return json.dumps(record, default=asdict, ensure_ascii=False, separators=(",", ":"))


@lru_cache(8)
def from_json(text: str) -> Settings:
    """Read settings back from the JSON that `to_json` wrote, once for all who ask for them in a run."""
    record: Record = json.loads(text)
    record |= {
        "agents": _each(_agent, record["agents"]),
        "teams": _each(_team, record["teams"]),
        "hours": _each(_hours, record["hours"]),
        "policies": tuple(map(_policy, record["policies"])),
        "rules": tuple(map(_rule, record["rules"])),
        "canned": _each(_canned, record["canned"]),
        "fields": _each(_field_type, record["fields"]),
        "categories": tuple(record["categories"]),
        "third_parties": tuple(record["third_parties"]),
        "mail_lists": tuple(record.get("mail_lists", ())),
        "web_forms": tuple(record.get("web_forms", ())),
        "accounts": _each(_account, record.get("accounts", {})),
        "channels": _each(_gateway, record.get("channels", {})),
        "order": Order(**record["order"]),
        "cost": Cost(**record.get("cost", {})),
        "retention": Retention(**record.get("retention", {})),
        "status_words": _each(Status, record["status_words"]),
        "priority_words": _each(Priority, record["priority_words"]),
        "warn_at": tuple(record["warn_at"]),
        "enforce_from": record["enforce_from"] and datetime.fromisoformat(record["enforce_from"]),
        "transitions": {Status(old): tuple(map(Status, new)) for old, new in record["transitions"].items()},
    }
    return Settings(**record)


def _each(read: Callable[[Any], T], records: Mapping[str, Any]) -> dict[str, T]:
    return {name: read(record) for name, record in records.items()}


def _agent(record: Record) -> Agent:
    return Agent(**record | {"teams": tuple(record["teams"]), "logins": tuple(record["logins"])})


def _team(record: Record) -> Team:
    return Team(**record)


def _gateway(record: Record) -> Gateway:
    return Gateway(**record)


def _canned(record: Record) -> Canned:
    return Canned(**record)


def _account(record: Record) -> "Account":
    from supportq.mail.account import Account, Auth, Fetching, Server, Then, Tls

    def server(said: Record) -> Server:
        return Server(**said | {"tls": Tls(said["tls"]), "auth": Auth(said["auth"])})

    smtp, imap = record["smtp"], record["imap"]
    fetching = imap and Fetching(**imap | {"server": server(imap["server"]), "then": Then(imap["then"])})
    return Account(**record | {"smtp": smtp and server(smtp), "imap": fetching})


def _field_type(record: Record) -> FieldType:
    return FieldType(**record | {"choices": tuple(record["choices"])})


def _hours(record: Record) -> Hours:
    return Hours(
        name=record["name"],
        zone=record["zone"],
        week=tuple(map(_intervals, record["week"])),
        holidays=_intervals(record["holidays"]),
        openings=tuple((on, _intervals(day)) for on, day in record["openings"]),
    )


def _intervals(pairs: list[Any]) -> tuple[Any, ...]:
    return tuple(map(tuple, pairs))


def _rule(record: Record) -> Rule:
    actions = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in record["actions"])
    return Rule(**record | {"actions": actions})


def _policy_record(policy: Policy) -> Record:
    targets: dict[str, dict[str, int]] = {}
    for (kind, priority), seconds in policy.targets.items():
        targets.setdefault(kind, {})[priority] = seconds
    paused = {kind: sorted(statuses) for kind, statuses in policy.pause_on.items()}
    return asdict(policy) | {"targets": targets, "pause_on": paused}


def _policy(record: Record) -> Policy:
    targets = {
        (ClockKind(kind), Priority(priority)): seconds
        for kind, by_priority in record["targets"].items()
        for priority, seconds in by_priority.items()
    }
    pause_on = {ClockKind(kind): frozenset(map(Status, names)) for kind, names in record["pause_on"].items()}
    return Policy(**record | {"targets": targets, "pause_on": pause_on, "on_reopen": OnReopen(record["on_reopen"])})
