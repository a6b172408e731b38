"""How mail goes: what waits to be sent for each account and channel, when it was fetched, and what is wrong there."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from supportq.errors import SupportqError, first_few
from supportq.model.message import Delivery
from supportq.settings.preferences import Preferences
from supportq.settings.programs import program_named
from supportq.settings.values import Settings
from supportq.store import fetching, outbox
from supportq.store.fetching import Fetched
from supportq.store.outbox import Posted
from supportq.store.queue import Queue
from supportq.values import dataclass
from supportq.work.gateway import PREFIX
from supportq.work.outbox import standing


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, and what to do next."""

    cause: str
    cures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Traffic:
    """What an account or a channel has to send, and how it was fetched last; `queued` mails are as sure as can be."""

    account: str
    address: str | None
    queued: Sequence[Posted]
    doubtful: Sequence[Posted]
    failed: Sequence[Posted]
    fetched: Fetched | None

    @property
    def oldest(self) -> datetime | None:
        """Return since when something waits."""
        return min((posted.queued_at for posted in self.queued), default=None)

    def troubles(self, settings: Settings, preferences: Preferences) -> Iterator[Trouble]:
        """Yield what is wrong, what keeps mail from going out first."""
        program = _program_fault(self.account, settings, preferences)
        if program is not None:
            yield Trouble(program.cause, program.cures)
        yield from self._of_waiting(program)
        if self.failed:
            retry = f"supportq outbox retry {first_few(_numbers(self.failed))}"
            why = self.failed[-1].said
            yield Trouble(
                f"{len(self.failed):,} not delivered{why and f': {why}'}",
                ("see them: supportq outbox list", f"once more: {retry}"),
            )
        if self.doubtful:
            yield Trouble(f"{len(self.doubtful):,} maybe sent", _settled_by(self.doubtful))
        yield from self._of_fetching(program)

    def _of_waiting(self, program: SupportqError | None) -> Iterator[Trouble]:
        """Yield why mails wait that were tried; others wait only for the next supportq send."""
        tried = [posted for posted in self.queued if posted.said and not (program and program.cause == posted.said)]
        if not tried:
            return
        more = " (others say why too: supportq outbox list)" if len({posted.said for posted in tried}) > 1 else ""
        untried = sum(not posted.said for posted in self.queued)
        rest = (f"the other {untried:,}, not tried yet: supportq send",) if untried else ()
        yield Trouble(
            f"{len(tried):,} not sent yet: {tried[0].said}{more}",
            (*rest, self._look, f"{_NOW}, then: supportq send"),
        )

    def _of_fetching(self, program: SupportqError | None) -> Iterator[Trouble]:
        if self.fetched is None:
            return
        again = f"supportq fetch {self.account.removeprefix(PREFIX)}"
        if self.fetched.failure and not (program and program.cause == self.fetched.failure):
            yield Trouble(f"not fetched: {self.fetched.failure}", (self._look, f"once it is mended: {again}"))
        if self.fetched.refused:
            count = self.fetched.refused
            stay = f"{count:,} mail{'' if count == 1 else 's'} stay{'s' if count == 1 else ''} on the server"
            yield Trouble(stay, (f"which, and why: {again}",))

    @property
    def _look(self) -> str:
        """Return how to see what is wrong."""
        if self.account.startswith(PREFIX):
            return "how the program is started: supportq preferences show"
        return f"try it: supportq mail test {self.account}"


_NOW = "without waiting: supportq outbox retry --all"


def traffic(queue: Queue, settings: Settings, now: datetime) -> list[Traffic]:
    """Return how mail goes for every account, every channel with a program, and whatever else has mail to send."""
    waiting = outbox.unsettled(queue.connection)
    fetched = {found.account: found for found in fetching.fetches(queue.connection)}
    channels = [f"{PREFIX}{name}" for name, each in settings.channels.items() if each.sender or each.fetcher]
    names = dict.fromkeys([*settings.accounts, *channels, *(posted.account for posted in waiting)])
    return [_traffic(name, settings, waiting, fetched.get(name), now) for name in names]


def _traffic(
    name: str, settings: Settings, waiting: Sequence[Posted], fetched: Fetched | None, now: datetime
) -> Traffic:
    account = settings.accounts.get(name)
    states = [(standing(posted, now), posted) for posted in waiting if posted.account == name]
    queued = [posted for state, posted in states if state in {Delivery.QUEUED, Delivery.SENDING}]
    doubtful = [posted for state, posted in states if state is Delivery.MAYBE_SENT]
    failed = [posted for state, posted in states if state is Delivery.FAILED]
    return Traffic(name, account.address if account else None, queued, doubtful, failed, fetched)


def _program_fault(account: str, settings: Settings, preferences: Preferences) -> SupportqError | None:
    """Return why a program of a channel can't be started here."""
    gateway = settings.channels.get(account.removeprefix(PREFIX)) if account.startswith(PREFIX) else None
    for name in filter(None, (gateway.sender, gateway.fetcher) if gateway else ()):
        try:
            program_named(preferences, name)
        except SupportqError as fault:
            return fault
    return None


def _settled_by(doubtful: Sequence[Posted]) -> tuple[str, ...]:
    numbers = first_few(_numbers(doubtful)) if len(doubtful) <= _FEW else "--in-doubt"
    return (f"they arrived: supportq outbox confirm {numbers}", f"they did not: supportq outbox retry {numbers}")


def _numbers(mails: Sequence[Posted]) -> list[str]:
    return [str(posted.id) for posted in mails]


_FEW = 5
