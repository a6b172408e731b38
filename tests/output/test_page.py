import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from exhibits import HOSTILE, NOW, sheet

from supportq.model.chart import Chart, Shape, Strip
from supportq.model.overview import Exhibit, Figure, Overview, Section
from supportq.model.table import Column, Kind, Table
from supportq.output.clean import clean
from supportq.output.page import write

MARKUP = ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><b>", "{{ 7 * 7 }}", "&lt;", "'")
WORDS = (*HOSTILE[:-1], *MARKUP)
TAGS = {
    *("html", "head", "meta", "link", "title", "style", "body", "header", "nav", "main", "section", "footer"),
    *("h1", "h2", "h3", "p", "a", "span", "strong", "code", "ul", "li", "dl", "div", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "details", "summary"),
    *("svg", "desc", "rect", "circle", "text", "tspan", "line", "path"),
}
"""Our own; whatever else stands in a page has come in with somebody's words."""
ALONE = {"meta", "link"}


class Page(HTMLParser):
    """A page as a browser reads it: its tags in their order, attributes, and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.within: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))
        if tag not in ALONE:
            self.within.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.within.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.within:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.opened if name == tag]


def overview(*words: str) -> Overview:
    """Return an overview in which all that can be named is named by these words."""
    columns = (Column("team", "Team"), Column("n", "n", Kind.NUMBER), Column("subject", "Subject", wide=True))
    rows = [(word[:9], 5, word) for word in words]
    values = tuple(range(1, len(words) + 1))
    charts = [
        Chart(shape, words[0] or "Chart", words, tuple(Strip(word, values) for word in words))
        for shape in (Shape.SERIES, Shape.STACK, Shape.HEAT)
    ]
    charts += [Chart(shape, "Chart", words, (Strip("", values),)) for shape in (Shape.SERIES, Shape.BARS, Shape.SPREAD)]
    tables = [
        Table(columns, rows, title=words[0], caption=words[0], group="team"),
        Table(columns, [], title="Empty"),
    ]
    exhibits = (*(Exhibit(tables[0], chart) for chart in charts), *map(Exhibit, tables))
    section = Section("volume", words[0] or "Arrivals", words[0], exhibits, (words[0],), words[0])
    figures = (Figure(words[0], 5, 3, good=-1), Figure("Satisfied", None, 0.5, Kind.RATE))
    return Overview(words[0], words[0], words[0], NOW, figures, (section,), where=words[0])


def page_of(*words: str) -> str:
    return "".join(write(overview(*words), sheet(kept=True)))


@pytest.mark.parametrize("word", WORDS)
def test_nothing_that_a_stranger_wrote_becomes_a_part_of_the_page(word: str) -> None:
    page = Page(page_of(word, "plain"))

    assert {tag for tag, _ in page.opened} <= TAGS
    assert page.within == []
    assert not any(name.startswith("on") or name == "src" for _, attributes in page.opened for name in attributes)
    assert clean(word).strip() in "".join(page.text)


def test_a_page_is_ascii_and_asks_for_nothing() -> None:
    text = page_of("Écran noir", "配送先")
    page = Page(text)

    assert text.isascii()
    assert [each["href"] for each in (*page.all("a"), *page.all("link"))] == ["#figures", "#volume", "data:,"]
    assert not re.search(r"https?:|@import|url\(", text)
    assert "default-src 'none'" in str(page.all("meta")[1]["content"])


def test_a_reader_who_hears_the_page_finds_the_way() -> None:
    page = Page(page_of("sales", "technical"))
    levels = [int(tag[1]) for tag, _ in page.opened if re.fullmatch(r"h\d", tag)]
    ids = [attributes["id"] for _, attributes in page.opened if attributes.get("id")]

    assert (levels.count(1), max(after - before for before, after in pairwise(levels))) == (1, 1)
    assert len(set(ids)) == len(ids)
    assert all(name in ids for _, each in page.opened for name in (each.get("aria-labelledby") or "").split())
    assert [len(page.all(tag)) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert page.opened[0] == ("html", {"lang": "en"})


def test_behind_each_chart_there_is_its_table() -> None:
    text = page_of("sales", "technical")
    figures = re.findall(r"<figure\b.*?</figure>", text, re.DOTALL)

    assert len(figures) == 6
    assert all(re.search(r"<details>.*<table>.*</table>.*</details>", figure, re.DOTALL) for figure in figures)


def style() -> dict[str, dict[str, str]]:
    """Return the colours of the style sheet, by day and by night."""
    blocks = re.findall(r":root \{(.*?)\}", page_of("sales", "technical"), re.DOTALL)
    day, night = (dict(re.findall(r"--([\w-]+): (#\w{6});", block)) for block in blocks)
    return {"day": day, "night": day | night}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_contrast_is_that_of_the_definition() -> None:
    assert round(contrast("#ffffff", "#000000"), 2) == 21.0
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("time", ["day", "night"])
def test_all_text_can_be_read_by_day_and_by_night(time: str) -> None:
    colour = style()[time]
    on_ground = [(ink, ground) for ink in ("ink", "faint", "mark", "good", "bad") for ground in ("paper", "card")]
    on_shades = [(f"on-{shade}", f"shade-{shade}") for shade in range(1, 7)]

    faint = {pair: round(contrast(colour[pair[0]], colour[pair[1]]), 2) for pair in [*on_ground, *on_shades]}

    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("time", ["day", "night"])
def test_bars_and_lines_can_be_seen_by_day_and_by_night(time: str) -> None:
    colour = style()[time]

    assert all(contrast(colour["mark"], colour[ground]) >= 3 for ground in ("paper", "card", "track"))


@pytest.mark.parametrize("time", ["day", "night"])
def test_shades_that_stand_beside_each_other_can_be_told_apart(time: str) -> None:
    colour = style()[time]
    lights = [luminance(colour[f"shade-{shade}"]) for shade in range(1, 7)]
    steps = [contrast(colour[f"shade-{shade}"], colour[f"shade-{shade + 1}"]) for shade in range(1, 6)]

    assert sorted(lights, reverse=time == "day") == lights
    assert min(steps) >= 1.25


def test_a_chart_of_nothing_says_so_and_keeps_its_table() -> None:
    table = Table((Column("week", "Week"), Column("n", "n", Kind.NUMBER)), [("2026-W46", 0), ("2026-W47", 0)])
    chart = Chart(Shape.SERIES, "Arrivals by week", ("2026-W46", "2026-W47"), (Strip("", (0, 0)),))
    section = Section("volume", "Arrivals", "", (Exhibit(table, chart),))
    text = "".join(write(replace(overview("sales"), sections=(section,)), sheet()))

    assert "Nothing in this time." in text
    assert "<svg" not in text
    assert "2026-W46" in text
