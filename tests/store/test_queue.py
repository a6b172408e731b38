"""Queue files: made, opened, brought up to date, and what may be wrong with them."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from queues import Bench, ago, new_queue

from supportq.errors import SupportqError, TryAgain
from supportq.store import migrations
from supportq.store.check import missing_parts
from supportq.store.faults import MissingQueue, NewerSchema, NotAQueue
from supportq.store.opening import open_queue
from supportq.store.queue import Queue, create_queue, is_queue
from supportq.store.rebuild import differing
from supportq.store.upgrade import upgrade

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "tests")))}
ADD_TEXT = "insert into text (kind, body) values ('reason', 'x')"
COUNT_TEXTS = "select count(*) from text"
PYTHON = (sys.executable, "-c")

OPEN = """
import sys
from pathlib import Path
from supportq.errors import SupportqError
from supportq.store.opening import open_queue
sys.stdin.readline()
try:
    queue = open_queue(Path(sys.argv[1]), write=sys.argv[2] == "write")
    print(queue.connection.execute("select count(*) from ticket").fetchone()[0], "tickets")
except SupportqError as error:
    print(f"{int(error.exit_code)}: {error.cause}")
"""

UPGRADE = """
import os, sys, time
from pathlib import Path
from supportq.store.migrations import STEPS
from supportq.store.opening import open_queue
from supportq.store.upgrade import upgrade
queue = open_queue(Path(sys.argv[1]), write=True)
add = lambda database: database.execute("create table added (id integer primary key) strict")
ready = Path(sys.argv[2])
(ready / str(os.getpid())).touch()
while len(list(ready.iterdir())) < 4:
    time.sleep(0.01)
backup = upgrade(queue, (*STEPS, ("add a table", add)))
print(backup and backup.name)
"""

UPGRADE_SLOWLY = """
import sys, time
from contextlib import contextmanager
from pathlib import Path
from supportq.store.migrations import STEPS
from supportq.store.opening import open_queue
from supportq.store.upgrade import upgrade

@contextmanager
def stuck(backup, tickets):
    def report(done, _position):
        print(backup.name, done, "of", tickets, flush=True)
        time.sleep(600)
    yield report

add = lambda database: database.execute("create table added (id integer primary key) strict")
queue = open_queue(Path(sys.argv[1]), write=True)
upgrade(queue, (*STEPS, ("add a table", add)), refolded=len(STEPS) + 1, shown=stuck)
"""

FILL = """
import sys
from pathlib import Path
from queues import Bench, ago, new_queue
from supportq.errors import TryAgain
from supportq.store.opening import open_queue
path = new_queue(Path(sys.argv[1]) / "desk.db")
kept, queue = 0, open_queue(path, write=True)
try:
    while True:
        Bench(queue).ask("a", ago(hours=1), body="word " * 5000)
        kept += 1
except TryAgain as error:
    queue.close()
    queue = open_queue(path, write=False)
    found = queue.connection.execute("select count(*) from ticket").fetchone()[0]
    sound = queue.connection.execute("pragma integrity_check").fetchone()[0]
    said = "all there" if (found, sound) == (kept, "ok") else f"{found} of {kept}, {sound}"
    print(f"{int(error.exit_code)}: {error.cause}; {said}")
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return new_queue(tmp_path / "desk.db")


