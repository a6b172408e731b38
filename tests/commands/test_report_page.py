"""The page of a desk, opened in a real browser."""

import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import Browser, a_browser, find_program
from desks import a_friday_desk
from exhibits import HOSTILE
from queues import NOW, SETTINGS, a_queue, ago
from running import run

from supportq.work.resolve import resolve

MARKUP = '<script>document.title = "run"</script><img src="http://example.com/x.png" onerror="alert(1)">'
UNREADABLE = """
[...document.querySelectorAll("svg text, td, th, p, dd, dt, summary, a, code")]
    .filter(each => each.checkVisibility() && parseFloat(getComputedStyle(each).fontSize) < 11)
    .map(each => each.textContent)
"""
OUTSIDE = """
[...document.querySelectorAll("svg text, svg rect")]
    .filter(each => each.checkVisibility())
    .filter(each => {
        const [own, around] = [each, each.closest("figure")].map(it => it.getBoundingClientRect());
        return own.left < around.left - 1 || own.right > around.right + 1;
    })
    .map(each => each.textContent)
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lend the page of a desk whose customers write the worst."""
    folder = tmp_path_factory.mktemp("desk")
    words = [*HOSTILE[:-1], MARKUP, "Écran noir après la mise à jour; ошибка 0x80070057 " * 3]
    with a_queue(folder) as bench:
        for number in range(40):
            subject = words[number % len(words)].replace("\0", "").encode(errors="replace").decode()
            ticket = bench.ask(subject, ago(hours=number * 17 + 1), team=("sales", "technical")[number % 2])
            if number % 3:
                bench.reply(ticket, ago(hours=number * 17))
        queue = bench.queue.path
    written = folder / "report.html"
    assert run("config", "set", "name", MARKUP, queue=queue).code == 0
    assert run("report", "page", "-o", str(written), queue=queue).code == 0
    return written


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if find_program() is None:
        pytest.skip("chromium is not installed")
    with a_browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_fits_the_screen_and_can_be_read(page: Path, browser: Browser, width: int, dark: bool) -> None:  # noqa: FBT001 - a parameter of the test
    browser.open(page, width, dark=dark)
    assert browser.value("document.documentElement.scrollWidth") <= width

    browser.value("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert browser.value("document.documentElement.scrollWidth") <= width
    assert browser.value(UNREADABLE) == []
    assert browser.value(OUTSIDE) == []
    assert browser.value("getComputedStyle(document.body).backgroundColor") == (
        "rgb(13, 17, 23)" if dark else "rgb(255, 255, 255)"
    )


def test_the_page_asks_nothing_of_anybody_and_runs_nothing(page: Path, browser: Browser) -> None:
    browser.open(page, 1280)
    title = browser.value("document.title")
    browser.value("document.querySelectorAll('details').forEach(each => { each.open = true })")

    asked = [said["request"]["url"] for said in browser.told("Network.requestWillBeSent")]
    assert asked == [page.as_uri()]
    assert browser.told("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded") == []
    assert MARKUP in title
    assert browser.value("document.querySelectorAll('script, img, iframe, object').length") == 0


def test_the_keyboard_reaches_every_table_behind_a_chart(page: Path, browser: Browser) -> None:
    browser.open(page, 1280)
    browser.press("Tab")
    assert browser.value("document.activeElement.className") == "skip"

    browser.value("document.querySelector('figure summary').focus()")
    browser.press("Enter")
    assert browser.value("document.querySelector('figure details').open")
    assert browser.value("document.querySelector('figure table').checkVisibility()")
    browser.press("Tab")
    assert "scroll" in browser.value("document.activeElement.className")


def test_the_page_prints_on_a4(page: Path, browser: Browser) -> None:
    browser.open(page, 1280, dark=True)
    printed = browser.print()

    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed))
    assert [tuple(round(float(side)) for side in box) for box in boxes] == [(595, 842)]


def test_a_page_is_private_and_whole(page: Path) -> None:
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert page.read_text(encoding="utf-8").endswith("</html>")


def test_a_page_is_html_and_about_the_whole_desk(tmp_path: Path) -> None:
    queue = a_friday_desk(tmp_path)

    assert run("report", "page", queue=queue).out.startswith("<!DOCTYPE html>")
    assert "the page is written as HTML alone" in run("report", "page", "-f", "csv", queue=queue).err
    assert "page takes no --by: it is made of all reports" in run("report", "page", "--by", "team", queue=queue).err


def test_a_page_of_some_tickets_shows_no_others(tmp_path: Path) -> None:
    text = run("report", "page", "--where", "team:technical", queue=a_friday_desk(tmp_path)).out

    assert "Login broken" in text
    assert "Order 12" not in text


def test_a_page_begins_with_what_is_late_and_who_waits(tmp_path: Path) -> None:
    text = run("report", "page", queue=a_friday_desk(tmp_path)).out
    told = (
        "Late promises",
        "Unanswered",
        "Longest wait",
        "Came in",
        'href="#late"',
        'id="late"',
        'id="sla"',
        'id="flow"',
    )

    assert [text.index(each) for each in told] == sorted(text.index(each) for each in told)


@pytest.mark.parametrize(
    ("days", "said"),
    [((5,), "when there was no ticket yet"), ((5, 40), "where the first ticket is of 11 Oct 2026"), ((5, 70), "")],
)
def test_a_young_desk_is_compared_with_no_time_before_its_first_ticket(
    days: tuple[int, ...], said: str, tmp_path: Path
) -> None:
    with a_queue(tmp_path) as bench:
        for each in days:
            bench.ask("Order not here", ago(days=each))
        queue = bench.queue.path
    text = run("report", "page", queue=queue).out

    assert f"beside 20 Sep to 20 Oct 2026{', ' if said else ''}{said}</span>" in text
    assert ("as before" in text or "up 1 from 0" in text) is (len(days) > 1)


