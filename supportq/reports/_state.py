"""How the desk stands, on one screen: each figure with what it was and the command that digs deeper."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from shlex import quote

from supportq.model.table import Amount, Cell, Column, Kind, Row, Table
from supportq.reports import csat, flow, sla
from supportq.reports._question import Question
from supportq.store import measures, standing
from supportq.store.queue import Queue
from supportq.store.ratings import RATINGS
from supportq.values import dataclass
from supportq.when import parse_stamp

MUCH_MORE = 5
"""An agent with fewer tickets more than the others have is none with too many, at however quiet a desk."""

MOST_OVERLOADED = 3

_OLD = timedelta(days=7)
_RATED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked at: a queue as of now, the agents who work there, and the selector that narrows it, in words."""

    queue: Queue
    question: Question
    agents: Collection[str]
    where: str = ""

    @property
    def now(self) -> datetime:
        return self.question.now

    def list_(self, *words: str) -> str:
        """Return the command that lists the tickets behind a figure."""
        return " ".join(filter(None, ("supportq list", *words, self.where)))

    def report(self, words: str) -> str:
        """Return the command that tells more about a figure."""
        return f"supportq report {words}" + (f" --where {quote(self.where)}" if self.where else "")

    def between(self, since: datetime, until: datetime) -> Question:
        """Return the question about another time."""
        return replace(self.question, since=since, until=until)

    def days_ago(self, days: int, clock: time = time()) -> datetime:
        """Return a moment of an earlier local day, its first where no time of day is said."""
        local = self.now.astimezone(self.question.zone)
        return datetime.combine(local.date() - timedelta(days), clock, self.question.zone).astimezone(UTC)


def state(sight: Sight) -> Table:
    """Tell how the desk stands now: what is open, who waits, what is late, today's flow, promises, ratings and loads.

    Open are tickets that are not resolved, closed, spam or merged; old are those created over seven days ago, oldest is
    the age of the first. Unanswered are tickets on which a promise of an answer is running, and the longest wait is
    since the first of these; both ages are in calendar time. Late and at risk are counted by ticket. Of today, the flow
    until now stands beside that of the same weekday last week until the same time of day; the promises kept this week
    (every clock, by ticket) beside last week's, the ratings of the last 30 days beside those of the 30 before. To
    follow up are tickets whose customers somebody is to get back to, such as those who gave 1 or 2. Overloaded is an
    agent with more than twice as many open tickets as the others have on average, and at least five more; that average
    stands beside it. Merged, spam and automatic tickets are left out, but for automatic ones that are late or at risk.
    """
    loads = standing.loads(sight.queue, sight.question.scope, now=sight.now, old=sight.now - _OLD)
    rows = [
        *_open(sight, tuple(loads.values())),
        *_waiting(sight),
        *_danger(sight, tuple(loads.values())),
        *_today(sight),
        *_promises(sight),
        *_ratings(sight),
        *_follow_ups(sight),
        *_overloaded(sight, {agent: load.open_count for agent, load in loads.items() if agent}),
    ]
    return Table(_COLUMNS, rows, title="State of the desk", caption="; ".join((_CAPTION, *sight.question.seen)))


def overloaded(open_counts: Mapping[str, int]) -> list[tuple[str, int, float]]:
    """Return the agents who have far more open than the others, and what these have on average; most first."""
    if len(open_counts) < 2:
        return []
    total, others = sum(open_counts.values()), len(open_counts) - 1
    told = [(agent, count, (total - count) / others) for agent, count in open_counts.items()]
    heavy = [each for each in told if each[1] > 2 * each[2] and each[1] >= each[2] + MUCH_MORE]
    return sorted(heavy, key=lambda each: (-each[1], each[0]))


def _open(sight: Sight, loads: Collection[standing.Load]) -> Iterator[Row]:
    first = min((load.first_at for load in loads if load.first_at), default=None)
    yield _row("open", sum(load.open_count for load in loads), sight.report("backlog --by team"))
    yield _row("over_7_days_old", sum(load.old_count for load in loads), sight.report("backlog --by agent"))
    yield _row("oldest", _since(first, sight), sight.list_("-s created -L 5"), Kind.DURATION)


