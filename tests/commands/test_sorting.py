"""Sorting from a shell: what the verbs print, refuse and exit with; what changes tells, and undo."""

import json
from pathlib import Path

import pytest
from queues import a_queue, ago
from running import Run, run

from supportq.errors import ExitCode


class Desk:
    """A queue with five tickets, and the command line."""

    def __init__(self, folder: Path) -> None:
        self.queue = folder / "desk.db"
        with a_queue(folder) as bench:
            for hours in range(5, 0, -1):
                bench.ask(f"Loom {hours}", ago(hours=hours), team="sales", priority="high" if hours == 2 else "normal")

    def run(self, *words: str, agent: str = "ann", terminal: bool = False, stdin: str = "") -> Run:
        return run(*words, queue=self.queue, agent=agent, terminal=terminal, stdin=stdin)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("prioritise", "1", "urgent"), "Ticket 1 prioritised: priority urgent (was normal)."),
        (("prioritize", "1", "up"), "Ticket 1 prioritised: priority high (was normal)."),
        (("assign", "1", "2", "ben"), "2 tickets assigned."),
        (("take", "1"), "Ticket 1 taken: open (was new), agent ann."),
        (("escalate", "1", "--to", "ben"), "Ticket 1 escalated: open (was new), line 2 (was 1), agent ben."),
        (("set", "1", "tag+=vip", "line=2"), "Ticket 1 changed: line 2 (was 1), tags vip."),
        (
            ("set", "1", "customer=Zoe Berg"),
            "Zoe Berg was not known: a new customer\nTicket 1 changed: customer Zoe Berg (was Ida Berg).",
        ),
        (("spam", "1"), "Ticket 1 marked as spam."),
        (("dismiss", "1", "--reason", "thanks"), "Ticket 1 dismissed."),
        (("wait", "1", "--until", "2h"), "Ticket 1 parked: until today 18:00."),
        (("snooze", "1", "--for", "customer"), "Ticket 1 parked: pending (was new)."),
        (
            ("close", "1", "--as", "duplicate"),
            "1 ends with a customer's message unanswered\nTicket 1 closed: resolution duplicate.",
        ),
        (("reply", "1", "-m", "Sent", "--resolve"), "Ticket 1 answered: resolved (was new)."),
        (("note", "1", "-m", "Rang"), "Ticket 1 noted."),
    ],
)
def test_a_verb_says_what_it_did_and_how_to_undo_it(desk: Desk, words: tuple[str, ...], said: str) -> None:
    answer = desk.run(*words)

    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"{said} Undo: supportq undo\n"


@pytest.mark.parametrize("verb", ["resolve", "close"])
def test_how_a_ticket_ended_is_one_of_a_few_words_and_no_agent(desk: Desk, verb: str) -> None:
    mistyped, mistaken = desk.run(verb, "1", "--as", "fixd"), desk.run(verb, "1", "--as", "ben")

    assert (mistyped.code, "did you mean fixed?" in mistyped.err) == (2, True)
    assert (mistaken.code, "before the command: supportq --as ben ..." in mistaken.err) == (2, True)


@pytest.mark.parametrize("flags", [("-f", "ids"), ("-f", "json")])
def test_a_writer_can_print_the_tickets_it_touched(desk: Desk, flags: tuple[str, ...]) -> None:
    answer = desk.run("prioritise", "1", "2", "high", *flags)

    assert answer.out == ("1\n2\n" if "ids" in flags else '[\n{"id": 1},\n{"id": 2}\n]\n')


def test_tickets_can_be_piped_in(desk: Desk) -> None:
    assert desk.run("spam", "-", "--yes", stdin="1\n2\n3\n4\n").err == "4 tickets marked as spam. Undo: supportq undo\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("prioritise", "1", "urgnt"), 2),
        (("prioritise", "99", "urgent"), 3),
        (("assign", "1", "bne"), 2),
        (("set", "1", "status=open"), 2),
        (("set", "1"), 2),
        (("set", "priority=high"), 2),
        (("spam", "1-5"), 2),
        (("escalate", "1", "--back"), 1),
        (("wait", "1"), 2),
        (("wait", "1", "--until", "yesterday"), 2),
        (("undo", "999"), 3),
        (("redo",), 3),
        (("next", "team:technical"), 3),
        (("changes", "99"), 3),
    ],
)
def test_what_cannot_be_done_is_one_error_with_its_exit_code(desk: Desk, words: tuple[str, ...], code: int) -> None:
    answer = desk.run(*words)

    assert (answer.code, answer.out) == (code, "")
    assert answer.err.startswith("supportq: ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("changes", "--since", "2026-13-01"), '"2026-13-01"\n'),
        (("changes", "--since", "mon..fri"), "write --since mon\n"),
        (("report", "sla", "--since", "2026-13-01"), '"2026-13-01"\n'),
        (("report", "sla", "--since", "mon..fri"), "write --since mon --until fri\n"),
        (("report", "sla", "--until", "2026-13-01"), '"2026-13-01"\n'),
    ],
)
def test_an_end_of_a_period_that_cannot_be_read_is_told_as_it_was_typed(
    desk: Desk, words: tuple[str, ...], told: str
) -> None:
    refused = desk.run(*words)

    assert refused.code == ExitCode.USAGE
    assert told in refused.err


