"""A card: one ticket on a small screen, for somebody who decides about it with one key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.text import Text

from supportq.output.console import hung, printed
from supportq.output.sheet import Sheet

_AROUND = 10
"""Lines of a screen that the message can't have."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown of a ticket: its place, heading, what is known, the words, what the rules suggest, the keys."""

    place: str
    heading: str
    about: Iterable[str]
    words: str
    suggestion: str
    keys: Iterable[str]


def draw_card(card: Card, sheet: Sheet, height: int) -> str:
    """Return a card that fits a screen of that height."""
    lines = [Text(), _rule(card.place, sheet), Text(sheet.words(card.heading), "bold")]
    lines += [Text(sheet.words(line), "dim") for line in card.about]
    lines += [Text(), *_clipped(hung(Text("  "), card.words, sheet), height - _AROUND, sheet), Text()]
    if card.suggestion:
        lines.append(Text.assemble("rules: ", (sheet.words(card.suggestion), "bold")))
    lines += [Text(sheet.words(line), "dim") for line in card.keys]
    return printed(lines, sheet)


def _rule(place: str, sheet: Sheet) -> Text:
    """Return the line across the screen that a card begins with, so that the last one is found among many."""
    rule = "-" if sheet.ascii else "─"
    return Text(f"{rule * 2} {place} ".ljust(sheet.width or 80, rule), "bold")


def _clipped(lines: Iterable[Text], room: int, sheet: Sheet) -> Iterator[Text]:
    every = list(lines)
    if len(every) <= room:
        yield from every
        return
    yield from every[: room - 1]
    yield Text(f"  {sheet.ellipsis} {len(every) - room + 1} more lines: supportq show", "dim")
