"""Record two consoles at one incident while ten shells log into it, for asciinema (asciicast v2).

make pictures, which needs tmux: the consoles run in its panes.
"""

import fcntl
import json
import os
import pty
import select
import shlex
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

HERE = Path(__file__).parent
SIZE = (160, 40)
SHELLS, NOTES = 10, 5
_SOCKET = "warroom-recording"


def tmux(*words: str) -> None:
    """Have the recording's own tmux server do something."""
    subprocess.run(["tmux", "-L", _SOCKET, *words], check=True, stdout=subprocess.DEVNULL)


class Recording:
    """What a terminal that looks at the tmux session was sent, and when."""

    def __init__(self) -> None:
        self.events: list[tuple[float, str, str]] = []
        self._began = time.monotonic()
        self.pid, self._handle = pty.fork()
        if not self.pid:  # the child
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execvp("tmux", ["tmux", "-L", _SOCKET, "attach"])
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))

    def go_on(self, seconds: float) -> None:
        """Look on for some time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self._handle], [], [], left)[0]:
                data = os.read(self._handle, 1 << 16).decode("utf-8", "replace")
                self.events.append((round(time.monotonic() - self._began, 3), "o", data))

    def write(self, path: Path) -> None:
        """Write it as an asciicast."""
        header = {"version": 2, "width": SIZE[0], "height": SIZE[1], "title": "Two consoles, ten shells"}
        lines = [json.dumps(header), *(json.dumps(event) for event in self.events)]
        path.write_text("\n".join(lines) + "\n")


def record(home: Path) -> Recording:
    """Run the consoles and the shells, and look on until all has been written."""
    environment = {**os.environ, "WARROOM_HOME": str(home), "WARROOM_USER": "maya"}
    warroom = [sys.executable, "-m", "warroom"]
    declare = [*warroom, "declare", "Production database is throwing errors"]
    subprocess.run(declare, env=environment, check=True, stdout=subprocess.DEVNULL)
    width, height = map(str, SIZE)
    console = f"env WARROOM_HOME={shlex.quote(str(home))} WARROOM_USER=%s {shlex.join(warroom)}"
    tmux("-f", os.devnull, "new-session", "-d", "-x", width, "-y", height, console % "maya")
    tmux("set", "-g", "status", "off")
    tmux("split-window", "-h", console % "bob")
    recording = Recording()
    try:
        recording.go_on(3)
        tmux("send-keys", "-t", "0", "2", "n")
        tmux("send-keys", "-t", "1", "2", "n")
        shells = []
        for shell in range(1, SHELLS + 1):
            verbs = [
                shlex.join([*warroom, "log", f"shell {shell}: look {n} of {NOTES}"])
                for n in range(1, NOTES + 1)
            ]
            shells.append(
                subprocess.Popen(["sh", "-c", "\n".join(verbs)], env=environment, stdout=subprocess.DEVNULL)
            )
        for n in range(1, NOTES + 1):
            for pane, who in enumerate(("maya", "bob")):
                tmux("send-keys", "-t", str(pane), "-l", f"{who} sees {n}")
                tmux("send-keys", "-t", str(pane), "Enter")
                recording.go_on(0.4)
        for process in shells:
            while process.poll() is None:
                recording.go_on(0.2)
        tmux("send-keys", "-t", "0", "Escape")
        tmux("send-keys", "-t", "1", "Escape")
        recording.go_on(3)
    finally:
        tmux("kill-server")
    return recording


def main() -> None:
    """Record it."""
    with tempfile.TemporaryDirectory() as folder:
        record(Path(folder)).write(HERE / "two-consoles.cast")
