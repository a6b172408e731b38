"""Importing: every row becomes a ticket, a message or a reject, once, however often the file is read."""

import json
from pathlib import Path
from shutil import copy

import pytest
from queues import new_queue
from running import Run, run

from supportq.errors import ExitCode

SAMPLES = Path(__file__).parents[2] / "supportq" / "samples" / "inquiries.csv"
AFTER_SAMPLES = "2026-11-22T12:00:00Z"
HEADER = "ref,received,channel,name,email,phone,subject,message,thread,status,answered at,resolved at,priority"
LOOM = "L-1,2026-11-02T09:00:00Z,email,Ida Berg,ida@example.com,,Loom,It creaks,,,,,"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return new_queue(tmp_path / "desk.db")


def imported(desk: Path, *rows: str, words: tuple[str, ...] = (), header: str = HEADER) -> Run:
    file = desk.parent / "rows.csv"
    file.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return run("import", str(file), *words, queue=desk)


def facts(desk: Path, statement: str) -> list[tuple[str, ...]]:
    shown = run("sql", statement, "-f", "tsv", "--no-header", queue=desk)
    assert shown.code == 0, shown.err
    return [tuple(line.split("\t")) for line in shown.out.splitlines()]


def test_a_row_becomes_a_ticket_with_its_message(desk: Path) -> None:
    done = imported(desk, LOOM)

    assert (done.code, done.out) == (0, "")
    assert done.err == "1 row: 1 imported.\nUndo: supportq undo\n"
    shown = run("show", "1", queue=desk).out
    assert "Ida Berg" in shown
    assert "It creaks" in shown


def test_importing_again_changes_nothing(desk: Path) -> None:
    imported(desk, LOOM)
    before = facts(desk, "select count(*), max(id) from event")

    again = imported(desk, LOOM)

    assert "1 unchanged" in again.err
    assert facts(desk, "select count(*), max(id) from event") == before


def test_two_equal_rows_without_a_key_are_two_inquiries(desk: Path) -> None:
    row = LOOM.removeprefix("L-1")

    assert "2 imported" in imported(desk, row, row).err
    assert "2 unchanged" in imported(desk, row, row).err


def test_a_table_of_which_no_column_was_read_as_the_message_is_named(desk: Path) -> None:
    header = HEADER.replace("message", "blurb")
    told = 'no column was read as the message; if one is: --map "COLUMN=body" (once imported, undo first)'

    assert told in imported(desk, LOOM, header=header, words=("--dry-run",)).err
    assert told in imported(desk, LOOM, header=header).err
    assert told not in imported(desk, LOOM.replace("L-1", "L-2")).err


def test_rows_that_do_not_say_when_they_came_in_are_counted_aloud(desk: Path) -> None:
    undated = LOOM.replace("2026-11-02T09:00:00Z", "")

    assert '1 row names no time in "received": read as come in now' in imported(desk, undated, words=("-n",)).err
    assert "so all came in now" in imported(desk, "a@b.example,x", header="email,body").err
    assert "came in now" not in imported(desk, LOOM).err


def test_after_an_undo_the_same_import_brings_everything_again(desk: Path) -> None:
    imported(desk, LOOM)
    run("undo", queue=desk)

    assert "1 imported" in imported(desk, LOOM).err
    assert run("count", queue=desk).out.split()[-1] == "1"


def test_after_an_undo_of_what_went_on_with_a_ticket_its_row_is_known_as_before(desk: Path) -> None:
    imported(desk, LOOM)
    more = "thread,email,message,ref\nL-1,ida@example.com,It still creaks,L-2\n"
    (desk.parent / "more.csv").write_text(more, encoding="utf-8")
    assert "1 added to their tickets" in run("import", str(desk.parent / "more.csv"), queue=desk).err

    run("undo", "--yes", queue=desk)

    assert "1 row: 1 unchanged" in imported(desk, LOOM).err


def test_all_batches_are_one_change(desk: Path) -> None:
    imported(desk, *(LOOM.replace("L-1", f"L-{number}") for number in range(2100)))

    assert facts(desk, "select count(distinct change_id), count(distinct ticket_id) from event") == [("1", "2100")]
    run("undo", "--yes", queue=desk)
    assert run("count", "status:any", queue=desk).out.split()[-1] == "0"


