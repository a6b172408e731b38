import json
from pathlib import Path

import pytest
from desks import same_screen
from queues import NOW, a_queue, ago
from running import run

from supportq.errors import ExitCode
from supportq.model.event import Kind


def test_the_most_urgent_ticket_comes_first(friday: Path) -> None:
    same_screen("list", run("list", queue=friday, terminal=True).out)


def test_groups_have_headings(friday: Path) -> None:
    same_screen("list-by-team", run("list", "--group", "team", queue=friday, terminal=True).out)


def test_an_empty_list_says_so_on_a_terminal_alone(friday: Path) -> None:
    assert run("list", "team:sales", "priority:urgent", queue=friday, terminal=True).out == "No ticket matches.\n"
    assert run("list", "team:sales", "priority:urgent", "-f", "jsonl", queue=friday).out == ""


@pytest.mark.parametrize(
    ("word", "code", "cure"),
    [
        ("customer:ida", ExitCode.DONE, ""),
        ("customer:be", ExitCode.DONE, ""),
        ("customer:BO@example.com", ExitCode.DONE, ""),
        ("not:customer:brg", ExitCode.NOT_FOUND, "did you mean customer:berg?"),
        ("customer:ida@exmaple.com", ExitCode.NOT_FOUND, "did you mean customer:ida@example.com?"),
        ("organisation:acme", ExitCode.NOT_FOUND, "the first letters of a name are enough: organisation:ac"),
        ("language:lv", ExitCode.DONE, ""),
        ("language:xx", ExitCode.USAGE, "one of: ar bg"),
    ],
)
def test_a_name_or_a_language_that_nobody_has_is_no_empty_list(
    friday: Path, word: str, code: ExitCode, cure: str
) -> None:
    listed = run("list", word, queue=friday)

    assert listed.code == code
    assert cure in listed.err


def test_programs_get_every_column_under_these_names(friday: Path) -> None:
    (ticket,) = json.loads(run("list", "1", "--json", queue=friday).out)

    assert list(ticket) == [
        *("id", "due", "priority", "team", "agent", "status", "customer", "subject", "sla", "channel", "line"),
        *("category", "language", "organisation", "tags", "created", "updated", "age_s", "idle_s", "unanswered"),
        *("reply", "wake", "resolved", "replies", "reopened", "rating", "rated", "comment", "follow_up", "spent_s"),
        *("deadline", "address", "source", "key", "facts"),
        "field.order",
    ]


def test_custom_fields_are_columns_to_show_sort_and_write_by(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.ask("Second", NOW, fields={"order": "A-18"})
        bench.ask("First", NOW, fields={"order": "A-17"})
        queue = bench.queue.path

    assert run("list", "-c", "id,field.order", "-s", "field.order", queue=queue).out.endswith("2\tA-17\n1\tA-18\n")
    assert run("list", "2", "-T", "{field.order}", queue=queue).out == "A-17\n"


def test_a_list_holds_active_tickets_unless_others_are_named(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        done = bench.ask("Done", ago(days=2))
        bench.record(done, ago(days=1), Kind.RESOLVED)
        bench.ask("Waiting", ago(hours=1))
        queue = bench.queue.path

    assert run("list", "-f", "ids", queue=queue).out == "2\n"
    assert run("list", "status:resolved", "-f", "ids", queue=queue).out == "1\n"
    assert run("list", str(done), "-f", "ids", queue=queue).out == "1\n"


def test_a_long_list_is_cut_on_a_terminal_and_whole_in_a_pipe(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        for number in range(40):
            bench.ask(f"Inquiry {number}", NOW)
        queue = bench.queue.path

    assert "30 of 40; -L 0 shows all" in run("list", queue=queue, terminal=True).out
    assert len(run("list", "-f", "ids", queue=queue).out.splitlines()) == 40


def test_late_tickets_that_are_not_shown_are_counted_too(friday: Path) -> None:
    shown = run("list", "-L", "1", queue=friday, terminal=True).out

    assert shown.endswith("1 of 5, 2 late, 1 at risk; -L 0 shows all\n")


def test_a_ticket_that_sleeps_says_when_it_wakes_until_it_does(own_friday: Path) -> None:
    run("wait", "3", "--until", "2026-11-27T10:00:00Z", queue=own_friday)

    assert "Wakes" in run("list", queue=own_friday, terminal=True).out.splitlines()[0]
    assert "Wakes" not in run("list", queue=own_friday, terminal=True, now="2026-11-28T10:00:00Z").out


def test_sorting_comes_before_cutting(friday: Path) -> None:
    assert run("list", "-s", "created", "-L", "1", "-f", "ids", queue=friday).out == "2\n"
    assert run("list", "-s", "customer,created:desc", "-L", "1", "-f", "ids", queue=friday).out == "3\n"


def test_a_missing_ticket_is_an_error_and_a_typo_too(friday: Path) -> None:
    assert run("list", "3", "77", queue=friday).code == 3
    assert run("list", "stats:open", queue=friday).code == 2
    assert run("list", "--group", "tem", queue=friday).code == 2
