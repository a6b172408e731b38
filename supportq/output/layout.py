"""How wide each column of a drawn table may be."""

from collections.abc import Sequence

from supportq.values import dataclass

GAP = 2
WIDEST = 200
"""Where nothing is cut, longer cells reach over the edge of their column instead of widening it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """The width that would show a column whole, the least that still tells something, and who gives way first.

    A wide column is shortened before others, a spare one, in which there is nothing, left out before others.
    """

    natural: int
    least: int
    wide: bool = False
    spare: bool = False


def fit(wishes: Sequence[Wish], room: int | None) -> list[int]:
    """Return a width for each column, 0 for one that is left out; a room of None has place for all.

    The wide column is shortened first, then other text; then columns go, never the first or the wide one: spare ones
    before others, and each time from the right. What can't be read when cut (numbers, moments, durations) is cut last.
    """
    if room is None:
        return [min(wish.natural, WIDEST) for wish in wishes]
    widths = [min(wish.natural, room) for wish in wishes]
    leasts = [min(wish.least, room) for wish in wishes]
    for place in _to_leave_out(wishes, leasts, room):
        widths[place] = 0
    wide_first = [least if wish.wide else room for wish, least in zip(wishes, leasts, strict=True)]
    wide_to_nothing = [1 if wish.wide else room for wish in wishes]
    for floors in (wide_first, leasts, wide_to_nothing, [1] * len(wishes)):
        _shorten(widths, floors, room)
    return widths


def total(widths: Sequence[int]) -> int:
    """Return how many columns of a screen a line takes, with its gaps."""
    kept = [width for width in widths if width]
    return sum(kept) + GAP * (len(kept) - 1)


def _to_leave_out(wishes: Sequence[Wish], leasts: Sequence[int], room: int) -> list[int]:
    removable = [place for place, wish in enumerate(wishes) if place and not wish.wide]
    removable.sort(key=lambda place: wishes[place].spare)
    needed = list(leasts)
    gone: list[int] = []
    while total(needed) > room and removable:
        gone.append(removable.pop())
        needed[gone[-1]] = 0
    return gone


def _shorten(widths: list[int], floors: Sequence[int], room: int) -> None:
    """Take single cells off the widest column until all fit, or until every column is down to its floor."""
    while total(widths) > room:
        spare = [place for place, width in enumerate(widths) if width > floors[place]]
        if not spare:
            return
        widths[max(spare, key=widths.__getitem__)] -= 1