def test_next_is_what_is_due_first_and_take_gives_it_to_one_agent_only(desk: Desk) -> None:
    first = json.loads(desk.run("next", "--take", "-f", "json").out)
    other = json.loads(desk.run("next", "--take", "-f", "json", agent="ann").out)

    assert (first["id"], first["agent"], first["status"]) == (1, "ann", "open")
    assert other["id"] == 1
    assert set(first) == {
        *("id", "subject", "due", "status", "priority", "team", "line", "agent", "customer", "organisation"),
        *("channel", "category", "tags", "fields", "created", "message_count", "last_message", "deadline", "why"),
        *("rating", "comment"),
    }


def test_at_means_the_ticket_that_next_gave_even_if_it_was_one_s_own(desk: Desk) -> None:
    desk.run("take", "1")
    desk.run("note", "5", "-m", "Rang")
    desk.run("next", "--take")

    assert desk.run("note", "@", "-m", "Done").err == "Ticket 1 noted. Undo: supportq undo\n"


def test_next_fits_a_screen_and_says_why(desk: Desk) -> None:
    answer = desk.run("next", "--why", "--tz", "Europe/Berlin", terminal=True)

    assert answer.out.splitlines()[:3] == ["1  Loom 5", "", "Due       3h late"]
    assert "First response due today 13:00, before all else." in answer.out
    assert max(map(len, answer.out.splitlines())) <= 80


def test_next_gives_numbers_to_a_pipe_that_asks_for_them(desk: Desk) -> None:
    assert desk.run("next", "-f", "ids").out == "1\n"


def test_changes_tell_who_did_what_and_what_was_undone(desk: Desk) -> None:
    desk.run("prioritise", "1", "urgent", "--reason", "rang twice", agent="ben")
    desk.run("set", "2", "3", "tag+=vip", "team=none")
    desk.run("undo")

    rows = [line.split("\t")[2:] for line in desk.run("changes", "-L", "3", "--no-header").out.splitlines()]
    about_1 = desk.run("changes", "1", "--by", "ben", "--no-header").out.split("\t")

    assert rows == [
        ["ann", "undo", "2-3", "undone, change 8"],
        ["ann", "set", "2-3", "team none, +vip (undone by 9)"],
        ["ben", "prioritise", "1", "priority urgent: rang twice"],
    ]
    assert about_1[4:] == ["1", "priority urgent: rang twice\n"]


def test_changes_name_all_their_tickets_to_programs_and_the_first_to_people(desk: Desk) -> None:
    desk.run("set", "1-3", "tag+=vip")

    assert json.loads(desk.run("changes", "2", "-L", "1", "-f", "json").out)[0]["tickets"] == [2, 1, 3]
    assert "2 +2" in desk.run("changes", "2", "-L", "1", terminal=True).out


def test_undo_says_what_it_gave_back_in_the_words_of_the_ticket(desk: Desk) -> None:
    desk.run("prioritise", "1", "urgent")

    undone, redone = desk.run("undo"), desk.run("redo")

    assert undone.err == ("1: priority urgent -> normal\nChange 7 (prioritise, by ann) undone. Back: supportq redo\n")
    assert redone.err.startswith("1: priority normal -> urgent\n")


@pytest.mark.parametrize("verb", ["undo", "redo"])
def test_to_take_back_a_change_of_many_tickets_takes_a_yes(desk: Desk, verb: str) -> None:
    desk.run("prioritise", "1-4", "urgent", "--yes")
    if verb == "redo":
        desk.run("undo", "--yes")

    refused, dry, done = desk.run(verb), desk.run(verb, "-n"), desk.run(verb, "--yes")

    assert refused.code == 2
    assert "(prioritise, by ann) touched 4 tickets, and this is not a terminal" in refused.err
    assert (dry.code, done.code) == (0, 0)


def test_undo_says_what_stays_as_others_set_it_since(desk: Desk) -> None:
    desk.run("prioritise", "1", "high", agent="ben")
    desk.run("prioritise", "1", "urgent")

    assert desk.run("undo", agent="ben").err == (
        "1: priority stays urgent, as ann set it since\nChange 7 (prioritise, by ben) undone. Back: supportq redo\n"
    )


def test_undo_lists_one_s_own_changes(desk: Desk) -> None:
    desk.run("prioritise", "1", "urgent")
    desk.run("note", "1", "-m", "Mine", agent="ben")

    listed = desk.run("undo", "--list", "-f", "json", agent="ben").out

    assert [row["verb"] for row in json.loads(listed)] == ["note"]


def test_redo_lists_what_one_has_undone(desk: Desk) -> None:
    desk.run("prioritise", "1", "urgent")
    desk.run("undo")
    desk.run("note", "1", "-m", "Mine")

    listed = desk.run("redo", "--list", "-f", "json").out

    assert [row["verb"] for row in json.loads(listed)] == ["prioritise"]


def test_a_dry_run_shows_what_would_be_different_and_changes_nothing(desk: Desk) -> None:
    answer = desk.run("set", "1", "subject=Yarn", "-n")

    assert answer.out == "id\tfield\tbefore\tafter\n1\tsubject\tLoom 5\tYarn\n"
    assert answer.err == "Dry run: Ticket 1 would be changed; nothing was changed.\n"
    assert desk.run("changes", "-L", "1", "--no-header").out.split("\t")[3] == "log"
