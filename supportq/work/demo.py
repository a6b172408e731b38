"""A throw-away desk: sample inquiries moved to the last twelve months, and a year of work on them."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from itertools import cycle

from supportq.model.message import Direction
from supportq.settings.check import Checked, check
from supportq.settings.edit import with_item
from supportq.settings.preset import preset
from supportq.settings.values import Agent
from supportq.store.change import Writer
from supportq.store.messages import messages_of
from supportq.work.reply import Manner, Then, reply

ENFORCED = timedelta(days=14)
"""Promises raise alarms for tickets of the last two weeks."""

_FRESH = timedelta(days=2)
_COLLEAGUES = {"mia": "Mia Torres", "tom": "Tom Okafor", "eva": "Eva Lindqvist"}
_DELAYS = (12, 34, 55, 21, 95, 150, 18, 240, 41, 310, 27, 600, 75, 19, 1_900)
_RESOLVED_BY = (0, 0, 1_450, 0, 2_900, 0, 4_300)
_REPLIES = (
    "Thank you for writing. I looked it up and have put it right; you will get a confirmation today.",
    "Sorry for the trouble! I have passed this on to the workshop and will tell you as soon as I hear back.",
    "Good question: yes, that works. I have added a note to your order so that nobody forgets.",
    "I have sent a new one today, at our cost. It should be with you in two to four working days.",
    "That is fixed now. Would you try once more and tell me whether it holds?",
    "Here is what I found out, step by step. If anything stays unclear, just answer this message.",
)


@dataclass(frozen=True, slots=True)
class _Deed:
    """One reply in the year of work: when, on which ticket, and whether that was the end of it."""

    at: datetime
    ticket: int
    is_last: bool


def demo_settings(agent: Agent, now: datetime) -> Checked:
    """Return the settings of the sample desk, with colleagues for its founder."""
    text = preset("liveagent", agent=agent, zone="Europe/Berlin", enforce_from=now - ENFORCED)
    for (code, name), team in zip(_COLLEAGUES.items(), ("sales", "technical", "enterprise"), strict=True):
        text = with_item(with_item(text, f"agents.{code}.name", name), f"agents.{code}.teams", [team])
    return check(with_item(text, "name", "Loom workshop"))


def sample_inquiries(now: datetime) -> str:
    """Return the packaged inquiries, moved by whole weeks so that the newest came in within the last days."""
    text = (files("supportq") / "samples" / "inquiries.csv").read_bytes().decode()
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    place = header.index("received")
    moments = [moment for row in rows if (moment := _moment(row, place))]
    shift = (now - max(moments)) // timedelta(weeks=1) * timedelta(weeks=1)
    moved = io.StringIO(newline="")
    writer = csv.writer(moved, lineterminator="\n")
    writer.writerows([header, *(_moved(row, place, shift) for row in rows)])
    return moved.getvalue()


def _moment(row: Sequence[str], place: int) -> datetime | None:
    try:
        moment = datetime.fromisoformat(row[place])
    except (ValueError, IndexError):
        return None
    return moment if moment.tzinfo else None


def _moved(row: list[str], place: int, shift: timedelta) -> list[str]:
    moment = _moment(row, place)
    return row if moment is None else [*row[:place], (moment + shift).isoformat(), *row[place + 1 :]]


def work_a_year(writer: Writer, tickets: Sequence[int]) -> None:
    """Answer and resolve tickets at moments of the past, as colleagues would have; the newest are left alone."""
    deeds = sorted((deed for number in tickets for deed in _deeds(writer, number)), key=lambda deed: deed.at)
    for deed, text, agent in zip(deeds, cycle(_REPLIES), cycle(_COLLEAGUES), strict=False):
        then = Then.RESOLVE if deed.is_last else Then.USUAL
        colleague = Writer(writer.queue, writer.settings, writer.book, agent, deed.at)
        reply(colleague, {deed.ticket: text}, Manner(then=then), seen={})


def _deeds(writer: Writer, number: int) -> Iterator[_Deed]:
    asked = [message.at for message in messages_of(writer.queue, number) if message.direction is Direction.IN]
    if not asked or asked[-1] > writer.now - _FRESH or (number % 9 == 0 and asked[-1] > writer.now - ENFORCED):
        return
    for place, at in enumerate(asked):
        moment = at + timedelta(minutes=_DELAYS[(number + 4 * place) % len(_DELAYS)])
        yield _Deed(min(moment, writer.now), number, is_last=place == len(asked) - 1)
