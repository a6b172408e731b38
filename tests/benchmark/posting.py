"""How fast mail goes out, by hand: python tests/benchmark/posting.py [1000].

The figure stands beside the same mails to the same server by smtplib alone, in the same run; another process serves.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from processes import SUPPORTQ
from speed import found, say
from stopwatch import peak_mib

ACCOUNT = """
[mail.accounts.desk]
address = "desk@loom.example"
smtp = {{ host = "127.0.0.1", port = {port}, tls = "none" }}
"""
SERVER = """
import time
from postoffice import Clerk, smtp_server
with smtp_server(Clerk()) as port:
    print(port, flush=True)
    time.sleep(3600)
"""
ALONE = """
import smtplib, sys
from email import message_from_bytes
mails = open(sys.argv[2], "rb").read().split(b"\\0")[:-1]
with smtplib.SMTP("127.0.0.1", int(sys.argv[1]), "loom.example") as server:
    for mail in mails:
        server.sendmail("desk@loom.example", [message_from_bytes(mail)["To"]], mail)
"""
BYTES = "select is_compressed, bytes from original join outbox using (message_id)"


def fill(port: int, count: int) -> None:
    """Let so many replies wait in the outbox of the queue."""
    settings = run("config", "show") + ACCOUNT.format(port=port)
    run("config", "apply", "-", "--yes", stdin=settings)
    rows = "".join(f"Loom {number},c{number}@example.com,It creaks,email\n" for number in range(count))
    run("import", "-", "--from", "csv", "-q", stdin=f"subject,email,body,channel\n{rows}")
    run("reply", "status:new", "--all", "--yes", "-m", "We are sorry, and send another one today. " * 20)


def run(*words: str, stdin: str = "") -> str:
    """Run a command that has to succeed and return what it printed."""
    done = subprocess.run([SUPPORTQ, *words], input=stdin, check=True, capture_output=True, text=True)
    return done.stdout


def keep_mails(queue: Path, file: Path) -> None:
    """Write the mails that wait in a queue to a file."""
    import zlib

    with closing(sqlite3.connect(queue)) as connection, file.open("wb") as target:
        for is_compressed, data in connection.execute(BYTES):
            target.write((zlib.decompress(data) if is_compressed else data) + b"\0")


def measure(folder: Path, port: int, count: int) -> None:
    """Send all that waits, and the same once more by smtplib alone."""
    queue = found(folder / "desk.db")
    os.environ |= {"XDG_CONFIG_HOME": str(folder), "SUPPORTQ_QUEUE": str(queue)}
    start = time.perf_counter()
    fill(port, count)
    say("their outbox", f"{time.perf_counter() - start:.1f} s", f"{count:,} replies")
    keep_mails(queue, folder / "mails")
    alone, theirs = peak_mib([sys.executable, "-c", ALONE, str(port), str(folder / "mails")])
    seconds, ours = peak_mib([SUPPORTQ, "send", "-q"])
    assert run("outbox", "list", "-f", "ids") == ""
    say(f"smtplib alone, {count:,} mails", f"{alone:.1f} s", f"{count / alone:,.0f} a second, {theirs:.0f} MiB")
    say(f"send, {count:,} mails", f"{seconds:.1f} s", f"{count / seconds:,.0f} a second, {ours:.0f} MiB")


if __name__ == "__main__":
    told = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with (
        tempfile.TemporaryDirectory() as name,
        subprocess.Popen([sys.executable, "-c", SERVER], env=told, stdout=subprocess.PIPE, text=True) as server,
    ):
        try:
            measure(
                Path(name), int((server.stdout or sys.stdin).readline()), int(sys.argv[1]) if sys.argv[1:] else 1000
            )
        finally:
            server.kill()
