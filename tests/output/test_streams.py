import io
import time
from dataclasses import replace

import pytest
from exhibits import Screen, pipe, screen

from supportq.output.progress import PATIENCE, progress
from supportq.output.streams import Colour, Streams


@pytest.mark.parametrize(
    ("streams", "coloured"),
    [
        (screen(), True),
        (pipe(), False),
        (screen(NO_COLOR="1"), False),
        (screen(NO_COLOR=""), True),
        (screen(TERM="dumb"), False),
        (screen(FORCE_COLOR="0"), True),
        (pipe(FORCE_COLOR="1"), True),
        (pipe(FORCE_COLOR="0"), False),
        (pipe(FORCE_COLOR=""), False),
        (pipe(FORCE_COLOR="1", NO_COLOR="1"), False),
        (screen(Colour.NEVER, FORCE_COLOR="1"), False),
        (screen(Colour.ALWAYS, NO_COLOR="1", TERM="dumb"), True),
        (replace(pipe(), colour=Colour.ALWAYS), True),
    ],
)
def test_colour_follows_the_flag_then_the_environment_then_the_stream(streams: Streams, coloured: bool) -> None:  # noqa: FBT001 - a table of cases
    assert streams.has_colour(streams.stdout) is coloured


def test_each_stream_is_judged_alone() -> None:
    streams = replace(screen(), stdout=io.StringIO())

    assert not streams.has_colour(streams.stdout)
    assert streams.has_colour(streams.stderr)


@pytest.mark.parametrize(
    ("streams", "width"),
    [
        (screen(COLUMNS="132"), 132),
        (screen(COLUMNS="wide"), 80),
        (screen(COLUMNS="0"), 80),
        (pipe(COLUMNS="132"), None),
    ],
)
def test_only_a_terminal_has_a_width(streams: Streams, width: int | None) -> None:
    assert streams.width() == width


def test_somebody_can_be_asked_only_between_two_terminals() -> None:
    assert not screen().can_ask
    assert replace(screen(), stdin=Screen()).can_ask
    assert not replace(pipe(), stdin=Screen()).can_ask


def progress_of(streams: Streams, seconds: float) -> str:
    with progress("importing [/bold]", 100, streams) as report:
        report(1, 10)
        time.sleep(seconds)
        report(1234, 50)
    assert isinstance(streams.stderr, io.StringIO)
    return streams.stderr.getvalue()


def test_a_bar_is_drawn_on_a_terminal_for_work_that_takes_a_while() -> None:
    drawn = progress_of(screen(), PATIENCE + 0.05)

    assert "importing [/bold]" in drawn
    assert "1,234 rows" in drawn
    assert "0s left" in drawn


@pytest.mark.parametrize(("streams", "seconds"), [(screen(), 0), (pipe(), PATIENCE), (screen(TERM="dumb"), PATIENCE)])
def test_short_work_and_pipes_see_no_bar(streams: Streams, seconds: float) -> None:
    assert progress_of(streams, seconds) == ""


def test_an_input_that_was_closed_has_nothing_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)

    assert Streams.of_process().bytes_in.read() == b""
