from dataclasses import replace
from pathlib import Path

import pytest
from desks import a_friday_desk
from exhibits import sheet
from queues import NOW, a_queue, ago, new_queue
from reports.asked import november

from supportq.model.overview import Figure
from supportq.model.table import Kind
from supportq.output.compared import told_change, told_value
from supportq.reports import find_report, names
from supportq.reports._overview import LEADS, MOST_ROWS, figures, movements, sections
from supportq.store.opening import open_queue


def test_every_main_figure_is_one_that_a_report_tells(tmp_path: Path) -> None:
    queue = open_queue(a_friday_desk(tmp_path), write=False)
    told = figures(queue, november(), november())
    queue.close()

    assert [figure.title for figure in told] == [lead.title for lead in LEADS]
    assert [figure.value for figure in told[:3]] == [5, 5, 0]
    assert all(figure.news == 0 for figure in told)


def test_every_report_has_its_place_on_the_page_or_says_that_it_has_none(tmp_path: Path) -> None:
    queue = open_queue(a_friday_desk(tmp_path), write=False)
    told = list(sections(queue, november()))
    queue.close()

    assert {section.name for section in told} == {name for name in names() if find_report(name).on_page}
    assert [section.name for section in told][:3] == ["sla", "flow", "volume"]
    assert all(section.about.endswith(".") and section.exhibits for section in told)
    assert all(len(list(each.table.rows)) <= MOST_ROWS for section in told for each in section.exhibits)


def test_a_desk_without_tickets_has_a_page_too(tmp_path: Path) -> None:
    queue = open_queue(new_queue(tmp_path / "empty.db"), write=False)
    told, moved = list(sections(queue, november())), movements(queue, november(), november())
    queue.close()

    assert all(each.chart is None or each.chart.is_empty for section in told for each in section.exhibits)
    assert list(moved.rows) == []


@pytest.mark.parametrize(
    ("figure", "value", "change"),
    [
        (Figure("Open", 1042, 37), "1,042", "up 1,005 from 37"),
        (Figure("Kept", 0.93, 0.97, Kind.RATE), "93 %", "down 4 points from 97 %"),
        (Figure("Kept", 0.934, 0.931, Kind.RATE), "93 %", "up less than a point from 93 %"),
        (Figure("First response", 3600, 5400.0, Kind.DURATION), "1h", "down 30m from 1h 30m"),
        (Figure("Open", 3, 3), "3", "as before"),
        (Figure("Satisfied", None, 0.5, Kind.RATE), "none", "was 50 %"),
        (Figure("Satisfied", 0.5, None, Kind.RATE), "50 %", ""),
    ],
)
def test_a_change_is_told_in_words(figure: Figure, value: str, change: str) -> None:
    assert (told_value(figure, sheet()), told_change(figure, sheet())) == (value, change)


@pytest.mark.parametrize(("good", "news"), [(1, -1), (0, 0), (-1, 1)])
def test_less_is_bad_news_only_of_what_is_good(good: int, news: int) -> None:
    assert Figure("Any", 3, 5, good=good, is_sure=True).news == news
    assert Figure("Any", 3, 5, good=good).news == 0


@pytest.mark.parametrize(
    ("before", "now", "told", "is_sure"),
    [(2, 5, 2, False), (2, 20, 2, True), (0, 20, None, False)],
    ids=["chance", "much more", "nothing before"],
)
def test_a_change_is_sure_beyond_chance_and_told_where_there_was_a_period_before(
    before: int, now: int, told: int | None, *, is_sure: bool, tmp_path: Path
) -> None:
    with a_queue(tmp_path) as bench:
        for days in [50] * before + [5] * now:
            bench.ask("Order not here", ago(days=days))
        queue = open_queue(bench.queue.path, write=False)
    later = replace(november(), since=ago(days=20), until=NOW)
    earlier = replace(later, since=ago(days=50, hours=1), until=later.since)
    (came,) = (figure for figure in figures(queue, later, earlier) if figure.title == "Came in")
    queue.close()

    assert (came.value, came.before, came.is_sure) == (now, told, is_sure)
