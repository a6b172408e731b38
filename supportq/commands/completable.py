"""What could be typed where: the values of options, of filter terms, and of each command's arguments."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum

from supportq.desk import Desk
from supportq.model.channel import Channel
from supportq.model.filter.terms import Key, Promise, Trait
from supportq.model.ticket import Priority, Resolution, Status
from supportq.output.streams import Colour
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """A word that could be typed, and what it means."""

    word: str
    help: str = ""


Source = Callable[[Desk, str], Iterable[Offer]]
"""What could stand for a word that is begun."""

FILES = Offer("/", "files")
"""Stands for the names of files, which a shell knows best; no word of ours is a slash."""

MOST_TICKETS = 20


def takes_value(option: str) -> bool:
    """Tell whether the word is an option that wants a value behind it."""
    return option in _OPTIONS


def after_option(option: str, path: tuple[str, ...], current: str, desk: Desk) -> Iterable[Offer]:
    """Return what could be the value of an option of a command."""
    return _OPTIONS_OF.get((*path, option), _OPTIONS[option])(desk, current)


def argument(path: tuple[str, ...], kind: str, before: tuple[str, ...], current: str, desk: Desk) -> Iterable[Offer]:
    """Return what could be the next argument of a command."""
    if path in _ARGUMENTS:
        return _ARGUMENTS[path](desk, current)
    if path not in _SELECTING and (kind == "plain" or path[0] in _NO_SELECTOR or len(path) > 1):
        return []
    values = _LAST_WORDS[path[0]](desk, current) if before and path[0] in _LAST_WORDS else []
    return [*values, *_selector(desk, current)]


def _words(*words: str) -> Source:
    return lambda _desk, _current: [Offer(word) for word in words]


def _members(kinds: type[StrEnum], *others: str) -> Source:
    return _words(*(kind.value for kind in kinds), *others)


def _reports(_desk: Desk, _current: str) -> Iterable[Offer]:
    from supportq.reports import WHOLE, names

    return [*map(Offer, names()), *(Offer(word, what) for word, what in WHOLE.items())]


def _report_keys(_desk: Desk, _current: str) -> Iterable[Offer]:
    from supportq.reports._groups import KEYS

    return map(Offer, KEYS)


def _files(_desk: Desk, _current: str) -> Iterable[Offer]:
    return [FILES]


def _nothing(_desk: Desk, _current: str) -> Iterable[Offer]:
    return []


def _teams(desk: Desk, _current: str) -> Iterable[Offer]:
    return [Offer(team.code, team.name) for team in desk.settings.teams.values()]


def _agents(desk: Desk, _current: str) -> Iterable[Offer]:
    return [Offer(agent.code, agent.name) for agent in desk.settings.agents.values()]


def _categories(desk: Desk, _current: str) -> Iterable[Offer]:
    return map(Offer, desk.settings.categories)


def _profiles(desk: Desk, _current: str) -> Iterable[Offer]:
    from supportq.intake.profiles import get_profile, names

    return [*map(Offer, desk.settings.import_profiles), *(Offer(name, get_profile(name).title) for name in names())]


def _views(desk: Desk, _current: str) -> Iterable[Offer]:
    return [Offer(name, words) for name, words in desk.settings.views.items()]


def _canned(desk: Desk, _current: str) -> Iterable[Offer]:
    return [Offer(canned.name, canned.title) for canned in desk.settings.canned.values()]


def _hours(desk: Desk, _current: str) -> Iterable[Offer]:
    return [Offer(hours.name, hours.zone) for hours in desk.settings.hours.values()]


def _accounts(desk: Desk, _current: str) -> Iterable[Offer]:
    return [Offer(account.name, account.address) for account in desk.settings.accounts.values()]


def _fetching_accounts(desk: Desk, _current: str) -> Iterable[Offer]:
    accounts = [Offer(account.name, account.address) for account in desk.settings.accounts.values() if account.imap]
    channels = desk.settings.channels.items()
    return accounts + [Offer(name, gateway.fetcher) for name, gateway in channels if gateway.fetcher]


def _posted(desk: Desk, _current: str) -> Iterable[Offer]:
    from supportq.store.outbox import unsettled

    return [Offer(str(posted.id), f"{posted.delivery} {posted.subject}") for posted in unsettled(desk.queue.connection)]


def _tags(desk: Desk, _current: str) -> Iterable[Offer]:
    from supportq.store.subjects import tags_in_use

    return map(Offer, tags_in_use(desk.queue.connection))


def _tickets(desk: Desk, current: str) -> Iterable[Offer]:
    from supportq.store.subjects import beginning_with, in_work_order

    connection = desk.queue.connection
    rows = beginning_with(connection, current, MOST_TICKETS) if current else in_work_order(connection, MOST_TICKETS)
    return [Offer(str(number), subject) for number, subject in rows]


def _versions(desk: Desk, _current: str) -> Iterable[Offer]:
    from supportq.store.versions import history_of

    return [
        Offer(str(version.id), f"{version.actor} {version.reason}") for version in history_of(desk.queue.connection)
    ]


def _formats(_desk: Desk, _current: str) -> Iterable[Offer]:
    from supportq.output.formats import names

    return [Offer(name) for name in names() if name != "template"]


def _zones(_desk: Desk, _current: str) -> Iterable[Offer]:
    from zoneinfo import available_timezones

    return map(Offer, sorted(available_timezones()))


def _selector(desk: Desk, current: str) -> Iterable[Offer]:
    """Return tickets by number, then filter keys, or the values of the key that is typed."""
    word = current
    while word.startswith("not:"):
        word = word.removeprefix("not:")
    head = current[: len(current) - len(word)]
    key, colon, typed = word.partition(":")
    if not colon:
        return [
            *([] if head else _numbers(desk, word)),
            *(Offer(f"{head}{offer.word}", offer.help) for offer in _keys(desk)),
        ]
    done = f"{head}{key}:{typed[: typed.rfind(',') + 1]}"
    source = _VALUES.get(key, _nothing)
    return [Offer(f"{done}{offer.word}", offer.help) for offer in source(desk, typed.rpartition(",")[2])]


def _numbers(desk: Desk, word: str) -> Iterable[Offer]:
    return _tickets(desk, word) if not word or word.isdecimal() else []


def _keys(desk: Desk) -> Iterable[Offer]:
    from supportq.commands.topics.filters import TERMS

    told = {term.partition(":")[0]: meaning for term, meaning in TERMS}
    fields = [Offer(f"field.{field.code}:", field.title) for field in desk.settings.fields.values()]
    plain = [Offer(f"{key}:", told[key]) for key in (*Key, "not") if key is not Key.FIELD]
    return [*plain, *fields]


_MOMENTS = _words("now", "today", "yesterday", "tomorrow", "week", "last-week", "month", "last-month")

_VALUES: Mapping[str, Source] = {
    Key.STATUS: _members(Status, "active", "any"),
    Key.PRIORITY: _members(Priority),
    Key.TEAM: lambda desk, word: [*_teams(desk, word), Offer("none")],
    Key.CHANNEL: _members(Channel),
    Key.LINE: _words("0", "1", "2", "3"),
    Key.AGENT: lambda desk, word: [Offer("me"), *_agents(desk, word), Offer("none")],
    Key.CATEGORY: lambda desk, word: [*_categories(desk, word), Offer("none")],
    Key.TAG: lambda desk, word: [*_tags(desk, word), Offer("none")],
    Key.CREATED: _MOMENTS,
    Key.UPDATED: _MOMENTS,
    Key.DUE: _MOMENTS,
    Key.SLA: _members(Promise),
    Key.RATING: _words("1", "2", "3", "4", "5", "none"),
    Key.HAS: _members(Trait),
    Key.VIEW: _views,
    Key.ID: _tickets,
}

_OPTIONS: Mapping[str, Source] = {
    **dict.fromkeys(
        ("--queue", "-F", "--body-file", "--attach", "--rejects", "-o", "--output", "--eml", "--settings"), _files
    ),
    **dict.fromkeys(("--as", "--agent", "--by"), _agents),
    **dict.fromkeys(("--since", "--until", "--at", "--due", "--now"), _MOMENTS),
    **dict.fromkeys(("-f", "--format"), _formats),
    **dict.fromkeys(("-t", "--tag"), _tags),
    **dict.fromkeys(
        ("-m", "--message", "-c", "--columns", "-T", "--template", "-s", "--sort", "-L", "--limit", "--reason"),
        _nothing,
    ),
    **dict.fromkeys(
        ("--spent", "--key", "--source", "--map", "--encoding", "--delimiter", "--max-rejects", "--within"), _nothing
    ),
    **dict.fromkeys(("--check", "-w", "--warning", "-C", "--critical", "--every"), _nothing),
    **dict.fromkeys(
        ("--cc", "--customer", "--field", "--keep", "--group", "--language", "--ordinal", "--after"), _nothing
    ),
    "--years": _nothing,
    "--hours": lambda desk, word: [offer for offer in _hours(desk, word) if offer.word != "always"],
    "--where": _selector,
    "--color": _members(Colour),
    "--tz": _zones,
    "--team": _teams,
    "--priority": _members(Priority),
    "--channel": _members(Channel),
    "--line": _words("0", "1", "2", "3"),
    "--category": _categories,
    "--canned": _canned,
    "--to": _agents,
    "--from": _words("csv", "tsv", "jsonl", "json", "xlsx"),
    "--profile": _profiles,
    "--for": _words("customer", "third-party"),
    "--on-duplicate": _words("hold", "skip", "update", "fail"),
    "--fail-on": _words("at-risk", "late"),
    "--clock": _words("first_response", "next_response", "resolution", "update"),
    "--preset": _words("small", "liveagent"),
}

_OPTIONS_OF: Mapping[tuple[str, ...], Source] = {
    ("log", "--to"): _tickets,
    ("reply", "--to"): _nothing,
    ("resolve", "--as"): _members(Resolution),
    ("close", "--as"): _members(Resolution),
    ("report", "--by"): _report_keys,
    ("report", "--compare"): _words("previous", "last-year"),
    ("breaches", "--by"): _words("agent", "team"),
    **dict.fromkeys(
        (("breaches", "-f"), ("breaches", "--format")),
        lambda desk, word: [*_formats(desk, word), Offer("nagios"), Offer("prom")],
    ),
    **dict.fromkeys(
        (("export", "-f"), ("export", "--format")), lambda desk, word: [*_formats(desk, word), Offer("mbox")]
    ),
    ("init", "--from"): _files,
    ("count", "--by"): _words("status", "priority", "team", "channel", "agent", "category", "tag"),
}

_ARGUMENTS: Mapping[tuple[str, ...], Source] = {
    **dict.fromkeys((("init",), ("demo",), ("import",), ("backup",), ("config", "apply"), ("config", "check")), _files),
    ("config", "show"): _versions,
    ("config", "diff"): lambda desk, word: [*_versions(desk, word), FILES],
    ("canned", "show"): _canned,
    ("canned", "render"): lambda desk, word: [*_canned(desk, word), *_tickets(desk, word)],
    ("hours", "add"): _hours,
    **dict.fromkeys((("hours", "between"), ("hours", "show"), ("hours", "holidays", "list")), _hours),
    ("hours", "holidays", "import"): _files,
    ("mail", "test"): _accounts,
    ("fetch",): _fetching_accounts,
    **dict.fromkeys((("outbox", "cancel"), ("outbox", "confirm"), ("outbox", "retry"), ("outbox", "show")), _posted),
    **dict.fromkeys(
        (("preferences", "set"), ("preferences", "unset")),
        _words("agent", "editor", "color", "queue", "pager", "zone", "ca_file"),
    ),
    ("completion",): _words("bash", "zsh", "fish"),
    ("report",): _reports,
}

_LAST_WORDS: Mapping[str, Source] = {
    "prioritise": _members(Priority, "up", "down", "auto"),
    "rate": _words("1", "2", "3", "4", "5"),
    "assign": lambda desk, word: [Offer("me"), Offer("none"), Offer("auto"), *_agents(desk, word)],
    "set": _words(
        *(f"{key}=" for key in ("subject", "priority", "team", "channel", "line", "agent", "customer", "category")),
        "language=",
        "tag+=",
        "tag-=",
    ),
}

_NO_SELECTOR = frozenset({"log", "sql", "undo", "redo", "customer", "doctor"})

_SELECTING = frozenset({("watch",), ("sla", "why"), ("sla", "correct"), ("rule", "test")})
