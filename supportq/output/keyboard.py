"""Keys and signals for somebody who watches a screen: one at a time, and the terminal as it was afterwards."""

import os
import select
import signal
import termios
import tty
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from signal import Signals
from typing import Protocol

from supportq.output.streams import Streams, is_terminal

ENDINGS = frozenset({Signals.SIGTERM, Signals.SIGHUP, Signals.SIGTSTP})
"""Signals that end a screen, or put it to sleep; each has its way once the terminal is as it was."""

_HEARD = (*ENDINGS, Signals.SIGWINCH)


class Wait(Protocol):
    """Waits so many seconds for a key or a signal, and returns it; an empty word once the time is up.

    It returns one, too, as soon as another of these descriptors can be read.
    """

    def __call__(self, seconds: float, *others: int) -> "str | Signals":
        """Wait."""


@contextmanager
def listening(streams: Streams) -> Iterator[Wait]:
    """Lend a way to wait for keys, which come without Enter and are not shown, and for signals."""
    with _signals() as signals, _keys(streams) as keys:
        yield lambda seconds, *others: _heard(keys, signals, seconds, others)


def _heard(keys: Sequence[int], signals: int, seconds: float, others: Sequence[int]) -> str | Signals:
    ready, _, _ = select.select([*keys, signals, *others], [], [], seconds)
    if signals in ready:
        return Signals(os.read(signals, 1)[0])
    return "".join(_key(each) for each in keys if each in ready)


@contextmanager
def _keys(streams: Streams) -> Iterator[Sequence[int]]:
    """Lend the descriptor of the keys, without Enter and unseen; none where nobody types."""
    if not is_terminal(streams.stdin):
        yield ()
        return
    keys = streams.stdin.fileno()
    before = termios.tcgetattr(keys)
    try:
        tty.setcbreak(keys)
        yield (keys,)
    finally:
        termios.tcsetattr(keys, termios.TCSADRAIN, before)


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