def test_a_thread_goes_on_with_its_ticket_in_the_same_file_and_in_a_later_one(desk: Path) -> None:
    more = LOOM.replace("L-1,2026-11-02", "L-2,2026-11-03").replace("It creaks,", "It still creaks,L-1")
    later = LOOM.replace("L-1,2026-11-02", "L-3,2026-11-04").replace("It creaks,", "It stopped,L-1")
    imported(desk, LOOM, more)

    assert "1 added to their tickets" in imported(desk, later).err
    assert facts(desk, "select body from message_view where ticket_id = 1 order by at") == [
        ("It creaks",),
        ("It still creaks",),
        ("It stopped",),
    ]


def test_a_thread_of_a_ticket_that_was_closed_opens_one_that_follows_it(desk: Path) -> None:
    closed = "L-1,2025-11-25T09:00:00Z,email,Ida Berg,ida@example.com,,Loom,It creaks,,closed,,2025-11-26T09:00:00Z,"
    more = LOOM.replace("L-1", "L-2").replace("It creaks,", "It creaks again,L-1")

    assert "2 imported" in imported(desk, closed, more).err
    assert facts(desk, "select ticket_id, other_id, kind from link") == [("2", "1", "follows")]


def test_events_of_a_ticket_stand_in_the_order_of_their_moments(desk: Path) -> None:
    solved = LOOM.replace(",,,,,", ",,,2026-11-02T10:00:00Z,2026-11-05T09:00:00Z,")
    more = LOOM.replace("L-1,2026-11-02", "L-2,2026-11-03").replace("It creaks,", "It still creaks,L-1")
    imported(desk, solved, more)

    kinds = facts(desk, "select kind from event order by id")
    assert [kind for (kind,) in kinds] == ["created", "asked", "replied", "asked", "resolved"]


def test_what_was_answered_in_time_elsewhere_is_met_here(desk: Path) -> None:
    imported(desk, LOOM.replace(",,,,,", ",,resolved,2026-11-02T09:30:00Z,2026-11-03T09:00:00Z,"))

    ended = facts(desk, "select kind, standing from clock_view order by kind")
    assert {("first_response", "met"), ("resolution_first", "met")} <= set(ended)


def test_what_was_dealt_with_at_an_unknown_time_is_neither_met_nor_missed(desk: Path) -> None:
    imported(desk, LOOM.replace(",,,,,", ",,resolved,,,"))

    standings = {standing for (standing,) in facts(desk, "select standing from clock_view")}
    assert standings == {"no_data"}
    assert facts(desk, "select status from ticket") == [("resolved",)]


def test_one_customer_is_known_by_any_address_and_one_address_is_added(desk: Path) -> None:
    by_phone = "L-2,2026-11-03T09:00:00Z,phone,Ida Berg,ida@example.com,+49 1555 010,Loom,Rang,,,,,"
    nameless = "L-3,2026-11-04T09:00:00Z,phone,,,+49 1555 010,Loom,Rang again,,,,,"
    imported(desk, LOOM, by_phone)
    imported(desk, nameless)

    assert facts(desk, "select count(distinct customer_id), count(*) from ticket") == [("1", "3")]


def test_a_row_that_differs_now_is_left_alone_taken_over_or_refused_as_wanted(desk: Path) -> None:
    imported(desk, LOOM)
    changed = f"{LOOM}urgent"

    assert imported(desk, LOOM, words=("--on-duplicate", "fail")).code == ExitCode.DONE
    assert "--on-duplicate update" in imported(desk, changed).err
    assert imported(desk, changed, words=("--on-duplicate", "fail")).code == ExitCode.FAILED
    assert facts(desk, "select priority from ticket") == [("normal",)]
    assert "1 updated" in imported(desk, changed, words=("--on-duplicate", "update")).err
    assert facts(desk, "select priority from ticket") == [("urgent",)]
    assert "1 unchanged" in imported(desk, changed).err


def test_a_row_that_says_the_same_in_other_words_updates_nothing(desk: Path) -> None:
    header = "number,subject,mail,status"
    imported(desk, "7,Loom,ida@example.com,solved", header=header)
    again = imported(desk, "7,Loom,ida@example.com,resolved", header=header, words=("--on-duplicate", "update"))

    assert again.err.endswith("1 row: 1 unchanged.\n")


