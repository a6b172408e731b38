"""A relay before a server, which counts what is said over it and can stop whoever talks in the middle of that."""

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from selectors import EVENT_READ, DefaultSelector
from typing import Any, cast

_MOST = 1 << 16


class Relay(socketserver.ThreadingTCPServer):
    """Passes on what two sides say; `before` is called ahead of each piece with its number, the first being 1."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.target = port
        self.said = 0
        self.before: Callable[[int], None] = lambda _number: None

    @property
    def port(self) -> int:
        """Return where it listens."""
        return int(self.server_address[1])


class _Talk(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        relay = cast("Relay", self.server)
        with socket.create_connection(("127.0.0.1", relay.target)) as server, suppress(OSError):
            _pass_on(relay, self.request, server)


def _pass_on(relay: Relay, client: Any, server: socket.socket) -> None:
    with DefaultSelector() as ears:
        ears.register(client, EVENT_READ, server)
        ears.register(server, EVENT_READ, client)
        while True:
            for key, _ in ears.select():
                piece = cast("socket.socket", key.fileobj).recv(_MOST)
                if not piece:
                    return
                relay.said += 1
                relay.before(relay.said)
                key.data.sendall(piece)


@contextmanager
def a_relay(port: int) -> Iterator[Relay]:
    """Run a relay before the server at this port."""
    with Relay(port) as relay:
        thread = threading.Thread(target=relay.serve_forever)
        thread.start()
        try:
            yield relay
        finally:
            relay.shutdown()
            thread.join()
