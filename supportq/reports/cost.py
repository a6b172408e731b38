"""What the recorded work cost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from supportq.model.table import Column, Kind, Row, Table
from supportq.reports import _groups
from supportq.reports._groups import Group
from supportq.reports._measured import rate, table
from supportq.reports._question import Question
from supportq.store import measures
from supportq.store.grouping import Told, iter_counts, query
from supportq.store.measures import Figures
from supportq.store.queue import Queue
from supportq.store.work import BY_PRICE, RECORDED, SECONDS, WORK, WORKED, Price, prices

KEYS = _groups.KEYS
NOT_IN_SQL = "what the work cost, since the prices stand in the settings"
MAIN = ("cost", "per_ticket")


def build(queue: Queue, question: Question) -> Table:
    """The cost of the work recorded in the period (`--spent`), at the hourly price of the line of who did it.

    What an hour costs stands in the settings (`[cost]`): those in force when the work was recorded count, and before
    any said so the first that did. n is how many tickets were worked on. Work without a price (unpriced) is left out of
    the cost, which is empty where all work is without; per ticket is the mean of the tickets that have work with a
    price (priced), and work per ticket that of all that were worked on. An agent of whom the settings
    name no line is of line 1; by line, work counts under that of the ticket, whoever did it. Recorded is the share of
    the tickets first resolved in the period that have any work recorded. Work counts under the agent who did it, else
    where its ticket stands now. That on merged, spam and automatic tickets is left out and told apart.
    """
    found = measures.read(queue, question.span, WORKED, RECORDED)
    work = iter_counts(queue, question.span, WORK, *BY_PRICE.values(), figures=tuple(SECONDS.values()))
    return cost(found, work, prices(queue.connection), question)


def sql(question: Question) -> str:
    """Return the statement that sums up work by the ticket, and settings, agent and line by which it is priced."""
    return query(question.span, WORK, BY_PRICE, SECONDS)


def cost(found: Figures, work: Iterable[Told], known: Mapping[int, Price], question: Question) -> Table:
    """Return what work cost by group; it comes as rows of the group, settings version, agent, line, ticket, seconds."""
    latest = known[max(known)].cost
    costs: defaultdict[Group, float] = defaultdict(float)
    priced: defaultdict[Group, set[int]] = defaultdict(set)
    unpriced = Counter[Group]()
    for *group, version, agent, line, ticket, seconds in work:
        if not seconds:
            continue
        price = known[version].of(seconds, agent, line)
        if price is None:
            unpriced[tuple(group)] += seconds
        else:
            costs[tuple(group)] += price
            priced[tuple(group)].add(ticket)

    def cells(group: Group) -> Row:
        did = found[group]
        sum_ = None if group not in costs and unpriced[group] else costs[group]
        return (
            did["n"],
            did["spent"],
            None if sum_ is None else round(sum_, 2),
            sum_ / len(priced[group]) if sum_ is not None and priced[group] else None,
            len(priced[group]),
            round(did["spent"] / did["n"]) if did["n"] else None,
            unpriced[group],
            rate(did["recorded"], did["resolved"]),
            did["resolved"],
            did["outside"],
        )

    return replace(
        table(question, found, _columns(latest.currency), cells, "Cost of recorded work"),
        caption=_groups.caption(question, *_remarks(question, is_priced=bool(latest.hourly))),
    )


def _remarks(question: Question, *, is_priced: bool) -> Iterator[str]:
    if not is_priced:
        yield "price it: supportq config set cost.hourly.1 30"
    elif "line" in question.by:
        yield "line: that of the ticket; price: that of the agent's own line"


def _columns(currency: str) -> tuple[Column, ...]:
    return (
        Column("n", "n", Kind.NUMBER),
        Column("spent", "Work", Kind.DURATION),
        Column("cost", f"Cost {currency}".rstrip(), Kind.MONEY),
        Column("per_ticket", "per ticket", Kind.MONEY),
        Column("priced", "Priced", Kind.NUMBER),
        Column("spent_per_ticket", "Work per ticket", Kind.DURATION, shown=False),
        Column("unpriced", "Unpriced", Kind.DURATION),
        Column("recorded_rate", "Recorded", Kind.RATE),
        Column("resolved", "of resolved", Kind.NUMBER),
        Column("outside", "Aside", Kind.DURATION, faint=True),
    )
