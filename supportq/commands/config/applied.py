"""Settings on their way into force: checked, foreseen, asked about, applied."""

from functools import partial
from typing import TYPE_CHECKING

from supportq.desk import Desk
from supportq.errors import SupportqError
from supportq.model.event import SYSTEM
from supportq.output.outcome import Outcome
from supportq.store import versions
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.settings.check import Checked
    from supportq.store.retarget import Applied


@dataclass(frozen=True, slots=True)
class InForce:
    """The settings that count now: their version and their text."""

    version: int
    text: str


def in_force(desk: Desk) -> InForce:
    """Return the settings that count now."""
    version = versions.version_ids(desk.queue.connection)[-1]
    return InForce(version, versions.text_of(desk.queue.connection, version))


def check_agents(checked: "Checked") -> None:
    """Raise SupportqError for settings that are right but would leave a queue without anybody."""
    if not checked.settings.agents:
        raise SupportqError("nobody would work here: settings without agents", 'add one: [agents.ann] name = "Ann"')


def applied(desk: Desk, checked: "Checked", before: InForce, *, verb: str, reason: str = "") -> Outcome:
    """Apply settings in the place of `before`, after a yes where clocks would move."""
    from supportq.output.progress import progress
    from supportq.work.config import NeedsYes, Proviso, apply, left_behind

    check_agents(checked)
    if checked.text == before.text and checked.settings == desk.settings:
        return Outcome(notes=(f"Nothing to do: this is version {before.version}, which is in force.",), touched=())
    is_out = desk.known is not None and desk.known not in checked.settings.agents
    left = ", ".join(left_behind(desk.queue, desk.settings, checked.settings, now=desk.now))
    asks = not (desk.options.yes or desk.options.dry_run)
    put = partial(apply, checked=checked, verb=verb, reason=reason)
    working_out = partial(progress, "Working out clocks", None, desk.streams)
    try:
        with working_out() as report:
            needs_yes = Proviso(
                before.version, lambda done: asks and bool(is_out or left or done.moved or done.alarmed), report
            )
            done = put(desk.reviser, proviso=needs_yes)
    except NeedsYes as held:
        desk.confirm(_warning(desk, held.foreseen, left, is_out=is_out), "look: add --dry-run      go on: add --yes")
        with working_out() as report:
            done = put(desk.reviser, proviso=Proviso(before.version, report=report))
    if desk.options.dry_run:
        note = f"dry run: {_warning(desk, done, left, is_out=is_out)}; nothing was changed"
        return _foreseen(before, checked.text, done.version, note)
    note = f"Version {done.version} is in force; it {_moves('moved', 'switched', done, 'are')}."
    return Outcome(notes=(f"{note} {_way_back(desk, done, before, is_out=is_out)}",), touched=())


def _warning(desk: Desk, foreseen: "Applied", left: str, *, is_out: bool) -> str:
    dropped = f"tickets would be left with {left}, and " if left else ""
    out = f"{desk.known} would be no agent any more, and " if is_out else ""
    return f"{dropped}{out}this would {_moves('move', 'switch', foreseen, 'would be')}"


def _way_back(desk: Desk, done: "Applied", before: InForce, *, is_out: bool) -> str:
    if is_out:
        return (
            f"{desk.known} is no agent any more; back: supportq config show {before.version} | supportq config apply -"
        )
    if desk.known:
        return "Undo: supportq undo"
    name = f"{desk.named.value} was" if desk.named.value else "you were"
    return f"Since {name} no agent here, history says: by {SYSTEM}. Undo: supportq undo {done.change_id}"


def _foreseen(before: InForce, text: str, version: int, note: str) -> Outcome:
    from supportq.work.config import difference

    lines = difference(before.text, text, old=f"version {before.version}", new=f"version {version}")
    return Outcome(text=lines, notes=(note,), touched=())


def _moves(move: str, switch: str, applied: "Applied", be: str) -> str:
    """Say whose clocks move, where alarms alone are switched on or off, and how many are late because of it."""
    moved = f"{move} the clocks of {_tickets(applied.moved)}" if applied.moved else f"{move} no clock"
    switched = f", and {switch} the alarms of {_tickets(applied.alarmed)}" if applied.alarmed else ""
    late = f", {applied.late:,} of which {be} late at once" if applied.late else ""
    return f"{moved}{switched}{late}"


def _tickets(count: int) -> str:
    return f"{count:,} ticket{'s' * (count != 1)}"
