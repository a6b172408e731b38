"""Logging: a new inquiry, what a customer said about a ticket, a first word of ours."""

from pathlib import Path

import pytest
from queues import new_queue
from running import Run, run

from supportq.errors import ExitCode


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return new_queue(tmp_path / "desk.db")


def log(desk: Path, *words: str, now: str = "2026-11-20T15:00:00Z", stdin: str = "", terminal: bool = False) -> Run:
    return run("log", *words, queue=desk, now=now, stdin=stdin, terminal=terminal)


def told(desk: Path, statement: str) -> list[str]:
    return run("sql", statement, "-f", "tsv", "--no-header", queue=desk, now="2026-12-31T00:00:00Z").out.splitlines()


def test_an_inquiry_gets_a_number_and_a_due_moment(desk: Path) -> None:
    done = log(desk, "Order 12 not here", "-c", "ann@example.com", "--channel", "phone", "-m", "Rang at 9")

    assert (done.code, done.out) == (0, "")
    assert done.err == "Logged 1: Order 12 not here (due today 18:00). Undo: supportq undo\n"


def test_a_subject_is_one_line_and_its_echo_is_short(desk: Path) -> None:
    done = log(desk, "Order\r\n" + "12 " * 40_000, "-c", "ann@example.com")

    assert done.err.startswith(f"Logged 1: Order {'12 ' * 18}… (due")
    assert told(desk, "select subject like 'Order 12 %' from ticket_view") == ["1"]


def test_the_number_comes_out_for_a_pipe(desk: Path) -> None:
    assert log(desk, "Order", "-c", "ann@example.com", "-f", "ids").out == "1\n"