def test_rows_with_the_keys_of_another_file_are_held_back_aloud_and_taken_under_a_source_of_their_own(
    desk: Path,
) -> None:
    imported(desk, LOOM)
    other = "L-1,2026-11-02T09:00:00Z,email,Carl Dahl,carl@example.com,,Door,Stuck,,,,,"

    held = imported(desk, other, words=("-q",))
    assert held.code == ExitCode.REJECTED
    assert 'Known as "csv" already: L-1 (ticket 1)' in held.err
    assert "--source rows" in held.err
    assert imported(desk, other, words=("-n",)).code == ExitCode.REJECTED
    assert imported(desk, other, words=("--on-duplicate", "skip")).code == ExitCode.DONE
    assert "1 imported" in imported(desk, other, words=("--source", "rows")).err


@pytest.mark.parametrize(("extra", "notes"), [("It creaks", []), ("It creaks, and smokes", [("note", "system")])])
def test_other_words_of_a_newer_file_become_a_note_and_are_known_from_then_on(
    desk: Path, extra: str, notes: list[tuple[str, ...]]
) -> None:
    imported(desk, LOOM)
    newer = (LOOM.replace("It creaks", f'"{extra}"') + ",x",)
    header = f"{HEADER},colour"

    assert "1 updated" in imported(desk, *newer, header=header, words=("--on-duplicate", "update")).err
    assert "1 unchanged" in imported(desk, *newer, header=header).err
    assert facts(desk, "select direction, author from message where id > 1") == notes


def test_what_goes_on_with_a_key_of_another_file_is_not_told_to_its_ticket(desk: Path) -> None:
    imported(desk, LOOM)
    other = "L-1,2026-11-02T09:00:00Z,email,Carl Dahl,carl@example.com,,Door,Stuck,,,,,"
    more = "L-2,2026-11-03T09:00:00Z,email,Carl Dahl,carl@example.com,,Door,Still stuck,L-1,,,,"

    assert "1 not taken, since they are known with other words, 1 rejected" in imported(desk, other, more).err
    assert facts(desk, "select count(*) from message") == [("1",)]


def test_two_inquiries_of_one_key_are_never_spliced(desk: Path) -> None:
    imported(desk, LOOM)
    other = "L-1,2026-11-02T09:00:00Z,email,Carl Dahl,carl@example.com,,Door,Stuck,,,,,"

    done = imported(desk, other, words=("--on-duplicate", "update"))

    assert (done.code, "1 rejected" in done.err) == (ExitCode.REJECTED, True)
    assert "of another customer, Ida Berg" in (desk.parent / "rows.rejects.csv").read_text(encoding="utf-8")
    assert facts(desk, "select subject from ticket_view") == [("Loom",)]


def test_a_namesake_with_another_address_is_another_customer(desk: Path) -> None:
    imported(desk, LOOM)
    other = "L-1,2026-11-03T09:00:00Z,email,Ida Berg,ida@example.org,,Door,Stuck,,,,,"
    update = ("--on-duplicate", "update")

    assert "1 would be rejected" in imported(desk, other, words=(*update, "-n")).err
    assert "1 rejected" in imported(desk, other, words=update).err


def test_a_customer_who_has_another_address_in_a_newer_file_stays_aloud_and_the_rest_is_taken(desk: Path) -> None:
    imported(desk, LOOM)
    moved = LOOM.replace("Ida Berg,ida@example.com", ",ida@example.org").replace("Loom", "Looms") + "urgent"

    done = imported(desk, moved, words=("--on-duplicate", "update"))

    assert "1 updated" in done.err
    assert "1 keeps its customer, though the newer file names another address" in done.err
    assert facts(desk, "select subject, priority from ticket_view") == [("Looms", "urgent")]
    assert facts(desk, "select name, value from source_fact") == [("customer in the newer file", "<ida@example.org>")]


