"""How much a mail server may say in one answer, and for how long: the libraries listen for as long as it talks."""

import imaplib
import smtplib
import ssl
from collections.abc import Callable
from time import monotonic
from typing import IO, TYPE_CHECKING

from supportq.mail.account import Server, Tls
from supportq.values import dataclass

if TYPE_CHECKING:
    from imapclient import IMAPClient


class EndlessAnswer(OSError):
    """An answer that is too long, or takes too long, to be one."""


@dataclass(slots=True, eq=False)
class Ration:
    """How many bytes a server may say in one answer, however many it announces, and for how many seconds."""

    most: int
    seconds: float
    left: int = 0
    until: float = 0.0

    def renew(self) -> None:
        """Let it say as much again."""
        self.left, self.until = self.most, monotonic() + self.seconds

    def widen(self, most: int, seconds: float) -> None:
        """Let it say another amount from now on."""
        self.most, self.seconds = most, seconds
        self.renew()

    def take(self, size: int) -> None:
        """Count what it says; raise EndlessAnswer once that is too much."""
        self.left -= size
        if self.left < 0:
            raise EndlessAnswer(f"the server says more than {self.most / (1 << 20):.3g} MB at once")
        if monotonic() > self.until:
            raise EndlessAnswer(f"the answer of the server goes on for more than {self.seconds:.0f} s")


_ANSWER = 1 << 20
"""Bytes that no answer of an SMTP server has."""


class RationedSMTP(smtplib.SMTP):
    """Speaks SMTP, and hangs up on a server whose answer has no end; `said` is the last line of an answer."""

    said = b""

    def getreply(self) -> tuple[int, bytes]:
        """Return an answer; raise EndlessAnswer."""
        if self.sock is None:
            return super().getreply()
        ration = Ration(_ANSWER, self.sock.gettimeout() or self.timeout)
        ration.renew()
        if self.file is None:
            self.file = self.sock.makefile("rb")
        whole = self.file
        self.file = answer = _Rationed(whole, ration)
        try:
            return super().getreply()
        except _Cut as cut:
            self.close()
            raise EndlessAnswer(str(cut)) from cut
        finally:
            self.said = answer.last
            if self.file is not None:
                self.file = whole


class RationedSMTPoverTLS(RationedSMTP, smtplib.SMTP_SSL):
    """The same by TLS from the first word."""


class _Cut(Exception):
    """An answer that was cut off; smtplib takes an OSError for the end of a connection."""


class _Rationed:
    """The lines that a server says, one answer of them."""

    def __init__(self, file: IO[bytes], ration: Ration) -> None:
        self._file, self._ration = file, ration
        self.last = b""

    def readline(self, limit: int = -1) -> bytes:
        self.last = line = self._file.readline(limit)
        try:
            self._ration.take(len(line))
        except EndlessAnswer as endless:
            raise _Cut(str(endless)) from endless
        return line

    def close(self) -> None:
        self._file.close()


def rationed_client(
    server: Server, ration: Ration, trust: ssl.SSLContext, *, connect_s: float, answer_s: float
) -> "IMAPClient":
    """Return a connection to an IMAP server, which is cut off where an answer has no end."""
    from imapclient import IMAPClient, SocketTimeout
    from imapclient.imap4 import IMAP4WithTimeout
    from imapclient.tls import IMAP4_TLS

    class Client(IMAPClient):  # type: ignore[misc] # it has no types
        def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - as IMAPClient calls it
            if is_implicit:
                return _rationed(IMAP4_TLS, ration)(server.host, server.port, trust, connect_s)
            return _rationed(IMAP4WithTimeout, ration)(server.host, server.port, connect_s)

    is_implicit = server.tls is Tls.IMPLICIT
    ration.renew()
    patience = SocketTimeout(connect_s, answer_s)
    return Client(server.host, server.port, ssl=is_implicit, ssl_context=trust, timeout=patience)


def _rationed(kind: type[imaplib.IMAP4], ration: Ration) -> Callable[..., imaplib.IMAP4]:
    """Return a kind of connection that takes no more from its server than that may say."""

    class Talk(kind):  # type: ignore[misc,valid-type] # one of two
        def read(self, size: int) -> bytes:
            ration.take(size)
            data: bytes = super().read(size)
            return data

        def readline(self) -> bytes:
            line: bytes = super().readline()
            ration.take(len(line))
            return line

    return Talk
