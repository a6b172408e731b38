"""The grammar of filters: what each word means, and what is said of words that mean nothing."""

import shlex
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supportq.errors import SupportqError, UsageError
from supportq.model.customer import parse_address
from supportq.model.filter import Filter, Key, Lexicon, Promise, Span, Term, Trait, grammar, parse_filter
from supportq.model.text import Phrase
from supportq.model.ticket import Priority, Status
from supportq.when import EPOCH, FOREVER

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DESK = Lexicon(
    NOW,
    me="ann",
    teams=("sales", "technical"),
    agents=("ann", "bob"),
    categories=("order", "return"),
    tags=("spam", "VIP"),
    languages=("de", "lv"),
    fields={"order": "text"},
    views={
        "mine": "agent:me status:open",
        "hers": "view:mine",
        "a": "view:b",
        "b": "not:view:a",
        "bad": "text:'",
        "new": "tag:new language:xx",
    },
)


def the_term(word: str) -> Term:
    (term,) = parse_filter([word], DESK, text=True).terms
    return term


@pytest.mark.parametrize(
    ("word", "key", "values"),
    [
        ("id:12-20,#31", Key.ID, ((12, 20), (31, 31))),
        ("id:5..7,..3,90..", Key.ID, ((5, 7), (1, 3), (90, 10**18 - 1))),
        ("status:open,On-Hold", Key.STATUS, (Status.OPEN, Status.ON_HOLD)),
        ("status:any", Key.STATUS, tuple(Status)),
        ("priority:high..", Key.PRIORITY, (Priority.HIGH, Priority.URGENT)),
        ("priority:..normal,normal", Key.PRIORITY, (Priority.LOW, Priority.NORMAL)),
        ("line:2..", Key.LINE, (2, 3)),
        ("rating:..2,none", Key.RATING, (1, 2, None)),
        ("team:Sales,none", Key.TEAM, ("sales", None)),
        ("agent:me,bob", Key.AGENT, ("ann", "bob")),
        ("tag:vip", Key.TAG, ("VIP",)),
        ("sla:at_risk,none", Key.SLA, (Promise.AT_RISK, Promise.NONE)),
        ("has:follow-up", Key.HAS, (Trait.FOLLOW_UP,)),
        (
            "customer:ann@example.com,Lee",
            Key.CUSTOMER,
            (parse_address("ann@example.com"), Phrase(("lee",), prefix=True)),
        ),
        ("text:money back,Zwrót*", Key.TEXT, (Phrase(("money", "back")), Phrase(("zwrot",), prefix=True))),
        ("e-mail", Key.TEXT, (Phrase(("e", "mail")),)),
        ("re: my parcel", Key.TEXT, (Phrase(("re", "my", "parcel")),)),
        ("due:none", Key.DUE, (None,)),
    ],
)
def test_a_word_is_a_key_and_its_values(word: str, key: Key, values: tuple[Any, ...]) -> None:
    assert the_term(word) == Term(key, values)


@pytest.mark.parametrize(
    ("word", "start", "end"),
    [
        ("created:2026-03..", datetime(2026, 3, 1, tzinfo=UTC), FOREVER),
        ("updated:today", datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 5, tzinfo=UTC)),
        ("due:..2h", EPOCH, NOW + timedelta(hours=2)),
        ("due:2h..", NOW + timedelta(hours=2), FOREVER),
        ("age:2h..", EPOCH, NOW - timedelta(hours=2) + timedelta(seconds=1)),
        ("idle:..1h", NOW - timedelta(hours=1), FOREVER),
        ("age:1h..1h", NOW - timedelta(hours=1), NOW - timedelta(hours=1) + timedelta(seconds=1)),
    ],
)
def test_a_time_is_a_span_of_moments(word: str, start: datetime, end: datetime) -> None:
    assert the_term(word).values == (Span(start, end),)


def test_a_custom_field_is_named_after_a_dot() -> None:
    assert the_term("field.order:A-17,none") == Term(Key.FIELD, ("a-17", None), field="order")


@pytest.mark.parametrize(
    ("word", "positive", "negated"),
    [("not:agent:me", "agent:me", True), ("not:refund", "refund", True), ("not:not:tag:spam", "tag:spam", False)],
)
def test_not_takes_the_tickets_that_a_term_leaves(word: str, positive: str, negated: bool) -> None:  # noqa: FBT001
    assert the_term(word) == Term(the_term(positive).key, the_term(positive).values, negated=negated)


def test_one_string_is_split_as_a_shell_splits_it() -> None:
    line = parse_filter('team:sales text:refund,"money back"', DESK, text=False)

    assert line == parse_filter(["team:sales", "text:refund,money back"], DESK, text=False)


@given(st.text("ab:, \t\n\"'\\\xa0\u2003#", max_size=12))
def test_a_line_has_the_words_that_a_shell_finds_in_it(line: str) -> None:
    try:
        words = shlex.split(line)
    except ValueError:
        with pytest.raises(UsageError, match="left open"):
            parse_filter(line, DESK, text=True)
        return

    assert grammar._split(line) == words


