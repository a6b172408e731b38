from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from queues import NOW, a_queue, ago
from reports.asked import november, rows_of, verdict

from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.reports import Question
from supportq.reports.sla import attainment, build
from supportq.store.figures import Verdict


def line_of(kind: str, *verdicts: Verdict) -> dict[str, object]:
    return next(row for row in rows_of(attainment(verdicts, november())) if row["clock"] == kind)


def test_the_share_is_met_by_met_and_missed() -> None:
    line = line_of("first_response", verdict("met"), verdict("met", 2), verdict("missed", 3), verdict("void", 4))

    assert (line["n"], line["met"], line["late"], line["void"]) == (3, 2, 1, 1)
    assert line["rate"] == pytest.approx(2 / 3)


def test_the_causes_of_a_miss_are_told_apart() -> None:
    line = line_of("first_response", verdict("missed"), verdict("missed", 2, cause="retarget"))

    assert (line["late"], line["retarget"], line["rate"]) == (1, 1, 0)


def test_void_no_data_and_running_are_left_out_and_counted() -> None:
    line = line_of("first_response", verdict("void"), verdict("no_data", 2), verdict("running", 3))

    assert (line["n"], line["rate"], line["void"], line["no_data"], line["running"]) == (0, None, 1, 1, 1)


def test_corrected_promises_are_void_and_told_apart_for_all_to_see() -> None:
    table = attainment([verdict("void"), verdict("void", 2, cause="corrected")], november())

    (line,) = [row for row in rows_of(table) if row["clock"] == "first_response"]
    assert (line["void"], line["corrected"]) == (2, 1)
    assert "; 1 corrected" in table.caption


def test_of_spam_only_what_was_missed_stays_in() -> None:
    line = line_of("first_response", verdict("met", outside="spam"), verdict("missed", 2, outside="spam"))

    assert (line["n"], line["late"], line["outside"]) == (1, 1, 1)


def test_a_ticket_is_met_when_every_clock_of_it_was() -> None:
    verdicts = (verdict("met"), verdict("missed", kind="next_response"), verdict("met", 2), verdict("void", 3))
    line = line_of("every_clock", *verdicts)

    assert (line["n"], line["met"], line["late"]) == (2, 1, 1)


def test_days_are_local_days() -> None:
    late_evening = verdict("met", dated_at="2026-11-10T23:30:00Z")
    rows = rows_of(attainment([late_evening], november("day")))

    assert [row["day"] for row in rows if row["met"] and row["clock"] == "first_response"] == ["2026-11-11"]


@given(
    st.lists(
        st.builds(
            verdict,
            st.sampled_from(["met", "missed", "void", "no_data", "running"]),
            st.integers(1, 5),
            st.sampled_from(["first_response", "next_response", "resolution_first"]),
            st.sampled_from(["late", "retarget"]),
            team=st.sampled_from(["sales", "technical", None]),
            outside=st.sampled_from([None, None, "merged", "spam", "automatic"]),
        )
    )
)
def test_figures_equal_a_plain_count(verdicts: list[Verdict]) -> None:
    verdicts.sort(key=lambda each: each.ticket_id)
    for row in rows_of(attainment(verdicts, november("team"))):
        if row["clock"] == "every_clock":
            continue
        mine = [each for each in verdicts if (each.counted.team, each.kind) == (row["team"], row["clock"])]
        missed = sum(each.standing == "missed" for each in mine)
        met = sum(each.standing == "met" and not each.counted.outside for each in mine)
        assert (row["n"], row["met"], row["late"] + row["retarget"]) == (met + missed, met, missed)
        assert row["n"] + row["void"] + row["no_data"] + row["running"] + row["outside"] == len(mine)


def test_a_running_late_clock_is_missed_and_dated_by_its_breach(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.ask("Nobody answers", ago(hours=3), team="sales")
        before = rows_of(build(bench.queue, asked(ago(hours=2), ago(hours=1))))
        after = rows_of(build(bench.queue, asked(ago(hours=1), NOW)))

    assert [row["late"] for row in before if row["clock"] == "first_response"] == [0]
    assert [row["late"] for row in after if row["clock"] == "first_response"] == [1]


def test_a_miss_counts_when_it_happened_though_the_answer_came_later(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Answered late", ago(days=3), team="sales")
        bench.reply(number, ago(days=1), status=Status.OPEN)
        found = rows_of(build(bench.queue, asked(ago(days=3), ago(days=2))))

    assert [row["late"] for row in found if row["clock"] == "first_response"] == [1]


def test_the_promises_of_a_spam_ticket_stand_aside(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        number = bench.ask("Cheap watches", ago(hours=1))
        bench.reply(number, ago(minutes=50), status=Status.OPEN)
        bench.record(number, ago(minutes=40), Kind.SPAMMED)
        found = rows_of(build(bench.queue, asked(ago(days=1), NOW)))

    assert [(row["n"], row["outside"]) for row in found if row["clock"] == "first_response"] == [(0, 1)]


def asked(since: object, until: object) -> Question:
    return Question(since, until, NOW, NOW.tzinfo)  # type: ignore[arg-type]
