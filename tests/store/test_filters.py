"""The SQL face of filters, held against the in-memory one."""

from datetime import datetime

from deeds import HISTORIES, History, a_worked_desk, attach
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from queues import NOW, Bench, ago

from supportq.model.event import Kind
from supportq.model.filter import Key, Lexicon, Trait, matches, parse_filter
from supportq.model.filter.terms import Promise
from supportq.model.ticket import Status
from supportq.store.facts import facts_of
from supportq.store.tickets import count, ids_of
from supportq.when import FOREVER, format_stamp, parse_stamp
from supportq.work.undo import undo

VIEWS = {"mine": "agent:me", "odd": "text:order,money view:mine not:tag:vip"}
VALUES: dict[Key, tuple[str, ...]] = {
    Key.ID: ("1", "2-3", "1,4"),
    Key.STATUS: (*Status, "active", "any", "open,closed", "resolved,new"),
    Key.PRIORITY: ("low", "normal..", "..high"),
    Key.TEAM: ("sales", "technical", "sales,none"),
    Key.CHANNEL: ("email", "phone,chat,x"),
    Key.LINE: ("0", "2.."),
    Key.AGENT: ("me", "ben", "none", "ben,none"),
    Key.CUSTOMER: ("ida@example.com", "LUKASZ@example.pl", "004930 1234567", "zajac", "van der", "an*", "none"),
    Key.ORGANISATION: ("laka", "łąk*", "none", "z o,none"),
    Key.CATEGORY: ("order", "none"),
    Key.LANGUAGE: ("PL", "de,none"),
    Key.TAG: ("vip", "late,żółw", "none", "vip,none"),
    Key.SUBJECT: ("order", "zamow*", "счет", "strasse", "12,where is"),
    Key.TEXT: ("order", "lodz", "money back", "еще*", "order,grosse strasse", "12 my", "а b"),
    Key.CREATED: ("today", "2d", "..yesterday"),
    Key.UPDATED: ("today", "2d", "..yesterday"),
    Key.DUE: ("today", "2h", "..now", "now..", "1d..", "none", "tomorrow,none"),
    Key.AGE: ("1d..", "..36h", "6h..2d"),
    Key.IDLE: ("1d..", "..36h", "6h..2d"),
    Key.SLA: (*Promise, "late,at-risk"),
    Key.RATING: ("..2", "5", "none", "3..,none"),
    Key.HAS: (*Trait, "tag,team"),
    Key.SOURCE: ("zendesk", "shop,none", "none"),
    Key.KEY: ("501", "501/2,502"),
    Key.VIEW: ("mine", "odd", "mine,odd"),
    Key.FIELD: ("a-17", "strasse", "none", "red", "a-17,none"),
}
TERMS = [f"{'field.order' if key is Key.FIELD else key}:{value}" for key in Key for value in VALUES[key]]
NEGATIONS = [f"not:{term}" for term in TERMS]

MOMENTS = """
select due_at from ticket
union select risk_at from ticket
union select wake_at from ticket where wake_at is not null
union select closes_at from ticket where closes_at is not null
"""


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(HISTORIES, st.lists(st.lists(st.sampled_from(TERMS + NEGATIONS), min_size=2, max_size=3), max_size=20))
def test_sql_means_the_tickets_that_matching_means(history: History, filters: list[list[str]]) -> None:
    with a_worked_desk(history) as bench:
        for now in (NOW, *turning_points(bench)):
            check_equal(bench, [*filters, *([term] for term in TERMS + NEGATIONS)], now)


def test_sql_means_the_same_at_the_edges(bench: Bench) -> None:
    empty, undone, waking = (bench.ask("Order", ago(hours=hours)) for hours in (3, 2, 1))
    bench.record(empty, ago(minutes=9), Kind.CHANGED, fields={"order": ""}, tags_added=["vip"])
    bench.record(waking, ago(minutes=8), Kind.WAITED, wake_at=format_stamp(NOW))
    bench.note(undone, ago(minutes=7))
    attach(bench, undone, NOW)
    bench.queue.connection.executemany(
        "insert into source_key values (?, ?, ?, null, '')",
        [
            ("zendesk", "501", empty),
            ("zendesk", "501/2", waking),
            ("shop threads", "501", undone),
            ("shop", "502", empty),
        ],
    )
    undo(bench.writer())

    check_equal(bench, [[term] for term in TERMS + NEGATIONS], NOW)


def turning_points(bench: Bench) -> list[datetime]:
    """Return moments at which something of these tickets is just due, at risk, over or awake."""
    found = [parse_stamp(row[0]) for row in bench.queue.connection.execute(MOMENTS)]
    return [moment for moment in found if moment != FOREVER][:2]


def check_equal(bench: Bench, filters: list[list[str]], now: datetime) -> None:
    facts = facts_of(bench.queue, range(1, 40), now=now)
    lexicon = Lexicon(now, me="ann", views=VIEWS)
    for words in filters:
        criteria = parse_filter(words, lexicon, text=False)
        meant = {number for number, fact in facts.items() if matches(criteria, fact, now)}
        assert set(ids_of(bench.queue, criteria, now=now)) == meant, words
        assert count(bench.queue, criteria, now=now) == len(meant)
