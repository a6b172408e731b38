"""What holds for every command: its page, its examples, its exit codes, its dry run and undo, its clean screen."""

import inspect
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
import typer
from queues import SETTINGS, a_queue, ago
from running import run

from supportq.app import COMMANDS
from supportq.commands.entry import Entry, find_entry
from supportq.commands.tree import branch, leaf
from supportq.desk import Desk
from supportq.errors import ExitCode
from supportq.model.event import Kind
from supportq.output.streams import Streams
from supportq.store.home import home_of

Words = tuple[str, ...]


def leaves(entries: Sequence[Entry] = COMMANDS, path: Words = ()) -> Iterator[tuple[Words, Entry]]:
    for entry in entries:
        if entry.inner:
            yield from leaves(entry.inner, (*path, entry.name))
        else:
            yield (*path, entry.name), entry


LEAVES = dict(leaves())
GROUPS = {(entry.name,): entry for entry in COMMANDS if entry.inner}
PATHS = [*LEAVES, *GROUPS]
ENOUGH: dict[Words, Words] = {
    ("triage",): ("1", "--priority", "high"),
    ("log",): ("Hello", "-c", "eve@example.com", "-m", "Are you open?"),
    ("import",): ("-", "--from", "csv"),
    ("prioritise",): ("1", "urgent"),
    ("rate",): ("1", "2", "-m", "too slow"),
    ("assign",): ("1", "ben"),
    ("escalate",): ("1", "--to", "ben"),
    ("undo",): ("--list",),
    ("redo",): ("--list",),
    ("set",): ("1", "category=order"),
    ("reply",): ("1", "-m", "It is on its way."),
    ("notify",): ("team:technical", "-m", "We are down."),
    ("note",): ("1", "-m", "rang"),
    ("wait",): ("1", "--until", "2d"),
    ("search",): ("order",),
    ("customer",): ("ann@example.com",),
    ("backup",): ("copy.db",),
    ("sql",): ("select 1",),
    ("config", "apply"): ("-", "--yes"),
    ("config", "set"): ("reopen_days", "30"),
    ("sla", "why"): ("1",),
    ("sla", "plan"): ("--settings", "-"),
    ("sla", "correct"): ("1", "--clock", "first_response", "--reason", "holiday"),
    ("canned", "show"): ("thanks",),
    ("canned", "render"): ("thanks", "1"),
    ("hours", "add"): ("office", "now", "2h"),
    ("hours", "between"): ("office", "yesterday", "now"),
    ("hours", "show"): ("office",),
    ("hours", "holidays", "import"): ("PL", "--years", "2026", "--yes"),
    ("report",): ("sla",),
    ("show",): ("1",),
    ("attachment", "save"): ("1",),
    **dict.fromkeys((("outbox", "show"), ("outbox", "cancel"), ("outbox", "retry")), ("6",)),
    ("outbox", "confirm"): ("7",),
    **dict.fromkeys([(verb,) for verb in ("take", "drop", "spam", "dismiss", "resolve", "close", "reopen")], ("1",)),
}
"""What each command needs to be understood; those that are not here need nothing."""

STDIN: dict[Words, str] = {
    ("import",): "subject,email,body\nHello,eve@example.com,Are you open?\n",
    ("deliver",): "From: eve@example.com\nSubject: Hello\n\nAre you open?\n",
    **dict.fromkeys((("config", "apply"), ("sla", "plan")), SETTINGS.replace('"2h"', '"3h"')),
}
FAILING: dict[Words, ExitCode] = {("deliver",): ExitCode.TRY_AGAIN}
"""What else than usual a command says of every failure."""

NEEDS_NO_QUEUE = {
    ("init",),
    ("demo",),
    ("completion",),
    ("help",),
    ("config", "check"),
    ("preferences", "show"),
    ("preferences", "edit"),
    ("preferences", "set"),
    ("preferences", "unset"),
}
OF_TICKETS = [
    path for path, entry in LEAVES.items() if entry.kind in {"writer", "both"} and ENOUGH.get(path, ("",))[0] == "1"
]
WRITERS = [
    path
    for path, entry in LEAVES.items()
    if entry.kind in {"writer", "both"}
    and path not in {("undo",), ("redo",), ("next",), ("config", "edit"), ("send",), ("fetch",), ("notify",)}
]
READERS = [path for path, entry in LEAVES.items() if entry.kind in {"reader", "both"}]

