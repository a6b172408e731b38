"""What recorded work cost, at the prices of the settings."""

from pathlib import Path

import pytest
from queues import NOW, SETTINGS, Bench, a_queue, ago
from reports.asked import rows_of
from running import run

from supportq.reports import Question
from supportq.reports.cost import build
from supportq.settings.check import check
from supportq.work.config import apply
from supportq.work.note import note
from supportq.work.spam import spam

PRICED = SETTINGS.replace('name = "Ben Ode"', 'name = "Ben Ode"\nline = 2')


def asked(*by: str) -> Question:
    return Question(ago(days=30), NOW, NOW, NOW.tzinfo, by)  # type: ignore[arg-type]


def price(bench: Bench, days: int, hourly: str) -> None:
    text = f'{PRICED}\n[cost]\ncurrency = "EUR"\nhourly = {{ {hourly} }}\n'
    apply(bench.writer(ago(days=days)), check(text))


def work(bench: Bench, number: int, minutes: int, days: int = 1, agent: str = "ann") -> None:
    bench.actor = agent
    note(bench.writer(ago(days=days)), {number: "worked"}, spent_s=60 * minutes)


def test_work_is_paid_by_the_line_of_who_did_it(tmp_path: Path) -> None:
    with a_queue(tmp_path, PRICED) as bench:
        price(bench, 9, "1 = 30, 2 = 60")
        number, other = bench.ask("Loom", ago(days=5)), bench.ask("Yarn", ago(days=5))
        work(bench, number, 60)
        work(bench, number, 30, agent="ben")
        work(bench, other, 10)
        (row,) = rows_of(build(bench.queue, asked()))
        by_agent = rows_of(build(bench.queue, asked("agent")))

    assert (row["n"], row["spent"], row["cost"], row["per_ticket"], row["unpriced"]) == (2, 6000, 65.0, 32.5, 0)
    assert [(row["agent"], row["n"], row["cost"]) for row in by_agent] == [("ann", 2, 35.0), ("ben", 1, 30.0)]


def test_later_prices_change_nothing_that_had_a_price(tmp_path: Path) -> None:
    with a_queue(tmp_path, PRICED) as bench:
        number = bench.ask("Loom", ago(days=9))
        work(bench, number, 60, days=8)
        price(bench, 6, "1 = 30")
        work(bench, number, 60, days=5)
        price(bench, 4, "1 = 90")
        work(bench, number, 60, days=3)
        (row,) = rows_of(build(bench.queue, asked()))

    assert row["cost"] == 30 + 30 + 90


def test_work_without_a_price_and_work_on_spam_are_told_apart(tmp_path: Path) -> None:
    with a_queue(tmp_path, PRICED) as bench:
        price(bench, 9, "2 = 60")
        number, junk = bench.ask("Loom", ago(days=5)), bench.ask("Cheap watches", ago(days=5))
        work(bench, number, 20)
        work(bench, junk, 5)
        spam(bench.writer(), [junk])
        (row,) = rows_of(build(bench.queue, asked()))

    assert (row["n"], row["spent"], row["cost"], row["unpriced"], row["outside"]) == (1, 1200, None, 1200, 300)


def test_a_ticket_of_unpriced_work_alone_makes_the_others_no_cheaper(tmp_path: Path) -> None:
    with a_queue(tmp_path, PRICED) as bench:
        price(bench, 9, "2 = 60")
        first, second, third = (bench.ask(subject, ago(days=5)) for subject in ("Loom", "Yarn", "Dye"))
        work(bench, first, 60)
        work(bench, second, 30, agent="ben")
        work(bench, second, 30, agent="ben", days=2)
        work(bench, third, 30, agent="ben")
        (row,) = rows_of(build(bench.queue, asked()))

    assert (row["n"], row["priced"], row["cost"], row["per_ticket"]) == (3, 2, 90.0, 45.0)


def test_people_read_money_with_its_cents_and_currency(tmp_path: Path) -> None:
    with a_queue(tmp_path, PRICED) as bench:
        price(bench, 9, "1 = 31")
        work(bench, bench.ask("Loom", ago(days=5)), 30)
        queue = bench.queue.path
    shown = run("report", "cost", "-f", "md", queue=queue).out

    assert "Cost EUR" in shown
    assert "| 15.50 |" in shown


@pytest.mark.parametrize(("minutes", "share"), [(10, 1.0), (0, 0.0)])
def test_the_share_of_resolved_tickets_with_recorded_work_is_told(tmp_path: Path, minutes: int, share: float) -> None:
    from supportq.work.resolve import resolve

    with a_queue(tmp_path, PRICED) as bench:
        resolve(bench.writer(ago(days=1)), [bench.ask("Loom", ago(days=5))], spent_s=60 * minutes)
        (row,) = rows_of(build(bench.queue, asked()))

    assert (row["recorded_rate"], row["resolved"]) == (share, 1)
