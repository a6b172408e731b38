"""A real Chromium without a window, spoken to over a pipe: what it says of a page, and what it would print."""

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

_OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe"),
)


@dataclass(slots=True)
class Browser:
    """One tab; what happens while it answers is kept in `events`."""

    to: BinaryIO
    of: BinaryIO
    session: str = ""
    events: list[Mapping[str, Any]] = field(default_factory=list)
    _last: int = 0

    def call(self, method: str, **parameters: Any) -> Any:
        """Ask for something and return the answer."""
        self._last += 1
        asked = {"id": self._last, "method": method, "params": parameters}
        self.to.write(json.dumps(asked | ({"sessionId": self.session} if self.session else {})).encode() + b"\0")
        self.to.flush()
        while (said := self._next()).get("id") != self._last:
            self.events.append(said)
        if "error" in said:
            raise RuntimeError(f"{method}: {said['error']}")
        return said["result"]

    def wait(self, event: str) -> None:
        """Wait until something has happened."""
        while not any(said.get("method") == event for said in self.events):
            self.events.append(self._next())

    def open(self, page: Path, width: int, *, dark: bool = False) -> None:
        """Open a page on a screen of this width, by day or by night."""
        self.events.clear()
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", features=features)
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
        self.call("Page.navigate", url=page.as_uri())
        self.wait("Page.loadEventFired")

    def value(self, expression: str) -> Any:
        """Return what a line of JavaScript comes to in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        code, text = {"Tab": (9, ""), "Enter": (13, "\r")}[key]
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, text=text)

    def screenshot(self) -> bytes:
        """Return the whole page as a PNG."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        return base64.b64decode(self.call("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)["data"])

    def print(self) -> bytes:
        """Return the page as a PDF."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def told(self, *methods: str) -> list[Mapping[str, Any]]:
        """Return what happened of these sorts since a page was opened."""
        return [said["params"] for said in self.events if said.get("method") in methods]

    def _next(self) -> dict[str, Any]:
        said = bytearray()
        while (byte := self.of.read(1)) not in (b"\0", b""):
            said += byte
        if not said:
            raise RuntimeError("Chromium has gone")
        return dict(json.loads(said))


@contextmanager
def a_browser(folder: Path) -> Iterator[Browser]:
    """Lend a Chromium that keeps what it must in a folder, and end it."""
    ask_read, ask_write = os.pipe()
    tell_read, tell_write = os.pipe()
    process = subprocess.Popen(
        [
            *("bash", "-c", f'exec "$@" 3<&{ask_read} 4>&{tell_write}', "bash"),
            *(find_program() or "chromium", *_OPTIONS, f"--user-data-dir={folder}"),
        ],
        pass_fds=(ask_read, tell_write),
        env={**os.environ, "HOME": str(folder)},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(ask_read)
    os.close(tell_write)
    try:
        with os.fdopen(ask_write, "wb") as to, os.fdopen(tell_read, "rb") as of:
            browser = Browser(to, of)
            _attach(browser)
            yield browser
            browser.session = ""
            browser.call("Browser.close")
    finally:
        process.kill()
        process.wait()


def _attach(browser: Browser) -> None:
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    browser.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Runtime", "Network", "Log"):
        browser.call(f"{domain}.enable")


def find_program() -> str | None:
    """Return where Chromium is, or None where it is not installed."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
