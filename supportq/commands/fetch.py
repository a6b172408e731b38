"""supportq fetch."""

from typing import Annotated

import typer

from supportq.desk import Desk
from supportq.errors import UsageError
from supportq.output.outcome import Outcome

EXAMPLES = """
supportq fetch
supportq fetch support -n
supportq fetch sms
supportq fetch --since 2w
supportq fetch --watch
supportq fetch -q || logger "mail could not be fetched"
"""


def fetch(
    context: typer.Context,
    accounts: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ACCOUNT]...", help="Which mail accounts or channels; without any, all that fetch."),
    ] = None,
    *,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: take in what comes as it comes, until q or Ctrl-C.")
    ] = False,
    all_: Annotated[
        bool, typer.Option("--all", help="Look at every mail of the folder again; what is in the queue stays as it is.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="TIME", help="Leave for good what came in before that day: 2w, 2026-01-01, last-month."
        ),
    ] = None,
    here: Annotated[
        bool, typer.Option("--here", help="From now on fetch into this copy of a queue, in place of the original.")
    ] = False,
) -> Outcome:
    """Fetch mail by IMAP.

    It takes what came in since the last time, and the first time all that is there, unless --since says otherwise. Only
    once a mail is in the queue it is marked as read on the server, or moved or deleted where the settings say so; a
    mail that can't be taken stays there and is named. Where the settings name a program that fetches for a channel
    (channels.sms.fetcher), this runs it too; its lines are known again by their keys. A copy of a queue takes nothing
    away from the original: it only looks (-n), until it is told to go on in its place (--here).
    """
    desk: Desk = context.obj
    if watch and (all_ or since or here or desk.options.dry_run):
        raise UsageError(
            "--watch goes on for ever",
            "first: supportq fetch -n, --all, --since or --here      then: supportq fetch --watch",
        )
    if watch:
        from supportq.commands.awaited import awaited

        return awaited(desk, accounts or ())
    from supportq.commands.fetched import fetched
    from supportq.commands.period import period

    day = period(desk, since)[0].astimezone(desk.zone).date() if since else None
    return fetched(desk, accounts or (), again=all_, since=day, here=here)
