"""What a command may import: a start is quick only as long as nobody imports what it does not need."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from processes import environment, supportq

HEAVY = {"pydantic", "sqlite_utils", "dateutil", "email", "rich", "tomlkit", "tomli_w", "jinja2"}

REPORT = """
import sys
sys.argv = ["supportq", *sys.argv[1:]]
from supportq.app import main
try:
    main()
except SystemExit:
    pass
loaded = dict(sys.modules)
slow = {
    value.__qualname__
    for name, module in loaded.items() if name.startswith("supportq.")
    for value in vars(module).values() if isinstance(value, type) and "__dataclass_params__" in vars(value)
}
import json
json.dump({"modules": sorted(loaded), "slow": sorted(slow)}, sys.stderr)
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    for words in ("init team.db --preset liveagent", "log Parcel -c ida@example.com -m gone"):
        assert supportq(*words.split(), folder=folder).returncode == 0
    return folder


def imported(words: str, desk: Path) -> tuple[list[str], list[str]]:
    """Return the modules that a command imports, and the values that it makes in the standard library's slow way."""
    ran = subprocess.run(
        [sys.executable, "-c", REPORT, *words.split()],
        env=environment(desk),
        cwd=desk,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(ran.stderr.splitlines()[-1])
    return found["modules"], found["slow"]


def report(words: str, desk: Path) -> tuple[set[str], list[str]]:
    """Return the packages that a command imports, and its slow values."""
    modules, slow = imported(words, desk)
    return {name.partition(".")[0] for name in modules}, slow


def test_the_version_is_told_before_anything_is_imported(desk: Path) -> None:
    packages, _ = report("--version", desk)

    assert packages & (HEAVY | {"typer", "sqlite3", "json", "dataclasses", "tomllib"}) == set()


@pytest.mark.parametrize("words", ["li", "list status:", "help fi"])
def test_completion_of_words_imports_neither_typer_nor_sqlite(words: str, desk: Path) -> None:
    packages, slow = report(f"__complete fish {words}", desk)

    assert packages & (HEAVY | {"typer", "sqlite3", "tomllib"}) == set()
    assert slow == []


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("breaches -q", 42),
        ("list -f tsv", 53),
        ("next -f tsv", 70),
        ("log Lost -c a@example.com -m gone", 98),
    ],
)
def test_a_daily_command_imports_few_of_our_modules(words: str, most: int, desk: Path) -> None:
    modules, _ = imported(f"{words} --queue {desk / 'team.db'}", desk)

    ours = [name for name in modules if name.startswith("supportq")]
    assert len(ours) <= most, ours


@pytest.mark.parametrize(
    "words",
    ["list -f json", "list -f tsv", "breaches -q", "next -f tsv", "log Lost -c a@example.com -m gone", "list --help"],
)
def test_daily_commands_import_nothing_heavy(words: str, desk: Path) -> None:
    packages, slow = report(f"{words} --queue {desk / 'team.db'}", desk)

    assert packages & HEAVY == set()
    assert slow == []


def test_toml_is_read_only_where_somebody_wrote_some(desk: Path) -> None:
    named = f"--queue {desk / 'team.db'}"
    without, _ = report(f"list -f tsv {named}", desk)
    preferences = desk / "home" / ".config" / "supportq" / "preferences.toml"
    preferences.parent.mkdir(parents=True)
    preferences.write_text('agent = "ann"\n', encoding="utf-8")
    with_some, _ = report(f"list -f tsv {named}", desk)

    assert ("tomllib" in without, "tomllib" in with_some) == (False, True)
