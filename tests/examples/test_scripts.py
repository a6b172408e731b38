"""Every example that can be run is run: pipelines by a shell, cron lines with cron's empty environment."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from processes import BIN, NOW, ROOT, environment, program, supportq

EXAMPLES = ROOT / "examples"
CRONTAB = (EXAMPLES / "crontab").read_text(encoding="utf-8").splitlines()
_CRON_LINE = re.compile(r"(?:[\d*/,-]+ +){5}(?P<command>.+)")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    assert supportq("init", "team.db", "--preset", "liveagent", folder=folder).returncode == 0
    assert supportq("import", str(EXAMPLES / "inquiries.csv"), "--triage", folder=folder).returncode == 7
    return folder


def commands() -> list[str]:
    return [found["command"] for line in CRONTAB if (found := _CRON_LINE.fullmatch(line))]


def test_the_pipelines_run_from_beginning_to_end(desk: Path, tmp_path: Path) -> None:
    told = environment(desk)
    ran = subprocess.run(
        ["sh", "-e", EXAMPLES / "pipelines.sh"], cwd=tmp_path, env=told, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    written = {file.name: file.read_text(encoding="utf-8") for file in tmp_path.iterdir()}
    assert sorted(written) == sorted(
        [
            *("all.jsonl", "anonymous.jsonl", "calls.tsv", "channels.csv", "day.mbox", "hours-to-first-response.txt"),
            *(
                "desk.html",
                "digest.md",
                "new.tsv",
                "sla.md",
                "suspicious.ids",
                "tickets.csv",
                "volume.csv",
                "words.txt",
            ),
        ]
    )
    assert [name for name, text in written.items() if not text] == []


def test_pipelines_that_run_twice_import_nothing_twice(desk: Path, tmp_path: Path) -> None:
    script = ["sh", "-e", str(EXAMPLES / "pipelines.sh")]
    subprocess.run(script, cwd=tmp_path, env=environment(desk), capture_output=True, check=True)
    before = supportq("count", "status:any", "-f", "json", folder=desk).stdout
    subprocess.run(script, cwd=tmp_path, env=environment(desk), capture_output=True, check=True)

    assert supportq("count", "status:any", "-f", "json", folder=desk).stdout == before


def test_the_mails_of_the_examples_become_tickets_with_what_came_along(tmp_path: Path) -> None:
    supportq("init", "team.db", "--preset", "liveagent", folder=tmp_path)

    taken = supportq("import", str(EXAMPLES / "mail"), folder=tmp_path)

    assert "7 mails: 6 imported, 1 added to their tickets." in taken.stderr
    subjects = supportq("list", "status:any", "-T", "{subject}", folder=tmp_path).stdout.splitlines()
    assert {"Где мой заказ?", "織機の部品について", "Uszkodzona paczka", "Schaft klemmt"} < set(subjects)
    assert "zdjęcie paczki.png" in supportq("attachment", "list", folder=tmp_path).stdout


def test_every_line_of_the_jsonl_example_is_an_inquiry() -> None:
    lines = (EXAMPLES / "inquiries.jsonl").read_text(encoding="utf-8").splitlines()

    assert all(json.loads(line)["at"] < NOW for line in lines)


@pytest.mark.parametrize("command", commands())
def test_cron_lines_run_with_an_empty_environment(command: str, desk: Path) -> None:
    ran = by_cron(command, desk)

    assert ran.returncode in ({7} if "import" in command else {0}), ran.stderr
    assert "went wrong" not in ran.stderr


def test_cron_mails_a_page_about_each_breach_once(desk: Path) -> None:
    (command,) = (command for command in commands() if "breaches" in command and "html" in command)
    by_cron(command, desk)
    supportq("log", "The shuttle is lost", "-c", "mill@example.com", "--team=sales", folder=desk)
    first, again = (by_cron(command, desk, now="2026-11-23T09:00:00Z").stdout for _ in range(2))

    assert first.startswith("mail -s Late -a Content-Type: text/html; charset=utf-8 desk@example.com\n<!DOCTYPE html>")
    assert "The shuttle is lost" in first
    assert again == ""


def test_cron_mails_how_last_week_went_and_keeps_a_page(desk: Path) -> None:
    digest, page = (command for command in commands() if "report digest" in command or "report page" in command)
    mailed, kept = by_cron(digest, desk), by_cron(page, desk)

    assert mailed.stdout.splitlines()[1] == "<!DOCTYPE html>"
    assert "Came in" in mailed.stdout
    assert (kept.stdout, kept.stderr) == ("", "")
    assert "Arrivals by day" in (desk / "report.html").read_text(encoding="utf-8")


def test_cron_mails_nothing_while_all_is_well(desk: Path) -> None:
    for command in commands():
        if "report" not in command and "import" not in command:
            ran = by_cron(command, desk)
            assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", ""), command


def test_cron_mails_what_is_late_and_wakes_somebody_up(desk: Path) -> None:
    supportq("log", "The loom smokes", "-c", "mill@example.com", "--team=sales", "--priority=urgent", folder=desk)
    table, page = (by_cron(command, desk, now="2026-11-23T09:00:00Z") for command in commands()[:2])

    assert (table.returncode, "The loom smokes" in table.stdout) == (6, True)
    assert (page.returncode, page.stdout) == (0, "paged\n")


def by_cron(command: str, desk: Path, now: str = NOW) -> subprocess.CompletedProcess[str]:
    program(desk, "page-someone", "echo paged")
    program(desk, "mail", 'echo mail "$@"; cat')
    program(desk, "ifne", 'body=$(cat); test -z "$body" || printf "%s" "$body" | "$@"')
    command = command.replace("/srv/desk/inquiries.csv", str(EXAMPLES / "inquiries.csv"))
    command = command.replace("/var/lib/node_exporter", str(desk)).replace("/srv/backup", str(desk))
    command = command.replace("/srv/desk/report.html", str(desk / "report.html"))
    told = {"SUPPORTQ_QUEUE": str(desk / "team.db"), "PATH": f"{BIN}:{desk / 'bin'}:{os.defpath}", "SUPPORTQ_NOW": now}
    return subprocess.run(["/bin/sh", "-c", command], env=told, cwd="/", capture_output=True, text=True, check=False)
