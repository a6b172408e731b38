"""A real SMTP server on this machine: aiosmtpd, which keeps what it takes and says what a test wants it to say."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk", "s3cret"


@dataclass(frozen=True)
class Taken:
    """A mail that the server took."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes


@dataclass
class Clerk:
    """Answers each command: as `answers` says for its word or for an address, else with a yes, which may take long."""

    answers: Mapping[str, str] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    dawdles_s: float = 0

    async def handle_MAIL(  # noqa: N802 - as aiosmtpd calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Sequence[str]
    ) -> str:
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802 - the same
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Sequence[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        answer = self.answers.get("DATA", "250 OK")
        if answer.startswith("2"):
            data = envelope.original_content or b""
            self.taken.append(Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), data))
            await asyncio.sleep(self.dawdles_s)
        return answer


@contextmanager
def smtp_server(clerk: Clerk, *, context: ssl.SSLContext | None = None, **options: Any) -> Iterator[int]:
    """Lend the port of a server; with a `context` it speaks TLS from the first word."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def open_doors() -> asyncio.Server:
        return await loop.create_server(lambda: SMTP(clerk, loop=loop, **options), "127.0.0.1", 0, ssl=context)

    async def close_doors(server: asyncio.Server) -> None:
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    server = asyncio.run_coroutine_threadsafe(open_doors(), loop).result()
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        asyncio.run_coroutine_threadsafe(close_doors(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def may_sign_in(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, said: Any) -> AuthResult:
    """Let the desk in, and nobody else."""
    is_known = isinstance(said, LoginPassword) and (said.login, said.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_known, handled=False)


@contextmanager
def rude_server(last_word: str, reached: threading.Event | None = None) -> Iterator[int]:
    """Lend the port of a server that hangs up instead of answering a word, or in the midst of a mail (`body`).

    With `reached` it says that the first caller got so far, and nothing any more to that one until it is gone.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_hang_up_on_everybody, args=(listening, last_word, reached), daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])


@contextmanager
def muttering_server(last_words: bytes) -> Iterator[int]:
    """Lend the port of a server that takes a mail, says this at its end, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_hang_up_on_everybody, args=(listening, "end", None, last_words), daemon=True).start()
        yield int(listening.getsockname()[1])


@contextmanager
def endless_server(greeting: bytes, line: bytes) -> Iterator[int]:
    """Lend the port of a server that says one line over and over after its greeting, until the caller is gone."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_talk_to_everybody, args=(listening, greeting, line), daemon=True).start()
        yield int(listening.getsockname()[1])


def _talk_to_everybody(listening: socket.socket, greeting: bytes, line: bytes) -> None:
    while True:
        try:
            caller, _ = listening.accept()
        except OSError:
            return
        with caller, suppress(OSError):
            caller.sendall(greeting)
            while True:
                caller.sendall(line * 100)


def _hang_up_on_everybody(
    listening: socket.socket, last_word: str, reached: threading.Event | None, last_words: bytes = b""
) -> None:
    while True:
        try:
            caller, _ = listening.accept()
        except OSError:
            return
        with caller, caller.makefile("rb") as lines, suppress(OSError):
            _talk(caller, lines, last_word)
            caller.sendall(last_words)
            if reached is not None and not reached.is_set():
                reached.set()
                caller.recv(1)


def _talk(caller: socket.socket, lines: Iterable[bytes], last_word: str) -> None:
    if last_word == "hello":
        return
    caller.sendall(b"220 hello\r\n")
    is_body = False
    for line in lines:
        word = "end" if is_body and line == b".\r\n" else "body" if is_body else line[:4].decode().strip()
        if word == last_word:
            return
        if word != "body":
            caller.sendall(b"354 go on\r\n" if word == "DATA" else b"250 OK\r\n")
        is_body = word in {"DATA", "body"}
