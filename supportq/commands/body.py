"""The words of a message, however a person gives them: typed, from a file, in an editor, prepared in advance."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from supportq.commands.quoting import conversation_of
from supportq.desk import Desk
from supportq.errors import Declined, SupportqError, UsageError
from supportq.output.streams import is_terminal
from supportq.store.attachments import Attached
from supportq.store.desk import queue_id
from supportq.values import dataclass
from supportq.work.draft import Draft, draft_of

LARGEST = 25 * 1024 * 1024
"""Bytes of an attachment; a larger one is refused."""


@dataclass(frozen=True, slots=True)
class Body:
    """What the options say about the words of a message."""

    message: str | None = None
    file: str | None = None
    edit: bool = False
    canned: str | None = None
    attach: Sequence[Path] | None = None
    recover: bool = False

    @property
    def is_said(self) -> bool:
        """Tell whether the words come from somewhere else than an editor."""
        return not (self.message is None and self.file is None and self.canned is None)


@contextmanager
def composed(desk: Desk, body: Body, verb: str, tickets: Sequence[int]) -> Iterator[Mapping[int, str]]:
    """Lend the words for each ticket; what was written in an editor or typed in is kept where they come to nothing."""
    _check_choice(body, tickets)
    draft = draft_of(desk.environment, queue_id(desk.queue.connection), verb, tickets)
    edits = body.edit or body.recover or (not body.is_said and desk.can_ask)
    texts = {} if body.recover else _given(desk, body, tickets)
    if edits:
        texts = dict.fromkeys(tickets, _edited(desk, draft, verb, tickets, next(iter(texts.values()), ""), body))
    for text in texts.values() or [""]:
        _check_text(text)
    try:
        yield texts
    except (SupportqError, KeyboardInterrupt) as error:
        if edits or body.file == "-":
            _kept(draft, next(iter(texts.values())), error)
        raise
    if edits and not desk.options.dry_run:
        draft.discard()


def attachments(body: Body) -> tuple[Attached, ...]:
    """Read the files that go with a message."""
    return tuple(_read_attachment(path) for path in body.attach or ())


def _check_choice(body: Body, tickets: Sequence[int]) -> None:
    said = [
        flag
        for flag, value in (
            ("-m", body.message),
            ("-F", body.file),
            ("--canned", body.canned),
            ("--recover", body.recover),
        )
        if value not in (None, False)
    ]
    if len(said) > 1:
        raise UsageError(f"{' and '.join(said)} both give the words", "choose one of them; -e lets you change them")
    if body.canned and body.edit and len(tickets) > 1:
        raise UsageError("a canned reply differs from ticket to ticket, so it is edited for one", "leave out -e")


def _given(desk: Desk, body: Body, tickets: Sequence[int]) -> dict[int, str]:
    if body.canned is not None:
        return _rendered(desk, body.canned, tickets)
    if body.message is not None:
        return dict.fromkeys(tickets, body.message.strip("\n").rstrip())
    if body.file is not None:
        return dict.fromkeys(tickets, _read(desk, body.file).strip("\n").rstrip())
    if not (body.edit or desk.can_ask):
        raise UsageError("nothing to say", "give the words: -m TEXT, -F FILE, -F - (stdin), --canned NAME, -e (editor)")
    return {}


def _rendered(desk: Desk, name: str, tickets: Sequence[int]) -> dict[int, str]:
    from supportq.store.customers import customers_of_tickets
    from supportq.store.subjects import subject_of
    from supportq.store.tickets import read_tickets
    from supportq.work.canned import Occasion, find_canned, render

    canned, agent = find_canned(desk.settings, name), desk.settings.agents[desk.agent]
    owners = customers_of_tickets(desk.queue.connection, tickets)
    return {
        number: render(
            canned,
            Occasion(desk.settings, ticket, subject_of(desk.queue.connection, number), owners.get(number), agent),
        )
        for number, ticket in read_tickets(desk.queue, tickets).items()
    }


def _read(desk: Desk, name: str) -> str:
    if name != "-":
        try:
            with Path(name).open("rb") as file:
                return decoded(file.read(), name)
        except OSError as error:
            raise SupportqError(f"can't read {name}: {error.strerror}", "choose another file: -F FILE") from error
    if is_terminal(desk.streams.stdin):
        desk.streams.say("Write the message, then a line with Ctrl-D alone.")
    binary: BinaryIO | None = getattr(desk.streams.stdin, "buffer", None)
    return decoded(binary.read(), "stdin") if binary else desk.streams.stdin.read()


def decoded(data: bytes, name: str) -> str:
    """Return bytes as text; raise UsageError that names the first byte that is no UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{name} is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}",
            f"convert it: iconv -f WINDOWS-1252 -t UTF-8 {name if name != 'stdin' else 'FILE'}",
        ) from error


def _check_text(text: str) -> None:
    if not text.strip():
        raise UsageError(
            "the message is empty, so nothing was written", "give the words: -m TEXT, -F FILE, -e (editor)"
        )
    if "\0" in text:
        raise UsageError(f"there is a NUL byte in the message, at {text.index(chr(0))}", "take it out")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            f"the message is not UTF-8, at letter {error.start}", "check the terminal's encoding"
        ) from error


def _edited(desk: Desk, draft: Draft, verb: str, tickets: Sequence[int], text: str, body: Body) -> str:
    """Let the person write, the queue let go meanwhile, and return the words; raise Declined where there are none."""
    from supportq.output.editor import edit, written_part

    if desk.options.no_input:
        raise UsageError("no editor is opened with --no-input", "give the words: -m TEXT, -F FILE, --canned NAME")
    if body.recover:
        draft.read()
    elif draft.exists:
        raise UsageError(
            f"what you wrote last came to nothing and is kept in {draft.path}",
            f"go on with it: {draft.how_to_recover}      or throw it away: rm {draft.path}",
        )
    else:
        draft.keep(conversation_of(desk, verb, tickets, text))
    desk.release()
    edit(draft.path, desk.choices.editor().value)
    written = written_part(draft.read())
    if not written.strip():
        draft.discard()
        raise Declined("the message is empty, so nothing was written")
    return written


def _kept(draft: Draft, text: str, error: BaseException) -> None:
    if not draft.exists:
        draft.keep(text)
    if isinstance(error, SupportqError):
        error.cures = (*error.cures, f"what you wrote is kept: {draft.how_to_recover}")


def _read_attachment(path: Path) -> Attached:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise SupportqError(
                f"{path} has {size / 1024 / 1024:.0f} MB, and {LARGEST // 1024 // 1024} MB is the most a message takes",
                "put it where the customer can fetch it, and write where that is",
            )
        return Attached(path.name, path.read_bytes())
    except OSError as error:
        raise SupportqError(f"can't read {path}: {error.strerror}", "choose another file: --attach FILE") from error
