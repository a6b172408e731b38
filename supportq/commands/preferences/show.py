"""supportq preferences show."""

import typer

from supportq.desk import Desk
from supportq.model.table import Column, Table
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq preferences show
supportq preferences show -T '{choice}={value}'
"""

_COLUMNS = (
    Column("choice", "Choice"),
    Column("value", "Value", wide=True),
    Column("from", "From"),
)


def show(context: typer.Context) -> Outcome:
    """Show your preferences, and what each choice comes from.

    A flag is stronger than the environment, that is stronger than a .supportq.toml, and that than your preferences.
    """
    from supportq.commands.preferences.stranger import not_known
    from supportq.settings.choices import login_name
    from supportq.settings.preferences import load_preferences, preferences_file

    desk: Desk = context.obj
    file = preferences_file(desk.environment)
    _, faults = load_preferences(file)
    chosen = desk.choices.all(login_name(desk.environment))
    rows = [(choice, origin.value, origin.where) for choice, origin in chosen.items()]
    rows += [(f"alias {name}", words, "preferences") for name, words in desk.preferences.aliases.items()]
    rows += [
        (f"secret {name}", it.command or f"${it.env}", "preferences") for name, it in desk.preferences.secrets.items()
    ]
    return Outcome(
        table=Table(_COLUMNS, rows, caption=f"Your preferences: {file}" if file else ""),
        notes=(*(f"preferences: {fault}" for fault in faults), *not_known(desk)),
    )
