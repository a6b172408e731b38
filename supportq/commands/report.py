"""supportq report."""

import shlex
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from supportq.commands import asking, outlook
from supportq.commands.answer import answered, format_of, is_drawn, settle_format
from supportq.commands.period import period
from supportq.desk import Desk
from supportq.errors import UnknownWord, UsageError
from supportq.model.table import Column, Table
from supportq.output.outcome import Outcome
from supportq.output.streams import is_terminal
from supportq.reports import WHOLE, Question, Report, find_report, names

if TYPE_CHECKING:
    from supportq.model.chart import Chart
    from supportq.when.ranges import Range

EXAMPLES = """
supportq report
supportq report sla --since last-month --until last-month --compare previous
supportq report volume --by channel -f csv
supportq report backlog --by week,team --since 2026-09
supportq report sla --define
supportq report page --since last-month -o report.html
supportq report digest -f html
supportq report cycle --before 2026-09 --after 2026-10
supportq report forecast --by hour
supportq report volume --by team --sql | sqlite3 -box supportq.db
"""

_USUAL = "30d", "now"
_MOST_PERIODS = 10_000
_MONTH = timedelta(days=30)


class Earlier(StrEnum):
    """What a period is compared with."""

    PREVIOUS = "previous"
    LAST_YEAR = "last-year"


def report(
    context: typer.Context,
    kind: Annotated[str | None, typer.Argument(help="Which report; without one, how the desk stands.")] = None,
    *,
    since: Annotated[
        str, typer.Option("--since", metavar="TIME", help="From when on, such as 2w or last-month.")
    ] = "30d",
    until: Annotated[
        str, typer.Option("--until", metavar="TIME", help="Until when; a named day or month is whole.")
    ] = "now",
    by: Annotated[str, typer.Option("--by", metavar="KEY,KEY", help="Group by team, channel, week and the like.")] = "",
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="SELECTOR", help="Count these tickets alone; of several, those that fit all."),
    ] = None,
    compare: Annotated[
        Earlier | None,
        typer.Option(
            "--compare", help="Beside it the time just before, as long, or the same a year ago, and the change."
        ),
    ] = None,
    calendar: Annotated[
        bool, typer.Option("--calendar", help="Show durations in calendar time, nights and weekends included.")
    ] = False,
    within: Annotated[
        str | None,
        typer.Option("--within", metavar="TIME", help="How soon an answer is wanted (answered: 1h; forecast: 20s)."),
    ] = None,
    before: Annotated[
        str, typer.Option("--before", metavar="A..B", help="The earlier of two periods (cycle), such as 2026-09.")
    ] = "",
    after: Annotated[str, typer.Option("--after", metavar="C..D", help="The later of two periods (cycle).")] = "",
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=12, help="How far to look ahead (forecast).")] = 1,
    define: Annotated[
        bool,
        typer.Option("--define", help="Say what the report counts, and count nothing; without one, what there is."),
    ] = False,
    sql: Annotated[
        bool, typer.Option("--sql", help="Print the SQL behind the figures, for any SQLite shell, and count nothing.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write to this file; a new one is yours alone to read."),
    ] = None,
) -> Outcome:
    """Report on promises, times, flow, people and costs.

    report --define lists what there is; report NAME --define says what it counts, and which options go with it.
    """
    desk: Desk = context.obj
    selector = " ".join(where or ())
    if kind is None and define:
        return Outcome(table=_contents())
    kind = kind or "state"
    said = asking.said_in(context)
    asking.check_text(desk, said)
    asking.check(kind, said)
    if define:
        return answered(desk, Outcome(text=_definition(kind)), output)
    if kind in {"digest", "page"}:
        return _whole(desk, kind, (since, until), selector, compare or Earlier.PREVIOUS, output)
    if kind in WHOLE:
        _settle_format(desk, output)
        question = _question(desk, (), period(desk, *_USUAL), "", selector, calendar=calendar)
        match kind:
            case "state":
                told = outlook.state(desk, question)
            case "cycle":
                told = outlook.cycle(desk, question, before, after)
            case _:
                told = outlook.forecast(desk, question, weeks, by, within)
        return answered(desk, told, output)
    chosen = find_report(kind)
    asked = asking.asked_period(desk, since, until, said)
    question = _question(desk, chosen.keys, asked, by, selector, calendar=calendar)
    _check_size(question)
    question = replace(question, kept=output is not None or not is_terminal(desk.streams.stdout))
    if within:
        question = _soon(chosen, question, within)
    if sql:
        return answered(desk, Outcome(text=_sql(chosen, question)), output)
    _settle_format(desk, output)
    table = chosen.build(desk.queue, question)
    chart = _chart(chosen, table, question) if is_drawn(desk) else None
    if compare:
        earlier = _earlier(asked, compare, desk, question.by)
        table = _compared(desk, chosen, (question, table), earlier, compare)
    return answered(desk, Outcome(table=table, chart=chart, notes=asking.remarks(desk, asked), paged=True), output)


def _settle_format(desk: Desk, output: Path | None) -> None:
    """Settle the format; rows in a pipe have every column, as those of other programs have, whatever there is to tell."""
    settle_format(desk, output)
    if desk.options.columns is None and format_of(desk) in {None, "tsv"} and not is_drawn(desk):
        desk.options.columns = "all"


