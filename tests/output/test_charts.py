import os
from itertools import cycle, islice
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from exhibits import HOSTILE, sheet
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from supportq.model.chart import Chart, Shape, Strip
from supportq.model.table import Kind
from supportq.output.charts import svg, terminal
from supportq.output.console import printed
from supportq.output.sheet import Sheet

GOLDEN = Path(__file__).with_name("charts.txt")
DAYS = tuple(f"2026-11-{day:02}" for day in range(1, 31))
AGES = ("< 1d", "1-3d", "3-7d", "7-30d", "> 30d")
ARRIVALS = Chart(Shape.SERIES, "Arrivals by day", DAYS, (Strip("", tuple(day * 7 % 23 for day in range(30))),))
HOURS = Chart(
    Shape.HEAT,
    "Arrivals by weekday and hour",
    tuple(map(str, range(24))),
    tuple(Strip(day, tuple(max(0, 40 - 9 * abs(hour - 13)) for hour in range(24))) for day in ("Mon", "Tue")),
)
EXHIBITS = (
    ARRIVALS,
    Chart(
        Shape.SERIES,
        "SLA attainment by week and clock",
        ("2026-W45", "2026-W46", "2026-W47"),
        (Strip("First response", (0.5, None, 1.0)), Strip("Resolution", (None, None, None))),
        Kind.RATE,
    ),
    Chart(
        Shape.BARS,
        "Arrivals by channel",
        ("email", "phone", "配送先の住所を変更したいのですが、"),
        (Strip("", (40, 21, None)),),
    ),
    Chart(Shape.SPREAD, "First response", ("< 1h", "1-4h", "> 4h"), (Strip("", (40, 0, 121)),)),
    Chart(Shape.STACK, "Backlog", AGES, (Strip("", (4, 2, 31, 7, 9)),)),
    Chart(
        Shape.STACK, "Backlog by team", AGES, (Strip("sales", (4, 2, 31, 7, 9)), Strip("technical", (1, 1, 1, 1, 1)))
    ),
    HOURS,
)

values = st.none() | st.integers(0, 10**7) | st.floats(0, 10**9)
names = st.sampled_from([*HOSTILE[:-1], "<script>alert(1)</script>", "日本語" * 30]) | st.text(max_size=40)


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Return a chart such as any report could ask for, its names anybody's."""
    shape = draw(st.sampled_from(Shape))
    count = draw(st.integers(1, 24 if shape is Shape.HEAT else 130))
    rows = 1 if shape in {Shape.BARS, Shape.SPREAD} else draw(st.integers(1, 15))
    some, called = draw(st.lists(values, min_size=1, max_size=4)), draw(st.lists(names, min_size=1, max_size=3))
    strips = tuple(
        Strip(called[row % len(called)], tuple(islice(cycle(some), row, row + count))) for row in range(rows)
    )
    marks = tuple(islice(cycle(called), count))
    return Chart(shape, called[0], marks, strips, draw(st.sampled_from([Kind.NUMBER, Kind.RATE, Kind.DURATION])))


def on_terminal(chart: Chart, on: Sheet) -> str:
    return printed(terminal.draw(chart, on), on)


def test_charts_look_as_they_did() -> None:
    on = [sheet(width=80, terminal=True), sheet(width=80, terminal=True, encoding="ascii")]
    text = "\n".join(on_terminal(chart, each) for each in on for chart in EXHIBITS)
    if os.environ.get("SUPPORTQ_GOLDEN") == "update":
        GOLDEN.write_text(text, encoding="utf-8")

    assert text == GOLDEN.read_text(encoding="utf-8"), "if this is meant: SUPPORTQ_GOLDEN=update, and read the diff"


@given(charts(), st.sampled_from([40, 80, 200]))
@settings(max_examples=40, deadline=None)
def test_a_chart_is_never_wider_than_the_terminal(chart: Chart, width: int) -> None:
    for encoding in ("utf-8", "ascii"):
        lines = on_terminal(chart, sheet(width=width, terminal=True, encoding=encoding)).splitlines()[1:]

        assert all(cell_len(line) <= width for line in lines)
        assert encoding == "utf-8" or all(map(str.isascii, lines))


@given(charts())
@settings(max_examples=40, deadline=None)
def test_a_chart_on_a_page_is_well_formed_and_stays_in_its_box_whatever_its_names(chart: Chart) -> None:
    root = ET.fromstring(svg.draw(chart, sheet(), "chart-1"))  # noqa: S314 - our own

    assert {part.tag for part in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "circle",
        "text",
        "tspan",
        "line",
        "path",
    }
    for rect in root.iter("rect"):
        left, wide = (float(rect.attrib[name].removesuffix("%")) for name in ("x", "width"))
        assert left >= 0
        assert left + wide <= 100.01
        assert (
            0
            <= float(rect.attrib["y"])
            <= float(rect.attrib["y"]) + float(rect.attrib["height"])
            <= float(root.attrib["height"])
        )


