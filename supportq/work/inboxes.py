"""The mail accounts and channels that fetch, and the way into the folder of each account."""

from collections.abc import Iterable, Sequence

from supportq.errors import NoSuchName, NotFound
from supportq.mail.account import Account
from supportq.mail.inbox import Inbox
from supportq.mail.trust import trusting
from supportq.model.channel import Channel
from supportq.settings.secrets import Secrets
from supportq.settings.values import Settings
from supportq.store.change import Writer
from supportq.store.home import fetch_here

_HOW = 'give one a server, imap = { host = "imap.example.com", user = "desk" }: supportq config edit'


def fetched_from(settings: Settings, names: Sequence[str] = ()) -> tuple[Sequence[Account], Sequence[Channel]]:
    """Return the accounts and the channels of these names, or all that fetch; raise NotFound where there is none."""
    channels = [Channel(name) for name, gateway in settings.channels.items() if gateway.fetcher]
    others = [name for name in names if name not in channels]
    has_mail = any(account.imap for account in settings.accounts.values())
    wants_mail = bool(others) if names else has_mail or not channels
    accounts = accounts_that_fetch(settings, others) if wants_mail else ()
    return accounts, [channel for channel in channels if not names or channel in names]


def accounts_that_fetch(settings: Settings, names: Iterable[str] = ()) -> Sequence[Account]:
    """Return the accounts of these names, or all that fetch; raise NotFound where there is none."""
    known = {name: account for name, account in settings.accounts.items() if account.imap}
    if not known:
        raise NotFound("no mail account fetches", _HOW)
    for name in names:
        if name not in known:
            raise NoSuchName("mail account that fetches", name, known)
    return [known[name] for name in dict.fromkeys(names) or known]


def settle_in(writer: Writer, *, moves_in: bool = False) -> None:
    """Let this file be the one that fetches; raise NotAtHome for a copy, unless it moves in. A dry run only looks."""
    if not writer.dry_run:
        with writer.queue.writing() as connection:
            fetch_here(connection, moves_in=moves_in)


def open_inbox(account: Account, secrets: Secrets, *, may_change: bool = True) -> Inbox:
    """Open the folder that an account fetches from; raise SupportqError where that can't be done now."""
    if account.imap is None:
        raise ValueError(f"{account.name} does not fetch")
    server = account.imap.server
    password = secrets.get(server.password) if server.user else ""
    return Inbox.open(account.imap, password, trusting(secrets.preferences.ca_file or ""), may_change=may_change)
