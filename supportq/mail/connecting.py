"""What keeps us from a mail server, in one line: that it is not there, not who it says, or doesn't know us."""

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EHOSTDOWN, EHOSTUNREACH, ENETDOWN, ENETUNREACH
from smtplib import SMTPServerDisconnected

from supportq.errors import SupportqError
from supportq.mail.account import Server, Tls
from supportq.mail.rationing import EndlessAnswer

_LONGEST = 200
_COLOURS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
_OUTAGES = frozenset({EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN})
_IF_NEW = "is it down? if it never worked, see how its account describes it: supportq config show"


class Unreachable(SupportqError):
    """A mail server that we can't work with now."""

    def __init__(self, server: Server, why: str, *cures: str) -> None:
        super().__init__(f"{server.place}: {why}", *cures)


class SignInRefused(Unreachable):
    """A server that refuses our name or password."""

    def __init__(self, server: Server, said: bytes | str) -> None:
        super().__init__(
            server,
            f'{server.user} may not sign in: "{one_line(said)}"',
            f"set the password: supportq preferences set secrets.{server.password}.command ...",
        )


@contextmanager
def in_one_line(server: Server) -> Iterator[None]:
    """Turn what a network and its encryption raise into Unreachable."""
    try:
        yield
    except UnicodeError as error:
        raise Unreachable(server, *_why(socket.gaierror(), server)) from error
    except OSError as error:
        raise Unreachable(server, *_why(error, server)) from error


def privacy_of(sock: socket.socket | None) -> str:
    """Return by what nobody else can read what goes over a connection."""
    return str(sock.version()) if isinstance(sock, ssl.SSLSocket) else "no TLS"


def one_line(words: bytes | str) -> str:
    """Return what a server said, as one line that is not too long and does nothing to a terminal."""
    text = _COLOURS.sub("", words.decode("utf-8", "replace") if isinstance(words, bytes) else words)
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."


def _why(error: OSError, server: Server) -> tuple[str, str]:
    """Return the cause and the cure."""
    cure = "see how its account describes it: supportq config show"
    match error:
        case EndlessAnswer():
            return str(error), cure
        case ssl.SSLCertVerificationError():
            return (
                f"its certificate is not trusted: {error.verify_message}",
                "trust who signed it: supportq preferences set ca_file FILE",
            )
        case ssl.SSLError():
            other = Tls.STARTTLS if server.tls is Tls.IMPLICIT else Tls.IMPLICIT
            return f'it does not speak TLS as we do: {error.reason or error}, so try tls = "{other}"', cure
        case TimeoutError():
            is_mute = 'it says nothing, which may be for TLS to begin with: tls = "implicit"'
            return "it does not answer", cure if server.tls is Tls.IMPLICIT else f"{is_mute}      {cure}"
        case socket.gaierror():
            return "there is no host of that name", cure
    return _unreached(error, cure)


def _unreached(error: OSError, cure: str) -> tuple[str, str]:
    """Return the cause and the cure where a network did not carry us to a server."""
    if isinstance(error, SMTPServerDisconnected):
        return "it was reached, and closed the connection at once", "is it busy, or down? try it: supportq mail test"
    is_down = isinstance(error, ConnectionError) or error.errno in _OUTAGES
    return f"can't be reached: {error.strerror or error}", _IF_NEW if is_down else cure
