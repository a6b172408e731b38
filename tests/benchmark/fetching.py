"""How fast mail comes in, by hand: python tests/benchmark/fetching.py [5000], with Dovecot and imap-tools installed.

Each figure stands beside the same mails of the same server by imap-tools alone, in the same run: read, and marked.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from pathlib import Path

from dovecot import PASSWORD, Dovecot, dovecot
from processes import SUPPORTQ
from speed import found, say
from stopwatch import peak_mib

ACCOUNT = """
[mail.accounts.{user}]
address = "{user}@loom.example"
password = "desk"
imap = {{ host = "127.0.0.1", port = {port}, tls = "none", user = "{user}" }}
"""
ALONE = """
import sys
from imap_tools import MailBoxUnencrypted

with MailBoxUnencrypted("127.0.0.1", int(sys.argv[1])).login_utf8(sys.argv[2], sys.argv[3]) as box:
    assert sum(bool(mail.text) for mail in box.fetch(mark_seen=True, bulk=200)) == int(sys.argv[4])
"""
WORDS = "The shuttle of my loom sticks since Friday, and the second heddle frame does not come down any more. " * 15


def mail(number: int) -> bytes:
    """Return one of many mails: every fifth answers an earlier one, every tenth has a picture."""
    made = EmailMessage()
    made["From"], made["To"] = f"Customer {number} <c{number % 2000}@example.com>", "desk@loom.example"
    made["Date"], made["Message-ID"] = "Fri, 20 Nov 2026 10:00:00 +0100", f"<{number}@example.com>"
    made["Subject"] = f"My loom creaks ({number})"
    if number % 5 == 4:
        made["In-Reply-To"] = f"<{number - 2000}@example.com>"
    made.set_content(WORDS)
    if number % 3 == 0:
        made.add_alternative(f"<html><body><p>{WORDS}</p></body></html>", subtype="html")
    if number % 10 == 0:
        made.add_attachment(os.urandom(20_000), maintype="image", subtype="jpeg", filename=f"{number}.jpg")
    return made.as_bytes()


def fill(server: Dovecot, user: str, count: int) -> None:
    """Put mails into a mailbox behind the server's back."""
    folder = server.folder / "mail" / user
    for name in ("cur", "new", "tmp"):
        (folder / name).mkdir(parents=True)
    for number in range(count):
        (folder / "new" / f"{number:09}.M1P1.here").write_bytes(mail(number))
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "nobody", "nogroup")


def set_up(folder: Path, account: str) -> None:
    """Make a queue with an account, and let this process and those that it starts work on it."""
    queue = found(folder / "desk.db")
    os.environ |= {"XDG_CONFIG_HOME": str(folder), "SUPPORTQ_QUEUE": str(queue), "DESK_PASSWORD": PASSWORD}
    settings = run("config", "show").stdout + account
    run("config", "apply", "-", "--yes", stdin=settings)
    run("preferences", "set", "secrets.desk.env", "DESK_PASSWORD")


def run(*words: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    """Run a command that has to succeed."""
    return subprocess.run([SUPPORTQ, *words], input=stdin, check=True, capture_output=True, text=True)


def measure_fetch(folder: Path, count: int) -> None:
    """Measure how all mails of a mailbox come into a new queue, and how imap-tools alone reads those of another."""
    with dovecot() as server:
        for user in ("ours", "theirs"):
            fill(server, user, count)
            server.held(user)
        set_up(folder, ACCOUNT.format(user="ours", port=server.port))
        alone, theirs = peak_mib([sys.executable, "-c", ALONE, str(server.port), "theirs", PASSWORD, str(count)])
        seconds, ours = peak_mib([SUPPORTQ, "fetch", "-q"])
        again, _ = peak_mib([SUPPORTQ, "fetch", "--all", "-q"])
        assert set(server.held("ours").values()) == {(rb"\Seen",)}
    say(f"imap-tools alone, {count:,} mails", f"{alone:.1f} s", f"{count / alone:,.0f} a second, {theirs:.0f} MiB")
    say(f"fetch, {count:,} mails", f"{seconds:.1f} s", f"{count / seconds:,.0f} a second, {ours:.0f} MiB")
    say("fetch --all, nothing new", f"{again:.1f} s", f"{count / again:,.0f} a second")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        measure_fetch(Path(name), int(sys.argv[1]) if sys.argv[1:] else 5000)
