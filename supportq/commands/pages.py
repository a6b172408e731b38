"""Our own help pages: examples first, then what a command takes, then in short what all commands share."""

from collections.abc import Iterable, Iterator
from inspect import cleandoc
from itertools import groupby
from typing import Any

from supportq.commands.entry import Entry
from supportq.commands.section import Rows, Section

_MOST_CHOICES = 40
_COLUMN = 11

FIRST_STEPS = (
    "supportq init team.db --preset liveagent",
    "supportq import inquiries.csv --triage",
    'supportq log "Order 12 not here" -c ann@example.com --channel phone',
    "supportq next --take --why",
    "supportq breaches",
)

_SHORT = {
    "for_readers": (
        "Output",
        "-f table|tsv|csv|json|jsonl|ids|md|html, --json, -c COLUMNS (help lists them), -T TEMPLATE, -s KEY[:desc], -L N, --no-header, --spreadsheet",
    ),
    "for_writers": ("Change", "-n (dry run), -y (yes to every question), -f ids|json (the touched tickets)"),
    "for_everyone": (
        "Every command",
        "--queue FILE, --as AGENT, --tz ZONE, --color WHEN, --no-pager, --no-input, -q, -v, --debug, -h; see supportq help options",
    ),
}


def root_page(help_text: str, entries: Iterable[Entry], topics: Rows) -> Iterator[Section]:
    """Yield the page of the whole program: every command in its group, then the topics of `supportq help`."""
    yield Section(words=help_text)
    yield Section("Examples", lines=FIRST_STEPS)
    yield Section("Usage", lines=("supportq COMMAND [TICKETS OR VALUES...] [OPTIONS]",))
    for group, words in groupby(entries, key=lambda entry: entry.group):
        yield Section(group, rows=_entry_rows(words), column=_COLUMN)
    yield Section("Topics: supportq help TOPIC", rows=topics, column=_COLUMN)
    yield Section(*_SHORT["for_everyone"])


def short_root_page(help_text: str, entries: Iterable[Entry]) -> Iterator[Section]:
    """Yield what fits on half a screen: the words of each group, and where to read on."""
    yield Section(words=help_text)
    groups = groupby(entries, key=lambda entry: entry.group)
    yield Section("Commands", rows=tuple((group, " ".join(entry.name for entry in words)) for group, words in groups))
    yield Section("Begin", lines=("supportq demo", "supportq init", "supportq --help"))


def group_page(path: str, help_text: str, entries: Iterable[Entry]) -> Iterator[Section]:
    """Yield the page of a word that has words of its own, such as `supportq config`."""
    yield Section(words=help_text)
    yield Section("Usage", lines=(f"{path} COMMAND [OPTIONS]",))
    yield Section("Commands", rows=_entry_rows(entries))
    yield Section("Read on", lines=(f"{path} COMMAND --help",))


def command_page(command: Any, context: Any) -> Iterator[Section]:
    """Yield the page of one command."""
    own = [parameter for parameter in command.params if not getattr(parameter, "shared", "")]
    arguments = [parameter for parameter in own if parameter.param_type_name == "argument"]
    options = [parameter for parameter in own if parameter.param_type_name == "option" and not parameter.hidden]
    summary, _, rest = cleandoc(command.help or "").partition("\n\n")
    yield Section(words=summary)
    yield Section("Examples", lines=tuple(command.examples.strip().splitlines()))
    yield Section(
        "Usage",
        " ".join(rest.split()),
        lines=(" ".join([context.command_path, *map(_argument, arguments), "[OPTIONS]"]),),
    )
    if arguments:
        yield Section("Arguments", rows=tuple((_argument(parameter), _told(parameter)) for parameter in arguments))
    if options:
        yield Section("Options", rows=option_rows(options))
    for name in dict.fromkeys(getattr(parameter, "shared", "") for parameter in command.params):
        if name:
            yield Section(*_SHORT[name])


def option_rows(options: Iterable[Any]) -> Rows:
    """Return options as they are typed, each with its help."""
    return tuple((_option(parameter), _told(parameter)) for parameter in options if not parameter.hidden)


def term_of(parameter: Any) -> str:
    """Return an argument or an option as it is typed, with a word for its value."""
    return _argument(parameter) if parameter.param_type_name == "argument" else _option(parameter)


def _entry_rows(entries: Iterable[Entry]) -> Rows:
    return tuple((entry.name, " ".join([entry.help, *_aliases(entry)])) for entry in entries)


def _aliases(entry: Entry) -> list[str]:
    return [f"(also: {', '.join(entry.aliases)})"] if entry.aliases else []


def _argument(parameter: Any) -> str:
    name = parameter.metavar or parameter.name.upper().strip("_")
    if parameter.nargs == -1 and not name.endswith("..."):
        name += "..."
    return name if parameter.required or name.startswith("[") else f"[{name}]"


def _option(parameter: Any) -> str:
    flags = ", ".join(sorted(parameter.opts, key=len))
    if parameter.secondary_opts:
        flags += f" / {', '.join(parameter.secondary_opts)}"
    return flags if parameter.is_flag else f"{flags} {_metavar(parameter)}"


def _metavar(parameter: Any) -> str:
    if parameter.metavar:
        return str(parameter.metavar)
    choices = "|".join(map(str, getattr(parameter.type, "choices", ())))
    return choices if 0 < len(choices) <= _MOST_CHOICES else parameter.name.upper()


def _told(parameter: Any) -> str:
    default = parameter.default
    is_worth_it = isinstance(default, str | int) and not isinstance(default, bool) and default not in ("", 0)
    return f"{parameter.help or ''} [default: {default}]" if is_worth_it else parameter.help or ""
