"""What customers are promised: policies with their targets, and what is watched of them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from supportq.errors import SupportqError, UsageError
from supportq.model.filter import Lexicon
from supportq.model.ticket import Priority, Status
from supportq.settings.draft import Draft, Table
from supportq.settings.faults import Path
from supportq.settings.sections.filters import check_policy_filter
from supportq.sla.hours import Hours, day_span
from supportq.sla.policy import FALLBACKS, PROMISES, OnReopen, Policy
from supportq.sla.terms import SOFT
from supportq.when import parse_duration, zone_named

LONGEST = timedelta(days=3650)


def _spread(target: Any) -> Any:
    return target if isinstance(target, dict) else {"normal": _with_unit(target)}


def _with_unit(target: Any) -> Any:
    if isinstance(target, int | float) and not isinstance(target, bool):
        raise ValueError(f'a target names its unit, such as "{target}h"')  # noqa: TRY004 - pydantic tells a ValueError
    return target


def _plain(moment: Any) -> Any:
    return moment.isoformat() if isinstance(moment, date) else moment


def _ascending(fractions: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(sorted(set(fractions)))


def _only(*pausing: Status) -> Callable[[tuple[Status, ...]], tuple[Status, ...]]:
    def check(states: tuple[Status, ...]) -> tuple[Status, ...]:
        refused = [state for state in states if state not in pausing]
        if refused:
            raise ValueError(f"{refused[0]} never pauses this clock")
        return states

    return check


Target = Annotated[str, BeforeValidator(_with_unit)]
Targets = Annotated[dict[Priority, Target], BeforeValidator(_spread)]
Fraction = Annotated[float, Field(gt=0, lt=1)]
States = tuple[Status, ...]
WhileWaiting = Annotated[States, AfterValidator(_only(Status.PENDING, Status.ON_HOLD))]


class PauseTable(Table):
    """In which states a clock stands still."""

    first_response: Annotated[States, AfterValidator(_only())] = ()
    next_response: Annotated[States, AfterValidator(_only(Status.ON_HOLD))] = ()
    resolution: WhileWaiting = (Status.PENDING,)
    update: WhileWaiting = (Status.PENDING,)


class PolicyTable(Table):
    """What a settings text says of a policy."""

    name: str
    when: str = ""
    hours: str = "always"
    first_response: Targets
    next_response: Targets
    resolution: Targets = Field(default={})
    update: Targets = Field(default={})
    pause_on: PauseTable = PauseTable()
    on_reopen: OnReopen = OnReopen.CONTINUE


class SlaTable(Table):
    """What a settings text says of promises as a whole."""

    enforce_from: Annotated[str | None, BeforeValidator(_plain)] = None
    warn_at: Annotated[tuple[Fraction, ...], AfterValidator(_ascending)] = (0.5, 0.75, 0.9)
    policies: list[dict[str, Any]] = Field(default=[])


def read_sla(draft: Draft) -> SlaTable:
    """Read what holds for all policies."""
    return draft.single(SlaTable, "sla")


def read_enforce_from(draft: Draft, sla: SlaTable, zone: str) -> datetime | None:
    """Read since when a promise raises alarms; a time without an offset is the desk's own."""
    if sla.enforce_from is None:
        return None
    try:
        moment = datetime.fromisoformat(sla.enforce_from)
    except ValueError:
        problem = f'"{sla.enforce_from}" is no moment'
        draft.fault(("sla", "enforce_from"), problem, "such as 2026-11-22 or 2026-11-22T09:00:00Z")
        return None
    local = moment if moment.tzinfo else moment.replace(tzinfo=zone_named(zone))
    return local.astimezone(UTC).replace(microsecond=0)


def read_policies(draft: Draft, hours: dict[str, Hours], lexicon: Lexicon) -> tuple[Policy, ...]:
    """Read the policies in their order; a soft one is added where none selects every ticket."""
    policies = []
    for path, raw in draft.entries("sla", "policies"):
        table = draft.table(PolicyTable, raw, path)
        check_policy_filter(draft, (*path, "when"), table.when, lexicon)
        if table.name == SOFT.name:
            draft.fault((*path, "name"), f'"{SOFT.name}" is the promise behind all policies', "call this one otherwise")
        policies.append(_policy(draft, path, table, hours))
    draft.distinct("policy", "sla", "policies")
    selects_all = any(not policy.when for policy in policies)
    return tuple(policies if selects_all else [*policies, SOFT])


def _policy(draft: Draft, path: Path, table: PolicyTable, hours: dict[str, Hours]) -> Policy:
    draft.knows((*path, "hours"), "hours", table.hours, ("always", *draft.names("hours")))
    named = hours.get(table.hours, hours["always"])
    return Policy(
        name=table.name,
        when=table.when.strip(),
        hours=named.name,
        targets={
            (kind, priority): seconds
            for key, kinds in PROMISES.items()
            for priority, seconds in _targets(draft, (*path, key), getattr(table, key), named).items()
            for kind in kinds
        },
        pause_on={
            kind: frozenset(states)
            for key, kinds in PROMISES.items()
            for kind in kinds
            if (states := getattr(table.pause_on, key))
        },
        on_reopen=table.on_reopen,
        line=draft.line(path),
    )


def _targets(draft: Draft, path: Path, said: dict[Priority, str], hours: Hours) -> dict[Priority, int]:
    if said and Priority.NORMAL not in said:
        draft.fault(path, "normal has no target", "the others fall back on it")
        return {}
    seconds = {priority: _seconds(draft, (*path, priority), text, hours) for priority, text in said.items()}
    return {
        priority: seconds[next(known for known in FALLBACKS[priority] if known in seconds)]
        for priority in Priority
        if seconds
    }


def _seconds(draft: Draft, path: Path, text: str, hours: Hours) -> int:
    try:
        return _span(text, hours) // timedelta(seconds=1)
    except SupportqError as error:
        draft.refuse(path, error)
        return 1


def _span(text: str, hours: Hours) -> timedelta:
    days = re.fullmatch(r"\s*(\d{1,4})\s*wd\s*", text)
    span = int(days[1]) * day_span(hours) if days else parse_duration(text)
    if not timedelta() < span <= LONGEST:
        raise UsageError(f'"{text}" is no target', "more than nothing, at most 10 years")
    return span