def test_quick_terms_come_before_slow_ones() -> None:
    keys = [term.key for term in parse_filter("text:refund view:mine team:sales id:1", DESK, text=False).terms]

    assert keys == [Key.TEAM, Key.ID, Key.VIEW, Key.TEXT]


def test_a_view_is_a_filter_within_a_filter() -> None:
    mine = parse_filter("agent:me status:open", DESK, text=False)

    assert the_term("view:hers").values == (Filter((Term(Key.VIEW, (mine,)),)),)


def test_a_filter_mentions_what_its_views_mention() -> None:
    nested = parse_filter("not:view:hers", DESK, text=False)

    assert nested.mentions(Key.STATUS)
    assert not nested.mentions(Key.TEAM)


def test_without_known_words_any_word_is_taken() -> None:
    anywhere = parse_filter("team:Legal agent:eve category:x tag:y field.z:1", Lexicon(NOW), text=False)

    assert [term.values for term in anywhere.terms] == [("Legal",), ("eve",), ("x",), ("y",), ("1",)]


@pytest.mark.parametrize(
    ("word", "cause", "cure"),
    [
        ("stauts:open", 'no filter key "stauts"', "did you mean status?"),
        ("http://example.com", 'no filter key "http"', '"text:http://example.com"'),
        (":open", 'no filter key ""', '"text::open"'),
        ("not:(status:open)", 'no filter key "(status"', "did you mean status?"),
        ("foo\x1b[31m:x", "no filter key", "text:"),
        ("12:30", 'no filter key "12"', '"text:12:30"'),
        ("status.x:open", 'no filter key "status.x"', "did you mean status?"),
        ("status:opne", 'no status "opne"', "did you mean open?"),
        ("priority:urgnt..", 'no priority "urgnt"', "did you mean urgent?"),
        ("team:slaes", 'no team "slaes"', "did you mean sales?"),
        ("agent:bbo", 'no agent "bbo"', "did you mean bob?"),
        ("category:ordr", 'no category "ordr"', "did you mean order?"),
        ("tag:spma", 'no tag "spma"', "did you mean spam?"),
        ("language:xx", 'no language "xx"', "one of: de lv"),
        ("field.odrer:1", 'no field "odrer"', "did you mean order?"),
        ("view:mien", 'no view "mien"', "did you mean mine?"),
        ("channel:fon", 'no channel "fon"', "phone"),
        ("has:ratings", 'no trait "ratings"', "did you mean rating?"),
        ("sla:lat", 'no SLA standing "lat"', "did you mean late?"),
        ("line:4", 'no line "4"', "one of: 0 1 2 3"),
        ("field:A-17", "which field?", "field.NAME:A-17"),
        ("priority:urgent..low", '"urgent..low" runs backwards', "low..urgent"),
        ("id:20-12", '"20-12" runs backwards', "12-20"),
        ("id:x", 'no ticket number "x"', "12-20"),
        ("line:..", '".." is no range', "a.. (at least)"),
        ("age:2d", "one age", "2d.. (at least) or ..2d (at most)"),
        ("age:2x", 'no unit of time "x"', "one of: s m h d w mo y"),
        ("age:2d..1d", '"2d..1d" runs backwards', "1d..2d"),
        ("age:2..", '"2" may mean several things', "2d (days)"),
        ("created:yesterdya", 'no time "yesterdya"', "did you mean yesterday?"),
        ("tag:", 'a value is missing in "tag:"', "tag:VALUE"),
        ("tag:a,,b", 'a value is missing in "tag:a,,b"', "tag:VALUE,VALUE"),
        ("text:?!", 'no word to search for in "?!"', "letters"),
        ("view:a", "made of itself: a > b > a", "change"),
        ("view:bad", "left open", 'text:"money back"'),
    ],
)
def test_a_word_that_means_nothing_is_an_error_with_a_cure(word: str, cause: str, cure: str) -> None:
    with pytest.raises(UsageError) as fault:
        the_term(word)

    assert cause in fault.value.cause
    assert cure in "\n".join(fault.value.cures)


def test_a_view_may_ask_for_what_no_ticket_has_yet() -> None:
    assert the_term("view:new").values == (parse_filter("tag:new language:xx", Lexicon(NOW), text=False),)


def test_all_words_that_mean_nothing_are_told_at_once() -> None:
    with pytest.raises(UsageError) as fault:
        parse_filter("team:slaes status:open tag:spma", DESK, text=True)

    assert fault.value.cause == "2 of these words can't be understood"
    assert [cure.partition(":")[0] for cure in fault.value.cures] == ['no team "slaes"', 'no tag "spma"']


def test_nobody_in_particular_has_no_tickets_of_their_own() -> None:
    with pytest.raises(UsageError, match="agent:me"):
        parse_filter("agent:me", Lexicon(NOW), text=False)


def test_settings_do_not_search_for_bare_words() -> None:
    with pytest.raises(SupportqError) as fault:
        parse_filter("open", DESK, text=False)

    assert fault.value.cures == ("did you mean status:open?", 'write terms like status:open agent:me "text:open"')
