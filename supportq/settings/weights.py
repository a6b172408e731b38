"""What the settings say of the order of work."""

from supportq.settings.values import Settings
from supportq.sla.deadline import Weights


def weights_of(settings: Settings) -> Weights:
    """Return what puts a ticket before others that are due at the same time."""
    standing = settings.order.standing
    return Weights(
        priority=settings.order.priority,
        organisation={name: standing.get(rank, 0) for name, rank in settings.organisations.items()},
        reopened_s=settings.order.reopened_s,
        reply_failed_s=settings.order.reply_failed_s,
    )
