"""supportq attachment save."""

from pathlib import Path
from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import NotFound, UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq attachment save 3 --to downloads
supportq attachment list 17 -f ids | supportq attachment save - --to downloads
"""


def save(
    context: typer.Context,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Which attachments: their numbers, or - for stdin.")
    ],
    *,
    to: Annotated[Path, typer.Option("--to", metavar="FOLDER", help="Where to; it is made if need be.")] = Path(),
) -> Outcome:
    """Save attachments under names that are safe; nothing is ever overwritten."""
    from supportq.output.saving import save_anew
    from supportq.store.enclosures import content_of
    from supportq.store.stowed import names_of

    desk: Desk = context.obj
    words = [word for given in ids for word in (desk.streams.stdin if given == "-" else [given])]
    numbers = list(dict.fromkeys(_number(word.strip()) for word in words if word.strip()))
    names = names_of(desk.queue, numbers)
    missing = [number for number in numbers if number not in names]
    if missing:
        raise NotFound(f"no attachment {missing[0]} in this queue", "see which there are: supportq attachment list")
    paths = [save_anew(to, names[number], content_of(desk.queue, number)) for number in numbers]
    return Outcome(text="".join(f"{path}\n" for path in paths))


def _number(word: str) -> int:
    if not word.isdecimal() or len(word) > 18:
        raise UsageError(f'"{word}" is no number of an attachment', "see which there are: supportq attachment list")
    return int(word)
