"""Open tickets again, whatever they became: resolved, closed, spam, or parked."""

from collections.abc import Sequence

from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.store.change import Change, Done, Writer
from supportq.work.moves import Refused, already, check_move, status_of
from supportq.work.spent import record_spent


def reopen(writer: Writer, tickets: Sequence[int], *, reason: str = "", spent_s: int = 0) -> Done:
    """Open tickets again; one that was merged away stays where it went."""
    with writer.change("reopen", reason=reason) as change:
        change.load(tickets)
        for number in tickets:
            if _is_plainly_open(change, number):
                already(change, number, Status.OPEN)
                continue
            _check_not_merged(change, number)
            check_move(change, number, Status.OPEN)
            record_spent(change, number, spent_s)
            change.record(number, Kind.REOPENED, reason=change.reason_id)
        return change.store()


def _is_plainly_open(change: Change, number: int) -> bool:
    return status_of(change, number) is Status.OPEN and not change.ticket(number).is_snoozed(change.now)


def _check_not_merged(change: Change, number: int) -> None:
    target = change.ticket(number).merged_into
    if target is not None:
        raise Refused(
            f"{number} was merged into {target}, where its messages are now",
            f"take the merge back: supportq changes {number}, then supportq undo CHANGE",
        )
