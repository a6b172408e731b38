"""Which promises whoever watches keeps an eye on, as they typed it."""

from collections.abc import Sequence
from datetime import timedelta

from supportq.desk import Desk
from supportq.store.breaches import Lookout
from supportq.store.scope import EVERYTHING, scope_of


def lookout(desk: Desk, words: Sequence[str], within: str, untold_by: str = "") -> Lookout:
    """Return what to watch; bare words are refused, since one that is mistyped would find nothing, and all be well."""
    horizon = desk.now + timedelta(seconds=desk.seconds(within))
    scope = scope_of(desk.queue, desk.read(words, text=False), now=desk.now) if words else EVERYTHING
    return Lookout(desk.now, horizon, scope, untold_by)
