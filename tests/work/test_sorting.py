"""The verbs that sort tickets: prioritise, assign, escalate, set."""

from pathlib import Path

import pytest
from queues import NOW, SETTINGS, Bench, a_queue, ago

from supportq.errors import SupportqError, UnknownWord, UsageError
from supportq.model.ticket import Priority, Status, Ticket
from supportq.settings.check import check
from supportq.store.change import Done
from supportq.store.projected import read_clocks, read_tickets
from supportq.work.alter import alter
from supportq.work.assign import LIGHTEST, ME, NOBODY, assign
from supportq.work.escalate import Handover, escalate
from supportq.work.fields import parse_edits
from supportq.work.moves import Refused
from supportq.work.prioritise import prioritise
from supportq.work.undo import undo

RULES = """
[[rules]]
name = "Burning"
when = "text:smoke"
priority = "urgent"

[[rules]]
name = "Chatter"
when = "text:hello"
priority = "low"
"""


def ticket(bench: Bench, number: int) -> Ticket:
    return read_tickets(bench.queue, [number])[number]


def settings_of(bench: Bench, words: str) -> dict[str, object]:
    return parse_edits(words.split(), bench.writer().settings)


def test_a_priority_moves_the_clocks_that_run(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1), team="sales")

    prioritise(bench.writer(), [number], "urgent")

    assert ticket(bench, number).priority is Priority.URGENT
    assert {clock.target_s for clock in read_clocks(bench.queue, [number])[number][:1]} == {30 * 60}


def test_a_promise_that_a_priority_moves_into_the_past_is_told(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1), team="sales")

    urgent, high = (prioritise(bench.writer(), [number], priority) for priority in ("urgent", "high"))

    assert urgent.warnings == (f"{number} is late at once by its new promise",)
    assert high.warnings == ()


def test_up_and_down_are_steps_that_end_at_the_ends_of_the_scale(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1), priority="high")

    prioritise(bench.writer(), [number], "up")
    above = prioritise(bench.writer(), [number], "up")
    prioritise(bench.writer(), [number], "down")

    assert above.touched == ()
    assert above.warnings == (f"{number} is urgent already",)
    assert ticket(bench, number).priority is Priority.HIGH


def test_a_priority_alone_leaves_a_ticket_new(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))

    prioritise(bench.writer(), [number], "high")

    assert ticket(bench, number).status is Status.NEW


def test_the_rules_set_a_priority_afresh_and_say_which_rule_it_was(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS + RULES) as bench:
        burning = bench.ask("Smoke!", ago(hours=1))
        chatter = bench.ask("Hello", ago(hours=1), priority="urgent")
        silent = bench.ask("Loom", ago(hours=1), priority="high")

        done = prioritise(bench.writer(), [burning, chatter, silent], "auto")

        assert [ticket(bench, number).priority for number in (burning, chatter, silent)] == ["urgent", "low", "high"]
        assert done.warnings == (
            f"{burning} is late at once by its new promise",
            f'{burning}: urgent, by the rule "Burning"',
            f'{chatter}: low, by the rule "Chatter"',
            f"{silent}: no rule speaks of its priority",
        )


def test_who_gets_a_ticket_is_named_and_the_ticket_opens(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))

    assign(bench.writer(), [number], "BEN")
    done = assign(bench.writer(), [number], ME)

    assert ticket(bench, number).assignee == "ann"
    assert ticket(bench, number).status is Status.OPEN
    assert done.warnings == (f"{number} was ben's",)


def test_a_dropped_ticket_is_nobodys_and_stays_open(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1), assignee="ann")
    assign(bench.writer(), [number], ME)

    assign(bench.writer(), [number], NOBODY)

    assert ticket(bench, number).assignee is None


def test_work_is_spread_over_those_of_the_team_who_have_least(bench: Bench) -> None:
    bench.ask("Held by ann", ago(hours=9), assignee="ann", team="sales")
    technical = [bench.ask(f"Loom {n}", ago(hours=3), team="technical") for n in range(3)]
    sales = bench.ask("Price", ago(hours=2), team="sales")

    assign(bench.writer(), [*technical, sales], LIGHTEST)

    assert [ticket(bench, number).assignee for number in (*technical, sales)] == ["ben", "ann", "ben", "ann"]


def test_a_team_of_nobody_can_take_nothing(tmp_path: Path) -> None:
    with a_queue(tmp_path, SETTINGS + '\n[teams.night]\nname = "Night"\n') as bench:
        number = bench.ask("Loom", ago(hours=1), team="night")

        with pytest.raises(SupportqError, match="nobody is in the team night"):
            assign(bench.writer(), [number], LIGHTEST)


