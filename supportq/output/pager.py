"""Show long text in a person's pager."""

import shlex
from signal import SIGINT, signal

from supportq.output.streams import Streams

_LEFT_BY_PERSON = (0, 130, -SIGINT)


def is_wanted(text: str, streams: Streams, pager: str) -> bool:
    """Tell whether text is longer than the terminal it goes to, and a pager is named that could show it."""
    height = streams.height()
    return height is not None and text.count("\n") >= height and not streams.is_dumb and bool(_command(pager))


def page(text: str, streams: Streams, pager: str) -> bool:
    """Show text in the pager until the person leaves it; return False if it is missing or dies."""
    import subprocess

    before = signal(SIGINT, lambda *_: None)
    try:
        data = text.encode(streams.encoding, "backslashreplace")
        ended = subprocess.run(  # noqa: S603 - the person's own choice
            _command(pager), input=data, stdout=streams.stdout, env=dict(streams.environment), check=False
        )
    except OSError:
        return False
    finally:
        signal(SIGINT, before)
    return ended.returncode in _LEFT_BY_PERSON


def _command(pager: str) -> list[str]:
    try:
        return shlex.split(pager)
    except ValueError:
        return []
