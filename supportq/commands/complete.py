"""What a shell asks when somebody presses TAB: `supportq __complete SHELL WORDS...`, answered without the slow parts.

Each line of the answer is a word, a tab, and what it means; a slash for a word means file names.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from supportq.commands.entry import Entry, find_entry
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.commands.completable import Offer
    from supportq.desk import Desk

_HELP = 60


@dataclass(frozen=True, slots=True)
class Typed:
    """A command line so far: the words of the command, those after it, and the one that is being typed.

    `entries` are the words that could go on with the command, `all` those that could begin one.
    """

    all: tuple[Entry, ...]
    path: tuple[str, ...]
    entry: Entry | None
    entries: tuple[Entry, ...]
    before: tuple[str, ...]
    current: str


def complete(arguments: Sequence[str], entries: tuple[Entry, ...]) -> int:
    """Print what could stand for the last word; whatever goes wrong, a shell gets no answer rather than a complaint."""
    shell, *words = arguments
    cut = ""
    if shell == "bash":
        line, breaks = (*words, "", "")[:2]
        words = _split(line)
        cut = _already_there(words[-1], breaks)
    if len(words) == 1 and not words[0].startswith("-"):
        found = (f"{entry.name}\t{entry.help[:_HELP]}\n" for entry in entries if entry.name.startswith(words[0]))
        sys.stdout.writelines(found)
    else:
        _complete_inside(words, cut, entries)
    return 0


def _complete_inside(words: Sequence[str], cut: str, entries: tuple[Entry, ...]) -> None:
    """Print what could stand for the last word of a command that is typed already."""
    from supportq.desk import Desk
    from supportq.output.clean import clean
    from supportq.output.streams import Streams

    streams = Streams.of_process()
    desk = Desk(streams)
    try:
        typed = read(words, entries)
        _mind_queue(desk, typed.before)
        for offer in offers(typed, desk):
            streams.stdout.write(f"{offer.word.removeprefix(cut)}\t{clean(offer.help)[:_HELP]}\n")
    except Exception:  # noqa: BLE001 - a shell that completes must never be disturbed
        return
    finally:
        desk.close()


def read(words: Sequence[str], entries: tuple[Entry, ...]) -> Typed:
    """Find the command among the words, as far as it is typed."""
    from supportq.commands.completable import takes_value

    *before, current = words or [""]
    all_entries = entries
    path: list[str] = []
    entry: Entry | None = None
    rest: list[str] = []
    for place, word in enumerate(before):
        is_value = place > 0 and takes_value(before[place - 1])
        found = None if is_value or word.startswith("-") else find_entry(entries, word)
        if found is None or (entry is not None and not entry.inner):
            rest.append(word)
            continue
        entry, entries = found, found.inner
        path.append(found.name)
    return Typed(all_entries, tuple(path), entry, entries, tuple(rest), current)


def offers(typed: Typed, desk: "Desk") -> Iterator["Offer"]:
    """Yield what could stand for the word that is being typed."""
    from supportq.commands.completable import FILES, Offer, after_option, argument, takes_value

    last = typed.before[-1] if typed.before else ""
    if takes_value(last):
        found = after_option(last, typed.path, typed.current, desk)
    elif typed.current.startswith("-"):
        found = _options(typed)
    elif typed.entries:
        found = [Offer(entry.name, entry.help) for entry in typed.entries]
    elif typed.path == ("help",):
        found = _explained(typed.all)
    elif typed.entry is None:
        found = []
    else:
        found = argument(typed.path, typed.entry.kind, typed.before, typed.current, desk)
    yield from (offer for offer in found if offer is FILES or offer.word.startswith(typed.current))


def _options(typed: Typed) -> Iterable["Offer"]:
    """Return the options of a command; the one thing for which the slow parts are needed."""
    from supportq.commands.completable import Offer
    from supportq.commands.options import parameters
    from supportq.commands.tree import leaf

    if typed.entry is None or typed.entry.inner:
        found = parameters("plain", set())
    else:
        found = leaf(typed.entry, ".".join(["supportq.commands", *typed.path[:-1]])).params
    options = [each for each in found if each.param_type_name == "option" and not each.hidden]
    named = [Offer(max(each.opts, key=len), each.help or "") for each in options]
    return [*named, Offer("--help", "Show the help page.")]


def _explained(entries: Sequence[Entry]) -> list["Offer"]:
    """Return the topics and commands that help can explain."""
    from supportq.commands.completable import Offer
    from supportq.commands.topics import TITLES

    topics = [Offer(name, title) for name, title in TITLES.items()]
    return [*topics, *(Offer(entry.name, entry.help) for entry in entries if entry.name not in TITLES)]


def _split(line: str) -> list[str]:
    """Split a line as bash would, its first word left out; a quotation mark may still be open."""
    import shlex

    for closing in ("", '"', "'"):
        try:
            words = shlex.split(line + closing)
        except ValueError:
            continue
        return [*words[1:], ""] if line[-1:].isspace() and not closing else words[1:] or [""]
    return [""]


def _already_there(word: str, breaks: str) -> str:
    """Return what bash takes for finished within a word: all up to the last character at which it breaks words."""
    return word[: max((word.rfind(mark) for mark in breaks if not mark.isspace()), default=-1) + 1]


def _mind_queue(desk: "Desk", words: Sequence[str]) -> None:
    from pathlib import Path

    for flag, value in pairwise(words):
        if flag == "--queue":
            desk.options.queue = Path(value)
