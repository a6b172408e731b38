"""Send mail by SMTP: many letters over one connection, and of each what became of it, as far as one can know."""

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from enum import StrEnum
from typing import Self

from supportq.mail.account import Auth, Server, Tls
from supportq.mail.connecting import SignInRefused, Unreachable, in_one_line, one_line, privacy_of
from supportq.mail.rationing import RationedSMTP, RationedSMTPoverTLS
from supportq.values import dataclass

_DOT_AHEAD = re.compile(rb"^\.", re.MULTILINE)
_SIGNED_IN = 235
_SIGN_IN_FIRST = frozenset({530, 534, 535, 538})
"""Answers that speak of us, and not of the mail."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds a server may take to connect, to answer, and to keep a mail when it has all of it (RFC 5321)."""

    connect_s: float = 30.0
    answer_s: float = 300.0
    keep_s: float = 600.0


PATIENT = Patience()


class Fate(StrEnum):
    """What became of a mail: taken, to be tried later, refused for good, or nobody knows."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A mail as servers hand it on: the first recipient is whom it is for, the others get copies, or all do."""

    sender: str
    recipients: Sequence[str]
    data: bytes
    is_copies: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mail, and why.

    `left_out` are those whose copy the server refused, with its words, and `put_off` the addresses of those who can
    get theirs later, each with the same.
    """

    fate: Fate
    why: str = ""
    left_out: tuple[str, ...] = ()
    put_off: tuple[tuple[str, str], ...] = ()


class Post:
    """The way to a server that sends: connected when it is first needed, and anew when that was lost.

    `name` is the domain as which we greet the server.
    """

    def __init__(
        self, server: Server, password: str, trust: ssl.SSLContext, name: str, patience: Patience = PATIENT
    ) -> None:
        self._server, self._password, self._trust, self._name = server, password, trust, name
        self._patience = patience
        self._smtp: RationedSMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._smtp is not None:
            with suppress(OSError):
                self._smtp.quit()
            self._smtp.close()

    def try_out(self, sender: str) -> str:
        """Connect, see whether the server takes mail from this address, and send none; raise Unreachable."""
        privacy = self.connect()
        smtp = self._open
        with in_one_line(self._server):
            code, words = smtp.mail(sender)
            smtp.rset()
        if code // 100 != 2:
            raise Unreachable(self._server, f"it takes no mail from {sender}: {_answer(code, words)}", *_wanted(code))
        return privacy

    def connect(self) -> str:
        """Connect and sign in, unless that is done, and return how it is kept private; raise Unreachable."""
        if self._smtp is None or self._smtp.sock is None:
            self._smtp = self._connected()
        return privacy_of(self._smtp.sock)

    def send(self, parcel: Parcel) -> Outcome:
        """Hand a mail over; where the server is gone when it has all of it, nobody knows whether it was kept."""
        smtp = self._open
        try:
            told = _announced(smtp, parcel)
            smtp.send(_framed(parcel.data))
        except _Refused as refused:
            with suppress(OSError):
                smtp.rset()
            return refused.outcome
        except OSError as error:
            smtp.close()
            return Outcome(Fate.LATER, f"the connection was lost: {_loss(error)}")
        return self._ended(smtp, told)

    @property
    def _open(self) -> RationedSMTP:
        if self._smtp is None:
            raise ValueError("connect first")
        return self._smtp

    def _ended(self, smtp: RationedSMTP, told: Outcome) -> Outcome:
        """End a mail: from now on only the server's answer tells whether it was kept, and only where it is one."""
        try:
            _wait(smtp, self._patience.keep_s)
            smtp.send(b".\r\n")
            code, words = smtp.getreply()
            _wait(smtp, self._patience.answer_s)
        except OSError as error:
            smtp.close()
            return replace(
                told, fate=Fate.UNKNOWN, why=f"the server may have all of it, and didn't say so: {_loss(error)}"
            )
        match code // 100:
            case 2:
                return told
            case 4 | 5:
                return _refusal(code, words)
        smtp.close()
        why = f'the server has all of it, and what it answered says neither yes nor no: "{one_line(smtp.said)}"'
        return replace(told, fate=Fate.UNKNOWN, why=why)

    def _connected(self) -> RationedSMTP:
        server = self._server
        with in_one_line(server):
            try:
                return self._signed_in(server)
            except smtplib.SMTPAuthenticationError as error:
                raise SignInRefused(server, error.smtp_error) from error
            except smtplib.SMTPResponseException as error:
                raise Unreachable(server, f"it refuses to talk to us: {_answer(*error.args)}") from error
            except smtplib.SMTPNotSupportedError as error:
                raise Unreachable(server, *_missing(server)) from error
            except UnicodeEncodeError as error:
                raise Unreachable(server, "SMTP can't carry a letter of the user or the password") from error

    def _signed_in(self, server: Server) -> RationedSMTP:
        smtp = self._greeted(server)
        try:
            if server.tls is Tls.STARTTLS:
                smtp.starttls(context=self._trust)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                _sign_in(smtp, server, self._password)
            _hurry(smtp)
            _wait(smtp, self._patience.answer_s)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _greeted(self, server: Server) -> RationedSMTP:
        timeout = self._patience.connect_s
        if server.tls is Tls.IMPLICIT:
            return RationedSMTPoverTLS(server.host, server.port, self._name, timeout=timeout, context=self._trust)
        return RationedSMTP(server.host, server.port, self._name, timeout=timeout)


