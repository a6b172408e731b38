"""Channels other than mail: the programs that send and fetch for them, by the names that each machine knows."""

from supportq.model.channel import Channel
from supportq.settings.draft import Draft, Table
from supportq.settings.values import Gateway


class GatewayTable(Table):
    """What a settings text says of a channel."""

    sender: str = ""
    fetcher: str = ""


def read_channels(draft: Draft) -> dict[str, Gateway]:
    """Read the channels that have a program; mail has accounts instead."""
    known = [channel.value for channel in Channel if not channel.is_answered_by_mail]
    found = {}
    for name, raw in draft.tables("channels").items():
        table = draft.table(GatewayTable, raw, ("channels", name))
        if draft.knows(("channels", name), "channel that a program could serve", name, known):
            found[name] = Gateway(table.sender, table.fetcher)
    return found