def test_a_new_queue_is_for_its_owner_alone_and_keeps_a_log_for_readers(tmp_path: Path) -> None:
    with closing(create_queue(tmp_path / "desk.db")) as queue:
        pragmas = [queue.connection.execute(f"pragma {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]

    assert pragmas == ["wal", 2]
    assert (tmp_path / "desk.db").stat().st_mode & 0o777 == 0o600
    assert is_queue(tmp_path / "desk.db")


def test_what_was_written_is_read_by_another_process_as_soon_as_it_is_done(desk: Path) -> None:
    with closing(open_queue(desk, write=True)) as ours, closing(open_queue(desk, write=False)) as theirs:
        Bench(ours).ask("a", ago(hours=1))

        assert theirs.connection.execute("select count(*) from ticket").fetchone() == (1,)


def test_a_reader_changes_nothing(desk: Path) -> None:
    with (
        closing(open_queue(desk, write=False)) as queue,
        pytest.raises(SupportqError, match="can't be written"),
        queue.writing() as connection,
    ):
        connection.execute("delete from desk")


def test_a_reader_sees_one_state_while_others_write(desk: Path) -> None:
    with closing(open_queue(desk, write=True)) as ours, closing(open_queue(desk, write=False)) as theirs:
        with theirs.reading() as connection:
            before = connection.execute("select count(*) from ticket").fetchone()
            Bench(ours).ask("a", ago(hours=1))

            assert connection.execute("select count(*) from ticket").fetchone() == before

        assert theirs.connection.execute("select count(*) from ticket").fetchone() == (1,)


def test_a_change_that_fails_leaves_nothing(desk: Path) -> None:
    with closing(open_queue(desk, write=True)) as queue:
        with pytest.raises(ZeroDivisionError):
            write_and_fail(queue)

        assert queue.connection.execute(COUNT_TEXTS).fetchone() == (0,)


def write_and_fail(queue: Queue) -> None:
    with queue.writing() as connection:
        connection.execute(ADD_TEXT)
        raise ZeroDivisionError


def test_a_dry_run_leaves_nothing(desk: Path) -> None:
    with closing(open_queue(desk, write=True)) as queue:
        with queue.writing(dry_run=True) as connection:
            connection.execute(ADD_TEXT)

        assert queue.connection.execute(COUNT_TEXTS).fetchone() == (0,)


def test_whoever_waits_too_long_for_another_writer_may_try_again(desk: Path) -> None:
    with closing(open_queue(desk, write=True)) as ours, closing(open_queue(desk, write=True, busy_s=0.05)) as theirs:
        with (
            ours.writing(),
            pytest.raises(TryAgain, match=r"busy for 0\.05 s .* nothing was changed"),
            theirs.writing(),
        ):
            pass

        with theirs.writing():
            pass


def test_a_file_that_is_not_there_is_missed_with_the_queues_nearby(desk: Path) -> None:
    with pytest.raises(MissingQueue, match="no queue file at") as missed:
        open_queue(desk.with_name("team.db"), write=False)

    assert missed.value.cures[-1] == f"queue files near here: {desk}"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"id,subject\n1,Order\n", "its header is another program's"),
        (b"SQLite format 3\0" + b"\0" * 100, "its header is another program's"),
    ],
)
def test_another_file_is_no_queue_and_stays_as_it_is(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "inquiries.csv"
    path.write_bytes(content)

    with pytest.raises(NotAQueue, match=why):
        open_queue(path, write=True)

    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_another_program_is_no_queue(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("create table ticket (id integer primary key)")

    with pytest.raises(NotAQueue, match="its header is another program's"):
        open_queue(path, write=True)


def test_a_folder_is_no_queue(tmp_path: Path) -> None:
    with pytest.raises(NotAQueue, match="it is a folder"):
        open_queue(tmp_path, write=False)


def test_a_queue_cut_short_is_told_from_a_whole_one(desk: Path) -> None:
    backups = [desk.with_name(f"{desk.stem}-2026112{day}T030000Z.db") for day in (1, 2)]
    for backup in backups:
        backup.touch()
    desk.write_bytes(desk.read_bytes()[:10_000])

    with pytest.raises(SupportqError, match="is damaged") as damaged:
        open_queue(desk, write=True)

    assert damaged.value.cures[0] == f"work on with the newest backup: --queue {backups[1]}"
    assert f"sqlite3 {desk} .dump" in damaged.value.cures[1]


def test_a_queue_of_a_newer_program_is_left_alone(desk: Path) -> None:
    with closing(sqlite3.connect(desk)) as database:
        database.execute(f"pragma user_version = {migrations.LATEST + 1}")

    with pytest.raises(NewerSchema, match=f"schema {migrations.LATEST + 1}; this one knows {migrations.LATEST}"):
        open_queue(desk, write=True)


@pytest.mark.parametrize("write", [True, False])
def test_an_older_queue_is_brought_up_to_date_after_a_backup(tmp_path: Path, *, write: bool) -> None:
    path = older_queue(tmp_path)

    with closing(open_queue(path, write=write)) as queue:
        assert queue.connection.execute("select count(*) from ticket").fetchone() == (0,)

    backup = path.with_name(f"desk.db.before-schema-{migrations.LATEST}")
    assert (is_queue(backup), backup.stat().st_mode & 0o777, version_of(backup)) == (True, 0o600, 0)


def test_a_queue_of_the_first_schema_learns_to_remember_what_checks_told(desk: Path) -> None:
    with closing(open_queue(desk, write=True)) as queue:
        Bench(queue).ask("a", ago(hours=1))
    with closing(sqlite3.connect(desk)) as database:
        database.executescript("drop table breach_told; drop table breach_check; pragma user_version = 1")
        database.execute("delete from _sqlite_migrations where name like '0002 %'")
        database.commit()

    with closing(open_queue(desk, write=False)) as queue:
        assert missing_parts(queue.connection) == []
        assert queue.connection.execute("select count(*) from ticket").fetchone() == (1,)


def test_an_upgrade_that_fails_leaves_the_queue_as_it_was(desk: Path) -> None:
    def fail(database: object) -> None:
        assert not database, "this step can't be taken"

    with closing(open_queue(desk, write=True)) as queue:
        with pytest.raises(AssertionError):
            upgrade(queue, (*migrations.STEPS, ("add a table", add_table), ("fail", fail)))

        assert version_of(desk) == migrations.LATEST
        assert queue.connection.execute("select 1 from sqlite_master where name = 'added'").fetchone() is None


def add_table(database: object) -> None:
    database.execute("create table added (id integer primary key) strict")  # type: ignore[attr-defined]


@contextmanager
def upgraded_slowly(desk: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process upgrade a queue for as long as this lasts, whose tickets it has just worked out anew."""
    command = [*PYTHON, UPGRADE_SLOWLY, str(desk)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as other:
        try:
            assert other.stdout is not None
            assert other.stdout.readline() == f"desk.db.before-schema-{migrations.LATEST + 1} 1 of 1\n"
            yield other
        finally:
            other.kill()


def test_a_queue_whose_upgrade_was_killed_is_as_it_was_and_the_next_one_upgrades_it(desk: Path) -> None:
    newer = (*migrations.STEPS, ("add a table", add_table))
    with closing(open_queue(desk, write=True)) as queue:
        Bench(queue).ask("a", ago(hours=1))
    with upgraded_slowly(desk) as other:
        other.kill()

    with closing(open_queue(desk, write=True)) as queue:
        assert (queue.version, missing_parts(queue.connection)) == (migrations.LATEST, [])

        assert upgrade(queue, newer, refolded=len(newer)) is not None

        assert queue.version == len(newer)
        assert list(differing(queue, lambda _rows, _position: None)) == []
        assert queue.connection.execute("select count(*) from ticket").fetchone() == (1,)


def test_who_can_not_wait_for_an_upgrade_is_told_that_it_goes_on(desk: Path) -> None:
    with closing(open_queue(desk, write=True, busy_s=0.05)) as queue:
        Bench(queue).ask("a", ago(hours=1))
        with upgraded_slowly(desk), pytest.raises(TryAgain, match="is being upgraded by another process"):
            upgrade(queue, (*migrations.STEPS, ("add a table", add_table)))


def test_of_many_that_upgrade_a_queue_at_once_one_does_it(desk: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with closing(open_queue(desk, write=True)) as queue:
        Bench(queue).ask("a", ago(hours=1))

    answers = at_once([[UPGRADE, str(desk), str(tmp_path_factory.mktemp("ready"))]] * 4)

    backup = f"desk.db.before-schema-{migrations.LATEST + 1}"
    assert sorted(answers) == [*["None"] * 3, backup]
    assert version_of(desk) == migrations.LATEST + 1
    with closing(sqlite3.connect(desk.with_name(backup))) as copy:
        assert copy.execute("select count(*) from ticket").fetchone() == (1,)
    assert sorted(path.name for path in desk.parent.iterdir()) == ["desk.db", backup]


def test_many_may_open_an_older_queue_at_once(tmp_path: Path) -> None:
    path = older_queue(tmp_path)

    assert at_once([[OPEN, str(path), how] for how in ("read", "write", "read", "write")]) == ["0 tickets"] * 4


def test_a_queue_in_a_read_only_folder_can_be_read_and_says_who_may_write(desk: Path) -> None:
    desk.parent.chmod(0o555)
    try:
        answers = [as_ordinary_user(OPEN, str(desk), how) for how in ("read", "write")]
    finally:
        desk.parent.chmod(0o755)

    assert answers == ["0 tickets", f"1: {desk} can't be written: the file or its folder is read-only for you"]


def test_a_reader_in_a_read_only_folder_sees_what_a_writer_has_not_put_into_the_file_yet(desk: Path) -> None:
    with closing(open_queue(desk, write=True)) as queue:
        Bench(queue).ask("a", ago(hours=1))
        desk.parent.chmod(0o555)
        try:
            answer = as_ordinary_user(OPEN, str(desk), "read")
        finally:
            desk.parent.chmod(0o755)

    assert answer == "1 tickets"


def test_a_read_only_file_can_be_read_and_says_who_may_write(desk: Path) -> None:
    desk.chmod(0o444)

    answers = [as_ordinary_user(OPEN, str(desk), how) for how in ("read", "write")]

    assert answers == ["0 tickets", f"1: {desk} can't be written: the file or its folder is read-only for you"]


def test_a_file_of_somebody_else_is_named_as_that(desk: Path) -> None:
    desk.chmod(0o000)

    assert as_ordinary_user(OPEN, str(desk), "read") == f"1: {desk} can't be read: it belongs to somebody else"


def test_a_folder_of_somebody_else_is_named_as_that(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    path = new_queue(closed / "desk.db")
    closed.chmod(0o000)
    try:
        answer = as_ordinary_user(OPEN, str(path), "read")
    finally:
        closed.chmod(0o755)

    assert answer == f"1: {path} can't be reached: Permission denied"


def test_a_full_disk_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    mount = f"mount -t tmpfs -o size=2m none {tmp_path}"
    if subprocess.run(["unshare", "-rm", "sh", "-c", mount], check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be made here")

    answer = run(["unshare", "-rm", "sh", "-c", f'{mount} && exec "$@"', "sh", *PYTHON, FILL, str(tmp_path)])

    assert answer == f"75: the disk under {tmp_path}/desk.db is full or failing; nothing was changed; all there"


def older_queue(folder: Path) -> Path:
    """Make a queue file before the first step of all."""
    path = folder / "desk.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"pragma application_id = {migrations.APPLICATION_ID}")
        database.execute("pragma journal_mode = wal")
    return path


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        version: int = database.execute("pragma user_version").fetchone()[0]
    return version


def as_ordinary_user(*words: str) -> str:
    """Run a script as somebody whom modes stop, which they don't do to root."""
    harmless = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    return run([*harmless, *PYTHON, *words])


def run(command: Sequence[str]) -> str:
    done = subprocess.run(command, check=True, capture_output=True, text=True, input="\n", env=ENVIRONMENT)
    return done.stdout.strip()


def at_once(scripts: Sequence[Sequence[str]]) -> list[str]:
    """Let processes do the same thing at the same moment, and return what each printed."""
    runs = [start([*PYTHON, *script]) for script in scripts]
    for process in runs:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    return [process.communicate()[0].strip() for process in runs]


def start(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
