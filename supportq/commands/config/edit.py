"""supportq config edit."""

from typing import Annotated

import typer

from supportq.commands.config.applied import applied, in_force
from supportq.desk import Desk
from supportq.errors import SupportqError
from supportq.output.outcome import Outcome
from supportq.work.draft import Draft

EXAMPLES = """
supportq config edit
supportq config edit --reason "new opening hours"
supportq config edit --recover
"""


def edit(
    context: typer.Context,
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the history.")] = "",
    recover: Annotated[bool, typer.Option("--recover", help="Go on with a text that came to nothing.")] = False,
) -> Outcome:
    """Edit the settings; they count when they are right.

    Your editor opens them with their comments. When you leave it they are checked as a whole; a text with faults never
    counts, but is kept.
    """
    from supportq.commands.editing import editor_of
    from supportq.commands.revising import kept, revised
    from supportq.settings.check import check

    desk: Desk = context.obj
    before = in_force(desk)
    draft = _draft(desk)
    editor = editor_of(desk, "change one value: supportq config set KEY VALUE      or all: supportq config apply FILE")
    text = revised(desk, draft, editor, check, None if recover else before.text)
    try:
        outcome = applied(desk, check(text), before, verb="config edit", reason=reason)
    except SupportqError as error:
        raise kept(draft, error) from error
    if not desk.options.dry_run:
        draft.discard()
    return outcome


def _draft(desk: Desk) -> Draft:
    from supportq.store.desk import queue_id
    from supportq.work.state import state_folder

    folder = state_folder(desk.environment) / "drafts" / queue_id(desk.queue.connection)
    return Draft(folder / "settings.toml", "supportq config edit --recover")
