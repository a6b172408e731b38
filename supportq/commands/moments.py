"""Moments as options say them."""

from supportq.desk import Desk
from supportq.work.wait import Until


def until_of(desk: Desk, text: str | None) -> Until | None:
    """Return when a ticket is to come back: a moment ahead, or working time such as 4wh or 2wd."""
    from supportq.when import parse_working

    return None if text is None else parse_working(text) or desk.moment(text, ahead=True)
