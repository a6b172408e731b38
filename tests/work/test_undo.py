"""Undo and redo: what a verb did is as if it had never been, and can be put back."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from queues import NOW, SETTINGS, Bench, a_queue, ago

from supportq.errors import NotFound
from supportq.model.clock import Clock
from supportq.model.ticket import Priority, Ticket
from supportq.settings.check import check
from supportq.store import versions
from supportq.store.change import Done, Writer
from supportq.store.projected import read_clocks, read_tickets
from supportq.work.alter import alter
from supportq.work.assign import assign
from supportq.work.close import close
from supportq.work.config import apply
from supportq.work.dismiss import dismiss
from supportq.work.escalate import Handover, escalate
from supportq.work.manner import Manner, Then
from supportq.work.moves import Refused
from supportq.work.note import note
from supportq.work.overtaken import Overtaken
from supportq.work.prioritise import prioritise
from supportq.work.reopen import reopen
from supportq.work.reply import reply
from supportq.work.resolve import resolve
from supportq.work.spam import spam
from supportq.work.undo import redo, undo
from supportq.work.wait import Awaited, wait

Verb = Callable[[Writer, int], Done]

VERBS: dict[str, Verb] = {
    "urgent": lambda writer, number: prioritise(writer, [number], "urgent"),
    "down": lambda writer, number: prioritise(writer, [number], "down"),
    "take": lambda writer, number: assign(writer, [number], "me"),
    "drop": lambda writer, number: assign(writer, [number], "none"),
    "up a line": lambda writer, number: escalate(writer, [number], Handover()),
    "back": lambda writer, number: escalate(writer, [number], Handover(back=True)),
    "move": lambda writer, number: alter(writer, [number], {"team": "technical", "tags_added": ["x"]}),
    "rename": lambda writer, number: alter(writer, [number], {"subject": "Yarn", "fields": {"order": "A-1"}}),
    "reply": lambda writer, number: reply(writer, {number: "Sorry"}, Manner(), {}),
    "reply, done": lambda writer, number: reply(writer, {number: "So"}, Manner(then=Then.RESOLVE, spent_s=60), {}),
    "reply, late": lambda writer, number: reply(
        writer, {number: "Oh"}, Manner(at=ago(hours=1), until=ago(days=-1)), {}
    ),
    "note": lambda writer, number: note(writer, {number: "Rang them"}),
    "wait": lambda writer, number: wait(writer, [number], until=ago(days=-1), awaited=Awaited.THIRD_PARTY),
    "dismiss": lambda writer, number: dismiss(writer, [number]),
    "resolve": lambda writer, number: resolve(writer, [number]),
    "close": lambda writer, number: close(writer, [number]),
    "spam": lambda writer, number: spam(writer, [number]),
    "reopen": lambda writer, number: reopen(writer, [number]),
}

State = tuple[Ticket, tuple[Clock, ...], list[int]]


def state(bench: Bench, number: int) -> State:
    """Return a ticket with its clocks and the messages that can be found, but for when it was last changed."""
    ticket = read_tickets(bench.queue, [number])[number]
    found = [row[0] for row in bench.queue.connection.execute("select rowid from search where search match 's*'")]
    return replace(ticket, revision=0, updated_at=NOW), read_clocks(bench.queue, [number])[number], sorted(found)


def changes_of(bench: Bench, number: int) -> list[int]:
    """Return the changes that touched a ticket, the first first."""
    statement = "select distinct change_id from event where ticket_id = ? order by 1"
    return [row[0] for row in bench.queue.connection.execute(statement, [number])]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(sorted(VERBS)), min_size=1, max_size=7))
def test_undo_gives_back_what_was_and_redo_what_became_of_it(names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, a_queue(Path(folder)) as bench:
        number = bench.ask("Smoke", ago(hours=3), team="sales")
        states = [state(bench, number)]
        for name in names:
            try:
                done = VERBS[name](bench.writer(), number)
            except Refused:
                continue
            if done.touched:
                states.append(state(bench, number))

        for before in reversed(states[:-1]):
            undo(bench.writer())
            assert state(bench, number) == before
        for after in states[1:]:
            redo(bench.writer())
            assert state(bench, number) == after


def test_undo_is_about_one_s_own_last_change_that_counts(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=3))
    prioritise(bench.writer(), [number], "urgent")
    note(Bench(bench.queue, "ben").writer(), {number: "Mine"})

    first = undo(bench.writer())
    second = undo(bench.writer(), 1 + first.record.id)

    assert (first.record.verb, second.record.actor) == ("prioritise", "ben")
    assert [(each.field, each.before, each.after) for each in first.done.differences] == [
        ("priority", "urgent", "normal")
    ]


def test_a_change_is_undone_once_and_an_undo_not_at_all(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=3))
    prioritise(bench.writer(), [number], "urgent")
    undone = undo(bench.writer())

    with pytest.raises(Refused, match="undone already"):
        undo(bench.writer(), undone.record.id)
    with pytest.raises(Refused, match="took change") as of_undo:
        undo(bench.writer(), undone.done.change_id)
    assert of_undo.value.cures == (f"put that back: supportq redo {undone.done.change_id}",)


def test_a_redo_is_taken_back_by_undoing_what_it_put_back(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=3))
    prioritise(bench.writer(), [number], "urgent")
    undone = undo(bench.writer())
    redone = redo(bench.writer())

    with pytest.raises(Refused, match="put change") as of_redo:
        undo(bench.writer(), redone.done.change_id)
    assert of_redo.value.cures == (f"take that back: supportq undo {undone.record.id}",)
    assert undo(bench.writer(), undone.record.id).done.touched == (number,)


def test_a_ticket_that_others_worked_on_does_not_disappear(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=3))
    created = bench.queue.connection.execute("select max(id) from change").fetchone()[0]
    note(Bench(bench.queue, "ben").writer(), {number: "Rang them"})

    with pytest.raises(Refused) as error:
        undo(bench.writer(), created)

    assert f"by change {created + 1}" in error.value.cause


def test_a_ticket_that_an_earlier_change_went_on_with_does_not_disappear_either(bench: Bench) -> None:
    bench.ask("Yarn", ago(hours=4))
    earlier = changes_of(bench, 1)[0]
    number = bench.ask("Loom", ago(hours=3))
    with bench.writer().change("import", goes_on=earlier) as change:
        change.alter(number, category="order")
        change.store()

    with pytest.raises(Refused) as error:
        undo(bench.writer(), changes_of(bench, number)[-1])

    assert f"by change {earlier}" in error.value.cause


def test_what_was_done_since_goes_with_the_ticket_and_comes_back_with_it(bench: Bench) -> None:
    number, other = bench.ask("Loom", ago(hours=3)), bench.ask("Yarn", ago(hours=3))
    created = changes_of(bench, number)[0]
    prioritise(bench.writer(), [number, other], "urgent")
    note(Bench(bench.queue, "ben").writer(), {number: "Rang them"})
    before = state(bench, number), state(bench, other)

    undone = undo(bench.writer(), created, with_later=True)
    gone = read_tickets(bench.queue, [number, other])
    redone = redo(bench.writer())

    assert (len(undone.later), redone.later) == (2, undone.later)
    assert [(ticket.id, ticket.priority) for ticket in gone.values()] == [(other, Priority.NORMAL)]
    assert (state(bench, number), state(bench, other)) == before


def test_what_others_set_since_stays_and_is_told(bench: Bench) -> None:
    number, other = bench.ask("Loom", ago(hours=3)), bench.ask("Yarn", ago(hours=3))
    prioritise(Bench(bench.queue, "ben").writer(), [number, other], "high")
    prioritise(bench.writer(), [number], "urgent")

    undone = undo(Bench(bench.queue, "ben").writer())
    redone = redo(Bench(bench.queue, "ben").writer())

    assert [each.ticket_id for each in undone.done.differences] == [other]
    assert undone.overtaken == redone.overtaken == (Overtaken(number, "priority", "urgent", by="ann"),)


def test_a_ticket_that_nobody_worked_on_disappears_and_comes_back(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=3))

    undo(bench.writer())
    gone = read_tickets(bench.queue, [number])
    redo(bench.writer())

    assert gone == {}
    assert read_tickets(bench.queue, [number])[number].priority is Priority.NORMAL


def test_redo_takes_the_number_of_the_change_or_of_the_undo_and_only_once(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=3))
    prioritise(bench.writer(), [number], "urgent")
    undone = undo(bench.writer())

    redone = redo(bench.writer(), undone.record.id)

    assert redone.record.id == undone.record.id
    with pytest.raises(Refused, match="put back already"):
        redo(bench.writer(), undone.done.change_id)
    with pytest.raises(Refused, match="was not undone"):
        redo(bench.writer(), undone.record.id)


def test_a_bare_redo_does_not_reach_behind_newer_work(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=3))
    prioritise(bench.writer(), [number], "urgent")
    undone = undo(bench.writer())
    note(bench.writer(), {number: "Rang them"})

    with pytest.raises(Refused) as refused:
        redo(bench.writer())

    assert f"supportq redo {undone.record.id} (prioritise)" in refused.value.cures[0]
    assert redo(bench.writer(), undone.record.id).record.verb == "prioritise"


def test_settings_go_back_to_the_text_before_and_forth_again(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=1))
    before = read_clocks(bench.queue, [number])[number][0].due_at
    quicker = SETTINGS.replace('normal = "2h"', 'normal = "3h"')
    apply(bench.writer(), check(quicker))

    undo(bench.writer())
    undone = versions.text_of(bench.queue.connection, 3), read_clocks(bench.queue, [number])[number][0].due_at
    redo(bench.writer())

    assert undone == (SETTINGS, before)
    assert versions.text_of(bench.queue.connection, 4) == quicker


def test_settings_under_newer_ones_are_not_undone(bench: Bench) -> None:
    apply(bench.writer(), check(SETTINGS + "\n# one"))
    apply(bench.writer(), check(SETTINGS + "\n# two"))

    with pytest.raises(Refused, match="would be lost") as refused:
        undo(bench.writer(), 2)

    assert "supportq config show 1 | supportq config apply -" in refused.value.cures[0]


def test_a_change_of_many_tickets_is_undone_as_a_whole(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    tickets = [bench.ask(f"Loom {n}", ago(hours=3)) for n in range(3)]
    prioritise(bench.writer(), tickets, "urgent")
    monkeypatch.setattr("supportq.work.undo._BATCH", 2)

    undone = undo(bench.writer())

    assert undone.done.touched == tuple(tickets)
    assert {ticket.priority for ticket in read_tickets(bench.queue, tickets).values()} == {Priority.NORMAL}


def test_who_changed_nothing_has_nothing_to_undo(bench: Bench) -> None:
    with pytest.raises(NotFound):
        undo(bench.writer())
    with pytest.raises(NotFound):
        redo(bench.writer())


def test_a_dry_undo_tells_and_changes_nothing(bench: Bench) -> None:
    number = bench.ask("Loom", ago(hours=3))
    prioritise(bench.writer(), [number], "urgent")

    told = undo(bench.writer(dry_run=True)).done.differences

    assert [each.after for each in told] == ["normal"]
    assert read_tickets(bench.queue, [number])[number].priority is Priority.URGENT
    assert bench.queue.connection.execute("select count(*) from change where taken_back_by > 0").fetchone() == (0,)
