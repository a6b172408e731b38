"""supportq note."""

import typer

from supportq.commands.parameters import Attach, BodyFile, Canned, Edit, Message, Recover, Spent, Tickets
from supportq.commands.written import written
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq note 17 -m "called the carrier"
supportq note 17 --spent 10m --attach label.pdf -m "the label they sent"
"""


def note(
    context: typer.Context,
    tickets: Tickets,
    *,
    message: Message = None,
    body_file: BodyFile = None,
    edit: Edit = False,
    canned: Canned = None,
    attach: Attach = None,
    recover: Recover = False,
    spent: Spent = None,
) -> Outcome:
    """Add an internal note."""
    from supportq.commands.body import Body, check_stdin, composed
    from supportq.commands.task import Task
    from supportq.work.note import note as verb

    desk: Desk = context.obj
    check_stdin(tickets, body_file)
    body = Body(message, body_file, edit, canned, attach, recover)
    files, spent_s = body.files, desk.seconds(spent)
    with composed(desk, body, Task("note", desk.pick(tickets))) as texts:
        done = verb(desk.writer, texts, attached=files, spent_s=spent_s)
    return written(desk, done, "noted")
