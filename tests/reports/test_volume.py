from pathlib import Path

from queues import NOW, a_queue, ago
from reports.asked import november, rows_of

from supportq.model.event import Kind
from supportq.reports import Question
from supportq.reports.volume import build, volume


def test_arrivals_are_counted_by_group_with_their_share() -> None:
    rows = rows_of(volume([("sales", None, 2), ("sales", "spam", 1), (None, None, 1)], november("team")))

    assert [(row["team"], row["n"], row["spam"]) for row in rows] == [("sales", 2, 1), (None, 1, 0)]
    assert sum(row["share"] for row in rows) == 1


def test_every_week_of_the_period_has_a_line_for_every_channel() -> None:
    told = [("2026-W46", "phone", None, 1), ("2026-W47", "email", None, 1)]
    rows = rows_of(volume(told, november("week", "channel")))

    assert [row["week"] for row in rows[::2]] == [f"2026-W{week}" for week in range(44, 50)]
    assert [(row["week"], row["channel"]) for row in rows if row["n"]] == [
        ("2026-W46", "phone"),
        ("2026-W47", "email"),
    ]


def test_priorities_stand_in_their_own_order() -> None:
    rows = rows_of(volume([(word, None, 1) for word in ("urgent", "low", "high")], november("priority")))

    assert [row["priority"] for row in rows] == ["low", "high", "urgent"]


def test_tags_that_are_called_like_a_priority_stand_by_name() -> None:
    rows = rows_of(volume([(word, None, 1) for word in ("yarn", "urgent", "low")], november("tag")))

    assert [row["tag"] for row in rows] == ["low", "urgent", "yarn"]


def test_what_machines_sent_is_left_out_until_a_person_writes(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.hear_a_machine("Out of office", ago(hours=2))
        answered = bench.hear_a_machine("Out of office, but", ago(hours=2))
        bench.ask_again(answered, ago(hours=1), "Here I am.")
        bench.record(bench.ask("Cheap watches", ago(hours=3)), ago(hours=2), Kind.SPAMMED)
        (row,) = rows_of(build(bench.queue, Question(ago(days=1), NOW, NOW, NOW.tzinfo)))  # type: ignore[arg-type]

    assert (row["n"], row["automatic"], row["spam"], row["merged"]) == (1, 1, 1, 0)
