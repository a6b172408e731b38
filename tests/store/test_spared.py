"""Queues and other databases are never what an answer is written into."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from desks import a_friday_desk
from running import run

WRITERS = [
    ("export",),
    ("export", "-f", "csv"),
    ("export", "-f", "mbox"),
    ("breaches", "-f", "json"),
    ("breaches", "-f", "prom"),
    ("report", "volume"),
]


@pytest.mark.parametrize("words", WRITERS, ids=" ".join)
@pytest.mark.parametrize(
    "name", ["desk.db", "desk.db-wal", "link.db", "twin.db", "other.sqlite", "other.sqlite-journal"]
)
def test_no_answer_takes_the_place_of_a_database(words: tuple[str, ...], name: str, tmp_path: Path) -> None:
    queue, other = a_friday_desk(tmp_path), tmp_path / "other.sqlite"
    (tmp_path / "link.db").symlink_to(queue)
    (tmp_path / "twin.db").hardlink_to(queue)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("create table precious (word)")
    kept = queue.read_bytes(), other.read_bytes()

    shown = run(*words, "-o", str(tmp_path / name), queue=queue)

    assert (shown.code, "name another file: -o FILE" in shown.err) == (2, True)
    assert (queue.read_bytes(), other.read_bytes()) == kept


def test_rejects_never_take_the_place_of_the_queue(tmp_path: Path) -> None:
    queue, table = a_friday_desk(tmp_path), tmp_path / "rows.csv"
    table.write_text("email,message\nnobody,\n")

    shown = run("import", str(table), "--rejects", str(queue), queue=queue)

    assert (shown.code, "the queue itself" in shown.err, "--rejects FILE" in shown.err) == (2, True, True)
    assert run("count", queue=queue).out == "5\n"
