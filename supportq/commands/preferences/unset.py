"""supportq preferences unset."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq preferences unset pager
supportq preferences unset secrets.desk-mail
"""


def unset(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="What you prefer no longer, as preferences set names it.")],
) -> Outcome:
    """Take back one of your preferences."""
    from supportq.settings.edit import without_item
    from supportq.settings.preferences import preferences_file
    from supportq.work.preferences import save_preferences, text_of_preferences

    desk: Desk = context.obj
    file = preferences_file(desk.environment)
    before = text_of_preferences(file)
    after = without_item(before, key)
    if after == before:
        raise UsageError(f"your preferences say nothing of {key}", "see what they say: supportq preferences show")
    save_preferences(file, after)
    return Outcome(notes=(f"{key} is set no longer, in {file}.",), touched=())
