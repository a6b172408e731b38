"""What comes, as it comes: mail once a server says that some is there, other channels by asking again and again."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import field
from signal import Signals
from time import monotonic

from supportq.commands.fetched import came_in, in_lines, note_failure
from supportq.desk import Desk
from supportq.errors import SupportqError, first_few
from supportq.mail.account import Account
from supportq.mail.inbox import Inbox
from supportq.model.channel import Channel
from supportq.model.title import cut
from supportq.output.keyboard import ENDINGS, Wait, listening
from supportq.output.outcome import Outcome
from supportq.settings.secrets import Secrets
from supportq.store.faults import in_plain_words
from supportq.store.home import NotAtHome
from supportq.store.subjects import subject_of
from supportq.values import dataclass
from supportq.work.fetch import Fetch, Tally
from supportq.work.inboxes import fetched_from, open_inbox, settle_in

_EVERY_S = 60.0
"""Servers that can't say when something comes are asked so often, and so are the programs of channels. So are the other
servers: what comes while we turn from asking to listening may go unheard, and a dead connection says nothing either."""

_MOST, _TITLE = 5, 60
"""So many tickets are named of those that something came for at once, each by so many letters."""

_FIRST_PAUSE_S = 2.0
_LONGEST_PAUSE_S = 300.0


@dataclass(slots=True, eq=False)
class Ear:
    """An account or a channel that is listened to; one that fails is left alone for a while, longer each time."""

    source: Account | Channel
    inbox: Inbox | None = None
    pause_s: float = 0.0
    due_at: float = 0.0
    trouble: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return what people call it."""
        return self.source.value if isinstance(self.source, Channel) else self.source.name

    def lose(self, trouble: str) -> bool:
        """Let go of the server until some time has passed; tell whether that is news."""
        self.close()
        self.pause_s = min(max(2 * self.pause_s, _FIRST_PAUSE_S), _LONGEST_PAUSE_S)
        self.due_at = monotonic() + self.pause_s
        is_news, self.trouble = trouble != self.trouble, trouble
        return is_news

    def recover(self) -> bool:
        """Note that all went well; tell whether that is news."""
        is_news, self.trouble = bool(self.trouble), ""
        self.pause_s = 0.0
        self.due_at = monotonic() + _EVERY_S if isinstance(self.source, Channel) else 0.0
        return is_news

    def close(self) -> None:
        """Leave the server, if we are there."""
        if self.inbox is not None:
            self.inbox.close()
            self.inbox = None


