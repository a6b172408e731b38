"""First and next response: what starts, stops and takes back the clocks of the words we owe."""

from collections.abc import Collection
from datetime import datetime

from supportq.model.clock import ClockKind, WhyVoid
from supportq.model.event import Event, Kind
from supportq.model.message import Author
from supportq.model.ticket import ACTIVE
from supportq.sla.clock import Running
from supportq.sla.reading import Reading
from supportq.sla.terms import SOFT

RESPONSES = (ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE)


def created(reading: Reading, event: Event) -> None:
    """Leave the first response without data where nobody knows what was said, until a fuller file tells."""
    if event.data.get("no_data"):
        clock = reading.start(ClockKind.FIRST_RESPONSE, event.at)
        clock.unknown(event.at, reading.holder)
        clock.imported_at = event.recorded_at


def unheard(reading: Reading, event: Event) -> None:
    """Leave the running response without data where a newer file tells an end, or a wait, and nothing that was said."""
    clock = reading.find_live(RESPONSES)
    if clock is not None:
        clock.unknown(event.at, reading.holder)
        clock.imported_at = event.recorded_at


def asked(reading: Reading, event: Event) -> None:
    """Start a clock at a customer's message that is unanswered, softly at an automatic one that opens the ticket."""
    if reading.fold.status not in ACTIVE:
        return
    message = event.data["message"]
    if event.data.get("told") and message == reading.fold.state["first_message_id"]:
        _tell(reading, message)
    if message in reading.fold.unanswered:
        _owe(reading, message, event.at)
    elif event.data.get("automatic") and event.data.get("author", Author.CUSTOMER) != Author.THIRD_PARTY:
        _owe_softly(reading, event.at)


def replied(reading: Reading, event: Event) -> None:
    """Stop the clocks of the messages that a reply answers, then start one for those that it doesn't."""
    reply = event.data["message"]
    messages = reading.fold.answers[reply].messages
    for clock in reading.all(RESPONSES):
        if clock.message in messages or (clock.soft and clock.is_live):
            _answer(reading, clock, event, reply)
    _learn(reading, event, reply)
    _owe_the_rest(reading)


def noted(reading: Reading, event: Event) -> None:
    """Leave the running response without data where a note from another desk may have been the answer."""
    clock = reading.find_live(RESPONSES)
    if clock is not None and event.data.get("no_data"):
        clock.unknown(event.at, reading.holder)


def failed(reading: Reading, event: Event) -> None:
    """Take back what a reply had stopped, since it never arrived; another reply may have answered as well."""
    for clock in reading.all(RESPONSES):
        if clock.stopped_by == event.data["message"] and not clock.is_final:
            _unanswer(reading, clock, event.at)
    for needless in [clock for clock in reading.all(RESPONSES) if clock.is_live][1:]:
        needless.void(event.at, WhyVoid.BOUNCED, reading.holder, is_final=True)
    _owe_the_rest(reading)


def dismissed(reading: Reading, event: Event) -> None:
    """End the running response for good: no reply is needed."""
    clock = reading.find_live(RESPONSES)
    if clock is not None:
        clock.void(event.at, WhyVoid.DISMISSED, reading.holder, is_final=True)


def ended(reading: Reading, why: WhyVoid) -> None:
    """End the running response with the ticket, unanswered."""
    clock = reading.find_live(RESPONSES)
    if clock is not None:
        is_first = clock.kind is ClockKind.FIRST_RESPONSE
        clock.void(reading.fold.moment, why if is_first else WhyVoid.UNANSWERED, reading.holder)


def reopened(reading: Reading, waiting: Collection[int]) -> None:
    """Go on with the response that the end of the ticket had voided, or start one where it was missed.

    `waiting` are the messages that were unanswered when the ticket was reopened.
    """
    for clock in reading.all(RESPONSES):
        if clock.can_go_on and (clock.message in waiting or (clock.soft and not waiting)):
            reading.resume(clock)
            return
    given_up = {clock.message for clock in reading.all(RESPONSES) if clock.is_final}
    oldest = _oldest(reading)
    if oldest in waiting and oldest not in given_up and reading.find_live(RESPONSES) is None:
        reading.start(_kind(reading), reading.fold.moment, message=oldest)


def _tell(reading: Reading, message: int) -> None:
    """Let the first response run that was without data until a file told what opened the ticket."""
    for clock in reading.all((ClockKind.FIRST_RESPONSE,)):
        if clock.imported_at is not None and clock.stopped_by is None:
            clock.learn()
            clock.message = message


def _owe(reading: Reading, message: int, moment: datetime) -> None:
    running = reading.find_live(RESPONSES)
    if running is None or running.soft:
        kind = _kind(reading)
        if running is not None:
            running.void(moment, WhyVoid.ASKED, reading.holder, is_final=True)
        reading.start(kind, moment, message=message)
    elif running.kind is ClockKind.NEXT_RESPONSE and moment < running.started_at:
        running.start_earlier(moment, message)


def _owe_softly(reading: Reading, moment: datetime) -> None:
    if reading.fold.opened_by == "customer" and not reading.all(RESPONSES):
        kind = ClockKind.FIRST_RESPONSE
        reading.start(kind, moment, promise=reading.terms.promise(SOFT, kind, reading.holder.priority))


def _owe_the_rest(reading: Reading) -> None:
    oldest = _oldest(reading)
    if oldest is not None and reading.fold.status in ACTIVE and reading.find_live(RESPONSES) is None:
        reading.start(_kind(reading), reading.fold.unanswered[oldest], message=oldest)


def _oldest(reading: Reading) -> int | None:
    unanswered = reading.fold.unanswered
    return min(unanswered, key=unanswered.__getitem__, default=None)


def _kind(reading: Reading) -> ClockKind:
    """Return which response is due now: the first, until a person was answered or given up."""
    if reading.fold.opened_by != "customer" or not all(
        clock.soft and clock.stopped_by is None for clock in reading.all(RESPONSES)
    ):
        return ClockKind.NEXT_RESPONSE
    return ClockKind.FIRST_RESPONSE


def _answer(reading: Reading, clock: Running, event: Event, reply: int) -> None:
    if clock.is_final:
        return
    if clock.stopped_at is not None and clock.stopped_at <= event.at:
        if not _was_under_way(reading, clock, event, reply):
            return
        clock.go_on()
    clock.stop(event.at, reading.holder, by=reply)
    clock.live = bool(event.data.get("live"))
    clock.late_recorded = clock.late_recorded or bool(event.data.get("late"))


def _was_under_way(reading: Reading, clock: Running, event: Event, reply: int) -> bool:
    """Tell whether a reply was written before the ticket's end voided a clock, and only then sent."""
    if event.kind is not Kind.SENT or clock.stopped_by is not None or "merged_into" in reading.fold.state:
        return False
    written = reading.replies.get(reply)
    return written is not None and clock.stopped_at is not None and written.at <= clock.stopped_at


def _learn(reading: Reading, event: Event, reply: int) -> None:
    """Judge the first response that was without data by a reply from before the ticket came here, the earliest one."""
    for clock in reading.all((ClockKind.FIRST_RESPONSE,)):
        if clock.imported_at is not None and clock.started_at <= event.at <= clock.imported_at:
            clock.learn()
            _answer(reading, clock, event, reply)


def _unanswer(reading: Reading, clock: Running, moment: datetime) -> None:
    answer = reading.fold.first_answer(clock.message)
    if answer is None:
        reading.restore(clock, moment)
    else:
        clock.go_on()
        clock.stop(answer.at, reading.holder, by=answer.reply)
