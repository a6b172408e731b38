"""A text that is revised until it is right: checked when the editor is left, its faults shown, edited again."""

from collections.abc import Callable

from supportq.desk import Desk
from supportq.errors import Declined, SupportqError, UsageError
from supportq.work.draft import Draft


def revised(desk: Desk, draft: Draft, check: Callable[[str], object], *, recover: bool, text: str) -> str:
    """Return what a person made of a text; raise Declined where it stayed as it was, or is left with its faults.

    The queue is let go while the editor is open. The draft is kept whatever happens, until the caller discards it.
    """
    from supportq.output.editor import edit

    _begin(desk, draft, recover=recover, text=text)
    while True:
        desk.release()
        edit(draft.path, desk.choices.editor().value)
        written = draft.read()
        if written == text and not recover:
            draft.discard()
            raise Declined("it is as it was; nothing was changed")
        try:
            check(written)
        except SupportqError as error:
            _ask_to_go_on(desk, draft, error)
            continue
        return written


def kept(draft: Draft, error: SupportqError) -> SupportqError:
    """Return the error with where the text is kept."""
    error.cures = (*error.cures, f"your text is kept; go on with it: {draft.how_to_recover}")
    return error


def _begin(desk: Desk, draft: Draft, *, recover: bool, text: str) -> None:
    if desk.options.no_input:
        raise UsageError("no editor is opened with --no-input", "change one value: set KEY VALUE")
    if recover:
        draft.read()
    elif draft.exists:
        raise UsageError(
            f"what you wrote last came to nothing and is kept in {draft.path}",
            f"go on with it: {draft.how_to_recover}      or throw it away: rm {draft.path}",
        )
    else:
        draft.keep(text)


def _ask_to_go_on(desk: Desk, draft: Draft, error: SupportqError) -> None:
    """Show what is wrong and ask whether to edit again; raise where the person has enough, or nobody is there."""
    from supportq.output.ask import ask
    from supportq.output.errors import format_error

    if not desk.can_ask:
        raise kept(draft, error)
    desk.streams.say(format_error(error).rstrip("\n"))
    answer = ""
    while answer not in {"e", "q"}:
        answer = ask(desk.streams, "e to edit again, q to leave it: ").strip().lower()[:1]
    if answer == "q":
        raise kept(draft, Declined("nothing was changed"))
