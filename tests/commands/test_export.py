import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from queues import SETTINGS, a_queue, ago
from running import run

from supportq.model.event import Kind
from supportq.store.export import PARTS
from supportq.store.schema import TABLES

_DERIVED = {"ticket_tag", "ticket_field", "participant", "link", "clock"}


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_row_but_secrets_and_projections_is_exported(friday: Path) -> None:
    found = lines_of(run("export", queue=friday).out)
    connection = sqlite3.connect(friday)
    tables = {part.record: part.table for part in PARTS}

    for record, table in tables.items():
        count = connection.execute(f"select count(*) from {table}").fetchone()[0]
        assert sum(line["record"] == record for line in found) == count - (table == "desk")
    assert "signing_key" not in {line.get("key") for line in found}


def test_no_table_is_forgotten() -> None:
    names = {line.split()[2] for line in TABLES.splitlines() if line.startswith("create table")}

    assert names - _DERIVED == {part.table for part in PARTS}


def test_what_was_exported_can_be_read_back_line_by_line(friday: Path) -> None:
    with sqlite3.connect(friday) as original, sqlite3.connect(":memory:") as copy:
        original.backup(copy)
        expected = list(copy.iterdump())
        copy.execute("drop trigger event_is_never_deleted")
        tables = {part.record: part.table for part in PARTS if part.record != "ticket"}
        for table in tables.values():
            copy.execute(f"delete from {table} where " + ("key <> 'signing_key'" if table == "desk" else "true"))
        for line in lines_of(run("export", queue=friday).out):
            record = line.pop("record")
            if record != "ticket":
                write_back(copy, tables[record], line)

        assert [row for row in copy.iterdump() if row.startswith("INSERT")] == [
            row for row in expected if row.startswith("INSERT")
        ]


def write_back(copy: sqlite3.Connection, table: str, line: dict[str, Any]) -> None:
    cells = {
        name: json.dumps(cell, ensure_ascii=False, separators=(",", ":")) if isinstance(cell, dict) else cell
        for name, cell in line.items()
    }
    copy.execute(f"insert into {table} ({', '.join(cells)}) values ({', '.join('?' * len(cells))})", [*cells.values()])


def test_a_selector_takes_out_those_tickets_and_all_that_belongs_to_them(friday: Path) -> None:
    found = lines_of(run("export", "1", queue=friday).out)

    assert {line["ticket_id"] for line in found if line["record"] == "event"} == {1}
    assert [line["name"] for line in found if line["record"] == "customer"] == ["Ida Berg"]
    assert [line["body"] for line in found if line["record"] == "text"] == ["Order 12 not here"]
    assert len([line for line in found if line["record"] == "message"]) == 3


def test_a_ticket_carries_its_parts(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS) as bench:
        number = bench.ask("Order 12", ago(hours=1))
        bench.record(number, ago(), Kind.CHANGED, tags_added=["late", "vip"], fields={"order": "A-17"})
        queue = bench.queue.path

    (ticket,) = [line for line in lines_of(run("export", queue=queue).out) if line["record"] == "ticket"]

    assert (ticket["tags"], ticket["fields"], ticket["links"]) == (["late", "vip"], {"order": "A-17"}, [])


def test_rows_of_tickets_go_into_a_spreadsheet_by_the_name_of_the_file(own_friday: Path, tmp_path: Path) -> None:
    shown = run("export", "-o", str(tmp_path / "all.csv"), queue=own_friday)
    with (tmp_path / "all.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert shown.out == ""
    assert [row["id"] for row in rows] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("where", ["missing/all.jsonl", "."])
def test_a_file_that_can_not_be_written_is_one_clear_error(own_friday: Path, tmp_path: Path, where: str) -> None:
    shown = run("export", "-o", str(tmp_path / where), queue=own_friday)

    assert shown.code == 1
    assert "can't write" in shown.err


def test_a_failed_export_leaves_the_earlier_file(own_friday: Path, tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text("earlier")
    shown = run("export", "77", "-o", str(tmp_path / "all.jsonl"), queue=own_friday)

    assert shown.code == 3
    assert (tmp_path / "all.jsonl").read_text() == "earlier"
    assert not list(tmp_path.glob(".all*"))
