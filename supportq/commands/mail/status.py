"""supportq mail status."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from supportq.desk import Desk
from supportq.model.table import Column, Kind, Row, Table
from supportq.output.outcome import Outcome

if TYPE_CHECKING:
    from supportq.store.fetching import Fetched

EXAMPLES = """
supportq mail status
supportq mail status -f json | jq -r '.[] | select(.failed > 0) | .account'
"""

_COLUMNS = (
    Column("account", "Account"),
    Column("address", "Address", shown=False),
    Column("queued", "Queued", Kind.NUMBER),
    Column("oldest", "Since", Kind.MOMENT),
    Column("maybe_sent", "Maybe sent", Kind.NUMBER),
    Column("failed", "Failed", Kind.NUMBER),
    Column("fetched", "Fetched", Kind.MOMENT),
    Column("trouble", "Trouble", wide=True),
)


def status(context: typer.Context) -> Outcome:
    """Show how mail goes: what waits to be sent, and when it was fetched last."""
    desk: Desk = context.obj
    if not desk.settings.accounts:
        note = "No mail account is set up. Describe one under mail.accounts: supportq config edit"
        return Outcome(table=Table(_COLUMNS, ()), notes=(note,))
    return Outcome(table=Table(_COLUMNS, _rows(desk)))


def _rows(desk: Desk) -> Iterator[Row]:
    from supportq.model.message import Delivery
    from supportq.store import fetching, outbox
    from supportq.work.outbox import standing

    waiting = outbox.unsettled(desk.queue.connection)
    fetched = {found.account: found for found in fetching.fetches(desk.queue.connection)}
    names = dict.fromkeys([*desk.settings.accounts, *(posted.account for posted in waiting)])
    for name in names:
        account, fetch = desk.settings.accounts.get(name), fetched.get(name)
        states = [(standing(posted, desk.now), posted) for posted in waiting if posted.account == name]
        queued = [posted for state, posted in states if state in {Delivery.QUEUED, Delivery.SENDING}]
        said = next((posted.said for posted in queued if posted.said), "")
        yield (
            name,
            account.address if account else None,
            len(queued),
            min((posted.queued_at for posted in queued), default=None),
            sum(state is Delivery.MAYBE_SENT for state, _ in states),
            sum(state is Delivery.FAILED for state, _ in states),
            fetch.at if fetch else None,
            said or (_trouble(fetch) if fetch else ""),
        )


def _trouble(fetch: "Fetched") -> str:
    """Return why an account can't be fetched, or how many of its mails can't be."""
    count = fetch.refused
    return fetch.failure or (
        f"{count:,} mail{'' if count == 1 else 's'} stay{'s' if count == 1 else ''} on the server" if count else ""
    )