@pytest.mark.parametrize("chart", EXHIBITS, ids=lambda chart: chart.title)
def test_a_chart_on_a_page_has_a_title_and_says_in_words_what_it_shows(chart: Chart) -> None:
    root = ET.fromstring(svg.draw(chart, sheet(), "chart-1"))  # noqa: S314 - our own
    told = {part.get("id"): part.text or "" for part in root if part.get("id")}

    assert [name in told for name in root.attrib["aria-labelledby"].split()] == [True, True]
    assert told["chart-1-title"] == chart.title
    first = {"2026-11-01": "1 Nov"}.get(chart.marks[0], chart.marks[0])
    assert told["chart-1-desc"].startswith(f"{first} to ")


@pytest.mark.parametrize(("strips", "is_shown"), [(1, True), (2, False)])
def test_a_week_that_is_not_whole_is_said_and_never_ends_a_line(strips: int, is_shown: bool) -> None:  # noqa: FBT001 - a parameter of the test
    weeks = ("2026-W45", "2026-W46", "2026-W47")
    chart = Chart(Shape.SERIES, "Flow", weeks, (Strip("Created", (30, 40, 2)),) * strips, cut=weeks[2:])
    drawn, page = on_terminal(chart, sheet(width=80, terminal=True)), svg.draw(chart, sheet(), "chart-1")

    assert drawn.count("2026-W47") == 1 + is_shown
    assert f"2026-W47 is not whole{'' if is_shown else ' and not shown'}" in drawn
    assert svg.remark(chart, sheet()) in drawn
    assert ("2026-W47" in page) is is_shown


def test_a_share_is_drawn_as_a_share_of_all() -> None:
    halves = Chart(Shape.BARS, "Kept", ("sales", "technical"), (Strip("", (0.5, 0.25)),), Kind.RATE)
    root = ET.fromstring(svg.draw(halves, sheet(), "chart-1"))  # noqa: S314 - our own

    assert [bar.attrib["width"] for bar in root.iter("rect") if bar.get("class") == "ink"] == ["50.000%", "25.000%"]


def test_a_line_is_broken_where_nothing_was_measured() -> None:
    gaps = Chart(Shape.SERIES, "Kept", ("1", "2", "3"), (Strip("", (0.5, None, 1.0)),), Kind.RATE)
    (path,) = ET.fromstring(svg.draw(gaps, sheet(), "chart-1")).iter("path")  # noqa: S314 - our own

    assert path.attrib["d"].count("M") == 2


def test_where_nothing_happened_a_terminal_shows_no_chart() -> None:
    nothing = Chart(Shape.SERIES, "Arrivals by day", DAYS, (Strip("", (0,) * 30),))

    assert on_terminal(nothing, sheet(width=80, terminal=True)) == ""


def test_what_is_more_than_nothing_can_be_seen() -> None:
    quiet = Chart(Shape.BARS, "Arrivals", ("much", "little"), (Strip("", (10_000, 1)),))

    assert on_terminal(quiet, sheet(width=80, terminal=True)).splitlines()[2] == "little      1 ▏"


def test_a_heat_map_of_long_names_says_which_hours_and_how_many() -> None:
    strip = Strip("technical, Mon", tuple(range(24)))
    drawn = on_terminal(
        Chart(Shape.HEAT, HOURS.title, tuple(map(str, range(24))), (strip,)), sheet(width=80, terminal=True)
    )

    assert drawn.splitlines()[1].split() == [str(hour) for hour in range(0, 24, 2)]
    assert drawn.splitlines()[-1].startswith("about: ░ 5.")
    assert drawn.splitlines()[-1].endswith("  █ 23.0")


def test_a_heat_map_of_parts_says_what_its_shades_are_and_rounds_none_of_them() -> None:
    strip = Strip("Mon", (0.0, 0.2, 0.4, 0.8) * 6)
    drawn = on_terminal(Chart(Shape.HEAT, HOURS.title, HOURS.marks, (strip,)), sheet(width=80, terminal=True))

    assert drawn.splitlines()[2:] == ["Mon " + "   ░░░▒▒▒███" * 6, "about: ░ 0.2  ▒ 0.4  ▓ 0.6  █ 0.8"]


def test_a_large_number_in_a_heat_map_stands_for_tens_and_more() -> None:
    strip = Strip("Mon", (*HOURS.strips[0].values[:23], 4321))
    drawn = on_terminal(Chart(Shape.HEAT, HOURS.title, HOURS.marks, (strip,)), sheet(width=80, terminal=True))

    assert drawn.splitlines()[2].endswith("█43")
    assert drawn.splitlines()[3] == "numbers are hundreds"
