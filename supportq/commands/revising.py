"""A text that is revised until it is right: checked when the editor is left, its faults shown, edited again."""

from collections.abc import Callable

from supportq.desk import Desk
from supportq.errors import Declined, SupportqError, UsageError
from supportq.work.draft import Draft


def revised(desk: Desk, draft: Draft, editor: str, check: Callable[[str], object], text: str | None) -> str:
    """Return what a person made of a text or, with None, of their draft.

    Raises Declined where the text stayed as it was, or is left with its faults.

    The queue is let go while the editor is open. The draft is kept whatever happens, until the caller discards it.
    """
    from supportq.output.editor import edit

    _begin(draft, text)
    while True:
        desk.release()
        edit(draft.path, editor)
        written = draft.read()
        if written == text:
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


def _begin(draft: Draft, text: str | None) -> None:
    if text is None:
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
