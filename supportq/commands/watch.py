"""supportq watch."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from supportq.desk import Desk
from supportq.errors import SupportqError, TryAgain, UsageError
from supportq.output.outcome import Outcome
from supportq.output.streams import is_terminal

if TYPE_CHECKING:
    from supportq.output.board import News
    from supportq.work.watch import Picture

EXAMPLES = """
supportq watch
supportq watch team:sales --every 30s
supportq watch agent:me --no-bell
"""

_PATIENCE_S = "1"
"""A board that waits for other processes could not answer to keys."""


def watch(
    context: typer.Context,
    selector: Annotated[list[str] | None, typer.Argument(help="Which tickets: numbers or filter terms.")] = None,
    *,
    every: Annotated[str, typer.Option("--every", metavar="SPAN", help="How often to look.")] = "5s",
    within: Annotated[str, typer.Option("--within", metavar="SPAN", help="At risk is what is due in this time.")] = "",
    bell: Annotated[bool, typer.Option("--bell/--no-bell", help="Ring when something gets late, or don't.")] = True,
) -> Outcome:
    """Keep a live board of what is late and due next."""
    desk: Desk = context.obj
    words, streams = selector or [], desk.streams
    picture = _picture(desk, words, within)
    if not (is_terminal(streams.stdin) and is_terminal(streams.stdout)) or streams.is_dumb:
        raise UsageError("a board needs a terminal", "for cron and pipes: supportq breaches")
    every_s = desk.seconds(every)
    if every_s < 1:
        raise UsageError("a board looks once a second at most", "such as: --every 5s")
    from supportq.output.board import Board

    board = Board(
        title=desk.settings.name,
        zone=desk.zone,
        streams=replace(streams, colour=desk.options.color or streams.colour),
        look=lambda: _round(desk, words, within),
        every_s=every_s,
        rings=bell,
        picture=picture,
    )
    desk.release()
    board.show()
    return Outcome()


def _round(desk: Desk, words: Sequence[str], within: str) -> "News":
    """Look once more, as a run of its own that reads the clock and the queue anew."""
    from supportq.output.board import News
    from supportq.store.faults import in_plain_words

    streams = replace(desk.streams, environment={**desk.environment, "SUPPORTQ_BUSY": _PATIENCE_S})
    with closing(Desk(streams, desk.options)) as anew:
        try:
            with in_plain_words(anew.path, anew.busy_s):
                return News(anew.now, _picture(anew, words, within))
        except TryAgain:
            return News(anew.now, trouble="the queue is busy")
        except SupportqError as error:
            return News(anew.now, trouble=error.cause)


def _picture(desk: Desk, words: Sequence[str], within: str) -> "Picture":
    from supportq.commands.lookout import lookout
    from supportq.work.watch import look

    return look(desk.queue, lookout(desk, words, within))