def test_an_agent_that_is_misspelt_is_an_error_with_the_nearest_one(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))

    with pytest.raises(UnknownWord) as error:
        assign(bench.writer(), [number], "bne")

    assert "did you mean ben?" in error.value.cures[0]


def test_a_ticket_goes_to_the_next_line_and_back_to_who_had_it_there(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))
    assign(bench.writer(), [number], ME)

    escalate(bench.writer(), [number], Handover())
    above = ticket(bench, number)
    assign(bench.writer(), [number], "ben")
    escalate(bench.writer(), [number], Handover(back=True))

    assert (above.line, above.assignee) == (2, None)
    assert (ticket(bench, number).line, ticket(bench, number).assignee) == (1, "ann")


def test_there_is_no_line_beyond_the_third(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1), line=3)

    with pytest.raises(Refused, match="there is none beyond"):
        escalate(bench.writer(), [number], Handover())

    escalate(bench.writer(), [number], Handover(agent="ben"))
    assert (ticket(bench, number).line, ticket(bench, number).assignee) == (3, "ben")


def test_any_field_can_be_set_and_emptied(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1), team="sales", category="problem")

    edits = settings_of(bench, "team=technical category=none tag+=vip,late field.order=A-17 line=2 language=Polish")
    alter(bench.writer(), [number], edits)
    alter(bench.writer(), [number], settings_of(bench, "tag-=late"))

    found = ticket(bench, number)
    assert (found.team, found.category, found.tags, found.line) == ("technical", None, ("vip",), 2)
    assert (found.fields, found.language, found.status) == ((("order", "A-17"),), "pl", Status.OPEN)


def test_a_subject_and_a_customer_are_told_in_words(bench: Bench) -> None:
    number = bench.ask("Lom", ago(hours=1))
    edits = parse_edits(["subject=Loom", "customer=Bo Ek <bo@example.com>"], bench.writer().settings)

    done = alter(bench.writer(), [number], edits)

    told = {each.field: (each.before, each.after) for each in done.differences}
    assert told == {"subject": ("Lom", "Loom"), "customer": ("Ida Berg", "Bo Ek")}


def test_a_ticket_that_is_like_that_already_is_left_alone(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1), team="sales")

    done: Done = alter(bench.writer(), [number], settings_of(bench, "team=sales tag-=x"))

    assert done.touched == ()


@pytest.mark.parametrize(
    ("word", "cause"),
    [
        ("status=open", "what you do"),
        ("prioriti=high", 'no field "prioriti"'),
        ("priority=hihg", 'no priority "hihg"'),
        ("line=4", 'no line "4"'),
        ("team+=sales", "one value"),
        ("tag=vip", "added and taken away"),
        ("tag+=vip\x1b[31m", "can't hold"),
        ("subject=", "can't be without"),
        ("field.odrer=1", 'no field "odrer"'),
        ("customer=a@@b", "no mail address"),
    ],
)
def test_what_a_desk_does_not_have_is_refused_by_its_name(word: str, cause: str) -> None:
    with pytest.raises(UsageError, match=cause):
        parse_edits([word], check(SETTINGS).settings)


def test_nothing_is_recorded_of_several_tickets_when_one_is_missing(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))

    with pytest.raises(SupportqError, match="no ticket 99"):
        prioritise(bench.writer(NOW), [number, 99], "high")

    assert ticket(bench, number).priority is Priority.NORMAL


def test_a_ticket_that_goes_to_another_customer_takes_that_one_s_place_in_the_order(tmp_path: Path) -> None:
    standing = '\n[organisations]\nAcme = "gold"\n[order.standing]\ngold = "1h"\n'
    with a_queue(tmp_path, SETTINGS + standing) as bench:
        number = bench.ask("Loom", ago(hours=1))
        bench.ask("Yarn", ago(hours=1), who="bo@acme.example")
        bench.queue.connection.execute("insert into organisation (name) values ('Acme')")
        bench.queue.connection.execute("update customer set organisation_id = 1 where id = 2")

        orders = [order_at(bench, number)]
        alter(bench.writer(), [number], parse_edits(["customer=bo@acme.example"], bench.writer().settings))
        orders.append(order_at(bench, number))
        undo(bench.writer())
        orders.append(order_at(bench, number))

    assert orders == ["2026-11-20T16:00:00Z", "2026-11-20T15:00:00Z", "2026-11-20T16:00:00Z"]


def order_at(bench: Bench, number: int) -> str:
    found: str = bench.queue.connection.execute("select order_at from ticket where id = ?", [number]).fetchone()[0]
    return found
