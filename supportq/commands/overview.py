"""The desk at a glance: its page, and the digest for a mail."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, TypeVar

from supportq.commands.answer import answered, format_of, settle_format
from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.model.clock import Level
from supportq.model.filter import Filter
from supportq.model.overview import Exhibit, Figure, Overview, Section
from supportq.model.table import Column, Kind, Table
from supportq.output.outcome import Facts, Outcome
from supportq.output.sheet import Sheet
from supportq.output.streams import is_terminal
from supportq.reports import Question
from supportq.reports._overview import beginning, figures, movements, rank, sections
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.store.breaches import Lookout

MOST_ON_PAGE = 10
MOST_IN_DIGEST = 5

Deeper = TypeVar("Deeper", Figure, Section)

_LATE = ("id", "late_by", "clock", "priority", "team", "agent", "subject")
_OLDEST = ("id", "age", "status", "priority", "team", "agent", "subject")
_WAITING = (
    Column("unanswered", "Unanswered", Kind.NUMBER),
    Column("longest_wait", "Longest wait", Kind.DURATION),
    Column("to_follow_up", "To follow up", Kind.NUMBER),
)


@dataclass(frozen=True, slots=True)
class Sight:
    """A desk in a period, the one beside it, and the open tickets that are meant."""

    desk: Desk
    question: Question
    before: Question
    criteria: Filter

    @property
    def sheet(self) -> Sheet:
        """Return the sheet that is written on: read later than it was written."""
        return Sheet(self.desk.now, self.desk.zone, kept=True)

    def overview(self, sections: Sequence[Section] = ()) -> Overview:
        """Return how the desk stands now, the main figures of the period, and these sections below them."""
        asked = self.question
        return Overview(
            self.desk.settings.name,
            _days(asked),
            _days(self.before),
            self.desk.now,
            tuple(self.narrowed(figure) for figure in figures(self.desk.queue, asked, self.before)),
            tuple(sections),
            asked.zone_name,
            asked.where,
            self.now(),
            self.remark(),
            self.surely,
        )

    def now(self) -> tuple[Figure, ...]:
        """Return how the desk stands now: what is late, and who waits."""
        unanswered, longest, to_follow_up = self._waiting()
        return (
            Figure("Late promises", self.late_count(), None, good=-1),
            Figure("Unanswered", unanswered, None),
            Figure("Longest wait", longest.total_seconds() if longest else None, None, Kind.DURATION),
            Figure("To follow up", to_follow_up, None),
        )

    def remark(self) -> str:
        """Return what the period before lacks: the days before the first of these tickets."""
        began = beginning(self.desk.queue, self.question)
        if began is None or began >= self.before.until:
            return "when there was no ticket yet"
        first = began.astimezone(self.question.zone).date()
        if first <= self.before.since.astimezone(self.question.zone).date():
            return ""
        from supportq.when.writing import format_days

        return f"where the first ticket is of {format_days(first, first)}"

    def narrowed(self, told: Deeper) -> Deeper:
        """Return what was told, with a command behind it that asks about the same time and tickets."""
        return replace(told, deeper=f"{told.deeper} {self.words}")

    @property
    def words(self) -> str:
        """Return the options by which a report is asked about the same."""
        since, until = _ends(self.question)
        return _options({"--since": since, "--until": until, "--where": self.question.where})

    @property
    def surely(self) -> str:
        """Return the command that says how sure the changes are."""
        before, after = (f"{since}..{until}" for since, until in map(_ends, (self.before, self.question)))
        return (
            f"supportq report cycle {_options({'--before': before, '--after': after, '--where': self.question.where})}"
        )

    @property
    def lookout(self) -> "Lookout":
        """Return which promises are watched: those that are late now."""
        from supportq.store.breaches import Lookout

        return Lookout(self.desk.now, self.desk.now, self.question.scope)

    def quiet_count(self) -> int:
        """Return how many promises are late now and raise no alarm."""
        from supportq.store.breaches import count_without_alarm

        return count_without_alarm(self.desk.queue, self.lookout)

    def late(self, most: int) -> Table:
        """Return the promises that are late now, the longest overdue first."""
        from supportq.store.breaches import iter_breaches
        from supportq.store.versions import book_of
        from supportq.work.breaches import breach_table

        queue, now = self.desk.queue, self.desk.now
        found = iter_breaches(queue, Level.LATE, self.lookout, most)
        return _told(breach_table(found, book=book_of(queue.connection), now=now), _LATE)

    def late_count(self) -> int:
        """Return how many promises are late now."""
        from supportq.store.breaches import count

        return count(self.desk.queue, Level.LATE, self.lookout)

    def open_count(self) -> int:
        """Return how many tickets are open."""
        from supportq.store.tickets import count

        return count(self.desk.queue, self.criteria, now=self.desk.now)

    def waiting(self) -> Facts:
        """Return how many customers wait now for an answer, since when, and how many should hear from us again."""
        return Facts(_WAITING, self._waiting())

    def _waiting(self) -> tuple[int, timedelta | None, int]:
        from supportq.store import standing
        from supportq.when import parse_stamp

        queue, scope = self.desk.queue, self.question.scope
        count, since = standing.unanswered(queue, scope)
        longest = self.desk.now - parse_stamp(since) if since else None
        return count, longest, standing.follow_ups(queue, scope)

    def oldest(self, most: int) -> Table:
        """Return the open tickets that came in first."""
        from supportq.work.listing import Arrangement, listing

        arrangement = Arrangement("created", most, only=frozenset(_OLDEST))
        return _told(listing(self.desk.queue, self.criteria, now=self.desk.now, arrangement=arrangement), _OLDEST)


def page(sight: Sight, output: Path | None) -> Outcome:
    """Return the page of the desk: one file of HTML."""
    from supportq.output.page import write

    if format_of(sight.desk) not in {None, "html"}:
        raise UsageError("the page is written as HTML alone", "rows are in the reports: supportq report volume -f csv")
    if output is None and is_terminal(sight.desk.streams.stdout):
        raise UsageError("the page is HTML for a browser", "write it to a file: supportq report page -o report.html")
    late, oldest = sight.late(MOST_ON_PAGE), sight.oldest(MOST_ON_PAGE)
    tickets = (
        _tickets("late", "Late now", late, f"longest overdue of {sight.late_count():,}", "supportq breaches"),
        _tickets("oldest", "Open the longest", oldest, f"oldest of {sight.open_count():,}", "supportq list -s created"),
    )
    reports = map(sight.narrowed, sections(sight.desk.queue, sight.question))
    overview = sight.overview(sorted((*reports, *tickets), key=lambda section: rank(section.name)))
    return answered(sight.desk, Outcome(text=write(overview, sight.sheet)), output)


def digest(sight: Sight, output: Path | None) -> Outcome:
    """Return the digest: what changed, what is late, what is old, and what digs deeper."""
    from supportq.output.digest import News, digest_page

    options = sight.desk.options
    if options.format == "text":
        options.format = "table"
    settle_format(sight.desk, output)
    options.columns = None  # it is no table, of which programs would get every column
    moved = movements(sight.desk.queue, sight.question, sight.before)
    news = News(
        moved,
        sight.late(MOST_IN_DIGEST),
        sight.late_count(),
        sight.oldest(MOST_IN_DIGEST),
        sight.open_count(),
        sight.waiting(),
        sight.quiet_count(),
    )
    return answered(sight.desk, Outcome(page=digest_page(sight.overview(), news, sight.sheet)), output)


def _options(words: Mapping[str, str]) -> str:
    return " ".join(f"{option} {quote(word)}" for option, word in words.items() if word)


def _ends(question: Question) -> tuple[str, str]:
    """Return from when until when a question asks, as options name it; nothing is until now."""
    since, until = (moment.astimezone(question.zone) for moment in (question.since, question.until))
    return _spelt(since), "" if question.until > question.now else _spelt(until, is_end=True)


def _spelt(local: datetime, *, is_end: bool = False) -> str:
    """Return an end of a period as an option names it: a day, of which an end means all, or a minute."""
    if local.time() == time():
        return (local.date() - timedelta(days=is_end)).isoformat()
    return f"{local:%Y-%m-%d %H:%M}"


def _days(question: Question) -> str:
    """Return the days of a period as they can be read at any time."""
    from supportq.when.writing import format_days

    last = question.until - timedelta(seconds=1)
    return format_days(question.since.astimezone(question.zone).date(), last.astimezone(question.zone).date())


def _told(table: Table, keys: tuple[str, ...]) -> Table:
    """Return these columns of a table, but for those that say nothing in any row."""
    rows = list(table.rows)
    places = {column.key: place for place, column in enumerate(table.columns)}
    known = [key for key in keys if not rows or any(row[places[key]] for row in rows)]
    chosen = replace(table, rows=rows).choose(known).visible()
    return replace(chosen, rows=list(chosen.rows))


def _tickets(name: str, title: str, table: Table, which: str, deeper: str) -> Section:
    """Return some tickets, the subject where a narrow screen shows it: right after the number and the age."""
    keys = [column.key for column in table.columns]
    keys = sorted(keys, key=lambda key: (keys.index(key) > 1, key != "subject"))
    told = replace(table.choose(keys), title=title)
    rows = list(told.rows)
    about = f"The {len(rows)} {which}." if len(rows) == MOST_ON_PAGE else ""
    return Section(name, title, about, (Exhibit(replace(told, rows=rows)),), deeper=deeper)
