"""An older queue brought up to date: the steps that it lacks, and what they project from every history."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from supportq.store import migrations
from supportq.store.faults import BeingUpgraded, Busy
from supportq.store.queue import Queue, copy_to
from supportq.store.rebuild import refold, ticket_count

Report = Callable[[int, int], None]
Shown = Callable[[Path, int], AbstractContextManager[Report]]
"""Shows that an upgrade goes on, by its backup and by how many tickets are worked out anew."""


@contextmanager
def unseen(_backup: Path, _tickets: int) -> Iterator[Report]:
    """Show nothing."""
    yield lambda _rows, _position: None


def upgrade(
    queue: Queue,
    steps: migrations.Steps = migrations.STEPS,
    *,
    refolded: int = migrations.REFOLDED,
    shown: Shown = unseen,
) -> Path | None:
    """Take the steps that are missing; return the backup made first, or None when another process was quicker.

    All of it is one transaction. Raises BeingUpgraded where another process takes longer than anybody waits.
    """
    backup = queue.path.with_name(f"{queue.path.name}.before-schema-{len(steps)}")
    try:
        with queue.writing():
            version = queue.version
            if version >= len(steps):
                return None
            is_refolded = 0 < version < refolded <= len(steps)
            with shown(backup, ticket_count(queue) if is_refolded else 0) as report:
                copy_to(queue, backup)
                migrations.migrate(queue.connection, steps)
                if is_refolded:
                    refold(queue.connection, report)
    except Busy as error:
        raise BeingUpgraded(queue.path, queue.busy_s) from error
    return backup
