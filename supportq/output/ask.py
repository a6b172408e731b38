"""Questions to the person at the terminal: on stderr, answered on stdin."""

from supportq.errors import Declined
from supportq.output.clean import clean
from supportq.output.streams import Streams


def confirm(streams: Streams, question: str) -> bool:
    """Ask a yes-or-no question; anything but y or yes is no, and so is the end of the input."""
    return ask(streams, f"{question} [y/N] ").strip().lower() in {"y", "yes"}


def ask(streams: Streams, prompt: str) -> str:
    """Ask for a line; raise Declined where the input ends."""
    streams.stderr.write(clean(prompt))
    streams.stderr.flush()
    line = streams.stdin.readline()
    if not line:
        raise Declined("no answer; nothing was changed")
    return line.rstrip("\n")


def read_key(streams: Streams) -> str:
    """Wait for one key and return it, without Enter where the terminal allows that; raise Declined at its end."""
    import termios
    import tty

    descriptor = streams.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        key = streams.stdin.read(1)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
    if key in {"", "\x04"}:
        raise Declined("no answer; the rest is as it was")
    return key
