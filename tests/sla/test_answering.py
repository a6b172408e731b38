"""By when an answer can honestly be promised: never in the past, never while the team is closed, never but softly."""

from builders import history, moment, promised, read, targets, weekdays

from supportq.sla.answering import answer_by
from supportq.sla.terms import ALWAYS

OFFICE = weekdays("9-17")


def test_an_answer_is_promised_for_the_moment_at_which_it_is_due() -> None:
    clocks = read(history("mon 10:00 asked"), promised(targets(first="2h"))).clocks

    assert answer_by(clocks, OFFICE, moment("mon 10:00")) == moment("mon 12:00")
    assert answer_by(clocks, OFFICE, moment("mon 12:00")) is None


def test_where_the_team_is_closed_then_it_is_promised_for_when_it_opens() -> None:
    clocks = read(history("mon 16:00 asked"), promised(targets(first="2h"))).clocks
    closing = read(history("mon 15:00 asked"), promised(targets(first="2h"))).clocks

    assert answer_by(clocks, OFFICE, moment("mon 16:00")) == moment("tue 09:00")
    assert answer_by(closing, OFFICE, moment("mon 15:00")) == moment("mon 17:00")


def test_nothing_is_promised_where_no_policy_says_anything_or_it_is_answered() -> None:
    unpromised = read(history("mon 10:00 asked"), promised()).clocks
    answered = read(history("mon 10:00 asked", "mon 10:30 replied"), promised(targets(first="2h"))).clocks

    assert answer_by(unpromised, ALWAYS, moment("mon 10:00")) is None
    assert answer_by(answered, ALWAYS, moment("mon 10:30")) is None
