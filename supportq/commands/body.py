"""The words of a message, however a person gives them: typed, from a file, in an editor, prepared in advance."""

from collections.abc import Iterator, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Body:
    """What the options say about the words of a message, and about the files that go with it."""

    message: str | None = None
    file: str | None = None
    edit: bool = False
    canned: str | None = None
    attach: Sequence[Path] | None = None
    recover: bool = False

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
        yield _tidied(_given(desk, body, task.tickets))
        return
    from supportq.commands.editing import draft_for, edited, kept_if_it_fails

    draft = draft_for(desk, task)
    texts = _given(desk, body, task.tickets)
    if body.is_edited:
        text = edited(desk, draft, task, None if body.recover else next(iter(texts.values()), ""))
        texts = dict.fromkeys(task.tickets, text)
    with kept_if_it_fails(draft, texts[task.tickets[0]]):
        yield _tidied(texts)
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
        return _rendered(desk, body.canned, tickets)
    if body.message is not None:
        return dict.fromkeys(tickets, body.message)
    if body.file is not None:
        return dict.fromkeys(tickets, _piped(desk) if body.file == "-" else read_words(Path(body.file)))
    return {}


def _rendered(desk: Desk, name: str, tickets: Sequence[int]) -> dict[int, str]:
    from supportq.store.customers import customers_of_tickets
    from supportq.store.projected import read_tickets
    from supportq.store.subjects import subject_of
    from supportq.work.canned import Occasion, find_canned, render

    canned, connection = find_canned(desk.settings, name), desk.queue.connection
    owners = customers_of_tickets(connection, tickets)
    occasions = {
        number: Occasion(
            desk.settings, ticket, subject_of(connection, number), owners.get(number), desk.settings.agents[desk.agent]
        )
        for number, ticket in read_tickets(desk.queue, tickets).items()
    }
    return {number: render(canned, occasion) for number, occasion in occasions.items()}


def _piped(desk: Desk) -> str:
    stdin = desk.streams.stdin
    if is_terminal(stdin):
        desk.streams.say("Write the message, then Ctrl-D on a line of its own.")
    binary = getattr(stdin, "buffer", None)
    words = decoded(binary.read(), "stdin") if binary else stdin.read()
    desk.resume()
    return words