MAILBOX = """\
From ida@example.com Mon Nov  2 10:00:00 2026
From: ida@example.com
Message-ID: <1@example.com>
Subject: Loom

It creaks

From kim@example.org Mon Nov  2 11:00:00 2026
From: kim@example.org
To: ida@example.com
Date: whenever
Message-ID: <2@example.org>
In-Reply-To: <1@example.com>

Oil it

From - undated
From: carl@example.com
Subject: Door

Stuck
"""


def test_a_mail_without_a_date_came_when_its_mailbox_says_and_else_now_aloud(desk: Path) -> None:
    file = desk.parent / "old.mbox"
    file.write_text(MAILBOX)

    done = run("import", str(file), queue=desk, now="2026-11-20T15:00:00Z")

    assert "1 mail names no time that can be read, nor does the mailbox: read as come in now" in done.err
    created = ["2026-11-02T10:00:00Z", "2026-11-02T11:00:00Z", "2026-11-20T15:00:00Z"]
    assert facts(desk, "select created_at from ticket order by id") == [(at,) for at in created]


def test_who_wrote_to_a_customer_of_a_mailbox_is_named_as_one_who_may_be_an_agent(desk: Path) -> None:
    file = desk.parent / "old.mbox"
    file.write_text(MAILBOX)

    told = run("import", str(file), queue=desk).err

    assert "2 was written by kim@example.org to the customer" in told
    assert "supportq config set agents.NAME.email kim@example.org" in told


def test_a_mail_without_a_name_is_known_again_whatever_its_line_ends(desk: Path) -> None:
    file = desk.parent / "old.mbox"
    file.write_text(MAILBOX)
    run("import", str(file), queue=desk)
    file.write_bytes(MAILBOX.replace("\n", "\r\n").encode())

    assert "3 mails: 3 unchanged" in run("import", str(file), queue=desk).err


def test_a_customer_who_has_another_name_in_a_newer_file_stays_and_the_file_is_quoted(desk: Path) -> None:
    imported(desk, LOOM)
    married = LOOM.replace("Ida Berg,ida@example.com", "Ida Dahl,dahl@example.com") + "urgent"
    update = ("--on-duplicate", "update")

    assert "1 would be updated" in imported(desk, married, words=(*update, "-n")).err
    assert "1 updated" in imported(desk, married, words=update).err
    assert facts(desk, "select customer, priority from ticket_view") == [("Ida Berg", "urgent")]
    assert facts(desk, "select value from source_fact") == [("Ida Dahl <dahl@example.com>",)]


def test_rejects_are_kept_with_line_and_reason_and_tell_the_exit_code(desk: Path) -> None:
    done = imported(desk, LOOM, LOOM.replace("email", "pigeon").replace("L-1", "L-2"))

    assert done.code == ExitCode.REJECTED
    kept = (desk.parent / "rows.rejects.csv").read_text(encoding="utf-8").splitlines()
    assert kept[1].startswith('3,"no channel ""pigeon""')


def test_a_rehearsal_shows_the_beginning_of_a_long_message(desk: Path) -> None:
    shown = imported(desk, f"ida@example.com,{'word ' * 10_000}", header="mail,body", words=("-n",)).out

    assert "Message   word word" in shown
    assert len(shown) < 2_000


def test_rejects_of_cells_between_tabs_are_called_so_and_come_back(desk: Path) -> None:
    file = desk.parent / "rows.csv"
    file.write_text("mail\tbody\nida@example.com\tIt creaks\tx\n")
    run("import", str(file), queue=desk)
    mended = desk.parent / "rows.rejects.tsv"
    mended.write_text(mended.read_text(encoding="utf-8").replace("\tx", ""), encoding="utf-8")

    assert "1 imported" in run("import", str(mended), queue=desk).err


def test_quiet_imports_tell_rejects_and_nothing_else(desk: Path) -> None:
    assert imported(desk, LOOM, words=("-q",)).err == ""
    assert imported(desk, LOOM.replace("email", "pigeon"), words=("-q",)).err == (
        f"1 row: 1 rejected, see {desk.parent / 'rows.rejects.csv'}.\n"
    )


def test_an_import_is_told_as_a_whole_among_the_changes(desk: Path) -> None:
    imported(desk, LOOM, LOOM.replace("L-1", "L-2"))

    told = json.loads(run("undo", "--list", "-f", "json", queue=desk).out)

    assert [(change["tickets"], change["told"]) for change in told if change["verb"] == "import"] == [
        ([1, 2], "2 created")
    ]
    assert "channel email" in run("changes", "2", queue=desk).out


