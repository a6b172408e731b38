"""A folder on an IMAP server: what came into it, and what becomes there of what was taken."""

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeGuard

from supportq.errors import NeedsPackages, SupportqError
from supportq.mail.account import Auth, Fetching, Server, Then, Tls
from supportq.mail.connecting import SignInRefused, Unreachable, in_one_line, one_line
from supportq.mail.rationing import Ration, rationed_client
from supportq.values import dataclass

if TYPE_CHECKING:
    from imapclient import IMAPClient

_CONNECT_S, _ANSWER_S = 20.0, 60.0
_WINDOW = 50_000
"""Numbers that are asked about at once: an answer that names them all has to fit into a line of imaplib's."""
_AT_ONCE = 500
"""Numbers in one command: servers refuse lines that are longer than some thousand letters."""
_LONGEST_ANSWER = 256 << 20
"""Bytes in one answer, the largest mail among them: imaplib would make room for whatever a server announces."""
_LONGEST_GREETING = 1 << 20
"""Bytes until we have signed in."""
_HIGHEST = (1 << 32) - 1
"""No mail has a higher number (RFC 9051)."""
_SAID = re.compile(r"""^(?:[\w ]+ failed: )?b?['"]?(?:\[[\w-]+\] ?)?(.*?)['"]?$""")
_HEAD = "BODY.PEEK[HEADER.FIELDS (FROM SUBJECT DATE MESSAGE-ID)]"


@dataclass(slots=True, eq=False)
class Inbox:
    """An open folder; `validity` and `latest` are what the server says of its numbers, as of the last look.

    Without `may_change` the folder is looked at, and nothing in it changes.
    """

    fetching: Fetching
    client: "IMAPClient"
    may_change: bool
    validity: int = 0
    latest: int = 0
    is_listening: bool = False
    ration: Ration = field(default_factory=lambda: Ration(_LONGEST_GREETING, _ANSWER_S))

    @classmethod
    def open(cls, fetching: Fetching, password: str, trust: ssl.SSLContext, *, may_change: bool = True) -> Self:
        """Connect, sign in and open the folder; raise Unreachable."""
        ration = Ration(_LONGEST_GREETING, _ANSWER_S)
        inbox = cls(fetching, _signed_in(fetching.server, password, trust, ration), may_change, ration=ration)
        ration.widen(_LONGEST_ANSWER, _ANSWER_S * 60)
        try:
            inbox.look()
            if fetching.then is Then.MOVE and may_change:
                inbox._make(fetching.moved_to)
        except BaseException:
            inbox.close()
            raise
        return inbox

    def look(self) -> None:
        """Look which numbers there are."""
        with self._working():
            found = self._selected()
        validity, following = found.get(b"UIDVALIDITY"), found.get(b"UIDNEXT")
        if not (_is_number(validity) and _is_number(following)):
            raise Unreachable(self.fetching.server, "it does not number its mails, so nobody can tell which are new")
        self.validity, self.latest = validity, following - 1

    def _selected(self) -> Mapping[bytes, Any]:
        try:
            found: Mapping[bytes, Any] = self.client.select_folder(self.fetching.folder, readonly=not self.may_change)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            known = " ".join(name for _, _, name in self.client.list_folders())
            why = f'it won\'t open the folder "{self.fetching.folder}": {_said(error)}'
            raise Unreachable(self.fetching.server, why, f"one of: {one_line(known)}") from error
        return found

    def iter_new(self, after: int, since: date | None = None) -> Iterator[Sequence[int]]:
        """Yield the numbers of the mails behind this one, some at a time; without those that somebody deleted.

        With `since` only what came in on that day or later.
        """
        recent = ["SINCE", since] if since else []
        for first in range(after + 1, self.latest + 1, _WINDOW):
            last = min(first + _WINDOW - 1, self.latest)
            with self._working():
                named = self.client.search(["UID", f"{first}:{last}", "UNDELETED", *recent])
            found = sorted(number for number in named if first <= number <= last)
            yield from (found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE))

    def sizes(self, numbers: Sequence[int]) -> dict[int, int]:
        """Return how many bytes each of these mails has; what is gone is left out."""
        with self._working():
            found = self.client.fetch(numbers, ["RFC822.SIZE"])
        sizes = {number: found[number].get(b"RFC822.SIZE") for number in numbers if number in found}
        return {number: size if isinstance(size, int) else 0 for number, size in sizes.items()}

    def mails(self, numbers: Sequence[int]) -> dict[int, bytes]:
        """Return these mails; what is gone is left out. Raise CantRead for what the server can't read itself."""
        with self._working():
            try:
                found = self.client.fetch(numbers, ["BODY.PEEK[]"])
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error as error:
                raise CantRead(_said(error)) from error
        return {number: _bytes(found[number].get(b"BODY[]")) for number in numbers if number in found}

    def head(self, number: int) -> bytes:
        """Return the lines of a mail that say who wrote it, when and about what."""
        with self._working():
            found = self.client.fetch([number], [_HEAD]).get(number, {})
        return next((_bytes(value) for name, value in found.items() if name.startswith(b"BODY[")), b"")

    def settle(self, numbers: Sequence[int]) -> None:
        """Do with these mails what the account says is to be done with what was taken."""
        with self._working():
            for start in range(0, len(numbers), _AT_ONCE):
                self._settle(numbers[start : start + _AT_ONCE])

    def _settle(self, numbers: Sequence[int]) -> None:
        match self.fetching.then:
            case Then.FLAG:
                self.client.add_flags(numbers, [rb"\Seen"], silent=True)
            case Then.DELETE:
                self._remove(numbers)
            case Then.MOVE if self.client.has_capability("MOVE"):
                self.client.move(numbers, self.fetching.moved_to)
            case Then.MOVE:
                self.client.copy(numbers, self.fetching.moved_to)
                self._remove(numbers)

    def _remove(self, numbers: Sequence[int]) -> None:
        """Mark mails as deleted, and take them away where that leaves alone what others have marked."""
        self.client.delete_messages(numbers, silent=True)
        if self.client.has_capability("UIDPLUS"):
            self.client.uid_expunge(numbers)

    @property
    def can_listen(self) -> bool:
        """Tell whether the server says by itself that something came."""
        return bool(self.client.has_capability("IDLE"))

    def listen(self) -> int:
        """Return what can be read as soon as something happens in the folder; nothing else may be asked meanwhile."""
        with self._working():
            self.client.idle()
            self.is_listening = True
            number: int = self.client.socket().fileno()
            return number

    def stop_listening(self) -> None:
        """Take the floor again."""
        with self._working():
            self.client.idle_done()
            self.is_listening = False

    def close(self) -> None:
        """Leave the server; who listens may not even say goodbye."""
        if not self.is_listening:
            with suppress(OSError, imaplib.IMAP4.error):
                self.client.logout()
        _leave(self.client)

    def _make(self, folder: str) -> None:
        """Make a folder, unless it is there."""
        with self._working():
            if not self.client.folder_exists(folder):
                self.client.create_folder(folder)

    @contextmanager
    def _working(self) -> Iterator[None]:
        server = self.fetching.server
        self.ration.renew()
        try:
            yield
        except (OSError, imaplib.IMAP4.abort) as error:
            raise Unreachable(server, f"the connection was lost: {_said(error)}") from error
        except imaplib.IMAP4.error as error:
            raise Unreachable(server, f'it refuses: "{_said(error)}"') from error


