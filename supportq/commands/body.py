"""The words of a message, however a person gives them: typed, from a file, in an editor, prepared in advance."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from supportq.commands.task import Task
from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.streams import is_terminal
from supportq.values import dataclass
from supportq.work.body import decoded, read_files, read_words, tidy

if TYPE_CHECKING:
    from supportq.store.attachments import Attached
    from supportq.work.canned import Occasion


@dataclass(frozen=True, slots=True)
class Body:
    """What the options say about the words of a message, and about the files that go with it.

    With `for_many` they are a template whatever way they are given, filled in for each.
    """

    message: str | None = None
    file: str | None = None
    edit: bool = False
    canned: str | None = None
    attach: Sequence[Path] | None = None
    recover: bool = False
    for_many: bool = False

    @property
    def files(self) -> "tuple[Attached, ...]":
        """Read the files."""
        return read_files(self.attach or ())

    @property
    def sources(self) -> list[str]:
        """Return the flags that give the words."""
        said = {
            "-m": self.message is not None,
            "-F": self.file is not None,
            "--canned": self.canned is not None,
            "--recover": self.recover,
        }
        return [flag for flag, is_given in said.items() if is_given]

    @property
    def is_edited(self) -> bool:
        """Tell whether an editor is opened: where it was asked for, or where no flag gives the words."""
        return self.edit or self.recover or not self.sources


def check_stdin(words: Sequence[str], file: str | None) -> None:
    """Raise UsageError where both the tickets and the words would be read from stdin."""
    if "-" in words and file == "-":
        raise UsageError("stdin can't hold both the tickets and the words", "put the words into a file: -F FILE")


@contextmanager
def composed(desk: Desk, body: Body, task: Task) -> Iterator[Mapping[int, str]]:
    """Lend the words for each ticket; what was typed in or written in an editor is kept where it comes to nothing."""
    _check_sources(desk, body, task.tickets)
    if not body.is_edited and body.file != "-":
        yield _tidied(_for_each(desk, body, _given(desk, body, task.tickets)))
        return
    from supportq.commands.editing import draft_for, edited, kept_if_it_fails

    draft = draft_for(desk, task)
    texts = _given(desk, body, task.tickets)
    if body.is_edited:
        text = edited(desk, draft, task, None if body.recover else next(iter(texts.values()), ""))
        texts = dict.fromkeys(task.tickets, text)
    with kept_if_it_fails(draft, texts[task.tickets[0]]):
        yield _tidied(_for_each(desk, body, texts))
    if body.is_edited and not desk.options.dry_run:
        draft.discard()


def _tidied(texts: Mapping[int, str]) -> dict[int, str]:
    return {number: tidy(text) for number, text in texts.items()}


def _check_sources(desk: Desk, body: Body, tickets: Sequence[int]) -> None:
    if len(body.sources) > 1:
        raise UsageError(f"{' and '.join(body.sources)} both give the words", "choose one; -e lets you change them")
    if body.canned and body.edit and len(tickets) > 1:
        raise UsageError("a canned reply differs from ticket to ticket, so it is edited for one", "leave out -e")
    if not (body.sources or body.edit or desk.can_ask):
        raise UsageError("nothing to say", "give the words: -m TEXT, -F FILE, -F - (stdin), --canned NAME, -e (editor)")


def _given(desk: Desk, body: Body, tickets: Sequence[int]) -> dict[int, str]:
    """Return the words that the options give, for each ticket; none where they are still to be written."""
    if body.canned is not None:
        return _rendered(desk, body, body.canned, tickets)
    if body.message is not None:
        return dict.fromkeys(tickets, body.message)
    if body.file is not None:
        return dict.fromkeys(tickets, _piped(desk) if body.file == "-" else read_words(Path(body.file)))
    return {}


def _for_each(desk: Desk, body: Body, texts: Mapping[int, str]) -> Mapping[int, str]:
    """Return words that are for many with what they say of each filled in."""
    if not body.for_many or body.canned is not None:
        return texts
    from supportq.work.canned import fill

    cure = "write braces as they are: {{ '{{' }}"
    occasions = _occasions(desk, list(texts), for_many=True)
    return _all_filled(texts, lambda number: fill(texts[number], occasions[number], "what you wrote", cure))


def _rendered(desk: Desk, body: Body, name: str, tickets: Sequence[int]) -> dict[int, str]:
    from supportq.work.canned import find_canned, render

    canned, occasions = find_canned(desk.settings, name), _occasions(desk, tickets, for_many=body.for_many)
    return _all_filled(occasions, lambda number: render(canned, occasions[number]))


def _occasions(desk: Desk, tickets: Sequence[int], *, for_many: bool) -> "dict[int, Occasion]":
    from supportq.store.customers import customers_of_tickets
    from supportq.store.projected import read_tickets
    from supportq.store.subjects import subject_of
    from supportq.work.canned import Occasion

    connection, agent = desk.queue.connection, desk.settings.agents[desk.agent]
    owners = customers_of_tickets(connection, tickets)
    return {
        number: Occasion(
            desk.settings, ticket, subject_of(connection, number), owners.get(number), agent, many=for_many
        )
        for number, ticket in read_tickets(desk.queue, tickets).items()
    }


def _all_filled(tickets: Iterable[int], fill: Callable[[int], str]) -> dict[int, str]:
    """Return the words for each ticket; raise MissingWord for the first that lacks one, with how many do."""
    from supportq.work.canned import MissingWord

    texts: dict[int, str] = {}
    faults: list[MissingWord] = []
    for number in tickets:
        try:
            texts[number] = fill(number)
        except MissingWord as fault:
            faults.append(fault)
    if len(faults) > 1:
        raise MissingWord(f"{faults[0].cause} (nor for {len(faults) - 1:,} more)", *faults[0].cures)
    if faults:
        raise faults[0]
    return texts


def _piped(desk: Desk) -> str:
    stdin = desk.streams.stdin
    if is_terminal(stdin):
        desk.streams.say("Write the message, then Ctrl-D on a line of its own.")
    binary = getattr(stdin, "buffer", None)
    words = decoded(binary.read(), "stdin") if binary else stdin.read()
    desk.resume()
    return words
