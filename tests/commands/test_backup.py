import sqlite3
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
