"""Apply settings: a new version counts from now on, and running clocks follow it."""

from supportq.settings.check import Checked
from supportq.store.change import Writer
from supportq.store.retarget import Applied, apply_settings


def apply(writer: Writer, checked: Checked, *, verb: str = "config apply", reason: str = "") -> Applied:
    """Make checked settings the version in force, in one transaction with every clock that they move."""
    with writer.queue.writing(dry_run=writer.dry_run):
        return apply_settings(
            writer.queue, checked, verb=verb, actor=writer.actor, now=writer.now, reason=reason
        )