def _framed(data: bytes) -> bytes:
    """Return a mail so that no line of it is taken for its end."""
    return _DOT_AHEAD.sub(b"..", data if data.endswith(b"\r\n") else data + b"\r\n")


class _Refused(Exception):
    """A mail that the server does not want, before it had any of it."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.why)
        self.outcome = outcome


def _hurry(smtp: smtplib.SMTP) -> None:
    """Let the end of a mail go out at once, and not wait until the server has acknowledged what came before."""
    if smtp.sock is not None:
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _wait(smtp: smtplib.SMTP, seconds: float) -> None:
    if smtp.sock is not None:
        smtp.sock.settimeout(seconds)


def _announced(smtp: smtplib.SMTP, parcel: Parcel) -> Outcome:
    """Say who writes to whom, and return who is refused; raise _Refused where the mail itself is."""
    size = [f"size={len(parcel.data)}"] if smtp.has_extn("size") else []
    _agree(*smtp.mail(parcel.sender, size))
    copies = list(parcel.recipients)
    if not parcel.is_copies:
        whom = copies.pop(0)
        _agree(*smtp.rcpt(whom), about=whom)
    told = _of_copies({address: _answered(*smtp.rcpt(address)) for address in copies})
    if len(told.left_out) + len(told.put_off) == len(parcel.recipients):
        said = "; ".join((*told.left_out, *(f"{address}: {words}" for address, words in told.put_off)))
        raise _Refused(replace(told, fate=Fate.LATER if told.put_off else Fate.REFUSED, why=said))
    _agree(*smtp.docmd("DATA"), hundreds=3)
    return told


def _of_copies(answers: Mapping[str, Outcome | None]) -> Outcome:
    """Return who gets no copy and who gets one later, by what the server says of each."""
    refused = {address: answer for address, answer in answers.items() if answer}
    words = tuple(f"{address}: {answer.why}" for address, answer in refused.items() if answer.fate is Fate.REFUSED)
    later = tuple((address, answer.why) for address, answer in refused.items() if answer.fate is Fate.LATER)
    return Outcome(Fate.TAKEN, left_out=words, put_off=later)


def _agree(code: int, words: bytes, *, about: str = "", hundreds: int = 2) -> None:
    if code // 100 != hundreds:
        raise _Refused(_refusal(code, words, about))


def _answered(code: int, words: bytes) -> Outcome | None:
    """Return what a server has against a recipient, None where it takes them."""
    return None if code // 100 == 2 else _refusal(code, words)


def _refusal(code: int, words: bytes, about: str = "") -> Outcome:
    is_final = code // 100 == 5 and code not in _SIGN_IN_FIRST
    why = f"{about}: {_answer(code, words)}" if about else _answer(code, words)
    return Outcome(Fate.REFUSED if is_final else Fate.LATER, why)


def _loss(error: OSError) -> str:
    """Return why a connection was lost; smtplib says only that it was, in place of what the network said."""
    cause = error.__context__ if isinstance(error.__context__, OSError) else error
    return one_line(cause.strerror or str(cause))


def _answer(code: int, words: bytes | str) -> str:
    return f"{code} {one_line(words)}".rstrip()


def _sign_in(smtp: smtplib.SMTP, server: Server, password: str) -> None:
    if server.auth is Auth.XOAUTH2:
        token = f"user={server.user}\1auth=Bearer {password}\1\1"
        smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else token)
    elif f"{server.user}{password}".isascii() or "PLAIN" not in smtp.esmtp_features.get("auth", "").split():
        smtp.login(server.user, password)
    else:
        _sign_in_in_utf8(smtp, server.user, password)


def _sign_in_in_utf8(smtp: smtplib.SMTP, user: str, password: str) -> None:
    """Sign in by PLAIN, which carries any letter (RFC 4616); smtplib would write it in ASCII."""
    proof = b64encode(f"\0{user}\0{password}".encode()).decode()
    code, words = smtp.docmd("AUTH", f"PLAIN {proof}")
    if code != _SIGNED_IN:
        raise smtplib.SMTPAuthenticationError(code, words)


def _wanted(code: int) -> tuple[str, ...]:
    """Return what to do about a server that takes no mail from us."""
    if code in _SIGN_IN_FIRST:
        return ('sign in, or by TLS: name user, password and tls = "starttls" in smtp: supportq config edit',)
    return ("correct the address of the account, or who signs in: supportq config edit",) if code // 100 == 5 else ()


def _missing(server: Server) -> tuple[str, str]:
    """Return what a server can't do that its account asks for, and what to do."""
    if server.tls is Tls.STARTTLS:
        return "it offers no TLS", 'is it another port? implicit TLS is usual at 465: tls = "implicit"'
    starts = 'try tls = "starttls", or ' if server.tls is Tls.NONE else ""
    return "it wants nobody to sign in", f'{starts}leave out user = "{server.user}", or use another port'
