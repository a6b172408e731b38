"""What monitoring systems read: the line of a Nagios plugin, and figures for Prometheus."""

import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from processes import supportq
from prometheus_client.parser import text_string_to_metric_families
from queues import SETTINGS, a_queue, ago, new_queue
from running import run

from supportq.output.prom import exposition
from supportq.store.breaches import Tally

_RANGE = r"(?:@?(?:~|-?[\d.]+)?:?(?:-?[\d.]+)?)"
_DATUM = (
    rf"(?:'[^'=|]+'|[^\s'=|]+)=-?[\d.]+(?:us|ms|s|%|B|KB|MB|TB|c)?;{_RANGE};{_RANGE};(?:-?[\d.]+)?(?:;(?:-?[\d.]+)?)?"
)
_PLUGIN_LINE = re.compile(rf"SLA (OK|WARNING|CRITICAL) - [^|\n]+ \| {_DATUM}(?: {_DATUM})*\n")
"""A line as the guidelines for monitoring plugins have it; the minimum may stand last."""


@pytest.mark.parametrize(
    ("words", "code", "line"),
    [
        ((), 2, "SLA CRITICAL - 2 breached, 1 at risk | breached=2;;0;0 at_risk=1;0;;0 oldest_s=172800s;;;0"),
        (("-C", "2"), 1, "SLA WARNING - 2 breached, 1 at risk | breached=2;;2;0 at_risk=1;0;;0 oldest_s=172800s;;;0"),
        (("-C2", "-w1"), 0, "SLA OK - 2 breached, 1 at risk | breached=2;;2;0 at_risk=1;1;;0 oldest_s=172800s;;;0"),
        (
            ("-w@1:2", "-c", "~:2"),
            1,
            "SLA WARNING - 2 breached, 1 at risk | breached=2;;~:2;0 at_risk=1;@1:2;;0 oldest_s=172800s;;;0",
        ),
        (
            ("-w", "1:3", "-C", "3:"),
            2,
            "SLA CRITICAL - 2 breached, 1 at risk | breached=2;;3:;0 at_risk=1;1:3;;0 oldest_s=172800s;;;0",
        ),
        (("4",), 1, "SLA WARNING - 0 breached, 1 at risk | breached=0;;0;0 at_risk=1;0;;0 oldest_s=0s;;;0"),
        (("1",), 0, "SLA OK - 0 breached, 0 at risk | breached=0;;0;0 at_risk=0;0;;0 oldest_s=0s;;;0"),
    ],
)
def test_a_plugin_says_in_one_line_and_its_state_how_things_are(
    friday: Path, words: tuple[str, ...], code: int, line: str
) -> None:
    shown = run("breaches", "-f", "nagios", *words, queue=friday)

    assert (shown.code, shown.out, shown.err) == (code, f"{line}\n", "")
    assert _PLUGIN_LINE.fullmatch(shown.out)


def test_a_plugin_counts_what_was_missed_since_its_check_ran_last(tmp_path: Path) -> None:
    words = ("breaches", "-f", "nagios", "--check", "monitor")
    with a_queue(tmp_path) as bench:
        number = bench.ask("Two hours are promised", ago(hours=3))
        quiet = run(*words, queue=bench.queue.path, now="2026-11-20T13:00:00Z")
        bench.reply(number, ago())
        missed, after = (run(*words, queue=bench.queue.path) for _ in range(2))

    assert [shown.code for shown in (quiet, missed, after)] == [0, 2, 0]
    assert missed.out.startswith("SLA CRITICAL - 1 breached, 0 at risk")


@pytest.mark.parametrize(
    "words",
    [
        ("-f", "nagios", "--nope"),
        ("--format=nagios", "-w", "many"),
        ("--format=nagios", "-w", "5:1"),
        ("--format=nagios", "-c", "@"),
        ("--format=nagios", "--tz", "Nope/Nope"),
        ("-fnagios", "4711"),
        ("-qf", "nagios", "priority:urgnt"),
        ("-f", "nagios", "sales"),
        ("--format", "nagios", "--since-last"),
        ("-f", "nagios", "--queue", "/nowhere/desk.db"),
        ("-f", "nagios", "--now", "whenever"),
    ],
)
def test_every_failure_of_a_plugin_is_unknown(friday: Path, words: tuple[str, ...]) -> None:
    shown = run("breaches", *words, queue=friday)

    assert (shown.code, shown.err) == (3, "")
    assert re.fullmatch(r"SLA UNKNOWN - [^|\n]+\n", shown.out)


def test_a_plugin_says_one_line_where_it_can_not_remember_it_and_says_it_again(own_friday: Path) -> None:
    words = ("breaches", "-f", "nagios", "--check", "b", "--since-last")
    with closing(sqlite3.connect(own_friday)) as lock:
        lock.execute("begin immediate")
        locked = run(*words, queue=own_friday, environment={"SUPPORTQ_BUSY": "0"})

    assert (locked.code, locked.out.count("\n"), locked.err) == (2, 1, "")
    assert [run(*words, queue=own_friday).code for _ in range(2)] == [2, 0]


