"""A throw-away desk: sample inquiries moved to the last twelve months, and a year of work on them."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from importlib.resources import files
from itertools import cycle

from supportq.intake.inquiry import Entry, Reject
from supportq.settings.check import Checked, check
from supportq.settings.edit import with_item
from supportq.settings.preset import preset
from supportq.settings.values import Agent
from supportq.store.change import Writer
from supportq.values import dataclass
from supportq.work.door import Door
from supportq.work.habits import Habits
from supportq.work.manner import Manner, Then
from supportq.work.reply import reply

YEAR = timedelta(days=371)
"""How long the desk has been there: longer than any sample."""

_FRESH = timedelta(days=2)
_STILL_TO_COME = 5
_RECENT = timedelta(days=14)
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
    """One reply in the year of work: on which ticket, and whether that was the end of it."""

    ticket: int
    is_last: bool


def demo_settings(agent: Agent, founded: datetime) -> Checked:
    """Return the settings of the sample desk, with colleagues for its founder."""
    text = preset("liveagent", agent=agent, zone="Europe/Berlin", enforce_from=founded)
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


def work_a_year(writer: Writer, source: str, rows: Iterable[Entry | Reject]) -> None:
    """Let a year go by in its order: inquiries come in when they came, colleagues answer and resolve most of them.

    The newest are still to come, those of the two days before the last unanswered, and some of the two weeks before it
    forgotten: whatever day it is, the same tickets wait.
    """
    read = (row for row in rows if isinstance(row, Entry))
    told = sorted((entry.inquiry.at, place, entry) for place, entry in enumerate(read) if entry.inquiry.at)
    newest = told[-1][0]
    ends = {_talk(entry): at for at, _, entry in told}
    agenda: list[tuple[datetime, int, Entry | _Deed]] = [*told[:-_STILL_TO_COME]]
    answers, habits, asked = cycle(_REPLIES), Habits.of(writer.settings, writer.now), Counter[str]()
    colleagues = cycle(_COLLEAGUES)
    while agenda:
        at, place, happens = heappop(agenda)
        if isinstance(happens, _Deed):
            _do(replace(writer, actor=next(colleagues), now=at), happens, next(answers))
            continue
        talk = _talk(happens)
        ticket = _take_in(replace(writer, now=at), source, happens, habits)
        is_forgotten = ticket % 9 == 0 and ends[talk] > newest - _RECENT
        if at < newest - _FRESH and not is_forgotten:
            later = at + timedelta(minutes=_DELAYS[(ticket + 4 * asked[talk]) % len(_DELAYS)])
            heappush(agenda, (later, place, _Deed(ticket, is_last=at == ends[talk])))
        asked[talk] += 1


def _talk(entry: Entry) -> str:
    """Return what the inquiries of one conversation have in common."""
    return entry.inquiry.thread or entry.inquiry.key or ""


def _take_in(writer: Writer, source: str, entry: Entry, habits: Habits) -> int:
    """Take in an inquiry as an import does, and return the number of its ticket."""
    with writer.change("import") as change:
        door = Door.open(change, [entry.inquiry], source=source, habits=habits)
        arrived = door.take(entry.inquiry, digest=entry.digest)
        door.shut()
        change.store()
    return arrived.ticket


def _do(colleague: Writer, deed: _Deed, text: str) -> None:
    then = Then.RESOLVE if deed.is_last else Then.USUAL
    reply(colleague, {deed.ticket: text}, Manner(then=then), seen={})
