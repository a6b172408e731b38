import sqlite3
from contextlib import closing
from pathlib import Path

from running import run


def test_a_backup_is_a_sound_queue_for_its_owner_alone(own_friday: Path, tmp_path: Path) -> None:
    shown = run("backup", str(tmp_path / "copy.db"), queue=own_friday)

    assert shown.err.endswith("MB, checked.\n")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    assert run("count", queue=tmp_path / "copy.db").out == "5\n"


def test_a_backup_holds_what_was_committed_while_it_ran_in_the_log_alone(own_friday: Path, tmp_path: Path) -> None:
    reader = sqlite3.connect(own_friday)
    reader.execute("begin")
    reader.execute("select * from ticket").fetchall()
    writer = sqlite3.connect(own_friday)
    writer.execute("update ticket set priority = 'low'")
    writer.commit()
    run("backup", str(tmp_path / "copy.db"), queue=own_friday)
    reader.close()
    writer.close()

    assert run("count", "priority:low", queue=tmp_path / "copy.db").out == "5\n"


def test_dated_backups_lie_beside_the_queue_and_old_ones_make_room(own_friday: Path, tmp_path: Path) -> None:
    for day in (18, 19, 20):
        run("backup", "--keep", "2", queue=own_friday, now=f"2026-11-{day}T03:00:00Z")

    assert sorted(path.name for path in tmp_path.glob("desk-*")) == [
        "desk-20261119T030000Z.db",
        "desk-20261120T030000Z.db",
    ]


def test_a_backup_never_takes_the_place_of_the_queue_or_of_another_file(own_friday: Path, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear diary")

    assert run("backup", str(own_friday), queue=own_friday).code == 1
    assert run("backup", str(tmp_path / "diary.txt"), queue=own_friday).code == 1
    assert run("backup", str(tmp_path / "no" / "copy.db"), queue=own_friday).code == 1
    assert (tmp_path / "diary.txt").read_text() == "dear diary"


def test_dated_backups_beside_another_file_bear_its_name(own_friday: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    for day in (18, 19, 20):
        run("backup", str(away / "team.db"), "--keep", "2", queue=own_friday, now=f"2026-11-{day}T03:00:00Z")

    assert sorted(path.name for path in away.iterdir()) == ["team-20261119T030000Z.db", "team-20261120T030000Z.db"]


def test_a_backup_takes_the_place_of_an_earlier_copy_of_the_same_queue_alone(own_friday: Path, tmp_path: Path) -> None:
    copy, other = tmp_path / "copy.db", tmp_path / "other.db"
    for _ in range(2):
        assert run("backup", str(copy), queue=own_friday).code == 0
    run("init", str(other), queue=other)
    before = other.read_bytes()

    shown = run("backup", str(other), queue=own_friday)

    assert (shown.code, shown.err.splitlines()[0]) == (
        1,
        f"supportq: {other} is there, and no copy of this queue; nothing was changed",
    )
    assert other.read_bytes() == before


def test_old_backups_of_another_queue_are_left_alone(own_friday: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "desk-20250101T030000Z.db"
    run("init", str(theirs), queue=theirs)
    run("backup", "--keep", "1", queue=own_friday)

    assert theirs.exists()


def test_a_copy_that_is_worked_on_is_not_replaced(own_friday: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    run("backup", str(copy), queue=own_friday)
    with closing(sqlite3.connect(copy)) as other:
        other.execute("update ticket set priority = 'low'")
        other.commit()

        assert "is in use" in run("backup", str(copy), queue=own_friday).err
