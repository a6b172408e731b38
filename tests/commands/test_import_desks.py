"""Importing what other desks export: conversations, their ends, and the ways to say what a file is."""

import json
import random
import re
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from queues import new_queue
from running import Run, run

from supportq.errors import ExitCode
from supportq.intake.profiles import names
from supportq.when import format_stamp

TOLD = "select direction, body from message_view where ticket_id = 1 order by at, id"

STANDING = """
select source_key.key, ticket.status, count(message.id)
from ticket
join source_key on source_key.ticket_id = ticket.id and source_key.key not like '%/%'
join message on message.ticket_id = ticket.id
where source_key.source = 'zendesk'
group by ticket.id
"""

ZENDESK_TICKET = """
{"id": 1, "subject": "Loom", "description": "x", "status": "new", "requester_id": 5, "submitter_id": 5, "group_id": 9,
"created_at": "2026-11-02T05:00:00Z"}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return new_queue(tmp_path / "desk.db")


def written(desk: Path, profile: str, *changes: tuple[str, str]) -> Path:
    """Write the fixture of a profile as a file, with some words of it changed."""
    sample = import_module(f"profiles.{profile}")
    data: bytes = sample.DATA if isinstance(sample.DATA, bytes) else sample.DATA.encode()
    for old, new in changes:
        assert old.encode() in data
        data = data.replace(old.encode(), new.encode())
    file: Path = desk.parent / sample.NAME
    file.write_bytes(data)
    return file


def imported(desk: Path, profile: str, *words: str) -> Run:
    return run("import", str(written(desk, profile)), *words, queue=desk)


def facts(desk: Path, statement: str) -> list[tuple[str, ...]]:
    shown = run("sql", statement, "-f", "tsv", "--no-header", queue=desk)
    assert shown.code == 0, shown.err
    return [tuple(line.split("\t")) for line in shown.out.splitlines()]


@pytest.mark.parametrize("profile", names())
def test_every_export_comes_in_whole_once(desk: Path, profile: str) -> None:
    assert imported(desk, profile).code == ExitCode.DONE
    before = facts(desk, "select count(*), max(id) from event")

    again = imported(desk, profile)

    assert (again.code, facts(desk, "select count(*), max(id) from event")) == (ExitCode.DONE, before)
    assert run("doctor", queue=desk).code == ExitCode.DONE


def test_a_conversation_is_one_ticket_with_all_that_was_said(desk: Path) -> None:
    done = imported(desk, "zendesk_json")

    assert "read as Zendesk, JSON export or API" in done.err
    assert "to have it: supportq config set agents.ann.email ann@desk.example\n" in done.err
    assert "10 messages: 3 imported, 7 added to their tickets." in done.err
    assert facts(desk, TOLD) == [
        ("in", "It creaks"),
        ("note", "Fjord again"),
        ("out", "Oil it"),
        ("in", "(loom.png)"),
    ]
    assert facts(desk, "select status, resolved_at, rating from ticket where id = 1") == [
        ("resolved", "2026-11-03T09:00:00Z", "5")
    ]
    assert ("first_response", "met") in facts(desk, "select kind, standing from clock_view where ticket_id = 1")


def test_who_spoke_at_another_desk_is_kept_with_the_message(desk: Path) -> None:
    imported(desk, "zendesk_json")

    assert ("Zendesk user 91",) in facts(desk, "select value from source_fact where name like 'author (message %)'")


def test_thanks_after_the_end_do_not_reopen_what_was_ended_there(desk: Path) -> None:
    late = written(desk, "jira", ("02/Nov/26 2:00 PM", "05/Nov/26 2:00 PM"))
    run("import", str(late), queue=desk)

    assert facts(desk, "select status from ticket where id = 1") == [("resolved",)]


def test_what_was_dealt_with_at_a_desk_that_tells_no_replies_is_neither_met_nor_missed(desk: Path) -> None:
    silent = written(desk, "jira", (",02/Nov/26 1:40 PM,", ",,"))
    run("import", str(silent), queue=desk)

    assert {standing for (standing,) in facts(desk, "select standing from clock_view where ticket_id = 1")} == {
        "no_data"
    }
    assert facts(desk, "select status from ticket where id = 1") == [("resolved",)]


def test_answers_that_stand_before_their_questions_make_one_conversation(desk: Path) -> None:
    imported(desk, "tweets")

    assert [direction for direction, _ in facts(desk, TOLD)] == ["in", "out", "in"]
    assert facts(desk, "select count(*) from ticket") == facts(desk, "select count(*) from customer") == [("1",)]


def test_an_answer_whose_question_is_missing_is_a_ticket_of_its_own(desk: Path) -> None:
    file = desk.parent / "messages.csv"
    file.write_text("ticket_ref,at,author,direction,body\nT-1,2026-11-02T09:00:00Z,ann,out,Oil it\n", encoding="utf-8")

    assert "1 imported" in run("import", str(file), queue=desk).err
    assert facts(desk, "select status from ticket") == [("pending",)]
    assert [direction for direction, _ in facts(desk, TOLD)] == ["out"]


def test_articles_in_a_file_of_their_own_find_their_tickets(desk: Path) -> None:
    imported(desk, "zammad_json")

    assert "2 added to their tickets" in imported(desk, "zammad_articles").err
    assert facts(desk, "select count(*) from ticket") == [("2",)]


def test_minutes_to_a_reply_of_which_no_word_is_known_are_a_fact_and_keep_no_promise(desk: Path) -> None:
    imported(desk, "zendesk", "--tz", "UTC")

    assert facts(desk, "select count(*) from message where direction = 'out'") == [("0",)]
    assert facts(desk, "select standing from clock where ticket_id = 1 and kind = 'first_response'") == [("no_data",)]
    assert ("First reply time in minutes", "26") in facts(desk, "select name, value from source_fact")


def test_teams_and_agents_of_another_desk_are_kept_as_facts(desk: Path) -> None:
    imported(desk, "zendesk")

    assert {("Group", "Level 2"), ("Assignee", "Kim")} <= set(facts(desk, "select name, value from source_fact"))


def test_a_status_that_nobody_knows_is_rejected_until_somebody_says_what_it_means(desk: Path) -> None:
    strange = written(desk, "jira", ("Waiting for customer", "At the weaver"), ("In Progress", "Weaving"))
    done = run("import", str(strange), queue=desk)

    assert done.code == ExitCode.REJECTED
    kept = (desk.parent / "Jira.rejects.csv").read_text(encoding="utf-8")
    assert """supportq config set 'import.words.status."At the weaver"' new""" in kept.replace('""', '"')
    run("config", "set", 'import.words.status."At the weaver"', "on_hold", queue=desk)
    assert "1 imported" in run("import", str(desk.parent / "Jira.rejects.csv"), queue=desk).err


@pytest.mark.parametrize(
    ("profile", "change", "before", "after"),
    [("zendesk_json", ('"open"', '"Godot"'), "5", "10"), ("intercom", (",closed,", ",Godot,"), "0", "5")],
)
def test_a_conversation_whose_status_nobody_knows_is_rejected_whole(
    desk: Path, profile: str, change: tuple[str, str], before: str, after: str
) -> None:
    run("import", str(written(desk, profile, change)), queue=desk)
    assert facts(desk, "select count(*) from message") == [(before,)]

    run("config", "set", "import.words.status.Godot", "open", queue=desk)
    run("import", str(next(desk.parent.glob("*.rejects.*"))), queue=desk)
    assert facts(desk, "select count(*) from message") == [(after,)]
    assert facts(desk, "select status from ticket order by id desc limit 1") == [("open",)]


def test_a_dash_in_an_export_is_no_priority_and_no_agent(desk: Path) -> None:
    done = run("import", str(written(desk, "zendesk", (",Kim,Level 2,", ",-,-,"), (",Hold,,", ",Hold,-,"))), queue=desk)

    assert (done.code, " -\n" in done.err) == (ExitCode.DONE, False)
    assert facts(desk, "select priority, assignee from ticket_view where id = 2") == [("normal", "")]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("Pending Customer Response", "pending"), ("Waiting for support", "open"), ("Cancelled", "closed")],
)
def test_words_that_many_desks_have_for_a_status_are_known(desk: Path, word: str, meaning: str) -> None:
    run("import", str(written(desk, "zendesk", (",Hold,", f",{word},"))), queue=desk)

    assert facts(desk, "select status from ticket_view where id = 2") == [(meaning,)]


def test_a_profile_of_the_settings_adds_to_the_form_that_is_recognised(desk: Path) -> None:
    run("config", "set", 'import.profiles.ours."Loom [list]"', "field.order", queue=desk)

    assert imported(desk, "zendesk", "--profile", "ours").code == ExitCode.DONE
    assert facts(desk, "select distinct source from source_key") == [("ours",)]
    assert "Fjord" in run("show", "1", queue=desk).out


def test_explain_says_what_was_recognised_and_why(desk: Path) -> None:
    explained = json.loads(imported(desk, "zendesk", "--explain", "-f", "json").out)

    assert (explained["profile"], explained["source"], explained["rows"]) == ("zendesk", "zendesk", 2)
    assert "Requester" in explained["why"]
    assert {"column": "Solved at", "field": "resolved_at", "why": "known header"} in explained["columns"]
    assert {"column": "Status", "word": "Hold", "rows": 1, "meaning": "on_hold"} in explained["words"]
    assert facts(desk, "select count(*) from ticket") == [("0",)]


def test_explain_tells_what_a_form_makes_of_which_columns_by_their_names_in_the_file(
    desk: Path, tmp_path: Path
) -> None:
    file = tmp_path / "jira.csv"
    file.write_text(
        "Zusammenfassung,Vorgangsschlüssel,Vorgangstyp,Status,Autor,Erstellt,Kommentar\n"
        "Loom,IT-1,Incident,Fertig,Ida,2026-11-02 09:00,2026-11-02 09:30;5b1;Oil it\n",
        encoding="utf-8",
    )
    columns = json.loads(run("import", str(file), "--explain", "-f", "json", queue=desk).out)["columns"]

    assert {"column": "Vorgangsschlüssel", "field": "key", "why": "known header"} in columns
    assert {"column": "our status", "field": "status", "why": "made by the form"} in columns
    assert {"column": "Kommentar", "field": "", "why": "the form makes others of it"} in columns


def test_explain_tells_what_it_can_of_a_file_that_can_not_be_imported_yet(desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("number,mail,created\n1,ida@example.com,03/04/2026\n", encoding="utf-8")
    told = run("import", str(file), "--explain", queue=desk)

    assert told.code == ExitCode.FAILED
    assert "created  at       known header" in told.out
    assert told.err.startswith("can't be imported yet: no column says what somebody wants")


def test_explain_names_what_a_file_lacks_to_be_of_a_form(desk: Path) -> None:
    lacking = written(desk, "front", ("Message date", "Date"))

    explained = json.loads(run("import", str(lacking), "--explain", "-f", "json", queue=desk).out)

    assert explained["nearly"] == "front lacks Message date"


def test_every_form_is_told_in_help(desk: Path) -> None:
    shown = run("help", "import", queue=desk).out

    assert [name for name in names() if not re.search(rf"\b{name}\b", shown)] == []


def test_a_rehearsal_shows_tickets_with_all_that_was_said(desk: Path) -> None:
    plan = json.loads(imported(desk, "zendesk_json", "--dry-run", "-f", "json").out)

    assert plan["new"] == 10
    assert [ticket["subject"] for ticket in plan["samples"]] == ["Loom creaks", "Where is it?", "And now?"]
    assert plan["samples"][0]["then"] == ["note: Fjord again", "out: Oil it", "in: (loom.png)"]


def story(chance: random.Random, number: int) -> dict[str, Any]:
    """Return a ticket of Zendesk with some comments, and one of the statuses that it may have after those."""
    at = datetime(2026, 5, 1, tzinfo=UTC) + timedelta(minutes=number)
    moments = [at + timedelta(hours=9 * place) for place in range(chance.randint(1, 9))]
    authors = [number, *(chance.choice([number, 7]) for _ in moments[1:])]
    return {
        "id": number,
        "subject": f"Loom {number}",
        "description": "It creaks",
        "status": chance.choice(["open", "pending", "hold", "solved", "closed"]),
        "requester_id": number,
        "submitter_id": number,
        "created_at": format_stamp(at),
        "metric_set": {"solved_at": format_stamp(moments[-1]) if chance.random() < 0.7 else None},
        "comments": [
            {
                "id": place,
                "author_id": author,
                "public": chance.random() < 0.7,
                "body": "x",
                "created_at": format_stamp(at),
            }
            for place, (at, author) in enumerate(zip(moments, authors, strict=True))
        ],
    }


def test_every_ticket_stands_as_it_stood_there_whatever_was_said(desk: Path) -> None:
    chance = random.Random(4)  # noqa: S311 - the same stories each time
    stories = [story(chance, number) for number in range(1000, 1150)]
    file = desk.parent / "export.json"
    file.write_text("\n".join(map(json.dumps, stories)), encoding="utf-8")

    assert run("import", str(file), queue=desk).code == ExitCode.DONE

    statuses = {"hold": "on_hold", "solved": "resolved"}
    stood = {
        (str(each["id"]), statuses.get(each["status"], each["status"]), str(len(each["comments"]))) for each in stories
    }
    assert set(facts(desk, STANDING)) == stood
    assert run("doctor", queue=desk).code == ExitCode.DONE


def test_who_stands_beside_the_list_of_an_api_is_known_in_its_tickets(desk: Path) -> None:
    users = (
        '"users": [{"id": 5, "name": "Ida Berg", "email": "ida@example.com"}], "groups": [{"id": 9, "name": "Sales"}]'
    )
    file = desk.parent / "tickets.json"
    file.write_text(f'{{"tickets": [{ZENDESK_TICKET}], {users}, "count": 1}}', encoding="utf-8")

    assert "1 imported" in run("import", str(file), queue=desk).err
    assert "Ida Berg <ida@example.com>" in run("show", "1", queue=desk).out
    assert facts(desk, "select team from ticket") == [("sales",)]


def test_who_wrote_a_comment_is_staff_or_not_as_the_file_says_of_them(desk: Path) -> None:
    said = {"public": True, "body": "x"}
    comments = [{"id": n, "author_id": n, "created_at": f"2026-11-02T0{n}:00:00Z", **said} for n in (5, 6, 7, 8)]
    ticket = json.loads(ZENDESK_TICKET) | {"comments": comments}
    users = [
        {"id": 6, "name": "Boss", "email": "boss@example.com", "role": "end-user"},
        {"id": 7, "name": "Ann", "role": "agent"},
    ]
    file = desk.parent / "tickets.json"
    file.write_text(json.dumps({"tickets": [ticket], "users": users}), encoding="utf-8")

    told = run("import", str(file), queue=desk).err

    assert "1 message became a note: the file doesn't say whether it" in told
    assert "Boss" not in told
    assert facts(desk, "select direction, author from message_view order by id") == [
        ("in", "customer"),
        ("in", "participant"),
        ("out", "agent"),
        ("note", "agent"),
    ]


def test_nobody_knows_when_a_ticket_ended_whose_file_does_not_say(desk: Path) -> None:
    file = written(desk, "rt", ("stalled", "deleted"))
    run("import", str(file), queue=desk)

    shown = json.loads(run("show", "1", "-f", "json", queue=desk).out)
    assert (shown["status"], shown["resolved"]) == ("closed", None)
    assert {clock["stopped"] for clock in shown["clocks"] if clock["standing"] == "no_data"} == {None}
    flow = json.loads(run("report", "flow", "--since", "2026-01-01", "-f", "json", queue=desk).out)
    assert sum(row["undated"] for row in flow) == 1
    assert sum(row["resolved"] for row in flow) == 1


CHOSEN = """\
Ticket ID,Subject,Status,Created time,Full name,Email,Survey results
15,Loom creaks,Open,2026-11-02 09:14:22,Ida Berg,ida@example.com,
"""


def test_an_export_in_which_few_columns_were_chosen_is_known_again_in_the_whole_one(desk: Path) -> None:
    (desk.parent / "few.csv").write_text(CHOSEN)

    done = run("import", str(desk.parent / "few.csv"), queue=desk)

    assert "read as Freshdesk, CSV of tickets, though without Agent, Group, Due by Time" in done.err
    assert "2 imported" in imported(desk, "freshdesk", "--on-duplicate", "update").err
    assert facts(desk, "select count(*) from ticket where id = 1 or source <> 'freshdesk'") == [("1",)]


def test_a_table_that_may_be_an_export_is_said_to_be_like_one(desk: Path) -> None:
    (desk.parent / "few.csv").write_text(CHOSEN.replace(",Survey results", ",Rating"))

    assert "--profile freshdesk (once imported" in run("import", str(desk.parent / "few.csv"), "-n", queue=desk).err


def test_a_form_of_which_a_file_has_nothing_is_refused(desk: Path) -> None:
    refused = run("import", str(written(desk, "zendesk")), "--profile", "intercom", queue=desk)

    assert (refused.code, facts(desk, "select count(*) from ticket")) == (1, [("0",)])
    assert "it has not message_id, message_body" in refused.err


def test_a_saved_profile_of_which_a_table_has_no_column_is_refused(desk: Path) -> None:
    run("config", "set", "import.profiles.shop.Wer", "email", queue=desk)
    file = desk.parent / "rows.csv"
    file.write_text("email,subject\nida@example.com,Loom\n")

    refused = run("import", str(file), "--profile", "shop", queue=desk)

    assert (refused.code, "has no column of the profile shop: Wer" in refused.err) == (ExitCode.FAILED, True)


def test_a_file_that_can_not_be_read_names_the_form_that_it_is_nearly_of(desk: Path) -> None:
    file = written(desk, "intercom_json", ("waiting_since", "since"))

    refused = run("import", str(file), queue=desk)

    assert (refused.code, "without waiting_since; if it is that: --profile intercom_json" in refused.err) == (1, True)
    assert run("import", str(file), "--profile", "intercom_json", queue=desk).code == ExitCode.DONE


def test_further_requestors_take_part_in_a_ticket(desk: Path) -> None:
    imported(desk, "rt")

    assert "bo@example.com (participant)" in run("show", "1", queue=desk).out.replace("<", "").replace(">", "")


def test_a_bot_answers_nobody(desk: Path) -> None:
    imported(desk, "intercom")

    assert facts(desk, "select direction, author, automatic, delivery from message_view where id = 2") == [
        ("out", "system", "1", "recorded")
    ]
    assert facts(desk, "select elapsed_s from clock where kind = 'first_response'") == [("1538",)]
    assert run("doctor", "--rebuild", queue=desk).code == ExitCode.DONE
    assert facts(desk, "select count(*) from message where delivery <> 'recorded'") == [("0",)]


def test_two_desks_with_the_same_numbers_are_told_apart_by_name(desk: Path) -> None:
    imported(desk, "zendesk")

    other = written(desk, "zendesk", ("Loom creaks", "Wool in blue"))
    assert "2 imported" in run("import", str(other), "--source", "north", queue=desk).err
    assert facts(desk, "select count(*) from ticket") == [("4",)]


def test_a_view_first_and_the_export_afterwards_are_what_the_export_alone_is(desk: Path) -> None:
    imported(desk, "zendesk", "--tz", "Europe/Berlin")

    done = imported(desk, "zendesk_json")

    assert "10 messages: 1 imported, 7 added to their tickets, 2 updated." in done.err
    assert facts(desk, TOLD) == [("in", "It creaks"), ("note", "Fjord again"), ("out", "Oil it"), ("in", "(loom.png)")]
    assert facts(desk, "select status, rating, reopen_count, reply_count from ticket where id = 1") == [
        ("resolved", "5", "0", "1")
    ]
    assert facts(desk, "select standing from clock where ticket_id = 1 and kind = 'first_response'") == [("met",)]
    assert ("type", "question") in facts(desk, "select name, value from source_fact where ticket_id = 1")
    assert facts(desk, "select customer from ticket_view where id = 2") == [("Bo",)]
    assert ("customer in the newer file", "Zendesk user 362") in facts(desk, "select name, value from source_fact")
    assert "creaks" in run("search", "creaks", queue=desk).out
    assert run("doctor", queue=desk).code == ExitCode.DONE


def test_an_end_of_which_a_list_left_out_the_moment_is_moved_there_and_not_reopened_by_the_export(desk: Path) -> None:
    run("import", str(written(desk, "zendesk", (",2026-11-03 09:00,24,", ",,,"))), queue=desk)
    assert facts(desk, "select resolved_at from ticket where id = 1") == [("",)]

    imported(desk, "zendesk_json")

    assert facts(desk, "select resolved_at, reopen_count from ticket where id = 1") == [("2026-11-03T09:00:00Z", "0")]
    assert facts(desk, "select ended_at from ending where ticket_id = 1") == [("2026-11-03T09:00:00Z",)]
    assert run("doctor", queue=desk).code == ExitCode.DONE


def test_a_newer_export_renews_status_rating_tags_and_facts_and_leaves_what_was_given_here(desk: Path) -> None:
    imported(desk, "zendesk")
    run("set", "1", "tag+=ours", queue=desk)
    newer = written(desk, "zendesk", ("loom wool", "loom late"), ("Good,1,1,0", "Bad,1,1,2"), (",Hold,,", ",Open,,"))

    assert "2 updated" in run("import", str(newer), "--on-duplicate", "update", queue=desk).err

    assert facts(desk, "select tags, rating from ticket_view where id = 1") == [("late,loom,ours", "1")]
    assert facts(desk, "select rated_at = resolved_at from ticket where id = 1") == [("1",)]
    assert facts(desk, "select status from ticket where id = 2") == [("open",)]
    assert ("Reopens", "2") in facts(desk, "select name, value from source_fact where ticket_id = 1")


def test_a_rating_has_the_words_and_the_moment_that_a_file_gives_it_and_a_newer_one_can_bring_them(desk: Path) -> None:
    imported(desk, "intercom_json")
    newer = written(desk, "intercom_json", ('"rating": 5, "remark": "Quick!"', '"rating": 2, "remark": "Not so"'))
    asked = ("list", "has:rating", "-c", "rating,rated,comment", "-f", "tsv", "--no-header")

    before = run(*asked, queue=desk).out
    done = run("import", str(newer), "--on-duplicate", "update", queue=desk)

    assert before == "5\t2026-11-03T09:01:40Z\tQuick!\n"
    assert "1 updated" in done.err
    assert run(*asked, queue=desk).out == "2\t2026-11-03T09:01:40Z\tNot so\n"


def test_low_ratings_ask_for_nothing_and_words_that_are_no_rating_here_are_told(desk: Path) -> None:
    file = written(desk, "zendesk", ("Good,1,1,0", "Bad with comment,1,1,0"), ("Offered,", "Superb,"))

    told = run("import", str(file), "--explain", "-f", "json", queue=desk).out
    done = run("import", str(file), queue=desk)

    assert [(word["word"], word["meaning"]) for word in json.loads(told)["words"] if "Satis" in word["column"]] == [
        ("Bad with comment", "1"),
        ("Superb", "kept as a fact"),
    ]
    assert "no rating is called so here, so kept as facts that count nowhere: Superb (1 to 5 does)" in done.err
    assert facts(desk, "select rating from ticket where id < 3") == [("1",), ("",)]
    assert "  supportq list source:zendesk rating:..2\n" in done.err
    assert run("list", "source:zendesk", "rating:..2", "-c", "id", "--no-header", queue=desk).out == "1\n"
    assert run("count", "has:follow-up", queue=desk).out == "0\n"


def test_a_ticket_of_hubspot_that_names_no_contact_is_rejected_like_any_row_without_a_customer(desk: Path) -> None:
    file = written(desk, "hubspot", (",53,,\n", ",,,\n"))

    done = run("import", str(file), queue=desk)

    assert "2 rows: 1 imported, 1 rejected" in done.err
    assert "no customer: neither name nor email nor phone" in file.with_suffix(".rejects.csv").read_text()


def test_tickets_of_hubspot_of_which_none_names_a_contact_are_refused_with_the_way_to_say_it(desk: Path) -> None:
    file = written(desk, "hubspot_api", (",hs_all_associated_contact_emails", ""), (",ida@example.com", ""))

    done = run("import", str(file), queue=desk)

    assert (done.code, "no column says who it is" in done.err) == (ExitCode.FAILED, True)


FEW_COLUMNS = """\
Message ID,Conversation ID,Direction,Message date,From,To,Subject
m2,c1,Outbound,2026-11-02 09:40:00,desk@example.com,"+4930123456,+4930999999",Re: Loom
m1,c1,Inbound,2026-11-02 09:14:22,+4930123456,desk@example.com,
"""


def test_an_export_of_front_tells_who_wrote_whatever_columns_were_left_out(desk: Path) -> None:
    file = desk.parent / "front.csv"
    file.write_text(FEW_COLUMNS)

    done = run("import", str(file), queue=desk)

    assert (done.code, "read as Front, export of messages" in done.err) == (ExitCode.DONE, True)
    assert facts(desk, TOLD) == [("in", "(no text)"), ("out", "Re: Loom")]
    assert facts(desk, "select value from address") == [("+4930123456",)]


def test_messages_of_front_in_a_file_of_their_own_find_their_conversations(desk: Path) -> None:
    imported(desk, "front_json")

    assert "2 added to their tickets" in imported(desk, "front_messages").err


def test_what_was_put_off_there_waits_here_until_then_and_is_open_afterwards(desk: Path) -> None:
    imported(desk, "liveagent")
    assert facts(desk, "select status, wake_at from ticket where id = 3") == [("pending", "2026-12-01T08:00:00Z")]
    assert run("list", "status:open", "-f", "ids", queue=desk, now="2026-12-01T09:00:00Z").out.split() == ["3"]

    later = written(desk, "liveagent", ("2026-12-01 09:00:00", "2026-12-08 09:00:00"))
    run("import", str(later), "--on-duplicate", "update", queue=desk)
    assert facts(desk, "select status, wake_at from ticket where id = 3") == [("pending", "2026-12-08T08:00:00Z")]

    past = written(desk, "liveagent", ("2026-12-01 09:00:00", "2026-11-05 09:00:00"))
    run("import", str(past), "--on-duplicate", "update", queue=desk)
    assert facts(desk, "select status, wake_at from ticket where id = 3") == [("open", "")]
    assert run("doctor", queue=desk).code == ExitCode.DONE


def test_an_export_in_which_there_is_no_ticket_is_an_empty_one(desk: Path) -> None:
    header = import_module("profiles.hubspot").DATA.splitlines()[0]
    file = desk.parent / "empty.csv"
    file.write_text(f"{header}\n")

    done = run("import", str(file), queue=desk)

    assert (done.code, "No rows." in done.err) == (ExitCode.DONE, True)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [((), "open", "is not taken"), (("--on-duplicate", "update"), "resolved", "1 updated")],
)
def test_what_is_new_on_a_ticket_whose_row_is_held_is_added_without_its_status(
    desk: Path, words: tuple[str, ...], status: str, said: str
) -> None:
    comment = {"id": 11, "author_id": 7, "created_at": "2026-11-02T09:00:00Z", "body": "It creaks"}
    answer = comment | {"id": 12, "author_id": 9, "created_at": "2026-11-02T10:00:00Z", "body": "Oil it"}
    at = comment["created_at"]
    ticket = {"id": 1, "subject": "Loom", "description": "It creaks", "status": "open", "priority": "low"}
    ticket |= {
        "requester_id": 7,
        "submitter_id": 7,
        "assignee_id": None,
        "created_at": at,
        "updated_at": at,
        "tags": [],
    }
    users = [{"id": 7, "email": "ida@example.com"}, {"id": 9, "email": "ann@example.com", "role": "agent"}]
    file = desk.parent / "tickets.json"
    for more in ({"comments": [comment]}, {"comments": [comment, answer], "status": "solved", "priority": "high"}):
        file.write_text(json.dumps({"tickets": [ticket | more], "users": users}))
        done = run("import", str(file), *words, queue=desk)

    assert "1 added to their tickets" in done.err
    assert said in done.err
    assert facts(desk, "select status from ticket") == [(status,)]


def test_an_older_export_takes_nothing_back_that_a_newer_one_brought(desk: Path) -> None:
    older = written(desk, "zendesk", (",2026-11-03 10:00,", ",2026-11-02 10:00,"), (",Solved,High,", ",Open,High,"))
    older = older.rename(desk.parent / "older.csv")
    imported(desk, "zendesk")

    done = run("import", str(older), "--on-duplicate", "update", queue=desk)

    assert (done.code, "1 not taken, since an earlier file was newer" in done.err) == (ExitCode.REJECTED, True)
    assert facts(desk, "select status from ticket where id = 1") == [("resolved",)]


def test_an_older_list_takes_nothing_back_that_a_newer_answer_of_the_api_brought(desk: Path) -> None:
    run(
        "import",
        str(written(desk, "zendesk_json", ('"2026-11-03T09:00:00Z", "type"', '"2026-11-05T09:00:00Z", "type"'))),
        queue=desk,
    )
    older = written(desk, "zendesk", (",Solved,High,", ",Open,Low,"))

    done = run("import", str(older), "--on-duplicate", "update", queue=desk)

    assert "1 not taken, since an earlier file was newer" in done.err
    assert facts(desk, "select status, priority from ticket where id = 1") == [("resolved", "high")]


def test_an_older_answer_of_an_api_that_counts_seconds_takes_nothing_back_either(desk: Path) -> None:
    imported(desk, "intercom_json")
    older = written(
        desk, "intercom_json", ('"updated_at": 1793779200', '"updated_at": 1793775700'), ("snoozed", "open")
    )

    assert (
        "1 not taken, since an earlier file was newer"
        in run("import", str(older), "--on-duplicate", "update", queue=desk).err
    )


def test_times_that_an_api_counts_in_seconds_are_compared(desk: Path) -> None:
    imported(desk, "intercom_json")

    assert "1 time of other desks compared, 0 differ much" in run("doctor", "--compare", queue=desk).err


def test_what_an_undone_update_had_brought_can_be_taken_over_again(desk: Path) -> None:
    imported(desk, "zendesk")
    newer = written(desk, "zendesk", ("loom wool", "loom late"))
    run("import", str(newer), "--on-duplicate", "update", queue=desk)
    run("undo", "--yes", queue=desk)

    assert facts(desk, "select tags from ticket_view where id = 1") == [("loom,wool",)]
    assert "2 unchanged" in imported(desk, "zendesk").err
    assert run("redo", queue=desk).code == 0
    assert "2 unchanged" in run("import", str(written(desk, "zendesk", ("loom wool", "loom late"))), queue=desk).err
    run("undo", "--yes", queue=desk)
    assert "1 updated" in run("import", str(newer), "--on-duplicate", "update", queue=desk).err
    assert facts(desk, "select tags from ticket_view where id = 1") == [("late,loom",)]


def imported_before_its_people_are_known(desk: Path) -> Path:
    """Import a list that names an agent and a team which the settings get only afterwards."""
    file = written(desk, "freshdesk", ("Ann Lee", "Bob Ray"), ("Sales & Orders", "Returns"))
    assert "--on-duplicate update\n" in run("import", str(file), queue=desk).err
    for setting in (("agents.bob.name", "Bob Ray"), ("teams.returns.name", "Returns")):
        assert run("config", "set", *setting, queue=desk).code == 0
    return file


HOLDERS = "select team, coalesce(assignee, '-') from ticket where id = 1"


def test_agents_and_teams_that_are_known_by_now_get_what_the_same_file_had_named_as_theirs(desk: Path) -> None:
    file = imported_before_its_people_are_known(desk)
    before = facts(desk, HOLDERS)
    again = run("import", str(file), queue=desk).err
    assert ("3 unchanged" in again, "not known here" in again) == (True, False)

    foreseen = run("import", str(file), "--on-duplicate", "update", "-n", queue=desk)
    done = run("import", str(file), "--on-duplicate", "update", queue=desk)

    assert "1 would be updated, 2 in the queue already" in foreseen.err
    assert "1 updated, 2 unchanged" in done.err
    assert facts(desk, HOLDERS) == [("returns", "bob")]
    assert "3 unchanged" in run("import", str(file), "--on-duplicate", "update", queue=desk).err
    assert run("undo", "--yes", queue=desk).code == 0
    assert facts(desk, HOLDERS) == before
    assert "3 unchanged" in run("import", str(file), queue=desk).err
    assert run("doctor", queue=desk).code == 0


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ([("assign", "1", "ann"), ("drop", "1")], ("returns", "-")),
        ([("set", "1", "team=sales")], ("sales", "bob")),
        ([("set", "1", "team=sales"), ("assign", "1", "ann")], ("sales", "ann")),
    ],
)
def test_what_was_decided_here_since_stays_whoever_is_known_by_now(
    desk: Path, commands: list[tuple[str, ...]], expected: tuple[str, str]
) -> None:
    file = imported_before_its_people_are_known(desk)
    for words in commands:
        assert run(*words, queue=desk).code == 0

    run("import", str(file), "--on-duplicate", "update", queue=desk)

    assert facts(desk, HOLDERS) == [expected]


def test_messages_become_those_of_an_agent_who_is_known_by_now(desk: Path) -> None:
    imported(desk, "messages")
    assert run("config", "set", "agents.kim.name", "Kim", queue=desk).code == 0

    assert "1 updated, 2 unchanged" in imported(desk, "messages", "--on-duplicate", "update").err

    assert facts(desk, "select direction, coalesce(agent, '-') from message") == [
        ("in", "-"),
        ("note", "kim"),
        ("out", "ann"),
    ]


@pytest.mark.parametrize(
    ("there", "differing"), [("400", [{"ticket": 1, "there_s": 24_000, "here_s": 1560}]), ("29", []), ("", [])]
)
def test_times_that_another_desk_counted_quite_otherwise_are_named(
    desk: Path, there: str, differing: list[dict[str, Any]]
) -> None:
    counted = written(desk, "zendesk", (",26,26,", f",26,{there},"))
    run("import", str(counted), "--tz", "Europe/Berlin", queue=desk)
    imported(desk, "zendesk_json")

    compared = run("doctor", "--compare", "-f", "json", queue=desk)

    name = {"name": "First reply time in minutes within business hours"}
    assert (compared.code, json.loads(compared.out)) == (ExitCode.DONE, [each | name for each in differing])


def test_agents_and_teams_that_nobody_knows_here_are_named_once_with_the_way_to_have_them(desk: Path) -> None:
    told = imported(desk, "zendesk", "--dry-run").err

    assert "not known here, so kept as facts: the agents Ann Lee" not in told
    assert told.count("Kim") == 2
    run("config", "set", "agents.kim.name", "Kim", queue=desk)
    assert "the agent Kim" not in imported(desk, "zendesk").err
    assert facts(desk, "select assignee from ticket where id = 2") == [("kim",)]
