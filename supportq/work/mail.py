"""Mail as a whole: whether the servers of its accounts can be worked with."""

from collections.abc import Iterator, Sequence
from ssl import SSLContext

from supportq.errors import NoSuchName, NotFound, SupportqError
from supportq.mail.account import Account, Fetching, Server
from supportq.mail.connecting import privacy_of
from supportq.mail.trust import trusting
from supportq.settings.secrets import Secrets
from supportq.settings.values import Settings
from supportq.values import dataclass


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying a server: how the connection is kept private, or why there is none."""

    account: str
    protocol: str
    place: str
    privacy: str = ""
    fault: SupportqError | None = None


def accounts_named(settings: Settings, names: Sequence[str]) -> list[Account]:
    """Return the accounts of these names, or all; raise NotFound where there is none."""
    if not settings.accounts:
        raise NotFound("no mail account is set up", "describe one under mail.accounts: supportq config edit")
    unknown = next((name for name in names if name not in settings.accounts), None)
    if unknown is not None:
        raise NoSuchName("mail account", unknown, settings.accounts)
    return [settings.accounts[name] for name in names or settings.accounts]


def try_accounts(accounts: Sequence[Account], secrets: Secrets) -> Iterator[Trial]:
    """Connect to the servers of the accounts and sign in; nothing is sent, and nothing there changes."""
    trust = trusting(secrets.preferences.ca_file or "")
    for account in accounts:
        if account.smtp is not None:
            yield _trial(account, account.smtp, None, secrets, trust)
        if account.imap is not None:
            yield _trial(account, account.imap.server, account.imap, secrets, trust)


def _trial(account: Account, server: Server, imap: Fetching | None, secrets: Secrets, trust: SSLContext) -> Trial:
    protocol = "IMAP" if imap else "SMTP"
    try:
        password = secrets.get(server.password) if server.user else ""
        privacy = _open_folder(imap, password, trust) if imap else _connect(account, server, password, trust)
    except SupportqError as error:
        return Trial(account.name, protocol, server.place, fault=error)
    return Trial(account.name, protocol, server.place, privacy)


def _connect(account: Account, server: Server, password: str, trust: SSLContext) -> str:
    from supportq.mail.sending import Post

    with Post(server, password, trust, account.domain) as post:
        return post.connect()


def _open_folder(imap: Fetching, password: str, trust: SSLContext) -> str:
    from supportq.mail.inbox import Inbox

    inbox = Inbox.open(imap, password, trust, may_change=False)
    try:
        return privacy_of(inbox.client.socket())
    finally:
        inbox.close()
