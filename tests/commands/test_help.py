"""Help: every page is true, and every example in it works."""

import os
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest
from queues import SETTINGS
from running import run

from supportq.commands.section import rendered
from supportq.commands.topics import TITLES, cron, dates, environment, exit_codes, export, filters, formats, page
from supportq.errors import ExitCode, UsageError
from supportq.intake.fields import Field
from supportq.model.filter import Key, parse_filter
from supportq.model.selector import parse_selector
from supportq.model.text import parse_phrase
from supportq.output.formats import names
from supportq.settings.check import check
from supportq.settings.lexicon import lexicon_of
from supportq.sla.hours import day_span
from supportq.store.export import PARTS
from supportq.when import parse_duration, parse_moment, parse_range
from supportq.work.hours import open_span

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
DESK = check(SETTINGS).settings
LEXICON = lexicon_of(DESK, now=NOW, zone=UTC, me="ann")
SOURCE = Path(__file__).parents[2] / "supportq"


def forms(rows: tuple[tuple[str, str], ...]) -> list[str]:
    return [form for row, _ in rows for form in row.split(", ")]


@pytest.mark.parametrize("text", forms(dates.MOMENTS))
def test_every_moment_that_help_shows_is_read(text: str) -> None:
    if re.fullmatch(r"\d{4}(-W?Q?\d+)?", text):
        assert parse_range(text, now=NOW, zone=UTC)[0] < parse_range(text, now=NOW, zone=UTC)[1]
    else:
        assert parse_moment(text, now=NOW, zone=UTC, direction="past")


@pytest.mark.parametrize("text", forms(dates.RANGES))
def test_every_range_that_help_shows_is_read(text: str) -> None:
    start, end = parse_range(text, now=NOW, zone=UTC)

    assert start < end


@pytest.mark.parametrize("text", forms(dates.REFUSED))
def test_what_help_says_is_refused_is_refused_with_a_cure(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_moment(text, now=NOW, zone=UTC, direction="past")

    assert refused.value.cures


def test_every_unit_that_help_shows_is_one() -> None:
    spans, working = (row.split(", ") for row, _ in dates.UNITS)

    assert [parse_moment(f"1{unit}", now=NOW, zone=UTC, direction="past") < NOW for unit in spans] == [True] * 7
    assert parse_duration("1m").total_seconds() == 60
    assert open_span(working[0], DESK.hours["office"]) == 2 * day_span(DESK.hours["office"])
    assert open_span(working[1], DESK.hours["office"]) == parse_duration("4h")


@pytest.mark.parametrize("term", [term for term, _ in filters.TERMS])
def test_every_filter_that_help_shows_is_read(term: str) -> None:
    known = lexicon_of(
        check(SETTINGS.replace('"question"', '"question", "return"')).settings, now=NOW, zone=UTC, me="ann"
    )

    assert parse_filter(shlex.split(term), known, text=False).terms


def test_help_shows_every_filter_key() -> None:
    shown = {re.split(r"[:.]", term)[0] for term, _ in filters.TERMS}

    assert shown == {*Key, "not"}


@pytest.mark.parametrize("words", [numbers for numbers, _ in filters.NUMBERS])
def test_every_way_to_name_tickets_is_read(words: str) -> None:
    assert parse_selector([words], LEXICON, text=False).names_tickets


def test_a_star_stands_for_any_ending_as_help_says() -> None:
    assert parse_phrase("refund*") != parse_phrase("refund")


def test_help_shows_every_format() -> None:
    assert {name for name, _ in formats.FORMATS} == set(names())


def test_help_shows_every_exit_code() -> None:
    assert set(exit_codes.MEANINGS) == set(ExitCode)


def test_help_shows_every_variable_that_is_read() -> None:
    read = {
        name
        for file in SOURCE.rglob("*.py")
        if "topics" not in file.parts
        for name in re.findall(r"\bSUPPORTQ_[A-Z_]+\b", file.read_text(encoding="utf-8"))
    }

    assert {name for row, _ in environment.VARIABLES for name in row.split(", ") if name.startswith("SUPPORTQ")} == read


def test_help_shows_every_field_of_an_import() -> None:
    shown = run("help", "import", queue=Path("none.db")).out

    assert [field for field in Field if not re.search(rf"\b{field}\b", shown)] == []


@pytest.mark.parametrize("line", [line for line in cron.LINES if not line.startswith("SUPPORTQ")])
def test_a_line_for_cron_has_five_fields_and_a_command(line: str) -> None:
    assert re.fullmatch(r"(\S+ ){4}\S+ +supportq .+", line)


def test_help_explains_every_line_of_an_export() -> None:
    (told,) = [section.rows for section in export.PAGE if section.heading == "What the lines are"]

    assert [record for record, _ in told] == ["export", *(part.record for part in PARTS), "end"]


@pytest.mark.parametrize("topic", TITLES)
def test_a_topic_is_explained_without_a_queue(tmp_path: Path, topic: str) -> None:
    shown = run("help", topic, queue=tmp_path / "none.db")
    explained = rendered(page(topic))

    assert (shown.code, shown.err) == (0, "")
    assert shown.out.endswith(explained)
    assert explained.isascii()
    assert max(map(len, explained.splitlines())) <= 80
    assert os.listdir(tmp_path) == []  # noqa: PTH208 - one word


def test_the_whole_program_is_on_one_page(tmp_path: Path) -> None:
    assert run("help", queue=tmp_path / "none.db").out == run("--help", queue=tmp_path / "none.db").out


def test_a_command_of_a_group_is_explained_by_its_words(tmp_path: Path) -> None:
    queue = tmp_path / "none.db"

    assert run("help", "config", "apply", queue=queue).out == run("config", "apply", "-h", queue=queue).out


def test_a_word_that_is_neither_is_refused_with_the_nearest(tmp_path: Path) -> None:
    refused = run("help", "fliters", queue=tmp_path / "none.db")

    assert refused.code == ExitCode.USAGE
    assert "did you mean filters?" in refused.err


def test_help_is_printed_and_not_paged(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    small = {"LINES": "3", "SUPPORTQ_PAGER": f"tee {seen}"}

    assert "fri 16:30" in run("help", "dates", queue=tmp_path / "none.db", terminal=True, environment=small).out
    assert not seen.exists()


def test_headings_are_bold_only_where_there_is_colour(tmp_path: Path) -> None:
    queue = tmp_path / "none.db"

    assert "\x1b" not in run("help", "dates", queue=queue, terminal=True).out
    assert "\x1b[1mMoments\x1b[0m" in run("help", "dates", queue=queue, terminal=True, environment={"NO_COLOR": ""}).out


def test_nothing_at_all_is_answered_in_short_and_as_a_mistake(tmp_path: Path) -> None:
    bare = run(queue=tmp_path / "none.db")

    assert (bare.code, bare.out) == (ExitCode.USAGE, "")
    assert "supportq --help" in bare.err
    assert len(bare.err.splitlines()) < 24