def digested(queue: Path, *words: str) -> Any:
    return json.loads(run("report", "digest", *words, "--json", queue=queue).out)


def test_a_digest_tells_last_week_beside_the_one_before(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        for days in (5, 6, 7, 13):
            bench.ask("Order not here", ago(days=days), team="sales")
        queue = bench.queue.path
    told = digested(queue)

    assert (told["period"], told["before"]) == ("9 to 15 Nov 2026", "2 to 8 Nov 2026")
    (came,) = (figure for figure in told["figures"] if figure["figure"] == "Came in")
    assert (came["value"], came["before"]) == (3, 1)
    assert told["moved"][0] == {"of": "channel email", "n": 3, "before": 1, "change": 2}
    assert [ticket["id"] for ticket in told["oldest"]] == [4, 3, 2, 1]
    assert NOW.isoformat().startswith("2026-11-20")


def test_a_digest_says_of_how_many_it_tells_now_and_before_and_who_waits(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        for days in (5, 6, 13):
            bench.ask("Order not here", ago(days=days), team="sales")
        bench.reply(1, ago(days=5))
        resolve(bench.writer(ago(days=5)), [1])
        queue = bench.queue.path
    told = digested(queue)
    figures = {figure["figure"]: (figure["value"], figure["n"], figure["n_before"]) for figure in told["figures"]}

    assert figures["Resolved"] == (1, 1, 0)
    assert figures["Reopened"] == (0, 1, 0)
    assert told["waiting"] == {"unanswered": 2, "longest_wait_s": 13 * 86_400, "to_follow_up": 0}
    assert (told["late_count"], told["open_count"]) == (4, 2)
    shown = run("report", "digest", queue=queue).out
    assert "supportq report cycle --before 2026-11-02..2026-11-08 --after 2026-11-09..2026-11-15" in " ".join(
        shown.split()
    )


@pytest.mark.parametrize("name", ["digest", "page"])
def test_what_is_about_some_tickets_in_a_zone_says_so(name: str, tmp_path: Path) -> None:
    words = ("report", name, "--where", "team:technical", "--tz", "Asia/Tokyo")
    text = run(*words, queue=a_friday_desk(tmp_path)).out

    assert "Loom support, team:technical: " in text
    assert "Asia/Tokyo" in text


def test_a_named_week_or_month_is_told_whole_and_anything_else_until_now(tmp_path: Path) -> None:
    queue = a_friday_desk(tmp_path)

    assert digested(queue, "--since", "last-month")["period"] == "1 to 31 Oct 2026"
    assert digested(queue, "--since", "3d")["period"] == "17 to 20 Nov 2026"
    assert digested(queue, "--since", "2026-11-01", "--until", "2026-11-03")["period"] == "1 to 3 Nov 2026"


def test_the_commands_of_a_digest_ask_about_the_same_time_and_tickets(tmp_path: Path) -> None:
    queue = a_friday_desk(tmp_path)
    told = digested(queue, "--where", "team:sales")["figures"]
    (came,) = (figure for figure in told if figure["figure"] == "Came in")

    assert came["deeper"] == (
        "supportq report volume --by channel --since 2026-11-09 --until 2026-11-15 --where team:sales"
    )
    rows = json.loads(run(*came["deeper"].split()[1:], "--json", queue=queue).out)
    assert sum(row["n"] for row in rows) == came["value"]
    shown = run("report", "digest", queue=queue, terminal=True).out
    assert "…" not in shown.partition("More")[2]


def test_a_digest_says_what_is_overdue_without_an_alarm(tmp_path: Path) -> None:
    settings = SETTINGS.replace("[sla]", '[sla]\nenforce_from = "2026-11-20T09:00:00Z"')
    with a_queue(tmp_path, settings) as bench:
        bench.ask("Nobody answers", ago(days=3), team="sales")
        queue = bench.queue.path

    assert digested(queue)["overdue_without_alarm"] == 1
    assert "1 overdue, with no alarm" in run("report", "digest", queue=queue).out


def test_the_page_does_not_fill_a_terminal_with_html(tmp_path: Path) -> None:
    refused = run("report", "page", queue=a_friday_desk(tmp_path), terminal=True)

    assert (refused.code, refused.out) == (2, "")
    assert "supportq report page -o report.html" in refused.err


def test_a_digest_has_each_command_whole_on_a_line_to_copy(tmp_path: Path) -> None:
    queue = a_friday_desk(tmp_path)
    where = "team:sales priority:normal channel:email"
    lines = run("report", "digest", "--where", where, queue=queue).out.splitlines()
    commands = [figure["deeper"] for figure in digested(queue, "--where", where)["figures"]]

    assert commands
    assert {f"  {command}" for command in commands} <= set(lines)


def test_a_digest_is_text_for_a_pipe_markdown_for_a_wiki_and_html_for_a_mail(tmp_path: Path) -> None:
    queue = a_friday_desk(tmp_path)
    text, plain, markdown, html = (
        run("report", "digest", *words, queue=queue).out for words in ((), ("-f", "text"), ("-f", "md"), ("-f", "html"))
    )

    assert text == plain
    assert max(len(line) for line in text.splitlines() if "supportq report" not in line) <= 78
    assert text.startswith("Loom support: 9 to 15 Nov 2026\n")
    assert markdown.startswith("# Loom support: 9 to 15 Nov 2026\n")
    assert html.startswith("<!DOCTYPE html>")
    assert all("supportq report volume --by channel" in each for each in (text, markdown, html))
    assert max(map(len, html.splitlines())) < 998
    assert "<script" not in html
    assert "<style" not in html
