"""The desk: the queue, the settings, who works and what time it is, opened once per run and handed to commands."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from supportq.errors import Declined, UnknownWord, UsageError
from supportq.output.outcome import ReadOptions
from supportq.output.streams import Colour, Streams
from supportq.settings.choices import Choices, Origin, login_name
from supportq.settings.preferences import Preferences, load_preferences, preferences_file
from supportq.values import dataclass

if TYPE_CHECKING:
    from supportq.model.filter.lexicon import Lexicon
    from supportq.model.selector import Selector
    from supportq.output.progress import Report
    from supportq.settings.values import Settings
    from supportq.store.change import Writer
    from supportq.store.queue import Queue

MANY = 3
"""More tickets than this are changed only after a yes."""


@dataclass(slots=True)
class Options:
    """What the shared options say; None where nothing was said."""

    queue: Path | None = None
    as_agent: str | None = None
    color: Colour | None = None
    no_pager: bool | None = None
    no_input: bool | None = None
    tz: str | None = None
    quiet: bool | None = None
    verbose: bool | None = None
    debug: bool | None = None
    now: str | None = None
    format: str | None = None
    columns: str | None = None
    template: str | None = None
    sort: str | None = None
    limit: int | None = None
    header: bool | None = None
    spreadsheet: bool | None = None
    dry_run: bool | None = None
    yes: bool | None = None

    def for_reading(self) -> ReadOptions:
        """Return how the answer is to be written."""
        return ReadOptions(
            format=self.format,
            columns=self.columns,
            template=self.template,
            sort=self.sort,
            limit=self.limit,
            header=self.header,
            spreadsheet=bool(self.spreadsheet),
        )


@dataclass()
class Desk:
    """One run of one command: everything is opened or read when it is first asked for, and then kept."""

    streams: Streams
    options: Options = field(default_factory=Options)
    stack: ExitStack = field(default_factory=ExitStack)

    @property
    def environment(self) -> Mapping[str, str]:
        """Return the environment of this run."""
        return self.streams.environment

    @cached_property
    def now(self) -> datetime:
        """Return the moment of this run, read from the clock here and nowhere else; `--now` replaces it."""
        clock = datetime.now(UTC).replace(microsecond=0)
        said = self.options.now or self.environment.get("SUPPORTQ_NOW")
        if not said:
            return clock
        from supportq.when import find_stamp

        return find_stamp(said) or self._read_now(said, clock)

    def _read_now(self, said: str, clock: datetime) -> datetime:
        from supportq.when import parse_moment

        return parse_moment(said, now=clock, zone=self.zone, direction="past")

    @cached_property
    def preferences(self) -> Preferences:
        """Return what this person prefers."""
        return load_preferences(preferences_file(self.environment))[0]

    @cached_property
    def zone(self) -> tzinfo:
        """Return the time zone of what people type and see."""
        from supportq.when import local_zone, zone_named

        said = self.choices.zone(self.options.tz).value
        return zone_named(said) if said else local_zone(self.environment)

    @cached_property
    def choices(self) -> Choices:
        """Return what the environment, the folder and the person's preferences choose."""
        return Choices(self.environment, Path.cwd(), self.preferences)

    @cached_property
    def origin(self) -> Origin:
        """Return which queue file is meant, and what said so."""
        return self.choices.queue(None if self.options.queue is None else str(self.options.queue))

    @property
    def path(self) -> Path:
        """Return the queue file."""
        return Path(self.origin.value)

    @property
    def busy_s(self) -> float:
        """Return how long to wait for another writer."""
        said = self.environment.get("SUPPORTQ_BUSY", "")
        if not said:
            from supportq.store.queue import BUSY_S

            return BUSY_S
        try:
            return max(0.0, float(said))
        except ValueError as error:
            raise UsageError(f'SUPPORTQ_BUSY is no number of seconds: "{said}"', "such as: SUPPORTQ_BUSY=60") from error

    @cached_property
    def queue(self) -> "Queue":
        """Open the queue for reading; `writer` lets it be written too."""
        from supportq.store.opening import open_queue

        queue = open_queue(self.path, write=False, busy_s=self.busy_s, shown=self.show_upgrade)
        self.stack.callback(queue.close)
        return queue

    @contextmanager
    def show_upgrade(self, backup: Path, tickets: int) -> Iterator["Report"]:
        """Say that an older queue is brought up to date, and show how far that has come."""
        from supportq.output.progress import progress

        if not self.options.quiet:
            self.streams.say(f"{self.path} is brought up to date with this supportq, once. As it was: {backup}")
        with progress("upgrading", tickets, self.streams) as report:
            yield report

    @cached_property
    def writer(self) -> "Writer":
        """Open the queue for writing, in the name of the agent."""
        return self._writer(self.agent)

    @cached_property
    def machine(self) -> "Writer":
        """Open the queue for writing by what may run without anybody: an import, rules, cron."""
        from supportq.model.event import SYSTEM

        return self._writer(self.me or SYSTEM)

    @cached_property
    def reviser(self) -> "Writer":
        """Open the queue for writing its settings, by anybody: they say who is an agent, so they let one back in."""
        from supportq.model.event import SYSTEM

        return self._writer(self.known or SYSTEM)

    def _writer(self, actor: str) -> "Writer":
        from supportq.store.change import Writer
        from supportq.store.versions import book_of

        if self.options.format is not None:
            from supportq.output.rendering import check

            check(self.options.for_reading())
        _ = self.zone  # an unknown one is refused before anything is written
        self.queue.allow_writing()
        book = book_of(self.queue.connection)
        return Writer(self.queue, self.settings, book, actor, self.now, dry_run=bool(self.options.dry_run))

    @cached_property
    def settings(self) -> "Settings":
        """Return the settings in force."""
        from supportq.store.versions import current_settings

        return current_settings(self.queue.connection)

    @cached_property
    def named(self) -> Origin:
        """Return by which name somebody runs this, and what said so; it may be no agent's."""
        return self.choices.agent(self.options.as_agent, login_name(self.environment))

    @cached_property
    def known(self) -> str | None:
        """Return the agent who runs this, or None for somebody whose name is no agent's."""
        name, agents = self.named.value, self.settings.agents
        if self.named.where != "login":
            return name if name in agents else None
        return next((agent.code for agent in agents.values() if name in (agent.code, *agent.logins)), None)

    @property
    def me(self) -> str | None:
        """Return the agent who runs this, or None for somebody who is none; raise UnknownWord for one who was named."""
        if self.known is None and self.named.where != "login":
            raise UnknownWord("agent", self.named.value, self.settings.agents)
        return self.known

    @property
    def agent(self) -> str:
        """Return the agent who runs this; raise UsageError for somebody who is none."""
        if self.me is None:
            raise UsageError(
                "nobody knows who you are at this desk",
                f"say it: --as AGENT, SUPPORTQ_AGENT      agents: {' '.join(self.settings.agents)}",
                "or add yourself: supportq config edit",
            )
        return self.me

    @cached_property
    def lexicon(self) -> "Lexicon":
        """Return the words that filters may use here and now."""
        from supportq.settings.lexicon import lexicon_of
        from supportq.store.known import with_known

        lexicon = lexicon_of(self.settings, now=self.now, zone=self.zone, me=self.known)
        return with_known(lexicon, self.queue, self.settings)

    def seconds(self, duration: str | None) -> int:
        """Return a duration such as `10m` in seconds, 0 for none."""
        if not duration:
            return 0
        from supportq.when import parse_duration

        return int(parse_duration(duration).total_seconds())

    def moment(self, text: str, *, ahead: bool) -> datetime:
        """Return a moment as people type it; a bare span such as `2h` lies ahead, or back."""
        from supportq.when import format_exact, parse_moment

        moment = parse_moment(text, now=self.now, zone=self.zone, direction="future" if ahead else "past")
        self.explain(f"{text} is {format_exact(moment.astimezone(self.zone))}")
        return moment

    def explain(self, *meanings: str) -> None:
        """Say what words were taken to mean, where somebody wants to know more."""
        if self.options.verbose and not self.options.quiet:
            self.streams.say(*meanings)

    @property
    def can_ask(self) -> bool:
        """Tell whether somebody is there to answer a prompt."""
        return self.streams.can_ask and not self.options.no_input

    def confirm(self, question: str, *advice: str) -> None:
        """Ask for a yes; raise Declined for a no, UsageError where nobody can answer. A dry run asks nothing."""
        from supportq.output.ask import confirm

        if self.options.yes or self.options.dry_run:
            return
        if not self.can_ask:
            raise UsageError(f"{question}, and this is not a terminal", *advice)
        if not confirm(self.streams, f"{question}: go on?"):
            raise Declined("nothing was changed")
        self.resume()

    def read(self, words: Sequence[str], *, text: bool = True) -> "Selector":
        """Read a reader's selector: bare words search text, or are refused without `text`."""
        from supportq.model.selector import Selector

        return self._selector(words, text=text) if words else Selector()

    def pick(self, words: Sequence[str]) -> tuple[int, ...]:
        """Return the tickets that a writer is to change, after a yes where they are many.

        Raises UsageError for no selector, NoSuchTicket for a number that isn't there.
        """
        return self.agreed(self.meant(words), words)

    def agreed(self, tickets: tuple[int, ...], words: Sequence[str]) -> tuple[int, ...]:
        """Return the tickets that these words mean, after a yes where they are many."""
        if len(tickets) > MANY:
            _ = self.writer  # who may not write is told so before they are asked
            self.confirm(
                f"{len(tickets)} tickets match",
                f"look: supportq list {' '.join(words)}      go on: add --yes",
            )
        return tickets

    def meant(self, words: Sequence[str]) -> tuple[int, ...]:
        """Return the tickets that a writer's selector means, however many; where nothing is asked beforehand."""
        from supportq.store.selection import tickets_of

        selector = self._selector(words, text=False)
        if selector.is_empty:
            raise UsageError("which tickets?", "such as: 17, 12-20, @ (your last), status:new team:sales")
        return tickets_of(self.queue, selector, now=self.now)

    def _selector(self, words: Sequence[str], *, text: bool) -> "Selector":
        """Read a selector, and put real numbers in the place of its `@` and `-`."""
        from supportq.model.selector import parse_selector
        from supportq.store.selection import resolved

        selector = parse_selector(words, self.lexicon, text=text)
        if self.options.verbose:
            from supportq.model.filter.moments import format_moments

            self.explain(*format_moments(selector.filter, self.zone))
        if not (selector.touched or selector.stdin):
            return selector
        piped = self.streams.stdin if selector.stdin else ()
        return resolved(self.queue, selector, me=self.me if selector.touched else None, piped=piped)

    def release(self) -> None:
        """Let go of the queue and of the moment while a person writes; both are asked for anew afterwards."""
        self.stack.close()
        self.__dict__.pop("queue", None)
        self.resume()

    def resume(self) -> None:
        """Let go of the moment after a person was waited for, so that what follows bears its own."""
        for name in ("now", "writer", "machine", "reviser", "lexicon"):
            self.__dict__.pop(name, None)

    def close(self) -> None:
        """Close what was opened."""
        self.stack.close()
