"""Moments as options say them."""

from supportq.desk import Desk
from supportq.work.wait import Until


def until_of(desk: Desk, text: str | None) -> Until | None:
    """Return when a ticket is to come back: a moment ahead, a whole day, or working time such as 4wh or 2wd."""
    from supportq.when import find_day, parse_working

    if text is None:
        return None
    return parse_working(text) or find_day(text, now=desk.now, zone=desk.zone) or desk.moment(text, ahead=True)
