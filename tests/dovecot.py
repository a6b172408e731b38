"""A real IMAP server on loopback: Debian's Dovecot, run by nobody in a folder of its own."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from imapclient import IMAPClient

PASSWORD = "sésame-open"  # noqa: S105 - of mailboxes that live for one test
_PATIENCE_S = 20

_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_fsync = never
mail_max_userip_connections = 100
mail_location = maildir:{folder}/mail/%n
ssl = {ssl}
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%n
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
protocol imap {{
  imap_capability = {capability}
}}
"""

EVERYTHING = "+"
"""What a server can do if it is asked for nothing else."""


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running server, where every user has the same password and a mailbox as soon as they come."""

    folder: Path
    port: int
    tls_port: int

    @property
    def ca_file(self) -> str:
        """Return the file of the certificate that it shows."""
        return str(self.folder / "cert.pem")

    @contextmanager
    def client(self, user: str, folder: str = "INBOX") -> Iterator[IMAPClient]:
        """Lend somebody's own mail program."""
        with IMAPClient("127.0.0.1", self.port, ssl=False) as client:
            client.plain_login(user, PASSWORD)
            client.select_folder(folder)
            yield client

    def put(self, user: str, *mails: bytes, flags: Sequence[bytes] = ()) -> None:
        """Let mails arrive in somebody's mailbox."""
        with self.client(user) as client:
            for mail in mails:
                client.append("INBOX", mail, flags)

    def held(self, user: str, folder: str = "INBOX") -> dict[int, tuple[bytes, ...]]:
        """Return the mails of a folder by their numbers, with their flags."""
        with self.client(user, folder) as client:
            flags = client.get_flags(client.search())
        return {number: tuple(flag for flag in said if flag != rb"\Recent") for number, said in flags.items()}


@contextmanager
def dovecot(capability: str = EVERYTHING, *, tls: bool = False) -> Iterator[Dovecot]:
    """Start a server; what it says it can do may be less than it can."""
    with TemporaryDirectory(prefix="dovecot-") as name:
        folder = Path(name)
        server = Dovecot(folder, free_port(), free_port())
        _certify(folder)
        _configure(server, capability, tls=tls)
        process = subprocess.Popen([*_as_nobody(), _program(), "-F", "-c", str(folder / "dovecot.conf")])
        try:
            _await(server)
            yield server
        finally:
            process.terminate()
            process.wait(_PATIENCE_S)


def _configure(server: Dovecot, capability: str, *, tls: bool) -> None:
    folder = server.folder
    is_root = os.geteuid() == 0
    user, group = ("nobody", "nogroup") if is_root else (_said("id", "-un"), _said("id", "-gn"))
    (folder / "dovecot.conf").write_text(
        _CONFIGURATION.format(
            folder=folder,
            port=server.port,
            tls_port=server.tls_port,
            password=PASSWORD,
            capability=capability,
            user=user,
            group=group,
            ssl="required" if tls else "yes",
        )
    )
    (folder / "run").mkdir()
    (folder / "mail").mkdir()
    if is_root:
        for path in (folder, *folder.iterdir()):
            shutil.chown(path, user, group)


def _certify(folder: Path) -> None:
    """Make a certificate for loopback, by an authority that nobody knows."""
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    files = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", f"{folder}/key.pem", "-out", f"{folder}/cert.pem"]
    subprocess.run(["openssl", *words.split(), *files], check=True, capture_output=True)


def _as_nobody() -> list[str]:
    unprivileged = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    return unprivileged if os.geteuid() == 0 else []


def _program() -> str:
    found = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, "install it: apt-get install dovecot-imapd"
    return found


def _await(server: Dovecot) -> None:
    """Wait until it answers."""
    give_up_at = time.monotonic() + _PATIENCE_S
    while True:
        try:
            with IMAPClient("127.0.0.1", server.port, ssl=False):
                return
        except OSError:
            assert time.monotonic() < give_up_at, (server.folder / "log").read_text()
            time.sleep(0.05)


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _said(*words: str) -> str:
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()