def _contents() -> Table:
    rows = [(name, find_report(name).definition.partition("\n")[0]) for name in names()]
    rows += WHOLE.items()
    columns = (Column("report", "Report"), Column("counts", "What it does", wide=True))
    return Table(columns, rows, caption="More: supportq report NAME --define")


def _definition(kind: str) -> str:
    if kind in WHOLE:
        return f"{outlook.definition(kind)}\n\nIt takes: {asking.options_of(kind)}\n"
    chosen = find_report(kind)
    keys = " ".join(chosen.keys)
    return f"{chosen.definition}\n\nGroup it by: {keys}\nIt takes: {asking.options_of(kind)}\n"


def _whole(desk: Desk, kind: str, span: tuple[str, str], where: str, compare: Earlier, output: Path | None) -> Outcome:
    """Return the page or the digest; this one is about last week, and of a named week or month tells the whole.

    A page of the last 30 days begins with a whole one.
    """
    from supportq.commands import overview
    from supportq.store.scope import criteria_of
    from supportq.when.periods import PERIOD_WORDS

    since, until = span
    if kind == "digest":
        since = "last-week" if span == _USUAL else since
        until = since if until == "now" and since in PERIOD_WORDS else until
    elif since == _USUAL[0]:
        since = str(desk.now.astimezone(desk.zone).date() - _MONTH)
    asked = period(desk, since, until)
    question = replace(_question(desk, (), asked, "", where, calendar=False), kept=True)
    earlier = _earlier(asked, compare, desk, question.by)
    criteria = criteria_of(desk.queue, desk.read(shlex.split(where)).or_active(), now=desk.now)
    sight = overview.Sight(desk, question, replace(question, since=earlier[0], until=earlier[1]), criteria)
    return overview.page(sight, output) if kind == "page" else overview.digest(sight, output)


def _question(desk: Desk, known: Sequence[str], asked: "Range", by: str, where: str, *, calendar: bool) -> Question:
    from supportq.store.scope import scope_of

    keys = tuple(dict.fromkeys(key.strip() for key in by.split(","))) if by else ()
    for key in keys:
        if key not in known:
            raise UnknownWord("key", key, known)
    scope = scope_of(desk.queue, desk.read(shlex.split(where)), now=desk.now)
    since, until = asked
    if since <= desk.now:
        until = min(until, _just_after(desk.now))
    return Question(since, until, desk.now, desk.zone, keys, scope, calendar, where=where)


def _check_size(question: Question) -> None:
    """Refuse more periods than anybody would read, and than could be told in a second."""
    for key, longest in ("hour", timedelta(hours=_MOST_PERIODS)), ("day", timedelta(days=_MOST_PERIODS)):
        if key in question.by and question.until - question.since > longest:
            raise UsageError(
                f"more than {_MOST_PERIODS:,} {key}s", "begin later with --since, or group by a longer time"
            )


def _soon(chosen: Report, question: Question, within: str) -> Question:
    from supportq.when import parse_duration

    if chosen.name != "answered":
        raise UsageError(f"{chosen.name} asks nobody to answer within a time", "supportq report answered --within 4h")
    return replace(question, within=parse_duration(within))


def _just_after(moment: datetime) -> datetime:
    return moment + timedelta(seconds=1)


def _chart(chosen: Report, table: Table, question: Question) -> "Chart | None":
    from supportq.reports._pictures import seen

    return seen(chosen, table, question)


def _sql(chosen: Report, question: Question) -> str:
    if chosen.sql is None:
        raise UsageError(
            f"SQL alone can't say this: {chosen.not_in_sql}", f"what it counts: report {chosen.name} --define"
        )
    told = f"What report {chosen.name} counts; its shares are made of these counts, as --define says."
    missing = f"-- Not in it: {chosen.not_in_sql}.\n" if chosen.not_in_sql else ""
    return f"-- {told}\n{missing}{chosen.sql(question)}"


def _earlier(asked: "Range", compare: Earlier, desk: Desk, by: Sequence[str]) -> "Range":
    """Return the range to compare with; of one that isn't over yet, as much as has gone by."""
    from supportq.when import range_before, weeks_year_earlier, year_earlier

    of_last_year = weeks_year_earlier if "week" in by else year_earlier
    shift = range_before if compare is Earlier.PREVIOUS else of_last_year
    if asked[0] > desk.now or asked[1] <= _just_after(desk.now):
        return shift(*asked, desk.zone)
    since, until = shift(*asked, desk.zone)
    return since, min(until, since + (_just_after(desk.now) - asked[0]))


def _compared(desk: Desk, chosen: Report, now: tuple[Question, Table], earlier: "Range", compare: Earlier) -> Table:
    from supportq.reports._compare import Answer, compared

    before = replace(now[0], since=earlier[0], until=earlier[1])
    answers = Answer(*now), Answer(before, chosen.build(desk.queue, before))
    return compared(*answers, chosen.main, a_year=compare is Earlier.LAST_YEAR, standing=chosen.standing)
