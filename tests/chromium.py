"""A real browser for the tests: Chromium without a window, spoken to over a pipe."""

import base64
import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
_PROFILE = "--user-data-dir"
_ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe")
# The browser listens on 3 and answers on 4, wherever the ends of the pipes are here.
_AS_THREE_AND_FOUR = """import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3), os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])"""


class Chromium:
    """One page of a browser, with everything that it asked for and everything that it said."""

    def __init__(self, profile: Path) -> None:
        to_browser, self._commands = os.pipe()
        self._answers, from_browser = os.pipe()
        held = (to_browser, from_browser)
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _AS_THREE_AND_FOUR,
                *map(str, held),
                PROGRAM,
                *_ARGUMENTS,
                f"--user-data-dir={profile}",
            ],
            pass_fds=held,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._numbers, self._left = itertools.count(1), b""
        self.requests: list[str] = []
        self.said: list[str] = []
        self._loaded = False
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._session = ""
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self._send(f"{domain}.enable")

    def open(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""
        self._loaded, self.requests, self.said = False, [], []
        self._send("Page.navigate", url=address)
        while not self._loaded:
            self._hear(self._next())

    def evaluate(self, script: str) -> Any:
        """Return what a script in the page answers."""
        found = self._send("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key on what has the focus."""
        for kind in ("keyDown", "keyUp"):
            self._send("Input.dispatchKeyEvent", type=kind, key=key, code=key, text="\r", windowsVirtualKeyCode=13)

    def screen(self, width: int, *, dark: bool = False, medium: str = "screen") -> None:
        """Set the width of the screen, its colours and the medium."""
        self._send(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self._send("Emulation.setEmulatedMedia", media=medium, features=[scheme])

    def picture(self, path: Path, height: int = 2400) -> None:
        """Store what the page looks like, from its top down to a height."""
        width = self.evaluate("innerWidth")
        size = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        shot = self._send("Page.captureScreenshot", clip=size, captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def close(self) -> None:
        """End the browser."""
        self._session = ""
        self._send("Browser.close")
        self._process.wait(timeout=30)
        os.close(self._commands)
        os.close(self._answers)

    def _send(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if getattr(self, "_session", ""):
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                found: dict[str, Any] = answer["result"]
                return found
            self._hear(answer)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            read = os.read(self._answers, 1 << 16)
            assert read, "the browser has ended"
            self._left += read
        message, _, self._left = self._left.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def _hear(self, event: dict[str, Any]) -> None:
        named, said = event.get("method"), event.get("params", {})
        if named == "Page.loadEventFired":
            self._loaded = True
        elif named == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        elif named == "Runtime.consoleAPICalled":
            self.said.append(f"{said['type']}: {[each.get('value') for each in said['args']]}")
        elif named == "Runtime.exceptionThrown":
            self.said.append(str(said["exceptionDetails"]))
        elif named == "Log.entryAdded":
            self.said.append(f"{said['entry']['level']}: {said['entry']['text']}")
