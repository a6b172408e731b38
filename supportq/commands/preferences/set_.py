"""supportq preferences set."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq preferences set agent ann
supportq preferences set queue /srv/desk/team.db
supportq preferences set aliases.mine "list agent:me"
"""


def set_(
    context: typer.Context,
    key: Annotated[
        str,
        typer.Argument(
            help="agent, queue, editor, pager, color, zone, ca_file, aliases.NAME or secrets.NAME.env (or .command)."
        ),
    ],
    value: Annotated[str, typer.Argument(help="What you prefer.")],
) -> Outcome:
    """Change one of your preferences."""
    from supportq.commands.preferences.stranger import not_known
    from supportq.settings.preferences import preferences_file
    from supportq.work.preferences import save_preferences, text_of_preferences, with_choice

    desk: Desk = context.obj
    file = preferences_file(desk.environment)
    if key == "ca_file":
        from supportq.mail.trust import trusting

        trusting(value)
    save_preferences(file, with_choice(text_of_preferences(file), key, value))
    warnings = not_known(desk, value) if key == "agent" else ()
    return Outcome(notes=(f"{key} is now {value}, in {file}.", *warnings), touched=())