class CantRead(SupportqError):
    """Mails that their own server can't read."""


def _signed_in(server: Server, password: str, trust: ssl.SSLContext, ration: Ration) -> "IMAPClient":
    with in_one_line(server):
        client = _connected(server, trust, ration)
        try:
            if server.tls is Tls.STARTTLS:
                _encrypt(client, server, trust)
            if server.user:
                _sign_in(client, server, password)
        except BaseException:
            _leave(client)
            raise
    return client


def _connected(server: Server, trust: ssl.SSLContext, ration: Ration) -> "IMAPClient":
    logging.getLogger("imapclient").addHandler(logging.NullHandler())
    try:
        return rationed_client(server, ration, trust, connect_s=_CONNECT_S, answer_s=_ANSWER_S)
    except ModuleNotFoundError:
        raise NeedsPackages("to fetch mail takes", "IMAPClient>=4") from None
    except imaplib.IMAP4.error as error:
        raise Unreachable(server, f'it is no IMAP server, or refuses to talk: "{_said(error)}"') from error


def _encrypt(client: "IMAPClient", server: Server, trust: ssl.SSLContext) -> None:
    try:
        client.starttls(trust)
    except imaplib.IMAP4.error as error:
        cure = 'is it another port? implicit TLS is usual at 993: tls = "implicit"'
        raise Unreachable(server, "it offers no TLS", cure) from error


def _sign_in(client: "IMAPClient", server: Server, password: str) -> None:
    try:
        if server.auth is Auth.XOAUTH2:
            client.oauth2_login(server.user, password)
        elif client.has_capability("AUTH=PLAIN"):
            client.plain_login(server.user, password)
        else:
            client.login(server.user, password)
    except UnicodeEncodeError as error:
        raise Unreachable(server, "it can't be told a letter of the user or the password") from error
    except imaplib.IMAP4.abort as error:
        raise Unreachable(server, f"the connection was lost: {_said(error)}") from error
    except imaplib.IMAP4.error as error:
        raise SignInRefused(server, _said(error)) from error


def _leave(client: "IMAPClient") -> None:
    """Close a connection, which may be broken already."""
    with suppress(OSError, imaplib.IMAP4.error):
        client.shutdown()


def _is_number(value: object) -> TypeGuard[int]:
    """Tell whether a server gave a number that IMAP has."""
    return isinstance(value, int) and 0 < value <= _HIGHEST


def _bytes(value: object) -> bytes:
    """Return what a server handed over, nothing where that is no text at all."""
    return value if isinstance(value, bytes) else b""


def _said(error: BaseException) -> str:
    """Return what a server said, without what imaplib and IMAPClient wrap around it."""
    found = _SAID.match(one_line(str(error)))
    return (found[1] if found else "") or type(error).__name__
