"""A queue looked over: each fault is found, names its cure, and is mended where it can be."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from queues import SETTINGS, a_queue, ago
from running import run

from supportq.errors import ExitCode
from supportq.model.event import Kind
from supportq.settings.check import check
from supportq.work.config import apply
from supportq.work.doctor import file_system_of

Break = Callable[[Path], object]

VIP = """
[[sla.policies]]
name = "vip"
when = "customer:ida@example.com"
hours = "always"
first_response = "5m"
next_response = "5m"

"""


@pytest.fixture
def queue(tmp_path: Path) -> Path:
    """A queue with some history: tags, a reply, a resolved ticket, one whose log was undone, new settings."""
    with a_queue(tmp_path) as bench:
        bench.ask("Order 12 not here", ago(days=3), team="sales", tags_added=["parcel"], fields={"order": "A-17"})
        answered = bench.ask("Loom stops", ago(days=2))
        bench.reply(answered, ago(days=1))
        bench.record(answered, ago(hours=20), Kind.RESOLVED, closes_at="2026-12-24T00:00:00Z")
        bench.note(answered, ago(hours=19))
        path = bench.queue.path
    run("note", "1", "-m", "rang the carrier", queue=path)
    run("resolve", "1", queue=path)
    run("undo", queue=path)
    return path


def sql(path: Path, *statements: str, unguarded: bool = False) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.create_function("casefolded", 1, str.casefold, deterministic=True)
    if unguarded:
        connection.execute("pragma writable_schema = on")
    for statement in statements:
        connection.execute(statement)
    connection.close()
    connection.close()


def with_sql(*statements: str) -> Break:
    return lambda path: sql(path, *statements)


MENDED: dict[str, tuple[str, Break]] = {
    "a status that nobody set": ("projections", with_sql("update ticket set status = 'closed' where id = 1")),
    "a due moment that was moved": ("projections", with_sql("update ticket set due_at = '2027-01-01T00:00:00Z'")),
    "a clock that is missing": ("projections", with_sql("delete from clock where ticket_id = 2")),
    "a tag that nobody added": ("projections", with_sql("insert into ticket_tag (ticket_id, tag) values (2, 'lost')")),
    "a field that lists find by another word": ("projections", with_sql("update ticket_field set key = 'b-17'")),
    "a message that is hidden": ("projections", with_sql("update message set undone = 1 where id = 1")),
    "a reply that seems to wait and was given": (
        "projections",
        with_sql("update message set delivery = 'queued' where direction = 'out'"),
    ),
    "a ticket that is hidden": ("projections", with_sql("update ticket set undone = 1 where id = 2")),
    "an index that is missing": ("schema", with_sql("drop index ticket_created")),
    "a guard that is missing": ("schema", with_sql("drop trigger event_is_never_changed")),
    "a view that says something else": (
        "schema",
        with_sql("drop view message_view", "create view message_view as select 1 as id"),
    ),
    "a search entry that is missing": ("search", with_sql("insert into search (search) values ('delete-all')")),
    "an undo that is not marked": ("undone", with_sql("update change set taken_back_by = null")),
    "an undo that never was": ("undone", with_sql("update change set taken_back_by = 1 where id = 3")),
    "a file that everybody can read": ("access", lambda path: path.chmod(0o644)),
    "no write-ahead log": ("sharing", with_sql("pragma journal_mode = delete")),
}

TOLD: dict[str, tuple[str, Break]] = {
    "an event whose message is gone": (
        "orphans",
        with_sql("pragma foreign_keys = off", "delete from message where id = 2"),
    ),
    "a message that no event tells of": (
        "orphans",
        with_sql(
            "insert into message (ticket_id, origin_ticket_id, direction, author, channel, at, recorded_at, automatic, "
            "live, body) select 1, 1, 'in', 'customer', 'email', at, at, 0, 0, '' from message where id = 1"
        ),
    ),
    "a ticket of a customer who is not there": (
        "references",
        with_sql("pragma foreign_keys = off", "update ticket set customer_id = 99 where id = 1"),
    ),
    "events of the future": (
        "clock",
        with_sql(
            "insert into event (change_id, ticket_id, kind, at, recorded_at, actor, settings_id, data) "
            "values (2, 1, 'dismissed', '2026-11-20T15:00:00Z', '2026-11-20T19:59:59Z', 'ann', 1, '{}')"
        ),
    ),
    "settings that are read otherwise now": (
        "settings",
        with_sql("update settings_version set checked = json_replace(checked, '$.reopen_days', 99)"),
    ),
}


def test_a_queue_that_is_well_prints_nothing_in_a_pipe(queue: Path) -> None:
    found = run("doctor", queue=queue)

    assert (found.code, found.out, found.err) == (0, "", "")


def test_faults_are_told_whole_on_a_narrow_terminal_and_as_records(queue: Path) -> None:
    sql(queue, "update ticket set line = 3 where id = 1")

    told = run("doctor", queue=queue, terminal=True)

    assert "1 ticket (1) stored otherwise than the history says: ticket\n  cure: supportq doctor --fix\n" in told.out
    assert run("doctor", "--json", queue=queue).out.count('"cure"') == 1


def test_somebody_at_a_terminal_is_told_that_all_is_well(queue: Path) -> None:
    assert "nothing wrong" in run("doctor", queue=queue, terminal=True).err
    assert "nothing wrong" in run("doctor", "-v", queue=queue).err


@pytest.mark.parametrize("fault", MENDED)
def test_a_fault_is_found_and_mended(queue: Path, fault: str) -> None:
    check_name, damage = MENDED[fault]
    damage(queue)

    found = run("doctor", "-f", "tsv", queue=queue)
    fixed = run("doctor", "--fix", queue=queue)

    assert found.code == ExitCode.FAILED
    assert check_name in {line.split("\t")[0] for line in found.out.splitlines()}
    assert "supportq doctor --fix" in found.out
    assert (fixed.code, fixed.out) == (0, "")


@pytest.mark.parametrize("fault", TOLD)
def test_a_fault_that_no_program_may_decide_names_its_cure(queue: Path, fault: str) -> None:
    check_name, damage = TOLD[fault]
    damage(queue)

    found = run("doctor", "-f", "tsv", queue=queue)

    lines = [line.split("\t") for line in found.out.splitlines()[1:]]
    assert found.code == ExitCode.FAILED
    assert any(name == check_name and cure for name, _, cure in lines)


def test_tickets_whose_team_or_agent_the_settings_lack_are_named_with_what_to_do(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        for agent in ("ann", "ben"):
            bench.ask("Yarn", ago(hours=2), team="technical", assignee=agent)
        bench.record(1, ago(hours=1), Kind.CLOSED)
        alone = SETTINGS.replace("[agents.ben]", "[agents.eva]").replace("technical", "workshop")
        apply(bench.writer(), check(alone))
        path = bench.queue.path

    told = run("doctor", queue=path, terminal=True).out

    assert "1 ticket (2) with agent ben, which the settings lack" in told
    assert "give them to another one: supportq set 2 team=NAME" in told


def test_a_damaged_file_is_told_and_nothing_else_of_it(queue: Path) -> None:
    sql(queue, "pragma wal_checkpoint(truncate)", "pragma journal_mode = delete")
    data = bytearray(queue.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 4096] = bytes(4096)
    queue.write_bytes(data)

    found = run("doctor", queue=queue)

    assert found.code == ExitCode.FAILED
    assert "Traceback" not in found.err


def test_rebuilding_makes_the_projections_what_they_were(queue: Path) -> None:
    before = dump(queue)
    sql(queue, "update ticket set status = 'spam', line = 3", "delete from clock", "delete from ticket_tag")

    rebuilt = run("doctor", "--rebuild", queue=queue)

    assert rebuilt.code == 0
    assert dump(queue) == before


def test_promises_are_worked_out_for_the_customer_whom_the_history_names(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS.replace("[[sla.policies]]", f"{VIP}[[sla.policies]]", 1)) as bench:
        bench.ask("Order 12 not here", ago(days=3))
        bench.ask("Loom stops", ago(days=2), who="Ben <ben@example.com>")
        path = bench.queue.path
    before = dump(path)
    sql(path, "update ticket set customer_id = 3 - customer_id")

    run("doctor", "--fix", queue=path)

    assert dump(path) == before


def test_settings_that_change_alarms_leave_stopped_clocks_as_the_history_has_them(queue: Path) -> None:
    stricter = SETTINGS.replace("[sla]", "[sla]\nenforce_from = 2026-11-19T00:00:00Z")
    applied = run("config", "apply", "-", "--yes", queue=queue, stdin=stricter)

    assert applied.code == 0
    assert run("doctor", queue=queue).out == ""


def test_a_reader_looks_the_queue_over_without_changing_a_row(queue: Path) -> None:
    before = dump(queue)

    run("doctor", queue=queue)

    assert dump(queue) == before


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/srv/desk/team.db", "nfs4"), ("/home/ann/team.db", "ext4"), ("/srv/my desk/team.db", "cifs")],
)
def test_the_file_system_is_that_of_the_innermost_mount(path: str, kind: str) -> None:
    mounts = ["/dev/sda1 / ext4 rw 0 0", "host:/desk /srv/desk nfs4 rw 0 0", r"//host/desk /srv/my\040desk cifs rw 0 0"]

    assert file_system_of(Path(path), mounts) == kind


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    connection.create_function("casefolded", 1, str.casefold, deterministic=True)
    lines = sorted(line for line in connection.iterdump() if "search" not in line)
    connection.close()
    return lines