def test_no_name_of_a_file_breaks_the_line_of_a_plugin(tmp_path: Path) -> None:
    shown = run("breaches", "-f", "nagios", "--queue", "/no|where\n\x1b[2J", queue=tmp_path / "desk.db")

    assert (shown.code, shown.out) == (3, "SLA UNKNOWN - no queue file at /no/where \n")


def test_a_file_that_is_no_queue_is_unknown_in_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "team.db").write_text("not a queue", encoding="utf-8")
    ran = supportq("breaches", "-f", "nagios", folder=tmp_path)

    assert (ran.returncode, ran.stderr) == (3, "")
    assert ran.stdout.startswith(f"SLA UNKNOWN - {tmp_path}/team.db is not a queue file")


def samples(text: str) -> dict[str, dict[tuple[str, str], float]]:
    """Read figures as Prometheus does: metric -> (team, priority) -> value."""
    return {
        family.name: {
            (sample.labels.get("team", ""), sample.labels.get("priority", "")): sample.value
            for sample in family.samples
        }
        for family in text_string_to_metric_families(text)
    }


def test_prometheus_reads_the_figures_of_each_team_and_priority(friday: Path) -> None:
    shown = run("breaches", "-f", "prom", queue=friday)
    found = samples(shown.out)

    assert shown.code == 6
    assert {cell: value for cell, value in found["supportq_late_promises"].items() if value} == {
        ("technical", "normal"): 1,
        ("sales", "normal"): 1,
    }
    assert found["supportq_at_risk_promises"]["sales", "normal"] == 1
    assert found["supportq_longest_late_seconds"]["technical", "normal"] == 2 * 86_400
    assert found["supportq_last_run_timestamp_seconds"] == {
        ("", ""): datetime(2026, 11, 20, 15, tzinfo=UTC).timestamp()
    }


def test_every_metric_has_its_help_and_type(friday: Path) -> None:
    families = list(text_string_to_metric_families(run("breaches", "-f", "prom", queue=friday).out))

    assert [(family.type, bool(family.documentation)) for family in families] == [("gauge", True)] * 4


def test_series_go_on_when_all_is_well(tmp_path: Path) -> None:
    shown = run("breaches", "-f", "prom", queue=new_queue(tmp_path / "desk.db"))
    found = samples(shown.out)["supportq_late_promises"]

    assert shown.code == 0
    assert len(found) == 3 * 4
    assert set(found.values()) == {0}


def test_labels_are_escaped() -> None:
    team = 'say "hi"\\\n'
    text = "".join(exposition([Tally(team, "high", 3, ago(hours=1))], [], [team], ago()))

    assert samples(text)["supportq_late_promises"][team, "high"] == 3


def test_the_collector_may_read_the_file_that_is_replaced_as_a_whole(own_friday: Path, tmp_path: Path) -> None:
    file = tmp_path / "textfiles" / "supportq.prom"
    file.parent.mkdir()
    before = os.umask(0o077)
    try:
        first = run("breaches", "-o", str(file), queue=own_friday)
        inode = file.stat().st_ino
        run("breaches", "-f", "prom", "-o", str(file), queue=own_friday)
    finally:
        os.umask(before)

    assert (first.code, first.out, first.err) == (6, "", "")
    assert file.stat().st_mode & 0o777 == 0o644
    assert file.stat().st_ino != inode
    assert [each.name for each in file.parent.iterdir()] == ["supportq.prom"]
    assert file.read_text(encoding="utf-8").endswith("\n")


def test_figures_that_can_not_be_had_leave_the_old_file_with_its_old_moment(own_friday: Path, tmp_path: Path) -> None:
    file = tmp_path / "supportq.prom"
    run("breaches", "-o", str(file), queue=own_friday)
    before = file.read_bytes()

    assert run("breaches", "nonsense:1", "-o", str(file), queue=own_friday).code == 2
    assert file.read_bytes() == before


def test_figures_are_of_now_and_no_check_has_a_part_in_them(friday: Path) -> None:
    assert run("breaches", "-f", "prom", "--check", "x", queue=friday).code == 2


def test_thresholds_are_for_plugins_alone(friday: Path) -> None:
    refused = run("breaches", "-w", "5", queue=friday)

    assert (refused.code, "-f nagios" in refused.err) == (2, True)


def test_other_commands_know_no_forms_of_monitors(friday: Path) -> None:
    assert run("list", "-f", "prom", queue=friday).code == 2


def test_enforce_from_holds_for_monitors_too(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS.replace("[sla]", "[sla]\nenforce_from = 2026-11-01T00:00:00Z")) as bench:
        bench.ask("From the old desk", ago(days=60))

        assert run("breaches", "-f", "nagios", queue=bench.queue.path).code == 0