def test_what_a_customer_says_about_a_ticket_joins_it(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com", "--channel", "phone")

    assert "Logged on 1" in log(desk, "--to", "1", "-m", "Rang again").err
    assert "Logged on 1" in log(desk, "--to", "1", "--channel", "chat", "-m", "And again").err
    assert told(desk, "select channel, author from message_view where ticket_id = 1 order by id") == [
        "phone\tcustomer",
        "phone\tcustomer",
        "chat\tcustomer",
    ]


def test_bare_words_about_a_ticket_are_what_was_said_and_none_are_lost(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com", "-m", "Not here")
    log(desk, "--to", "1", "Rang again")
    refused = log(desk, "--to", "1", "The order", "-m", "And again")

    assert (refused.code, '"The order" would be lost' in refused.err) == (ExitCode.USAGE, True)
    assert told(desk, "select body from message_view order by id") == ["Not here", "Rang again"]


def test_somebody_else_who_speaks_of_a_ticket_becomes_a_participant(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com")
    log(desk, "--to", "1", "-c", "ben@example.com", "-m", "It is for me")

    assert told(desk, "select author from message_view order by id") == ["customer", "participant"]


def test_a_word_about_a_resolved_ticket_opens_it_while_its_window_lasts(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com", "--answered", "--resolve")
    log(desk, "--to", "1", "-m", "No, still not here", now="2026-11-25T15:00:00Z")

    assert told(desk, "select id, status from ticket") == ["1\topen"]


def test_what_became_of_a_ticket_is_said(desk: Path) -> None:
    done = log(desk, "Order", "-c", "ann@example.com", "--answered", "--resolve")
    again = log(desk, "--to", "1", "-m", "No, still not here")
    late = log(desk, "--to", "1", "-m", "Hello?", now="2026-11-26T15:00:00Z")

    assert "Logged 1: Order (resolved)." in done.err
    assert "Logged on 1: open (was resolved), due " in again.err
    assert " late. " in late.err


def test_a_word_about_a_closed_ticket_opens_one_that_follows_it(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com", "--answered", "--resolve")

    done = log(desk, "--to", "1", "-m", "Again!", now="2026-12-20T15:00:00Z")

    assert "which follows 1" in done.err
    assert told(desk, "select ticket_id, other_id, kind from link") == ["2\t1\tfollows"]


def test_a_word_that_comes_in_the_second_of_a_close_opens_one_that_follows_it(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com")
    run("close", "1", queue=desk)

    assert (
        "Logged 2: Still broken, which follows 1, since that is closed"
        in log(desk, "--to", "1", "-m", "Still broken").err
    )


def test_a_word_of_before_a_close_that_is_heard_of_later_opens_one_that_follows_it(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com", "--at", "14:00")
    run("close", "1", queue=desk)

    assert "which follows 1" in log(desk, "--to", "1", "-m", "Hello?", "--at", "15:00").err


def test_the_last_ticket_touched_can_be_spoken_of(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com")

    assert "Logged on 1" in log(desk, "--to", "@", "-m", "Rang again").err


def test_who_logs_on_spam_is_told_that_nobody_will_answer(desk: Path) -> None:
    log(desk, "Buy now", "-c", "ann@example.com")
    run("spam", "1", queue=desk)

    assert "if it is none: supportq reopen 1" in log(desk, "--to", "1", "-m", "Hello?").err


def test_the_fields_of_a_ticket_that_is_there_are_changed_by_set(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com")

    assert "supportq set 1 KEY=VALUE" in log(desk, "--to", "1", "--team", "sales", "-m", "Hello").err


def test_what_follows_a_closed_ticket_is_for_the_same_people(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com", "--team", "sales", "--line", "2", "--category", "order", "--resolve")
    log(desk, "--to", "1", "-m", "Again!", now="2026-12-20T15:00:00Z")

    found = told(desk, "select team, line, category, status from ticket_view order by id")
    assert found == ["sales\t2\torder\tresolved", "sales\t2\torder\tnew"]


def test_nothing_is_said_about_a_ticket_before_it_came_in(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com")

    refused = log(desk, "--to", "1", "-m", "Hello", "--at", "today 15:59")

    assert (refused.code, "1 had not come in yet" in refused.err) == (ExitCode.USAGE, True)
    assert told(desk, "select count(*) from message") == ["1"]


def test_an_answer_on_the_spot_meets_the_promise_and_leaves_the_ticket_open(desk: Path) -> None:
    log(desk, "Opening hours", "-c", "Ann Lee", "--channel", "counter", "--answer", "Nine to five")

    assert told(desk, "select kind, standing, live from clock_view where kind = 'first_response'") == [
        "first_response\tmet\t1"
    ]
    assert told(desk, "select status from ticket") == ["open"]


def test_a_first_word_of_ours_waits_for_the_customer_and_owes_nothing(desk: Path) -> None:
    log(desk, "Your loom is ready", "-c", "ann@example.com", "--outgoing", "-m", "Come and fetch it")

    assert told(desk, "select status, unanswered_since from ticket") == ["pending\t"]
    assert told(desk, "select direction, agent from message_view") == ["out\tann"]


def test_a_key_is_logged_once(desk: Path) -> None:
    words = ("Order", "-c", "ann@example.com", "--key", "call-7")
    log(desk, *words)

    again = log(desk, *words)

    assert (again.code, again.err) == (0, "1 has that key already; nothing was changed.\n")
    assert told(desk, "select count(*) from ticket") == ["1"]


def test_fields_are_taken_in_the_words_of_the_desk(desk: Path) -> None:
    words = ("--team", "Sales", "--priority", "high", "-t", "vip", "--field", "order=A-17", "--agent", "me")
    log(desk, "Order", "-c", "ann@example.com", *words)

    assert told(desk, "select team, priority, tags, assignee, status from ticket_view") == [
        "sales\thigh\tvip\tann\topen"
    ]


def test_a_terminal_is_asked_for_what_is_missing(desk: Path) -> None:
    done = log(desk, stdin="Broken reed\nann@example.com\nIt snapped\n", terminal=True)

    assert "Logged 1: Broken reed" in done.err
    assert told(desk, "select address from ticket_view") == ["ann@example.com"]
    assert told(desk, "select body from message_view") == ["It snapped"]


def test_the_first_line_of_a_message_is_the_subject_where_none_is_given(desk: Path) -> None:
    assert "Logged 1: Broken reed" in log(desk, "-c", "ann@example.com", "-m", "Broken reed\nIt snapped").err


@pytest.mark.parametrize(
    ("words", "code", "cause"),
    [
        ((), ExitCode.USAGE, "what is it about?"),
        (("Order",), ExitCode.USAGE, "who is it from?"),
        (("Order", "-c", "ann@"), ExitCode.USAGE, "no mail address"),
        (("Order", "-c", "Ann", "--team", "sails"), ExitCode.USAGE, "did you mean sales?"),
        (("Order", "-c", "Ann", "--at", "2026-11-21"), ExitCode.USAGE, "before it happened"),
        (("--to", "9", "-m", "Hello"), ExitCode.NOT_FOUND, "no ticket 9"),
        (("--to", "kettle", "-m", "Hello"), ExitCode.USAGE, "kettle"),
        (("Order", "-c", "Ann", "--tag", "a b,c"), ExitCode.USAGE, '"a b" is no tag'),
        (("Order", "-c", "Ann", "--field", "order=1", "--field", "order=2"), ExitCode.USAGE, "given two values"),
        (("Order", "-c", "Ann", "-m", " "), ExitCode.USAGE, "empty"),
        (("Order", "-c", "Ann", "--answered", "--outgoing"), ExitCode.USAGE, "a first word of ours"),
    ],
)
def test_what_is_missing_or_wrong_is_said(desk: Path, words: tuple[str, ...], code: ExitCode, cause: str) -> None:
    done = log(desk, *words)

    assert done.code == code
    assert cause in done.err
    assert told(desk, "select count(*) from ticket") == ["0"]


def test_a_dry_run_says_what_it_would_log(desk: Path) -> None:
    assert "Dry run: 1: Order" in log(desk, "Order", "-c", "Ann", "-n").err
    assert told(desk, "select count(*) from ticket") == ["0"]


def test_to_undo_a_log_says_that_its_ticket_is_gone_again_or_was_spoken_of(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com")
    log(desk, "--to", "1", "-m", "Rang again")

    assert "1: only its conversation is different\n" in run("undo", queue=desk).err
    assert "1 is gone again\n" in run("undo", queue=desk).err


def test_a_ticket_that_opens_again_says_so_and_not_what_follows_from_that(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com", "--answered", "--resolve")

    assert run("reopen", "1", queue=desk).err == "Ticket 1 opened again: open (was resolved). Undo: supportq undo\n"


def test_me_is_an_agent_wherever_one_is_named(desk: Path) -> None:
    log(desk, "Order", "-c", "ann@example.com")

    assert "agent ann" in run("set", "1", "agent=me", queue=desk).err
