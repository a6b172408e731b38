"""What is said of mails that were sent, and of those that were not."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from signal import SIGINT, SIGTERM, signal
from typing import TYPE_CHECKING

from supportq.desk import Desk
from supportq.errors import ExitCode
from supportq.model.message import Delivery
from supportq.output.outcome import Outcome
from supportq.store import outbox

if TYPE_CHECKING:
    from supportq.store.change import Done, Writer
    from supportq.store.outbox import Posted
    from supportq.work.send import Round, Settled


def on_its_way(desk: Desk, done: "Done", outcome: Outcome, *, at_once: bool) -> Outcome:
    """Send the replies of a change, or say that they wait; replies that were given by hand need nothing more.

    What was written to the same customers earlier goes out first, so that they read it in its order.
    """
    queued = outbox.queued_in(desk.queue.connection, done.change_id)
    if not queued or desk.options.dry_run:
        return outcome
    if not at_once:
        told_so = "They wait in the outbox. Send them" if len(queued) > 1 else "It waits in the outbox. Send it"
        return replace(outcome, notes=(*outcome.notes, f"{told_so}: supportq send"))
    waiting = outbox.waiting_for(desk.queue.connection, done.touched)
    sent_round = sent_now(desk, only=[*queued, *chain.from_iterable(waiting.values())])
    sent = told(desk, sent_round)
    notes = (*outcome.notes, *_overtaken(desk, sent_round, done.touched), *sent.notes)
    return replace(sent, notes=notes, touched=outcome.touched)


def _overtaken(desk: Desk, done: "Round", tickets: Collection[int]) -> Iterator[str]:
    """Yield what was written before a mail that went out now, and still waits: it could not be sent first."""
    from supportq.mail.sending import Fate

    waiting = outbox.waiting_for(desk.queue.connection, tickets)
    for settled in done.settled:
        if settled.outcome.fate is Fate.TAKEN:
            ticket, number = settled.posted.ticket, settled.posted.id
            yield from (
                f"{ticket}: message {earlier} was written before {number}, and still waits: supportq outbox list"
                for earlier in waiting.get(ticket, ())
                if earlier < number
            )


def sent_now(desk: Desk, *, most: int | None = None, only: Collection[int] | None = None) -> "Round":
    """Send what is due, or some of it only."""
    from supportq.settings.secrets import Secrets
    from supportq.work.postoffice import PostOffice
    from supportq.work.send import Round

    with PostOffice(Secrets(desk.preferences, desk.environment)) as office, interrupts_noted() as asked:
        done = Round(clock(desk), office, only, is_stopped=lambda: bool(asked))
        done.run(most)
    return done


@contextmanager
def interrupts_noted() -> Iterator[list[int]]:
    """Lend a list that says whether somebody wants an end, so that the mail in hand is finished; twice means at once."""
    asked: list[int] = []

    def note(number: int, _frame: object) -> None:
        if asked:
            raise KeyboardInterrupt
        asked.append(number)

    before = {number: signal(number, note) for number in (SIGINT, SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal(number, handler)


def clock(desk: Desk) -> "Callable[[], Writer]":
    """Return what says who writes at this very moment, for work that takes long."""

    def writer() -> "Writer":
        desk.resume()
        return desk.machine

    return writer


def told(desk: Desk, done: "Round") -> Outcome:
    """Return what a run of sending did: counts, and a line for each mail that is not simply sent."""
    from supportq.mail.sending import Fate
    from supportq.output.errors import format_error

    trouble = tuple(format_error(error).rstrip("\n") for error in done.trouble)
    amiss = (*trouble, *(line for settled in done.settled if _is_amiss(settled) for line in _lines(settled)))
    waiting = tuple(line for settled in done.settled if not _is_amiss(settled) for line in _lines(settled))
    touched = dict.fromkeys(settled.posted.ticket for settled in done.settled)
    summary: tuple[str, ...] = (_summary(desk, done),)
    if done.is_stopped():
        summary = amiss = (
            *amiss,
            f"Interrupted: {done.count(Fate.TAKEN):,} sent, {_left(desk)} left for supportq send.",
        )
    ended = ExitCode.INTERRUPTED if done.is_stopped() else ExitCode.FAILED if amiss else ExitCode.DONE
    since = tuple(overtaken(desk, (each.posted for each in done.settled if each.outcome.fate is Fate.TAKEN), "sent"))
    return Outcome(notes=(*amiss, *waiting, *since, *summary), amiss=amiss, touched=tuple(touched), exit_code=ended)


def overtaken(desk: Desk, posted: "Iterable[Posted]", what: str) -> Iterator[str]:
    """Yield which answers wait, or went out, though a customer has written since somebody wrote them."""
    found = outbox.overtaken(desk.queue.connection, [each.id for each in posted if each.delivery in _MAY_BE_ANSWERED])
    for ticket, number in found:
        yield f"{ticket}: {what} though the customer has written since: supportq show {ticket}"
        if what == "waits":
            yield f"  take it back: supportq outbox cancel {number}"


_MAY_BE_ANSWERED = frozenset({Delivery.QUEUED, Delivery.SENDING})


def _left(desk: Desk) -> str:
    """Return how many mails surely wait."""
    waiting = [each for each in outbox.unsettled(desk.queue.connection) if each.delivery is Delivery.QUEUED]
    return f"{len(waiting):,}"


def _is_amiss(settled: "Settled") -> bool:
    from supportq.mail.sending import Fate

    return settled.outcome.fate in {Fate.REFUSED, Fate.UNKNOWN} or bool(settled.outcome.left_out)


def _lines(settled: "Settled") -> Iterator[str]:
    """Yield what is to be said of a mail, and what can be done about it."""
    from supportq.mail.sending import Fate

    ticket, number, outcome = settled.posted.ticket, settled.posted.id, settled.outcome
    yield from _of_copies(settled)
    whom = f" to {', '.join(settled.posted.owed)}" if settled.posted.is_copies else ""
    match outcome.fate:
        case Fate.LATER:
            yield f"{ticket}: not sent{whom} yet, and tried again soon: {outcome.why}"
        case Fate.REFUSED if not whom:
            yield f"{ticket}: not sent: {outcome.why}"
            yield f"  when that is mended: supportq outbox retry {number}"
        case Fate.UNKNOWN:
            yield f"{ticket}: maybe sent{whom}: {outcome.why}"
            yield f"  it arrived: supportq outbox confirm {number}      it didn't: supportq outbox retry {number}"


def _of_copies(settled: "Settled") -> Iterator[str]:
    """Yield who gets no copy of a mail, and who gets it later."""
    from supportq.mail.sending import Fate

    ticket, outcome = settled.posted.ticket, settled.outcome
    for left_out in outcome.left_out:
        yield f"{ticket}: {'' if settled.posted.is_copies else 'sent, but '}not to {left_out}"
        yield f"  write to them once that is mended: supportq reply {ticket} --to {left_out.partition(': ')[0]}"
    if outcome.fate is Fate.TAKEN:
        yield from (f"{ticket}: sent, but not to {address} yet: {words}" for address, words in outcome.put_off)
        if outcome.put_off:
            yield "  tried again soon, for them alone: supportq outbox list"


def _summary(desk: Desk, done: "Round") -> str:
    from supportq.mail.sending import Fate

    words = {Fate.TAKEN: "sent", Fate.LATER: "to be tried again", Fate.REFUSED: "refused", Fate.UNKNOWN: "maybe sent"}
    counts = [f"{count:,} {words[fate]}" for fate in Fate if (count := done.count(fate))]
    if counts or done.trouble:
        return f"{', '.join(counts)}." if counts else "Nothing was sent."
    return _what_waits(desk, done.later) if done.later else "Nothing waits to be sent."


def _what_waits(desk: Desk, later: "Sequence[Posted]") -> str:
    """Return until when mails wait that were tried or are not to go out yet, and how to send them now."""
    from supportq.when.writing import format_local

    until = format_local(later[0].next_try_at, desk.zone, desk.now)
    if len(later) == 1:
        return f"1 waits until {until}; now: supportq outbox retry {later[0].id}, then supportq send"
    return f"{len(later):,} wait, the first until {until}; now: supportq outbox retry --all, then supportq send"