HOSTILE = "[/x] [a[ [bold]:smile: \x1b[31mred \x1b]52;c;aGk=\x07 \x9b2J \u202edcba \x00 \r\n\x08 \u2028 {id}"
TAG = "fire\x1b[31m\u202e"
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")


@pytest.fixture(scope="session")
def lent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A queue with five tickets, of which the first one can be worked on in every way; nobody changes it."""
    with a_queue(tmp_path_factory.mktemp("lent")) as bench:
        for number in range(5):
            bench.ask(f"Order {number} not here", ago(hours=5), who="Ann Berg <ann@example.com>", team="technical")
        bench.write(4, ago(hours=4))
        bench.write(5, ago(hours=4), outcome=Kind.UNSURE)
        return bench.queue.path


@pytest.fixture
def queue(lent: Path, tmp_path: Path) -> Path:
    """A copy of that queue to work on, which sends its mail itself."""
    path = Path(shutil.copy(lent, tmp_path / "desk.db"))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update outbox set home = ?", [home_of(path)])
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A queue in which every text tries to do something to the terminal."""
    rules = f'\n[[rules]]\nname = "{toml(HOSTILE)}"\nwhen = "status:new"\ntags = ["{toml(TAG)}"]\n'
    settings = SETTINGS.replace("Thank you", toml(HOSTILE)).replace('"Thanks"', f'"{toml(HOSTILE)}"')
    with a_queue(
        tmp_path_factory.mktemp("hostile"), settings.replace('"Ann Lee"', f'"{toml(HOSTILE)}"') + rules
    ) as bench:
        number = bench.ask(
            HOSTILE,
            ago(days=4),
            who=f"{HOSTILE} <ann@example.com>",
            body=HOSTILE,
            fields={"order": HOSTILE},
            tags_added=[TAG],
        )
        bench.note(number, ago(days=3), HOSTILE)
        bench.reply(number, ago(days=2), HOSTILE)
        bench.ask_again(number, ago(days=1), HOSTILE)
        path = bench.queue.path
    run("set", "1", "team=sales", "--reason", HOSTILE.replace("\0", ""), queue=path)
    return path


def toml(text: str) -> str:
    return "".join(letter if letter.isalnum() or letter in " [];:{}" else f"\\U{ord(letter):08x}" for letter in text)


def command(path: Words) -> typer.core.TyperCommand:
    return leaf(LEAVES[path], ".".join(["supportq.commands", *path[:-1]]))


