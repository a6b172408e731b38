"""Keys and signals for somebody who watches a screen: one at a time, and the terminal as it was afterwards."""

import os
import select
import signal
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from signal import Signals

from supportq.output.streams import Streams

ENDINGS = frozenset({Signals.SIGTERM, Signals.SIGHUP, Signals.SIGTSTP})
"""Signals that end a screen, or put it to sleep; each has its way once the terminal is as it was."""

_HEARD = (*ENDINGS, Signals.SIGWINCH)

Wait = Callable[[float], "str | Signals"]
"""Wait so many seconds for a key or a signal, and return it; an empty word once the time is up."""


@contextmanager
def listening(streams: Streams) -> Iterator[Wait]:
    """Lend a way to wait for keys, which come without Enter and are not shown, and for signals."""
    keys = streams.stdin.fileno()
    before = termios.tcgetattr(keys)
    with _signals() as signals:
        try:
            tty.setcbreak(keys)
            yield lambda seconds: _heard(keys, signals, seconds)
        finally:
            termios.tcsetattr(keys, termios.TCSADRAIN, before)


def _heard(keys: int, signals: int, seconds: float) -> str | Signals:
    ready, _, _ = select.select([keys, signals], [], [], seconds)
    if signals in ready:
        return Signals(os.read(signals, 1)[0])
    return _key(keys) if ready else ""


def _key(keys: int) -> str:
    """Return the key that was pressed; a terminal that is gone is one that nobody watches any more."""
    try:
        return os.read(keys, 1).decode("ascii", "replace") or "q"
    except OSError:
        return "q"


@contextmanager
def _signals() -> Iterator[int]:
    """Lend a descriptor from which the signals that we hear can be read by their numbers."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    wakeup = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    before = {number: signal.signal(number, lambda *_: None) for number in _HEARD}
    try:
        yield reading
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(wakeup)
        os.close(reading)
        os.close(writing)
