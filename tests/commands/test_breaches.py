import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from desks import same_screen
from queues import SETTINGS, a_queue, ago
from running import run

from supportq.model.clock import Level
from supportq.model.event import Kind
from supportq.model.ticket import Status
from supportq.store.breaches import ANY, COUNT, Lookout, _filled


@pytest.fixture
def quiet(tmp_path: Path) -> Path:
    """Lend a queue in which every promise is kept so far."""
    with a_queue(tmp_path) as bench:
        bench.ask("All is well", ago(minutes=10))
        return bench.queue.path


def test_late_promises_stand_under_the_team_that_holds_them(friday: Path) -> None:
    shown = run("breaches", queue=friday, terminal=True)

    same_screen("breaches", shown.out)
    assert shown.code == 6


def test_cron_gets_the_same_table_when_something_is_late(friday: Path) -> None:
    shown = run("breaches", queue=friday)

    assert shown.out.splitlines()[-1] == "2 promises late, 1 at risk, on 3 tickets"
    assert shown.code == 6


def test_a_mail_begins_with_the_totals(friday: Path) -> None:
    told = "2 promises late, 1 at risk, on 3 tickets"

    assert run("breaches", "-f", "md", queue=friday).out.startswith(f"## {told}\n\n|")
    assert f"<h1>{told}</h1>\n<table" in run("breaches", "-f", "html", queue=friday).out


def test_cron_hears_nothing_when_all_is_well(quiet: Path) -> None:
    shown = run("breaches", queue=quiet)

    assert (shown.code, shown.out, shown.err) == (0, "", "")


def test_a_terminal_hears_that_all_is_well_and_what_is_due_next(quiet: Path) -> None:
    shown = run("breaches", queue=quiet, terminal=True)

    assert shown.out == "No promise is late or at risk. Next: 1, due in 1h 50m\n"


def test_json_is_always_complete(quiet: Path, friday: Path) -> None:
    assert run("breaches", "--json", queue=quiet).out == "[]\n"
    assert [(row["id"], row["standing"]) for row in json.loads(run("breaches", "--json", queue=friday).out)] == [
        (2, "late"),
        (3, "late"),
        (4, "at_risk"),
    ]


def test_a_breach_has_these_keys_and_its_exact_moment(friday: Path) -> None:
    row = json.loads(run("breaches", "--json", queue=friday).out)[0]

    assert list(row) == [
        *("id", "due", "late_by_s", "late_working_s", "clock", "reply", "priority", "agent", "subject", "team"),
        *(
            "standing",
            "breached",
            "cause",
            "status",
            "customer",
            "channel",
            "line",
            "started",
            "target_s",
            "policy",
            "hours",
        ),
    ]
    assert row["breached"] == "2026-11-18T15:00:00Z"
    assert (row["late_by_s"], row["late_working_s"]) == (2 * 86_400, 16 * 3600)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 6),
        (("--fail-on", "at-risk"), 6),
        (("priority:urgent",), 0),
        (("priority:urgent", "--fail-on", "at-risk"), 0),
        (("priority:urgent", "--fail-on", "at-risk", "--within", "20m"), 5),
        (("4",), 0),
        (("4", "--fail-on", "at-risk"), 5),
        (("77",), 3),
    ],
)
def test_the_exit_code_is_the_answer(friday: Path, words: tuple[str, ...], code: int) -> None:
    shown = run("breaches", "-q", *words, queue=friday)

    assert (shown.code, shown.out) == (code, "")


def test_a_term_without_its_key_never_says_that_all_is_well(friday: Path) -> None:
    refused = run("breaches", "-q", "sales", queue=friday)

    assert (refused.code, "did you mean team:sales?" in refused.err) == (2, True)


def test_a_breach_is_found_to_the_second(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.ask("Two hours are promised", ago(hours=3))
        queue = bench.queue.path

    assert run("breaches", "-q", queue=queue, now="2026-11-20T14:00:00Z").code == 0
    assert run("breaches", "-q", queue=queue, now="2026-11-20T14:00:01Z").code == 6


def test_both_promises_to_resolve_are_one_until_the_first_is_over(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        late = bench.ask("Never resolved", ago(days=10))
        bench.reply(late, ago(days=10), status=Status.OPEN)
        again = bench.ask("Resolved and opened again", ago(days=10))
        bench.reply(again, ago(days=10), status=Status.OPEN)
        bench.record(again, ago(days=9), Kind.RESOLVED)
        bench.record(again, ago(days=8), Kind.REOPENED)
        queue = bench.queue.path

    rows = json.loads(run("breaches", "--json", queue=queue).out)

    assert [(row["id"], row["clock"]) for row in rows] == [(late, "resolution_first"), (again, "resolution_total")]


def test_tickets_older_than_enforce_from_raise_no_alarm_and_are_counted(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS.replace("[sla]", "[sla]\nenforce_from = 2026-11-01T00:00:00Z")) as bench:
        bench.ask("From the old desk", ago(days=60))
        queue = bench.queue.path

    shown = run("breaches", queue=queue, terminal=True)

    assert shown.code == 0
    assert "2 late promises from before 1 Nov 01:00 raise no alarm (sla.enforce_from)" in shown.err


def test_the_worst_fifty_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        for _ in range(51):
            bench.ask("Late", ago(hours=3))
        queue = bench.queue.path

    shown = run("breaches", queue=queue).out

    assert shown.endswith("51 promises late, 0 at risk, on 51 tickets; the worst 50 shown, -L 0 shows all\n")
    assert len(run("breaches", "-f", "ids", queue=queue).out.splitlines()) == 51


@pytest.mark.parametrize(("words", "named"), [(("-L", "-1"), "-1 rows"), (("-f", "nagos"), "did you mean nagios?")])
def test_what_no_answer_could_be_is_refused(friday: Path, words: tuple[str, ...], named: str) -> None:
    refused = run("breaches", *words, queue=friday)

    assert (refused.code, named in refused.err) == (2, True)


def test_a_file_gets_the_answer_in_the_format_of_its_name(own_friday: Path, tmp_path: Path) -> None:
    shown = run("breaches", "-o", str(tmp_path / "late.json"), queue=own_friday)

    assert (shown.code, shown.out) == (6, "")
    assert len(json.loads((tmp_path / "late.json").read_text())) == 3


@pytest.mark.parametrize("statement", [ANY, COUNT])
@pytest.mark.parametrize("level", [Level.LATE, Level.AT_RISK])
def test_whether_and_how_much_is_late_is_told_by_an_index_alone(tmp_path: Path, statement: str, level: Level) -> None:
    with a_queue(tmp_path) as bench:
        lookout = Lookout(ago(), ago())
        filled = _filled(statement, level, lookout)
        plan = bench.queue.connection.execute(f"explain query plan {filled}", lookout.parameters).fetchall()

    assert re.search(r"SEARCH clock USING COVERING INDEX clock_due \(.*due_at[<>]\?", str(plan))


def test_the_exit_code_alone_loads_neither_screens_nor_settings(friday: Path) -> None:
    code = (
        "import sys; from supportq.app import run; from supportq.output.streams import Streams\n"
        "assert run(['breaches', '-q'], Streams.of_process()) == 6\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules} & {'rich', 'pydantic', 'sqlite_utils', 'tomllib'}))"
    )
    environment = {"SUPPORTQ_QUEUE": str(friday), "SUPPORTQ_NOW": "2026-11-20T15:00:00Z"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)

    assert done.stdout == "\n"
