"""A mail account: the address that the desk writes from, and the servers that send and hold its mail."""

from enum import StrEnum

from supportq.values import dataclass


class Tls(StrEnum):
    """How a connection to a server is kept private."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


class Auth(StrEnum):
    """How a server learns who we are."""

    PASSWORD = "password"  # noqa: S105 - a word of the settings
    XOAUTH2 = "xoauth2"


class Then(StrEnum):
    """What becomes of a mail on its server once it was fetched."""

    FLAG = "flag"
    MOVE = "move"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Server:
    """A server and how to sign in to it; `password` names a secret of the machine that connects."""

    host: str
    port: int
    tls: Tls = Tls.IMPLICIT
    user: str = ""
    password: str = ""
    auth: Auth = Auth.PASSWORD

    @property
    def place(self) -> str:
        """Return where it is."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Fetching:
    """Which folder of an IMAP server is fetched, and what becomes of each mail there then."""

    server: Server
    folder: str = "INBOX"
    then: Then = Then.FLAG
    moved_to: str = ""

    @property
    def place(self) -> str:
        """Return what no other folder anywhere is called."""
        return f"{self.server.user}@{self.server.place}/{self.folder}"


@dataclass(frozen=True, slots=True)
class Account:
    """An address of the desk; with `plus`, its server takes mail for support+anything@ too."""

    name: str
    address: str
    smtp: Server | None = None
    imap: Fetching | None = None
    plus: bool = False

    @property
    def domain(self) -> str:
        """Return what stands behind the @ of its address."""
        return self.address.rpartition("@")[2]
