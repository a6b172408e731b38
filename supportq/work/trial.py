"""Rules tried out on tickets that are there: what each would do now, with nothing changed."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from supportq.rules.engine import Step
from supportq.settings.values import Settings
from supportq.store.facts import facts_of
from supportq.store.histories import read_histories
from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.work.habits import Habits, held

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Trial:
    """One ticket, and the rules that match it with what each would change: nothing where that was decided before."""

    ticket_id: int
    subject: str
    steps: tuple[Step, ...]


def try_rules(queue: Queue, settings: Settings, tickets: Sequence[int], now: datetime) -> Iterator[Trial]:
    """Yield what the rules would do to each of these tickets, in their order."""
    habits = Habits.of(settings, now)
    for start in range(0, len(tickets), _BATCH):
        batch = tickets[start : start + _BATCH]
        facts = facts_of(queue, batch, now=now)
        histories = read_histories(queue.connection, batch)
        for number in batch:
            if number in facts:
                steps = habits.about(facts[number], held(histories[number]))
                yield Trial(number, facts[number].texts[0], steps)
