import json
from pathlib import Path

from desks import same_screen
from queues import a_queue, ago
from running import run

from supportq.mail.quoting import without_quotes


def test_a_ticket_is_shown_with_facts_clocks_and_conversation(friday: Path) -> None:
    same_screen("show", run("show", "1", queue=friday, terminal=True).out)


def test_changes_are_told_when_asked_for(friday: Path) -> None:
    same_screen("show-changes", run("show", "2", "--changes", queue=friday, terminal=True).out)


def test_long_quotations_are_folded() -> None:
    said = "Any news?\nAnn wrote:\n> one\n> two\n> three\n> four\nIda"

    assert without_quotes(said) == "Any news?\nAnn wrote:\n[4 quoted lines]\nIda"
    assert without_quotes("> short\nYes.") == "> short\nYes."


def test_what_a_customer_wrote_can_not_act_on_the_terminal_unless_raw_is_asked_for(friday: Path) -> None:
    assert "\x1b" not in run("show", "3", queue=friday, terminal=True).out
    assert run("show", "3", "--raw", queue=friday).out == "I have the small one, \x1b[31mwith four shafts\x1b[0m.\n"


def test_raw_prints_the_last_messages_untouched(friday: Path) -> None:
    shown = run("show", "1", "--raw", "--messages", "1", queue=friday).out

    assert shown == "Any news?\n> It left on Monday.\n>\n> Ann\nIda\n"


def test_earlier_messages_are_counted_when_left_out(friday: Path) -> None:
    shown = run("show", "1", "--messages", "1", queue=friday).out

    assert "2 earlier messages: --messages 0 shows all" in shown
    assert "Where is it?" not in shown


def test_the_record_of_a_ticket_has_these_keys(friday: Path) -> None:
    record = json.loads(run("show", "1", "--json", queue=friday).out)

    assert list(record) == [
        *("id", "subject", "status", "priority", "team", "agent", "line", "channel", "category", "language", "tags"),
        *(
            "fields",
            "links",
            "merged_into",
            "origins",
            "facts",
            "resolution",
            "reason",
            "created",
            "updated",
            "unanswered",
            "wakes",
        ),
        *(
            "resolved",
            "closes",
            "follow_up",
            "rating",
            "rated",
            "comment",
            "spent_s",
            "replies",
            "reopened",
            "revision",
        ),
        *("customer", "reply_to"),
        *("participants", "clocks", "messages"),
    ]
    assert list(record["customer"]) == ["id", "name", "organisation", "language", "addresses"]
    assert list(record["clocks"][0]) == [
        *("clock", "ordinal", "standing", "late", "started", "target_s", "due", "remaining_s", "stopped", "breached"),
        *("cause", "why_void", "elapsed_s", "business_s", "paused_s", "policy", "hours"),
    ]
    assert list(record["messages"][0]) == [
        *(
            "id",
            "at",
            "recorded",
            "direction",
            "author",
            "agent",
            "author_name",
            "customer",
            "channel",
            "subject",
            "body",
        ),
        *("automatic", "live", "delivery", "attachments", "why_thread"),
    ]


def test_several_tickets_are_shown_one_after_the_other(friday: Path) -> None:
    shown = run("show", "3", "1", queue=friday).out

    assert shown.index("3  How do I warp a loom?") < shown.index("1  Order 12 not here")
    assert [record["id"] for record in json.loads(run("show", "3", "1", "--json", queue=friday).out)] == [3, 1]


def test_formats_of_rows_get_the_ticket_as_a_row(friday: Path) -> None:
    assert run("show", "1", "-f", "ids", queue=friday).out == "1\n"
    assert run("show", "1", "-T", "{id} {status}", queue=friday).out == "1 open\n"


def test_looking_is_remembered(tmp_path: Path) -> None:
    with a_queue(tmp_path) as bench:
        bench.ask("Order 12 not here", ago(hours=1))
        queue = bench.queue.path

    run("show", "1", queue=queue, agent="ann")
    seen = next((tmp_path / "state").rglob("1"))

    assert seen.parent.name == "ann"
    assert seen.read_text() == "2"


def test_nothing_named_is_wrong_usage_and_a_missing_ticket_is_not_found(friday: Path) -> None:
    assert run("show", queue=friday).code == 2
    assert run("show", "1", "77", queue=friday).code == 3
