"""Mail as a whole: whether the servers of its accounts can be worked with."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from ssl import SSLContext
from threading import Thread

from supportq.errors import NoSuchName, NotFound, SupportqError
from supportq.mail.account import Account, Fetching, Server
from supportq.mail.connecting import privacy_of
from supportq.mail.trust import trusting
from supportq.settings.secrets import Secrets
from supportq.settings.values import Settings
from supportq.values import dataclass

_PATIENCE_S = 30.0
"""How long somebody sits and waits for an answer."""


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
    """Connect to all servers of the accounts at once, sign in, and begin a mail where one sends; none is sent."""
    trust = trusting(secrets.preferences.ca_file or "")
    doors = [door for account in accounts for door in _doors(account)]
    passwords = _passwords(doors, secrets)
    tried = [_begun(door, passwords[door.server.password if door.server.user else ""], trust) for door in doors]
    for trial in tried:
        yield trial()


@dataclass(frozen=True, slots=True)
class _Door:
    """A server of an account: the one that sends, or the one that holds its mail."""

    account: Account
    server: Server
    imap: Fetching | None = None

    def open(self, password: str, trust: SSLContext) -> str:
        """Go in and out again, and return how the connection is kept private; raise SupportqError."""
        return _open_folder(self.imap, password, trust) if self.imap else _connect(self, password, trust)

    def told(self, privacy: str = "", fault: SupportqError | None = None) -> Trial:
        """Return what came of it."""
        return Trial(self.account.name, "IMAP" if self.imap else "SMTP", self.server.place, privacy, fault)


def _doors(account: Account) -> Iterator[_Door]:
    if account.smtp is not None:
        yield _Door(account, account.smtp)
    if account.imap is not None:
        yield _Door(account, account.imap.server, account.imap)


def _passwords(doors: Iterable[_Door], secrets: Secrets) -> dict[str, str | SupportqError]:
    """Return every password, one after the other: a command may ask somebody for a passphrase."""
    found: dict[str, str | SupportqError] = {"": ""}
    for name in {door.server.password: None for door in doors if door.server.user}:
        try:
            found[name] = secrets.get(name)
        except SupportqError as error:
            found[name] = error
    return found


def _begun(door: _Door, password: str | SupportqError, trust: SSLContext) -> Callable[[], Trial]:
    """Begin to try a server, and return what waits for the end of that; whoever gives up leaves it behind."""
    if isinstance(password, SupportqError):
        return partial(door.told, fault=password)
    ended: list[Trial | BaseException] = []

    def go() -> None:
        try:
            ended.append(door.told(door.open(password, trust)))
        except SupportqError as error:
            ended.append(door.told(fault=error))
        except BaseException as error:  # noqa: BLE001 - raised again where somebody waits
            ended.append(error)

    def wait() -> Trial:
        thread.join()
        (end,) = ended
        if isinstance(end, BaseException):
            raise end
        return end

    thread = Thread(target=go, daemon=True)
    thread.start()
    return wait


def _connect(door: _Door, password: str, trust: SSLContext) -> str:
    from supportq.mail.sending import Patience, Post
    from supportq.mail.writing import spec_of

    with Post(door.server, password, trust, door.account.domain, Patience(answer_s=_PATIENCE_S)) as post:
        return post.try_out(spec_of(door.account.address))


def _open_folder(imap: Fetching, password: str, trust: SSLContext) -> str:
    from supportq.mail.inbox import Inbox

    inbox = Inbox.open(imap, password, trust, may_change=False)
    try:
        return privacy_of(inbox.client.socket())
    finally:
        inbox.close()
