"""The lines that mail servers, cron and systemd run: as they stand, but for where the program and the queue are."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest
from dovecot import PASSWORD, dovecot
from processes import ROOT, SUPPORTQ, environment, supportq

PLACE = ROOT / "examples" / "mail-server"
MAIL = (ROOT / "examples" / "mail" / "damaged-parcel.eml").read_bytes()
NEAR = """
[mail.accounts.support]
address = "support@example.com"
password = "desk-mail"
imap = {{ host = "127.0.0.1", port = {port}, tls = "none", user = "support" }}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    assert supportq("init", "team.db", "--preset", "liveagent", folder=tmp_path).returncode == 0
    return tmp_path


@pytest.fixture
def fetching(desk: Path) -> Iterator[Path]:
    """A desk whose account has a mail waiting on a real server."""
    with dovecot() as server:
        server.put("support", MAIL)
        settings = supportq("config", "show", folder=desk).stdout + NEAR.format(port=server.port)
        assert supportq("config", "apply", "-", "--yes", folder=desk, stdin=settings).returncode == 0
        yield desk


def line(file: str, pattern: str) -> str:
    """Return the command in a file of the examples."""
    found = re.search(pattern, (PLACE / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]


def as_here(command: str, desk: Path) -> str:
    return command.replace("/usr/local/bin/supportq", SUPPORTQ).replace("/srv/desk/team.db", str(desk / "team.db"))


def test_the_accounts_can_be_added_to_any_settings(desk: Path) -> None:
    accounts = (PLACE / "accounts.toml").read_text(encoding="utf-8")
    settings = supportq("config", "show", folder=desk).stdout + accounts

    checked = supportq("config", "apply", "-", "--yes", folder=desk, stdin=settings)
    assert checked.returncode == 0, checked.stderr
    said = supportq("preferences", "set", "secrets.desk-mail.command", "pass show desk-mail", folder=desk)
    assert said.returncode == 0, said.stderr
    assert "preferences set secrets.desk-mail.command" in accounts


@pytest.mark.parametrize(("file", "pattern"), [("aliases", r'^support: "\|(.+)"$'), ("procmailrc", r"^\| (.+)$")])
def test_a_mail_server_is_told_that_a_mail_is_stored_or_to_try_again(file: str, pattern: str, desk: Path) -> None:
    command = as_here(line(file, pattern), desk)
    stored = subprocess.run(["sh", "-c", command], input=MAIL, env={}, check=False)
    (desk / "team.db").rename(desk / "away.db")
    failed = subprocess.run(["sh", "-c", command], input=MAIL, env={}, check=False, capture_output=True)

    assert (stored.returncode, failed.returncode) == (0, 75)
    assert supportq("count", "--queue", "away.db", folder=desk).stdout.strip() == "1"


def test_cron_fetches_and_says_nothing_while_all_is_well(fetching: Path) -> None:
    command = as_here(line("crontab", r"^\*/2 \* \* \* \*  (.+)$"), fetching)
    ran = subprocess.run(
        ["sh", "-c", command], env=as_a_service(fetching), cwd="/", capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert supportq("count", folder=fetching).stdout.strip() == "1"


def test_the_service_takes_mail_in_and_ends_in_peace(fetching: Path) -> None:
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(PLACE / "supportq-fetch.service")
    words = shlex.split(as_here(unit["Service"]["ExecStart"], fetching))
    process = subprocess.Popen(words, env=as_a_service(fetching), stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        assert process.stderr.readline().endswith("support: 1 mail: 1 new ticket.\n")
        process.terminate()
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.communicate()


def as_a_service(desk: Path) -> dict[str, str]:
    """Return the environment of what nobody has started, with the password where preferences look for it."""
    preferences = desk / "home" / ".config" / "supportq" / "preferences.toml"
    preferences.parent.mkdir(parents=True)
    (desk / "credential").write_text(f"{PASSWORD}\n", encoding="utf-8")
    preferences.write_text(f'[secrets.desk-mail]\ncommand = "cat {desk}/credential"\n', encoding="utf-8")
    told = environment(desk)
    return {name: told[name] for name in ("PATH", "HOME", "SUPPORTQ_QUEUE")}
