"""supportq preferences edit."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import SupportqError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq preferences edit
"""


def edit(
    context: typer.Context,
    *,
    recover: Annotated[bool, typer.Option("--recover", help="Go on with a text that came to nothing.")] = False,
) -> Outcome:
    """Edit your preferences.

    They are checked when you leave the editor, and are put into place when they are right.
    """
    from supportq.commands.editing import editor_of
    from supportq.commands.revising import kept, revised
    from supportq.settings.preferences import preferences_file
    from supportq.work.draft import Draft
    from supportq.work.preferences import check_preferences, save_preferences, text_of_preferences
    from supportq.work.state import state_folder

    desk: Desk = context.obj
    file = preferences_file(desk.environment)
    draft = Draft(state_folder(desk.environment) / "drafts" / "preferences.toml", "supportq preferences edit --recover")
    editor = editor_of(desk, "change one value: supportq preferences set KEY VALUE")
    text = revised(desk, draft, editor, check_preferences, None if recover else text_of_preferences(file))
    try:
        save_preferences(file, text)
    except SupportqError as error:
        raise kept(draft, error) from error
    draft.discard()
    return Outcome(notes=(f"Your preferences are in {file}.",), touched=())
