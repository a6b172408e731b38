"""New tickets as they come, each as a line of JSON, until somebody has enough."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress

from supportq.desk import Desk
from supportq.errors import TryAgain
from supportq.model.filter import Filter, Key, Term
from supportq.output.dossier import View, record
from supportq.output.formats.jsonl import write_page
from supportq.output.outcome import Outcome, Page
from supportq.output.sheet import Sheet
from supportq.store.faults import in_plain_words
from supportq.store.scope import criteria_of
from supportq.store.tickets import ids_of, last_number
from supportq.work.dossier import read_dossiers

_EVERY_S = 1.0
_NO_END = (1 << 63) - 1


def followed(desk: Desk, words: Sequence[str], after: int | None) -> Outcome:
    """Return the tickets behind `after`, or those that are new from now on, as far as the words mean them."""
    desk.read(words)
    return Outcome(text=_lines(desk, words, last_number(desk.queue) if after is None else after))


def _lines(desk: Desk, words: Sequence[str], after: int) -> Iterator[str]:
    """Yield a line for each ticket that is new; end in peace on Ctrl-C and SIGTERM, and try again where it is busy."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    seen, last = None, after
    with suppress(KeyboardInterrupt):
        while True:
            with suppress(TryAgain), in_plain_words(desk.path, desk.busy_s):
                state = desk.queue.writes_of_others
                if state != seen:
                    for number, line in _new(desk, words, last):
                        yield line
                        last = number
                    seen = state
            desk.streams.wait(_EVERY_S)


def _new(desk: Desk, words: Sequence[str], last: int) -> Iterator[tuple[int, str]]:
    """Yield the tickets behind the last one, as a run of its own that reads the clock and the queue anew."""
    with closing(Desk(desk.streams, desk.options)) as anew:
        criteria = criteria_of(anew.queue, anew.read(words), now=anew.now)
        behind = Filter((Term(Key.ID, ((last + 1, _NO_END),)), *criteria.terms))
        view, sheet = View(anew.now, anew.zone, {}), Sheet(anew.now, anew.zone, encoding=desk.streams.encoding)
        for number in sorted(ids_of(anew.queue, behind, now=anew.now)):
            for dossier in read_dossiers(anew.queue, [number]):
                yield number, "".join(write_page(Page("", (), record(dossier, view)), sheet))