def test_too_many_rejects_stop_it(desk: Path) -> None:
    done = imported(desk, LOOM, "x", "y", words=("--max-rejects", "1"))

    assert done.code == ExitCode.REJECTED
    assert "more than the 1" in done.err
    assert run("count", queue=desk).out.split()[-1] == "0"


def test_a_dry_run_shows_columns_and_tickets_and_writes_nothing(desk: Path) -> None:
    before = desk.read_bytes()

    done = imported(desk, LOOM, "x", words=("-n", "-f", "json"))

    told = json.loads(done.out)
    assert (told["new"], told["rejected"], told["samples"][0]["subject"]) == (1, 1, "Loom")
    assert {"column": "received", "field": "at", "why": "known header"} in told["columns"]
    assert desk.read_bytes() == before
    assert not (desk.parent / "rows.rejects.csv").exists()


def test_new_numbers_come_out_for_a_pipe(desk: Path) -> None:
    assert imported(desk, LOOM, LOOM.replace("L-1", "L-2"), words=("-f", "ids")).out == "1\n2\n"


def test_standard_input_is_read_too(desk: Path) -> None:
    line = json.dumps({"email": "ida@example.com", "subject": "Loom"})

    assert "1 imported" in run("import", "-", queue=desk, stdin=line).err


def test_rules_open_what_they_find_a_team_for(tmp_path: Path) -> None:
    desk = tmp_path / "demo.db"
    run("init", str(desk), "--preset", "liveagent", queue=desk)

    done = imported(desk, LOOM.replace("It creaks", "Refund please"), LOOM.replace("L-1", "L-2"), words=("--triage",))

    assert "found a team or an agent for" in done.err
    assert facts(desk, "select team, status from ticket where id = 1") == [("sales", "open")]


def test_rules_know_at_once_what_a_ticket_was_read_from_and_how_it_is_called_there(desk: Path) -> None:
    rules = """
[[rules]]
name = "from the old shop"
when = "source:Shop"
tags = ["old-shop"]

[[rules]]
name = "the one that hurts"
when = "key:L-1"
priority = "urgent"
"""
    settings = run("config", "show", queue=desk).out + rules
    assert run("config", "apply", "-", queue=desk, stdin=settings).code == 0
    words = ("--triage", "--source", "Shop")

    foreseen = imported(desk, LOOM, LOOM.replace("L-1", "L-2"), words=(*words, "-n", "--json"))
    imported(desk, LOOM, LOOM.replace("L-1", "L-2"), words=words)

    assert [(each["tags"], each["priority"]) for each in json.loads(foreseen.out)["samples"]] == [
        (["old-shop"], "urgent"),
        (["old-shop"], None),
    ]
    assert run("list", "source:Shop", "-c", "id,tags,priority", queue=desk).out.splitlines()[1:] == [
        "1\told-shop\turgent",
        "2\told-shop\tnormal",
    ]


def test_rules_read_what_a_thread_adds_to_a_ticket(tmp_path: Path) -> None:
    desk = tmp_path / "demo.db"
    run("init", str(desk), "--preset", "liveagent", queue=desk)
    more = LOOM.replace("L-1,2026-11-02", "L-2,2026-11-03").replace("It creaks,", "Refund please,L-1")

    done = imported(desk, LOOM, more, words=("--triage",))

    assert "The rules found a team or an agent for 1\n" in done.err
    assert facts(desk, "select team, status from ticket where id = 1") == [("sales", "open")]
    assert run("triage", "--auto", queue=desk).err == "Nothing is new.\n"


def test_the_sample_desk_is_taken_in_whole_but_for_its_dirty_rows(desk: Path) -> None:
    file = Path(copy(SAMPLES, desk.parent))

    done = run("import", str(file), "--triage", queue=desk, now=AFTER_SAMPLES)

    assert "12 rejected" in done.err
    assert run("doctor", queue=desk, now=AFTER_SAMPLES).code == 0
    assert "unchanged, 12 rejected" in run("import", str(file), queue=desk, now=AFTER_SAMPLES).err