@dataclass(slots=True, eq=False)
class Vigil:
    """Listens to some accounts and channels, or to all; which they are, and how, is read anew in each round.

    Where that can't be read, as while the queue's disk is away, `trouble` says why, and it is tried again soon.
    """

    desk: Desk
    names: Sequence[str]
    ears: dict[str, Ear] = field(default_factory=dict)
    trouble: str = ""

    def keep(self) -> Signals | None:
        """Take in what comes until somebody leaves, or a signal comes that is to have its way."""
        with listening(self.desk.streams) as wait:
            while True:
                self._look()
                said = self._wait(wait)
                if said in ENDINGS:
                    return Signals(said)
                if said == "q":
                    return None

    def _look(self) -> None:
        """Fetch what is new, as a run of its own that reads the clock, the queue and the settings anew."""
        with closing(Desk(self.desk.streams, self.desk.options)) as anew:
            try:
                with in_plain_words(anew.path, anew.busy_s):
                    settle_in(anew.machine)
                    accounts, channels = fetched_from(anew.settings, self.names)
                    self._listen_to([*accounts, *channels])
                    for ear in self.ears.values():
                        if monotonic() >= ear.due_at:
                            self._fetch(anew, ear)
            except NotAtHome:
                raise
            except SupportqError as error:
                if error.cause != self.trouble:
                    self._say(anew, in_lines("supportq", error))
                self.trouble = error.cause
            else:
                self.trouble = ""

    def _listen_to(self, sources: Sequence[Account | Channel]) -> None:
        """Listen to these from now on, and to those no more that are gone or described otherwise."""
        for name, ear in list(self.ears.items()):
            if ear.source not in sources:
                ear.close()
                del self.ears[name]
        for ear in map(Ear, sources):
            self.ears.setdefault(ear.name, ear)

    def _fetch(self, anew: Desk, ear: Ear) -> None:
        """Take in what is new at one of them; say what came, what fails that did not fail before, and that it works."""
        name, tally = ear.name, Tally()
        try:
            _take_in(anew, ear, tally)
        except SupportqError as fault:
            if ear.lose(fault.cause):
                self._say(anew, in_lines(name, fault))
                note_failure(anew.machine, ear.source, fault)
        else:
            if ear.recover():
                self._say(anew, [f"{name}: it works again"])
        if tally.opened or tally.continued:
            self._tell(anew, (f"{name}: {line}" for line in (*tally.warnings, *came_in(tally))))
            self._tell(anew, _named(anew, tally))
        if (left_out := tuple(tally.refused)) != ear.left_out and isinstance(ear.source, Channel):
            self._say(anew, left_out)
            ear.left_out = left_out

    def _wait(self, wait: Wait) -> str | Signals:
        """Wait until a server or a person says something, or it is time to look again."""
        listened = {ear: heard for ear in self.ears.values() if (heard := _listen(ear)) is not None}
        look_at = min((ear.due_at for ear in self.ears.values() if ear.inbox is None), default=monotonic() + _EVERY_S)
        shortest = _FIRST_PAUSE_S if self.trouble else 0.0
        said = wait(min(max(shortest, look_at - monotonic()), _EVERY_S), *listened.values())
        for ear in listened:
            _stop_listening(ear)
        return said

    def _tell(self, anew: Desk, lines: Iterable[str]) -> None:
        """Say what somebody may want to know."""
        if not anew.options.quiet:
            self._say(anew, lines)

    def _say(self, anew: Desk, lines: Iterable[str]) -> None:
        """Say what somebody must know."""
        clock = anew.now.astimezone(anew.zone).strftime("%H:%M")
        margin = " " * len(clock)
        self.desk.streams.say(*(f"{margin if line.startswith(' ') else clock} {line}" for line in lines))

    def close(self) -> None:
        """Leave all servers."""
        for ear in self.ears.values():
            ear.close()


def awaited(desk: Desk, names: Sequence[str]) -> Outcome:
    """Take in mail as it comes, and end in peace."""
    accounts, channels = fetched_from(desk.settings, names)
    settle_in(desk.machine)
    if desk.streams.is_typed and not desk.options.quiet:
        heard = first_few([*(account.name for account in accounts), *channels])
        desk.streams.say(f"Listening to {heard}; q ends it.")
    desk.release()
    with suppress(KeyboardInterrupt), closing(Vigil(desk, names)) as vigil:
        while vigil.keep() is Signals.SIGTSTP:
            os.kill(os.getpid(), Signals.SIGTSTP)
    return Outcome()


def _take_in(anew: Desk, ear: Ear, tally: Tally) -> None:
    if isinstance(ear.source, Channel):
        from supportq.work.collect import collect

        collect(anew.machine, ear.source, anew.preferences, tally)
        return
    if ear.inbox is None:
        ear.inbox = open_inbox(ear.source, Secrets(anew.preferences, anew.environment))
    else:
        ear.inbox.look()
    for _ in Fetch(anew.machine, ear.name, ear.inbox, tally).run():
        pass


def _named(anew: Desk, tally: Tally) -> Iterator[str]:
    """Yield what the tickets are about that something came for, and what waits to be sent by that."""
    numbers = list(dict.fromkeys((*tally.opened, *tally.continued)))
    yield from (f"  {number} {cut(subject_of(anew.queue.connection, number), _TITLE)}" for number in numbers[:_MOST])
    if len(numbers) > _MOST:
        yield f"  and {len(numbers) - _MOST:,} more: supportq list"
    if tally.acknowledged:
        yield f"  {tally.acknowledged:,} acknowledged; that waits in the outbox: supportq send"


def _listen(ear: Ear) -> int | None:
    """Return what can be read once something happens there; None where the server won't say."""
    with _reconnecting(ear):
        return ear.inbox.listen() if ear.inbox and ear.inbox.can_listen else None
    return None


def _stop_listening(ear: Ear) -> None:
    with _reconnecting(ear):
        if ear.inbox:
            ear.inbox.stop_listening()


@contextmanager
def _reconnecting(ear: Ear) -> Iterator[None]:
    """Let go of a server that broke off; only if it can't be reached anew that is worth a word."""
    try:
        yield
    except SupportqError:
        ear.lose("")
