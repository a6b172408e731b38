"""supportq search."""

from typing import Annotated

import typer

from supportq.commands.answer import is_drawn, settle_format
from supportq.desk import Desk
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq search carrier lost
supportq search '"carrier lost"' status:open
supportq search refund* --best -L 5
"""

SCREENFUL = 20


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words, a quoted phrase, a beginning*; filter terms too.")],
    *,
    best: Annotated[bool, typer.Option("--best", help="The best hits first, instead of the newest.")] = False,
) -> Outcome:
    """Search all text, newest or best first.

    One word alone finds the ticket, too, that another system called so: SUP-1.
    """
    from supportq.store.scope import criteria_of
    from supportq.work.searching import elsewhere, found_rows, search_table

    desk: Desk = context.obj
    settle_format(desk)
    criteria = criteria_of(desk.queue, desk.read(words), now=desk.now)
    limit = desk.options.limit
    most = (SCREENFUL if is_drawn(desk) else 0) if limit is None else limit
    reach = most + 1 if most and not desk.options.sort else None
    hits = found_rows(desk.queue, words, criteria, now=desk.now, best_first=best, limit=reach)
    if reach is None or not is_drawn(desk):
        return Outcome(table=search_table(hits))
    found = list(hits)
    if not found:
        return Outcome(table=search_table((), caption="Nothing was found."), notes=tuple(elsewhere(desk.queue, words)))
    order = "best" if best else "newest"
    caption = f"the {most} {order} hits; -L 0 shows all" if len(found) > most else f"{len(found)} found"
    return Outcome(table=search_table(found[:most], caption=caption))
