"""Writing in an editor: the conversation before one's eyes, the queue let go meanwhile, and nothing ever lost."""

from collections.abc import Iterator
from contextlib import contextmanager

from supportq.commands.looks import look_at
from supportq.commands.task import Task
from supportq.desk import Desk
from supportq.errors import Declined, SupportqError, UsageError
from supportq.output.streams import is_terminal
from supportq.store.desk import queue_id
from supportq.work.draft import Draft, draft_of

LAST = 10
"""So many messages stand below what is written, newest first."""


def editor_of(desk: Desk, cure: str) -> str:
    """Return the person's editor; raise UsageError, with what can be done instead, where it is not to be opened.

    The editor that is there where nobody chose one needs a terminal; a chosen one may be a program.
    """
    if desk.options.no_input:
        raise UsageError("no editor is opened with --no-input", cure)
    editor = desk.choices.editor()
    if editor.where == "default" and not (desk.streams.is_typed and is_terminal(desk.streams.stdout)):
        raise UsageError(f"{editor.value} can't be opened, since this is not a terminal", cure)
    return editor.value


def draft_for(desk: Desk, task: Task) -> Draft:
    """Return the draft of a task at this queue."""
    return draft_of(desk.environment, queue_id(desk.queue.connection), task.verb, task.tickets)


def edited(desk: Desk, draft: Draft, task: Task, text: str | None) -> str:
    """Let the person write, beginning with a text or, with None, with their draft; raise Declined for no words."""
    from supportq.output.editor import edit, written_part

    editor = editor_of(desk, "give the words: -m TEXT, -F FILE, --canned NAME")
    if text is not None and draft.exists:
        text = _instead_of(desk, draft, text)
    before = draft.read() if text is None else _begun(desk, draft, task, text)
    desk.release()
    try:
        edit(draft.path, editor)
    except SupportqError as error:
        _keep_only_what_was_written(draft, before if text is not None else "", error)
        raise
    written = written_part(draft.read())
    if not written.strip():
        draft.discard()
        raise Declined("the message is empty, so nothing was written")
    return written


@contextmanager
def kept_if_it_fails(draft: Draft, text: str) -> Iterator[None]:
    """Keep a text where what is done with it fails, and say how to go on with it."""
    try:
        yield
    except (SupportqError, KeyboardInterrupt) as error:
        if text.strip():
            draft.add(text)
            _tell_how_to_recover(draft, error)
        raise


def _instead_of(desk: Desk, draft: Draft, text: str) -> str | None:
    """Return what to begin with where an older draft is kept: None for that one, unless it may be thrown away."""
    from supportq.output.ask import ask

    kept = "what you wrote last came to nothing and is kept"
    if not desk.can_ask:
        raise UsageError(
            f"{kept} in {draft.path}", f"go on with it: {draft.how_to_recover}      or throw it away: rm {draft.path}"
        )
    answer = ask(desk.streams, f"{kept[:1].upper()}{kept[1:]}: Enter to go on with it, d to throw it away ")
    desk.resume()
    if answer.strip().lower() != "d":
        return None
    draft.discard()
    return text


def _begun(desk: Desk, draft: Draft, task: Task, text: str) -> str:
    """Lay out a new draft."""
    laid_out = _sheet(desk, task, text)
    draft.keep(laid_out)
    return laid_out


def _keep_only_what_was_written(draft: Draft, before: str, error: SupportqError) -> None:
    if draft.read() == before:
        draft.discard()
    else:
        _tell_how_to_recover(draft, error)


def _tell_how_to_recover(draft: Draft, error: BaseException) -> None:
    if isinstance(error, SupportqError):
        error.cures = (*error.cures, f"what you wrote is kept: {draft.how_to_recover}")


def _sheet(desk: Desk, task: Task, text: str) -> str:
    """Return the text, then what it is for and, for a single ticket, what was said."""
    from supportq.output.editor import quoted, sheet
    from supportq.store.customers import customers_of_tickets
    from supportq.store.messages import messages_of
    from supportq.store.subjects import subject_of
    from supportq.when import format_local

    verb, tickets = task.verb.capitalize(), task.tickets
    if task.about:
        return sheet(text, f"{verb}: {task.about}", ())
    if len(tickets) > 1:
        return sheet(text, f"{verb}: {len(tickets)} tickets, {' '.join(map(str, tickets))}", ())
    (number,) = tickets
    look_at(desk, tickets)
    customer = customers_of_tickets(desk.queue.connection, tickets).get(number)
    messages = messages_of(desk.queue, number)[: -LAST - 1 : -1]
    told = [format_local(message.at, desk.zone, desk.now) for message in messages]
    who = customer.label if customer else "the customer"
    heading = f"{verb}: {number} {subject_of(desk.queue.connection, number)}, from {who}"
    return sheet(text, heading, quoted(zip(messages, told, strict=True), who))
