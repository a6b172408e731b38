"""The walk: one new ticket after another, each decided with a key; every decision is a change of its own."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from supportq.commands.looks import told_since
from supportq.desk import Desk
from supportq.errors import Declined, ExitCode
from supportq.model.filter import Facts, Filter, Key, Term
from supportq.model.ticket import Priority, Status, Ticket
from supportq.output.ask import read_key
from supportq.output.card import Card, draw_card
from supportq.output.outcome import Outcome
from supportq.output.sheet import Sheet
from supportq.store.change import Done
from supportq.store.customers import ticket_count
from supportq.store.tickets import ids_of
from supportq.when import format_age, format_due
from supportq.work.habits import Habits, told
from supportq.work.seen import CameIn
from supportq.work.spam import spam
from supportq.work.triage import suggested, triage
from supportq.work.undo import undo

_PRIORITIES = {"l": Priority.LOW, "n": Priority.NORMAL, "h": Priority.HIGH, "u": Priority.URGENT}
_ENTER = frozenset("\r\n")
_NEW = Filter((Term(Key.STATUS, (Status.NEW,)),))
_LEAVING = frozenset("kbq\x03")
_WHY_NOT = dict.fromkeys(_ENTER, "  the rules say nothing about it; choose a key") | {"b": "  none was before it"}
_NAMED = 5
"""More tickets than about this many are counted rather than named."""
_ANEW = "Decide anew: supportq triage TICKETS --team TEAM, or: assign, prioritise, set"


@dataclass(slots=True, eq=False)
class Walk:
    """Where somebody is among the new tickets, which they were shown, and by which changes they decided."""

    desk: Desk
    tickets: Sequence[int]
    trail: list[int] = field(default_factory=list)
    decided: dict[int, int] = field(default_factory=dict)

    @property
    def teams(self) -> Mapping[str, str]:
        """Return the teams by the key that chooses them."""
        return {str(key): code for key, code in enumerate(list(self.desk.settings.teams)[:9], 1)}

    def go(self) -> None:
        """Show each ticket that is still new, until somebody ends it."""
        place = 0
        while place < len(self.tickets):
            number = self.tickets[place]
            found = suggested(self.desk.queue, Habits.of(self.desk.settings, self.desk.now), number)
            if found is None:
                self.desk.streams.say(f"  {number} is not new any more")
                place += 1
                continue
            self._show(self._card(place + 1, *found))
            try:
                goes_on = self._decide(*found)
            except CameIn as news:
                self.desk.streams.say(*told_since(self.desk, news))
                continue
            if goes_on:
                self.trail.append(place)
            place = place + 1 if goes_on else self._back()

    def _back(self) -> int:
        """Return the place of the ticket that was shown before, undecided again."""
        place = self.trail.pop()
        change = self.decided.pop(self.tickets[place], 0)
        if change:
            if not self.desk.options.dry_run:
                undo(self.desk.writer, change)
            self.desk.streams.say(f"  {self.tickets[place]}: undecided again")
        return place

    def _decide(self, facts: Facts, changes: Mapping[str, Any]) -> bool:
        """Take keys until the ticket is decided, or the one before is wanted.

        Raises Declined when that is enough, CameIn where somebody else did something meanwhile.
        """
        edits: dict[str, Any] = {}
        while True:
            key = self._key()
            if edits and key in _LEAVING:
                self.desk.streams.say(f"  priority {edits['priority']} is not kept, since nothing was decided")
            if key in _PRIORITIES:
                edits["priority"] = _PRIORITIES[key]
                self.desk.streams.say(f"  priority {_PRIORITIES[key]}; and who looks after it?")
            elif key == "?":
                self.desk.streams.say(*_help(changes))
            elif key in {"q", "\x03"}:
                raise Declined("that was it")
            elif key == "k":
                self.desk.streams.say("  left as it is")
                return True
            elif key == "b" and self.trail:
                return False
            elif self._done(facts.ticket, key, edits, changes):
                return True

    def _key(self) -> str:
        """Wait for a key; what it decides happens when it was pressed."""
        key = read_key(self.desk.streams)
        self.desk.resume()
        return key

    def _done(self, ticket: Ticket, key: str, edits: dict[str, Any], changes: Mapping[str, Any]) -> bool:
        """Do what a key decides, and tell whether it was one that does."""
        desk, number, seen = self.desk, ticket.id, {ticket.id: ticket.revision}
        if key == "s":
            return self._noted(number, spam(desk.writer, [number], seen=seen), ("spam",))
        chosen = self._chosen(key, changes)
        if chosen is None:
            desk.streams.say(_WHY_NOT.get(key, "  no such key; ? tells them"))
            return False
        edits = {**chosen, **edits}
        return self._noted(number, triage(desk.writer, [number], edits, seen=seen), ("open", *told(edits)))

    def _chosen(self, key: str, changes: Mapping[str, Any]) -> dict[str, Any] | None:
        if key in self.teams:
            return {"team": self.teams[key]}
        if key in _ENTER and changes:
            return {name: value for name, value in changes.items() if name != "ruled"}
        return {"a": {"assignee": self.desk.agent}, "o": {}}.get(key)

    def _noted(self, number: int, done: Done, what: Sequence[str]) -> bool:
        self.decided[number] = done.change_id
        self.desk.streams.say(f"  {number}: {', '.join(what)}")
        return True

    def _show(self, card: Card) -> None:
        streams = self.desk.streams
        sheet = Sheet(
            now=self.desk.now,
            zone=self.desk.zone,
            width=streams.width() or 80,
            colour=streams.has_colour(streams.stderr),
            terminal=True,
            encoding=streams.stderr.encoding or "utf-8",
        )
        streams.stderr.write(draw_card(card, sheet, streams.height() or 24))
        streams.stderr.flush()

    def _card(self, place: int, facts: Facts, changes: Mapping[str, Any]) -> Card:
        ticket = facts.ticket
        return Card(
            place=f"{place} of {len(self.tickets)}",
            heading=f"{ticket.id}  {facts.texts[0] or '(no subject)'}",
            about=tuple(self._about(facts)),
            words="\n\n".join(facts.texts[1:]),
            suggestion=", ".join(told(changes)),
            keys=tuple(self._keys(changes)),
        )

    def _about(self, facts: Facts) -> Iterator[str]:
        ticket, now = facts.ticket, self.desk.now
        due = format_due(facts.due_at, now)
        parts = [
            ticket.channel.value,
            f"{format_age(now - ticket.created_at)} ago",
            f"due {due}" if due.startswith("in ") else due,
        ]
        if facts.customer is not None:
            others = ticket_count(self.desk.queue.connection, facts.customer.id) - 1
            history = f"{others} other ticket{'s' if others > 1 else ''}" if others else "first ticket"
            parts = [facts.customer.label, facts.customer.organisation, history, *parts]
        yield "  ".join(part for part in parts if part)
        parts = [*ticket.tags, *(f"{name}={value}" for name, value in ticket.fields), ticket.category or ""]
        if any(parts):
            yield "  ".join(part for part in parts if part)

    def _keys(self, changes: Mapping[str, Any]) -> Iterator[str]:
        accept = ["Enter rules"] if changes else []
        yield "  ".join((*accept, *(f"{key} {code}" for key, code in self.teams.items())))
        yield "l/n/h/u priority  a mine  o open  s spam  k skip  b back  ? help  q quit"


def walk(desk: Desk, words: Sequence[str]) -> Outcome:
    """Walk the new tickets among those that are meant, in the order of work."""
    meant = desk.meant(words)
    new = _new(desk, meant)
    if not new:
        return Outcome(notes=_nothing_new(meant), touched=())
    going = Walk(desk, new)
    exit_code = ExitCode.DONE
    try:
        with suppress(Declined):
            going.go()
    except KeyboardInterrupt:
        exit_code = ExitCode.INTERRUPTED
    return Outcome(notes=(_summary(going),), touched=tuple(going.decided), exit_code=exit_code)


def _help(changes: Mapping[str, Any]) -> Iterator[str]:
    accept = "Enter does what the rules say; " if changes else ""
    yield "a number gives it to that team, a to you, o just opens it: that decides it, and the next one comes"
    yield f"l n h u set its priority first; {accept}s is spam; k leaves it new; q ends"
    yield "b goes back to the one before, and takes back what was decided about it"


def _new(desk: Desk, tickets: Sequence[int]) -> list[int]:
    """Return those of the tickets that nobody has decided about."""
    new = set(ids_of(desk.queue, _NEW, now=desk.now))
    return [number for number in tickets if number in new]


def _nothing_new(meant: Sequence[int]) -> tuple[str, ...]:
    if not meant:
        return ("Nothing is new.",)
    *others, last = map(str, meant)
    if len(others) > _NAMED:
        return (f"None of these {len(meant)} tickets is new.", _ANEW)
    named = f"{', '.join(others)} and {last} are" if others else f"{last} is"
    return (f"{named} not new.", _ANEW)


def _summary(going: Walk) -> str:
    count, left = len(going.decided), len(_new(going.desk, going.tickets))
    if going.desk.options.dry_run:
        return f"Dry run: {count} would be decided; nothing was changed."
    rest = f", {left} still new" if left else ""
    undo = " Each was a change of its own: supportq undo" if count else ""
    return f"{count} decided{rest}.{undo}"
