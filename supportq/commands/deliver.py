"""supportq deliver."""

import typer

from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq deliver --queue /srv/desk/desk.db < mail.eml
supportq deliver -n < mail.eml
"""


def deliver(context: typer.Context) -> Outcome:
    """Take in one mail from a mail server.

    It exits with 0 once the mail is stored, and with 75 after every failure, upon which servers try again.
    """
    from supportq.intake.mailfiles import LARGEST
    from supportq.work.deliver import deliver as work_deliver

    desk: Desk = context.obj
    if desk.streams.is_typed:
        desk.streams.say("Waiting for a mail on standard input; Ctrl-D ends it.")
    done = work_deliver(desk.machine, desk.streams.bytes_in.read(LARGEST + 1))
    return Outcome(notes=done.warnings, touched=done.touched if desk.options.format else ())
