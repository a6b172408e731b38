import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from exhibits import NOW, PAGE, SHEET, TABLE, Screen, endless, pipe, screen

from supportq.errors import ExitCode, SupportqError, UnknownWord, UsageError
from supportq.model.table import Table
from supportq.output.deliver import deliver
from supportq.output.errors import format_error
from supportq.output.outcome import Outcome, ReadOptions
from supportq.output.rendering import check
from supportq.output.streams import Streams

LIST = Outcome(table=TABLE)
CHANGE = Outcome(touched=(7, 12), notes=("2 resolved. Undo: supportq undo",))


class Broken(io.StringIO):
    """A stdout that fails as told."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def write(self, _text: str) -> int:
        raise self._error


def delivered(outcome: Outcome, streams: Streams | None = None, **options: object) -> str:
    streams = streams or pipe()
    assert deliver(outcome, ReadOptions(**options), streams, NOW, SHEET.zone) is outcome.exit_code  # type: ignore[arg-type]
    assert isinstance(streams.stdout, io.StringIO)
    return streams.stdout.getvalue()


def column(text: str, place: int = 0) -> list[str]:
    return [line.split("\t")[place] for line in text.splitlines()[1:]]


def test_a_terminal_gets_a_table_and_a_pipe_gets_tsv() -> None:
    assert "─" in delivered(LIST, screen())
    assert delivered(LIST).startswith("id\tdue\tpriority\t")


def test_json_is_the_same_on_a_terminal_and_in_a_pipe() -> None:
    assert delivered(LIST, screen(), format="json") == delivered(LIST, format="json")


def test_notes_stand_apart_from_a_page_on_one_screen_and_nowhere_else() -> None:
    both, pipes = screen(), pipe()
    for streams in (both, pipes):
        delivered(Outcome(page=PAGE, notes=("done",)), streams)

    assert [streams.stderr.getvalue() for streams in (both, pipes)] == ["\ndone\n", "done\n"]  # type: ignore[attr-defined]


def test_columns_stand_in_the_order_they_were_asked_for() -> None:
    assert delivered(LIST, columns="priority,id").splitlines()[:2] == ["priority\tid", "urgent\t7"]


def test_all_columns_are_the_hidden_ones_too() -> None:
    assert delivered(LIST, columns="all").splitlines()[0].endswith("\treopened\tsla")


def test_columns_tell_of_themselves() -> None:
    assert "reopened\tReopened\tfalse" in delivered(LIST, columns="help")


@pytest.mark.parametrize(
    "options", [{"columns": "id,subjct"}, {"sort": "subjct"}, {"sort": "id:dsc"}, {"format": "tvs"}]
)
def test_an_unknown_word_is_answered_with_the_nearest(options: dict[str, Any]) -> None:
    with pytest.raises(UnknownWord) as caught:
        delivered(LIST, **options)

    assert "did you mean" in caught.value.cures[0]


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        ("id:desc", ["1234", "12", "7"]),
        ("age", ["1234", "12", "7"]),
        ("due", ["7", "12", "1234"]),
        ("due:desc", ["12", "7", "1234"]),
        ("csat:desc", ["1234", "7", "12"]),
        ("reopened,subject:desc", ["1234", "12", "7"]),
    ],
)
def test_rows_are_sorted_and_what_is_absent_comes_last(sort: str, ids: list[str]) -> None:
    even = replace(
        TABLE, rows=[(*row[:6], row[6] if isinstance(row[6], int) else 99_999, *row[7:]) for row in TABLE.rows]
    )

    assert column(delivered(Outcome(table=even), sort=sort)) == ids


def test_words_of_a_closed_set_are_sorted_as_the_set_is() -> None:
    codes = Table(TABLE.columns[:1], [(ExitCode.LATE,), (ExitCode.DONE,), (ExitCode.TRY_AGAIN,)])

    assert column(delivered(Outcome(table=codes), sort="id")) == [str(ExitCode(code)) for code in (0, 6, 75)]


def test_a_limit_takes_no_more_rows_than_it_shows() -> None:
    assert len(delivered(Outcome(table=replace(TABLE, rows=endless(TABLE))), limit=5).splitlines()) == 6


def test_no_header_is_no_header() -> None:
    assert delivered(LIST, header=False, columns="id") == "7\n12\n1234\n"


def test_a_page_is_for_people_and_one_object_for_programs() -> None:
    shown = Outcome(page=PAGE, table=TABLE)

    assert delivered(shown).startswith("#7 Order 12 not here\n")
    assert json.loads(delivered(shown, format="json")) == {
        "id": 7,
        "age_s": 3600,
        "created": "2026-03-02T09:00:00Z",
        "tags": ["a", "b"],
        "rate": None,
    }
    assert delivered(shown, format="ids") == "7\n12\n1234\n"


def test_a_page_without_rows_refuses_formats_of_rows() -> None:
    with pytest.raises(UsageError, match="shown as tsv"):
        delivered(Outcome(page=PAGE), format="tsv")


def test_a_writer_says_on_stderr_what_it_did() -> None:
    streams = pipe()

    assert delivered(CHANGE, streams) == ""
    assert isinstance(streams.stderr, io.StringIO)
    assert streams.stderr.getvalue() == "2 resolved. Undo: supportq undo\n"


def test_a_writer_prints_what_it_touched_when_asked() -> None:
    assert delivered(CHANGE, format="ids") == "7\n12\n"
    assert json.loads(delivered(CHANGE, format="json")) == [{"id": 7}, {"id": 12}]
    assert delivered(replace(CHANGE, table=TABLE), format="ids") == "7\n12\n"
    assert delivered(Outcome(touched=()), format="json") == "[]\n"


def test_text_is_harmless_on_a_terminal_and_whole_in_a_pipe() -> None:
    text = "a = 1\t# \x1b[31mred\n"

    assert delivered(Outcome(text=text), screen()) == "a = 1\t# red\n"
    assert delivered(Outcome(text=[text]), pipe()) == text
    assert delivered(Outcome(text=text, raw=True), screen()) == text


def test_notes_and_faults_are_cleaned() -> None:
    streams = pipe()
    delivered(Outcome(notes=("\x1b[2Jgone",)), streams)

    assert isinstance(streams.stderr, io.StringIO)
    assert streams.stderr.getvalue() == "gone\n"
    assert format_error(SupportqError("no \x1b[1mway", "try\x00this")) == "supportq: no way\n  try�this\n"


def test_a_reader_ends_quietly_when_its_pipe_closes_and_a_writer_goes_on() -> None:
    streams = replace(pipe(), stdout=Broken(BrokenPipeError(32, "Broken pipe")))

    assert deliver(LIST, ReadOptions(), streams, NOW, SHEET.zone) is ExitCode.CLOSED_PIPE
    assert deliver(CHANGE, ReadOptions(format="ids"), streams, NOW, SHEET.zone) is ExitCode.DONE


def test_a_full_stdout_is_one_line_and_a_writer_says_what_it_did_first() -> None:
    streams = replace(pipe(), stdout=Broken(OSError(28, "No space left on device")))

    with pytest.raises(SupportqError, match="can't write to stdout: No space left on device") as caught:
        deliver(CHANGE, ReadOptions(format="ids"), streams, NOW, SHEET.zone)

    assert "is done" in caught.value.cures[0]
    assert "2 resolved" in streams.stderr.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "options", [ReadOptions(format="json", template="{id}"), ReadOptions(limit=-1), ReadOptions(format="x")]
)
def test_options_that_nothing_could_satisfy_are_refused_before_the_work(options: ReadOptions) -> None:
    with pytest.raises(UsageError):
        check(options)


PROGRAM = """
import sys
from datetime import UTC, datetime
from supportq.model.table import Column, Kind, Table
from supportq.output.deliver import deliver
from supportq.output.outcome import Outcome, ReadOptions
from supportq.output.rendering import check
from supportq.output.streams import Streams
rows = ((number, "Ärger \\x9b mit ☂") for number in range(20_000))
table = Table((Column("id", "ID", Kind.NUMBER), Column("subject", "Subject")), rows)
code = deliver(Outcome(table=table), ReadOptions(*sys.argv[1:]), Streams.of_process(), datetime.now(UTC), UTC)
print(*sorted(name for name in sys.modules if name in ("rich", "csv", "json", "typer", "dateutil")), file=sys.stderr)
sys.exit(code)
"""


def run(shell: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = shell.replace("PROGRAM", f'{sys.executable} -c "$CODE"')
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=os.environ | {"CODE": PROGRAM} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_rows_in_a_pipe_need_neither_rich_nor_any_other_format() -> None:
    done = run("PROGRAM tsv | tail -1")

    assert (done.returncode, done.stderr) == (0, "\n")
    assert done.stdout.startswith("19999\t")


@pytest.mark.parametrize("format_name", ["tsv", "json", "md"])
def test_head_closes_the_pipe_without_noise(format_name: str) -> None:
    done = run(f"PROGRAM {format_name} 2>/dev/null | head -1")

    assert done.returncode == ExitCode.CLOSED_PIPE


@pytest.mark.parametrize("target", [">/dev/full", ">&-"])
def test_a_stdout_that_takes_nothing_is_an_error(target: str) -> None:
    done = run(f"PROGRAM tsv {target}")

    assert done.returncode == 1
    assert "can't write to stdout" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("format_name", ["tsv", "csv", "jsonl", "md", "table"])
def test_no_encoding_stops_a_list(format_name: str, encoding: str) -> None:
    done = run(f"PROGRAM {format_name} | tail -1 | cat -v", PYTHONIOENCODING=encoding)

    assert done.returncode == 0


def test_a_long_page_goes_through_the_pager_and_a_short_one_does_not() -> None:
    assert paged(lines=3, pager="sed s/^/paged:/").startswith("paged:#7")
    assert paged(lines=90, pager="sed s/^/paged:/").startswith("#7")


@pytest.mark.parametrize("pager", ["", "/no/such/pager", "false", "sh -c 'kill -9 $$'", "'unbalanced"])
def test_without_a_working_pager_the_page_is_printed(pager: str) -> None:
    assert paged(lines=3, pager=pager).startswith("#7")


def paged(lines: int, pager: str) -> str:
    """Return what a terminal of so many lines shows of a page."""
    leader, follower = os.openpty()
    environment = {
        "TERM": "xterm",
        "LINES": str(lines),
        "COLUMNS": "80",
        "PATH": os.environ["PATH"],
    }
    with os.fdopen(follower, "w", encoding="utf-8") as stdout:
        streams = Streams(io.StringIO(), stdout, Screen(), environment | {"NO_COLOR": "1"})
        deliver(Outcome(page=PAGE, paged=True), ReadOptions(pager=pager), streams, NOW, SHEET.zone)
        return os.read(leader, 65536).decode()
