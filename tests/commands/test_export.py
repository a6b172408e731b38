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

_DERIVED = {"ticket_tag", "ticket_field", "participant", "link", "clock"}


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_row_but_secrets_and_projections_is_exported(friday: Path) -> None:
    found = lines_of(run("export", queue=friday).out)
    connection = sqlite3.connect(friday)

    for part in PARTS:
        count = connection.execute(f"select count(*) from {part.table}").fetchone()[0]
        assert sum(line["record"] == part.record for line in found) == count - (part.table == "desk")
    assert "signing_key" not in {line.get("key") for line in found}


def test_no_table_is_forgotten(friday: Path) -> None:
    with sqlite3.connect(friday) as connection:
        names = {row[0] for row in connection.execute("select name from sqlite_schema where type = 'table'")}
    kept = {name for name in names if not name.startswith(("sqlite_", "_sqlite_", "search"))}

    assert kept - _DERIVED == {part.table for part in PARTS}


def test_an_export_says_what_it_is_and_where_it_ends(friday: Path) -> None:
    first, *lines, last = lines_of(run("export", queue=friday).out)

    assert (first["record"], first["last_ids"]["ticket"]) == ("export", 5)
    assert last == {"record": "end", "lines": len(lines)}


def test_keys_leave_only_if_that_is_asked_for(friday: Path) -> None:
    found = lines_of(run("export", "--with-keys", queue=friday).out)

    assert "signing_key" in {line.get("key") for line in found}


def test_a_queue_comes_back_from_its_export(friday: Path, tmp_path: Path) -> None:
    run("export", "-o", str(tmp_path / "all.jsonl"), queue=friday)
    made = run("init", str(tmp_path / "copy.db"), "--from", str(tmp_path / "all.jsonl"), queue=friday)
    again = run("export", queue=tmp_path / "copy.db")

    assert made.err.startswith(f"Created {tmp_path}/copy.db from {tmp_path}/all.jsonl: 5 tickets.\n")
    assert again.out == (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    assert run("doctor", queue=tmp_path / "copy.db").code == 0


def test_a_queue_can_come_back_through_a_pipe(friday: Path, tmp_path: Path) -> None:
    text = run("export", queue=friday).out

    assert run("init", str(tmp_path / "copy.db"), "--from", "-", queue=friday, stdin=text).code == 0
    assert run("export", queue=tmp_path / "copy.db").out == text


def test_an_export_brings_its_own_settings(friday: Path, tmp_path: Path) -> None:
    shown = run("init", str(tmp_path / "copy.db"), "--from", "all.jsonl", "--preset", "small", queue=friday)

    assert (shown.code, shown.err.splitlines()[0]) == (2, "supportq: an export brings its own settings")


def test_an_export_is_not_imported_as_inquiries(own_friday: Path, tmp_path: Path) -> None:
    run("export", "-o", str(tmp_path / "all.jsonl"), queue=own_friday)
    before = run("export", queue=own_friday).out
    shown = run("import", str(tmp_path / "all.jsonl"), queue=own_friday)

    assert shown.code == 1
    assert shown.err.splitlines()[1] == f"  make a queue of it: supportq init FILE --from {tmp_path}/all.jsonl"
    assert run("export", queue=own_friday).out == before


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