def commands_in(line: str) -> Iterator[list[str]]:
    """Yield the words of each call of supportq in a line of shell."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>()")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, "|"]:
        if set(word) <= set("|&;<>()"):
            if "supportq" in words:
                yield words[words.index("supportq") + 1 :]
            words = []
        else:
            words.append(word)


def dump(path: Path) -> list[str]:
    """Return what is in the queue, but for numbers that are given out and never given back."""
    connection = sqlite3.connect(path)
    connection.create_function("casefolded", 1, str.casefold, deterministic=True)
    lines = [line for line in connection.iterdump() if "sqlite_sequence" not in line]
    connection.close()
    return lines


def last_change(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [str(number) for number in connection.execute("select max(id) from change").fetchone()]


def tickets(path: Path) -> list[tuple[object, ...]]:
    """Return the tickets and clocks as anybody can see them, but for when they were last touched."""
    connection = sqlite3.connect(path)
    shown = [row[1] for row in connection.execute("pragma table_info(ticket_view)") if row[1] != "updated_at"]
    found = connection.execute(f"select {', '.join(shown)} from ticket_view order by id").fetchall()
    found += connection.execute("select * from clock_view order by 1, 2, 3").fetchall()
    connection.close()
    return found


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_a_command_is_what_the_table_says(path: Words) -> None:
    entry = LEAVES[path]
    module = import_module(".".join(["supportq.commands", *path[:-1], entry.function]))

    assert (module.__doc__ or "").strip() == f"supportq {' '.join(path)}."
    assert (inspect.getdoc(getattr(module, entry.function)) or "").splitlines()[:1] == [entry.help]
    assert module.EXAMPLES.strip()


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_the_examples_of_a_command_are_understood(path: Words, tmp_path: Path) -> None:
    examples = command(path).examples.strip().splitlines()  # type: ignore[attr-defined]

    for line in examples:
        for words in commands_in(line):
            understood(words, tmp_path)


def understood(words: list[str], folder: Path) -> None:
    """Read words as the command line does, without carrying anything out."""
    desk = Desk(Streams(sys.stdin, sys.stdout, sys.stderr, {"XDG_CONFIG_HOME": str(folder)}))
    entries = COMMANDS
    path: Words = ()
    context = typer.Context(branch("supportq", COMMANDS, "supportq.commands", ""), obj=desk)
    while (entry := find_entry(entries, words[0])) and entry.inner:
        entries, path, words = entry.inner, (*path, entry.name), words[1:]
    assert entry is not None
    leaf(entry, ".".join(["supportq.commands", *path])).make_context(entry.name, words[1:], parent=context)


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_a_help_page_fits_80_columns_in_any_encoding_and_touches_no_file(path: Words, tmp_path: Path) -> None:
    page = run(*path, "--help", queue=tmp_path / "none.db")

    assert (page.code, page.err) == (ExitCode.DONE, "")
    assert page.out == run(*path, "-h", queue=tmp_path / "none.db").out
    assert page.out.isascii()
    assert max(map(len, page.out.splitlines())) <= 80
    assert list(tmp_path.iterdir()) == []


def test_help_imports_nothing_slow() -> None:
    pages = [[*path, "--help"] for path in PATHS]
    program = (
        "import sys, io\n"
        "from supportq.app import run\n"
        "from supportq.output.streams import Streams\n"
        f"for words in {pages!r}: run(words, Streams(io.StringIO(), io.StringIO(), io.StringIO(), {{}}))\n"
        "print(sorted({'rich', 'pydantic', 'sqlite_utils', 'jinja2', 'tomlkit'} & set(sys.modules)))\n"
    )

    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_the_program_explains_itself_in_every_locale(encoding: str) -> None:
    program = "from supportq.app import main; main()"
    shown = subprocess.run(
        [sys.executable, "-c", program, "--help"], capture_output=True, check=True, env={"PYTHONIOENCODING": encoding}
    )

    assert shown.stderr == b""
    assert b"supportq next --take" in shown.stdout


@pytest.mark.parametrize("path", [path for path in LEAVES if path not in NEEDS_NO_QUEUE], ids=" ".join)
def test_a_missing_queue_is_said_and_never_made(path: Words, tmp_path: Path) -> None:
    none = tmp_path / "none.db"

    missing = run(*path, *ENOUGH.get(path, ()), "--no-input", queue=none, stdin=STDIN.get(path, ""))

    assert missing.code == FAILING.get(path, ExitCode.FAILED), missing.err
    assert f"no queue file at {none}" in missing.err
    assert f"supportq init {none}" in missing.err
    assert not none.exists()


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_an_unknown_option_is_a_mistake_that_names_the_page(path: Words, lent: Path) -> None:
    mistaken = run(*path, *ENOUGH.get(path, ()), "--nonsense", queue=lent)

    assert mistaken.code == FAILING.get(path, ExitCode.USAGE)
    assert f"supportq {' '.join(path)} --help" in mistaken.err
    assert mistaken.out == ""


@pytest.mark.parametrize("path", [path for path in OF_TICKETS if path != ("triage",)], ids=" ".join)
def test_a_writer_changes_nothing_without_being_told_which_tickets(path: Words, lent: Path) -> None:
    before = dump(lent)
    rest = ENOUGH[path][1:]

    assert run(*path, *rest, "--yes", queue=lent).code == ExitCode.USAGE
    assert dump(lent) == before


@pytest.mark.parametrize("path", OF_TICKETS, ids=" ".join)
def test_one_ticket_that_is_not_there_changes_none(path: Words, lent: Path) -> None:
    before = dump(lent)
    refused = run(*path, "1,99", *ENOUGH[path][1:], "--yes", queue=lent)

    assert refused.code == ExitCode.NOT_FOUND
    assert "no ticket 99" in refused.err
    assert dump(lent) == before


@pytest.mark.parametrize("path", [path for path in OF_TICKETS if path != ("reply",)], ids=" ".join)
def test_many_tickets_are_changed_only_after_a_yes(path: Words, lent: Path) -> None:
    before = dump(lent)

    asked = run(*path, "1-5", *ENOUGH[path][1:], queue=lent)

    assert asked.code == ExitCode.USAGE
    assert "--yes" in asked.err
    assert dump(lent) == before


@pytest.mark.parametrize("path", WRITERS, ids=" ".join)
def test_a_dry_run_changes_nothing_and_an_undo_gives_everything_back(path: Words, queue: Path) -> None:
    words, stdin = (*path, *ENOUGH.get(path, ())), STDIN.get(path, "")
    if path == ("reopen",):
        run("close", "1", queue=queue)
    if path == ("drop",):
        run("take", "1", queue=queue)
    before, shown = dump(queue), tickets(queue)

    dry = run(*words, "--dry-run", queue=queue, stdin=stdin)
    after_dry = dump(queue)
    done = run(*words, queue=queue, stdin=stdin)
    changed = dump(queue) != before
    what_came_in = last_change(queue) if path == ("deliver",) else []
    undone = run("undo", *what_came_in, queue=queue)

    assert dry.code == ExitCode.DONE, dry.err
    assert after_dry == before
    assert done.code == ExitCode.DONE, done.err
    assert changed
    assert undone.code == ExitCode.DONE, undone.err
    assert tickets(queue) == shown
    assert run("doctor", queue=queue).out == ""


@pytest.mark.parametrize("path", WRITERS, ids=" ".join)
def test_now_is_when_a_writer_did_its_work(path: Words, queue: Path) -> None:
    if path == ("reopen",):
        run("close", "1", queue=queue)
    if path == ("drop",):
        run("take", "1", queue=queue)

    done = run(*path, *ENOUGH.get(path, ()), "--now", "2027-03-01T12:34:56Z", queue=queue, stdin=STDIN.get(path, ""))
    last = run("sql", "select recorded_at from change order by id desc limit 1", "--no-header", queue=queue)

    assert done.code == ExitCode.DONE, done.err
    assert last.out == "2027-03-01T12:34:56Z\n"


@pytest.mark.parametrize("path", READERS, ids=" ".join)
def test_a_reader_changes_no_row(path: Words, lent: Path) -> None:
    before = dump(lent)

    run(*path, *ENOUGH.get(path, ()), queue=lent)

    assert dump(lent) == before


@pytest.mark.parametrize("form", ["table", "tsv", "csv", "json", "jsonl", "md", "html"])
@pytest.mark.parametrize("path", [*READERS, ("config", "show"), ("canned", "show"), ("canned", "render")], ids=" ".join)
def test_what_a_stranger_wrote_does_nothing_to_a_terminal(path: Words, form: str, hostile: Path) -> None:
    extra = ("--format", form) if path in READERS else ()
    shown = run(*path, *ENOUGH.get(path, ()), *extra, queue=hostile, terminal=True, environment={"PAGER": ""})

    assert "Traceback" not in shown.err
    assert "nobody foresaw" not in shown.err
    assert UNSAFE.findall(shown.out.replace("\r\n", "\n")) == []
    assert UNSAFE.findall(shown.err) == []


@pytest.mark.parametrize("path", READERS, ids=" ".join)
@pytest.mark.parametrize("columns", ["40", "200"])
def test_a_reader_draws_on_any_terminal(path: Words, columns: str, hostile: Path) -> None:
    shown = run(
        *path, *ENOUGH.get(path, ()), queue=hostile, terminal=True, environment={"PAGER": "", "COLUMNS": columns}
    )

    assert "nobody foresaw" not in shown.err