def _waiting(sight: Sight) -> Iterator[Row]:
    count, since = standing.unanswered(sight.queue, sight.question.scope)
    yield _row("unanswered", count, sight.list_("has:unanswered"))
    yield _row("longest_wait", _since(since, sight), sight.list_("has:unanswered -s created -L 5"), Kind.DURATION)


def _danger(sight: Sight, loads: Collection[standing.Load]) -> Iterator[Row]:
    yield _row("at_risk", sum(load.at_risk_count for load in loads), sight.list_("sla:at-risk"))
    yield _row("late", sum(load.late_count for load in loads), sight.list_("sla:late"))


def _today(sight: Sight) -> Iterator[Row]:
    clock = sight.now.astimezone(sight.question.zone).time()
    spans = (sight.days_ago(0), sight.question.until), (sight.days_ago(7), sight.days_ago(7, clock))
    today, before = (_told(flow.build(sight.queue, sight.between(*span))) for span in spans)
    for name, key in (("came_in", "n"), ("resolved", "resolved"), ("reopened", "reopened"), ("net", "net")):
        yield _row(f"{name}_today", today[key], sight.report("flow --since today"), before=before[key])


def _promises(sight: Sight) -> Iterator[Row]:
    weekday = sight.now.astimezone(sight.question.zone).weekday()
    spans = (sight.days_ago(weekday), sight.question.until), (sight.days_ago(weekday + 7), sight.days_ago(weekday))
    now, before = (_told(sla.by_ticket(sight.queue, sight.between(*span)), sla.EVERY_CLOCK) for span in spans)
    yield _share("kept_this_week", now, before, sight.report("sla --since week"))


def _ratings(sight: Sight) -> Iterator[Row]:
    month_ago = sight.now - _RATED
    spans = (month_ago, sight.question.until), (month_ago - _RATED, month_ago)
    asked = [sight.between(*span) for span in spans]
    now, before = (_told(csat.csat(measures.read(sight.queue, each.span, RATINGS), each)) for each in asked)
    yield _share("satisfied", now, before, sight.report("csat"))


def _follow_ups(sight: Sight) -> Iterator[Row]:
    count = standing.follow_ups(sight.queue, sight.question.scope)
    yield _row("to_follow_up", count, sight.list_("has:follow-up"))


def _overloaded(sight: Sight, open_counts: Mapping[str, int]) -> Iterator[Row]:
    heavy = overloaded({**dict.fromkeys(sight.agents, 0), **open_counts})
    if not heavy:
        yield _row("overloaded", 0, sight.report("agents"))
    for agent, count, mean in heavy[:MOST_OVERLOADED]:
        yield _row(f"overloaded {agent}", count, sight.list_(f"agent:{agent}"), before=round(mean, 1))


def _since(stamp: str | None, sight: Sight) -> float | None:
    return (sight.now - parse_stamp(stamp)).total_seconds() if stamp else None


def _told(table: Table, line: str = "") -> dict[str, Cell]:
    """Return what a report tells by column, in its only row or in the one of this name."""
    row = next(row for row in table.rows if not line or line in row)
    return {column.key: cell for column, cell in zip(table.columns, row, strict=True)}


def _share(name: str, now: Mapping[str, Cell], before: Mapping[str, Cell], deeper: str) -> Row:
    return _row(name, now["rate"], deeper, Kind.RATE, before=before["rate"], n=now["n"])


def _row(  # noqa: PLR0913 - a row has so many cells
    name: str, value: Cell, deeper: str, kind: Kind = Kind.NUMBER, *, before: Cell = None, n: Cell = None
) -> Row:
    now, earlier = (Amount(each, kind) if isinstance(each, int | float) else None for each in (value, before))
    return (name, now, earlier, n, deeper, Amount(0, kind).unit)


_CAPTION = "before: of today, a week ago by this time; promises, last week; satisfied, the 30 days before the last 30"
_COLUMNS = (
    Column("measure", "Measure", Kind.CLOCK),
    Column("value", "Now", Kind.AMOUNT),
    Column("before", "Before", Kind.AMOUNT, faint=True),
    Column("n", "n", Kind.NUMBER, faint=True),
    Column("command", "More", wide=True),
    Column("unit", "Unit", shown=False),
)
