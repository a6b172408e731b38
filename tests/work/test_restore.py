"""Queues made of exports: equal to what was exported, or not made at all."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from deeds import HISTORIES, History, a_worked_desk
from hypothesis import given, settings
from queues import NOW, Bench, a_queue, ago

from supportq.errors import SupportqError
from supportq.intake.source import Source
from supportq.store.export import PARTS, iter_lines
from supportq.store.migrations import STEPS
from supportq.store.opening import open_queue
from supportq.store.queue import Queue, create_queue
from supportq.store.scope import EVERYTHING
from supportq.work.doctor import Patient, examine
from supportq.work.init import AlreadyThere
from supportq.work.restore import restore

UNIQUE_TO_EACH_FILE = ("sqlite_", "_sqlite_", "search_")


def exported(queue: Queue, *, keys: bool = False) -> str:
    return "".join(iter_lines(queue, EVERYTHING, keys=keys))


def restored(text: str, path: Path) -> Queue:
    restore(path, Source("all.jsonl", BytesIO(text.encode())), None, lambda _rows, _position: None)
    return open_queue(path, write=True)


def rows_of(queue: Queue) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table, projections too."""
    tables = [row[0] for row in queue.connection.execute("select name from sqlite_schema where type = 'table'")]
    return {
        table: sorted(queue.connection.execute(f"select * from {table}").fetchall(), key=repr)
        for table in tables
        if not table.startswith(UNIQUE_TO_EACH_FILE)
    }


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with a_queue(tmp_path) as bench:
        bench.ask("Order 12", ago(hours=3))
        bench.reply(1, ago(hours=2))
        yield bench


@given(HISTORIES)
@settings(max_examples=25, deadline=None)
def test_whatever_happened_an_export_makes_an_equal_queue(history: History) -> None:
    with a_worked_desk(history) as bench, TemporaryDirectory() as folder:
        text = exported(bench.queue, keys=True)
        with closing(restored(text, Path(folder) / "copy.db")) as copy:
            assert exported(copy, keys=True) == text
            assert rows_of(copy) == rows_of(bench.queue)
            assert list(examine(Patient(copy, NOW, lambda _rows, _position: None))) == []


BESIDE_THE_HISTORY = """
insert into original values (1, 1, x'00ff0a');
insert into blob values ('hash', 3, x'fe0d00');
insert into attachment (message_id, name, content_type, hash) values (1, 'a.bin', 'application/x-a', 'hash');
insert into source_key values ('csv', 'W-1', 1, 1, 'digest');
insert into source_fact values (1, 'Mood', 'upset ');
insert into breach_check values ('mail', '2026-11-20T12:00:00Z', 2);
insert into breach_told values (1, 'first_response', 1, 'late', 'mail', '2026-11-20T12:00:00Z');
"""


def test_bytes_keys_facts_and_what_checks_told_come_back(bench: Bench, tmp_path: Path) -> None:
    bench.queue.connection.executescript(BESIDE_THE_HISTORY)
    with closing(restored(exported(bench.queue, keys=True), tmp_path / "copy.db")) as copy:
        assert rows_of(copy) == rows_of(bench.queue)


def test_ids_that_were_given_out_are_not_given_out_again(bench: Bench, tmp_path: Path) -> None:
    bench.queue.connection.execute("update sqlite_sequence set seq = 99 where name = 'ticket'")
    with closing(restored(exported(bench.queue), tmp_path / "copy.db")) as copy:
        assert Bench(copy).ask("Order 13", NOW) == 100


def test_a_queue_without_the_keys_of_the_other_one_gets_keys_of_its_own(bench: Bench, tmp_path: Path) -> None:
    key = "select value from desk where key = 'signing_key'"
    with closing(restored(exported(bench.queue), tmp_path / "copy.db")) as copy:
        (theirs,), (ours,) = (queue.connection.execute(key).fetchone() for queue in (bench.queue, copy))

    assert len(ours) == len(theirs)
    assert ours != theirs


def test_an_export_of_an_older_form_is_brought_up_to_date(bench: Bench, tmp_path: Path) -> None:
    text = exported(bench.queue)
    with closing(create_queue(tmp_path / "old.db", steps=STEPS[:1])) as old:
        header, *rest = text.splitlines()
        lines = [changed(header, schema=1), *(as_in(old, line) for line in rest)]
    with closing(restored("\n".join(lines), tmp_path / "copy.db")) as copy:
        assert exported(copy) == text
        assert list(examine(Patient(copy, NOW, lambda _rows, _position: None))) == []


def as_in(old: Queue, line: str) -> str:
    """Return a line without the columns that an older form had not."""
    record = json.loads(line)
    table = next((part.table for part in PARTS if part.record == record["record"]), "")
    known = {row[0] for row in old.connection.execute("select name from pragma_table_info(?)", [table])}
    return json.dumps({name: cell for name, cell in record.items() if not table or name in {"record", *known}})


def changed(line: str, **values: object) -> str:
    return json.dumps(json.loads(line) | values, separators=(",", ":"))


BREAKAGES: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "cut off between lines": (lambda lines: lines[:-2], "it was cut off here"),
    "cut off within a line": (lambda lines: [*lines[:-2], lines[-2][:20]], "it is cut off, or no JSON object"),
    "a line is missing": (lambda lines: [*lines[:-2], lines[-1]], "should stand before it"),
    "a strange record": (lambda lines: [lines[0], changed(lines[1], record="pet"), *lines[2:]], '"pet"'),
    "a strange column": (lambda lines: [lines[0], changed(lines[1], **{"x) --": 1}), *lines[2:]], "has no x) --"),
    "a value of another kind": (lambda lines: [lines[0], changed(lines[1], value=[1]), *lines[2:]], "can't be stored"),
    "a row that is there twice": (
        lambda lines: [*lines[:2], *lines[1:]],
        "line 3 of the export: another line has the same",
    ),
    "a word of no meaning": (
        lambda lines: [changed(line, status="odd") if '"record":"ticket"' in line else line for line in lines],
        'of the export: its status can\'t be "odd"',
    ),
    "a message of nobody": (
        lambda lines: [changed(line, customer_id=99) if '"record":"message"' in line else line for line in lines],
        "of the export names customer 99, which it does not hold",
    ),
    "no export": (lambda lines: lines[1:], "no export of a queue"),
    "a newer form": (lambda lines: [changed(lines[0], schema=999), *lines[1:]], "has schema 999"),
    "nothing in it": (lambda lines: [lines[0], '{"record":"end","lines":0}'], "no settings"),
    "a ticket nobody asked": (
        lambda lines: [
            *(line for line in lines[:-1] if '"record":"event"' not in line),
            changed(lines[-1], lines=sum('"record":"event"' not in line for line in lines) - 2),
        ],
        "names what it does not hold",
    ),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_broken_export_is_refused_and_leaves_nothing(bench: Bench, tmp_path: Path, name: str) -> None:
    breakage, told = BREAKAGES[name]
    folder = tmp_path / "new"
    folder.mkdir()

    with pytest.raises(SupportqError, match=re.escape(told)):
        restored("\n".join(breakage(exported(bench.queue).splitlines())), folder / "copy.db")

    assert list(folder.iterdir()) == []


def test_a_queue_that_is_there_is_left_alone(bench: Bench) -> None:
    before = rows_of(bench.queue)

    with pytest.raises(AlreadyThere):
        restored(exported(bench.queue), bench.queue.path)

    assert rows_of(bench.queue) == before
