"""The console over SSH: a server of our own, spoken to through a pipe, so that no port is listened to.

An SSH server must be installed, so `make terminals` runs this and not `make test`.
"""

import getpass
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal
from tests.terminal.test_end_to_end import declare

_CHECKOUT = Path(__file__).parents[2]
_SERVER = """
HostKey {folder}/host
AuthorizedKeysFile {folder}/person.pub
PidFile none
StrictModes no
UsePAM no
"""


class OverSSH(Terminal):
    """A terminal whose console runs at the other end of a connection."""

    program = ()


@pytest.fixture
def ssh(tmp_path: Path) -> type[Terminal]:
    """The console over a connection to this very machine, with keys that nobody else has."""
    server = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    assert server, "sshd is not installed; on Debian: apt-get install openssh-server"
    for name in ("host", "person"):
        new = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)]
        subprocess.run(new, check=True)
    settings = tmp_path / "sshd_config"
    settings.write_text(_SERVER.format(folder=tmp_path))
    options = {
        "ProxyCommand": f"{server} -i -f {settings}",
        "IdentityFile": f"{tmp_path}/person",
        "IdentitiesOnly": "yes",
        "StrictHostKeyChecking": "accept-new",
        "UserKnownHostsFile": f"{tmp_path}/known",
        "LogLevel": "ERROR",
    }
    said = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
    run = ["env", f"WARROOM_HOME={tmp_path}/home", "WARROOM_USER=maya", sys.executable, "-m", "warroom"]
    there = f"cd {shlex.quote(str(_CHECKOUT))} && exec {shlex.join(run)}"
    OverSSH.within = ("ssh", "-F", "none", "-tt", *said, f"{getpass.getuser()}@here", there)
    return OverSSH


def test_copying_over_ssh_is_left_to_the_terminal_that_one_sits_at(
    ssh: type[Terminal], tmp_path: Path
) -> None:
    with ssh(tmp_path, env={"TERM": "xterm-256color", "DISPLAY": ":0"}) as t:
        declare(t)
        t.press("2")
        t.sees("p pin")
        t.press("y")
        t.sees("Copied")
        assert b"\x1b]52;c;" in t.raw
        t.press("q")
        t.sees("n declare", "q quit")
        t.press("q")
        assert t.ends() == 0


def test_the_window_of_the_other_end_follows_ours(ssh: type[Terminal], tmp_path: Path) -> None:
    with ssh(tmp_path) as t:
        declare(t)
        t.resize(80, 24)
        t.sees("2 Timeline  3 Decide")
        t.resize(160, 50)
        t.sees("─ 6 Impact ─")


def test_a_connection_that_breaks_while_one_types_costs_nothing_that_was_logged(
    ssh: type[Terminal], tmp_path: Path
) -> None:
    with ssh(tmp_path) as t:
        declare(t)
        t.press("n", *(key for number in range(1, 13) for key in (f"fact {number}.", "enter")))
        t.sees("fact 5.")
        t.kill()
        logged = re.findall(r"\d\d:\d\d +(fact \d+\.)", t.text)
    with ssh(tmp_path) as t:
        t.sees("✓ saved", *logged)


def test_what_was_being_typed_when_the_connection_broke_comes_back(
    ssh: type[Terminal], tmp_path: Path
) -> None:
    state = tmp_path / "home" / "state.json"
    with ssh(tmp_path) as t:
        declare(t)
        t.press("n", "half a thou")
        t.until(lambda: state.is_file() and "half a thou" in state.read_text(), "the draft on disk")
        t.kill()
    with ssh(tmp_path) as t:
        t.sees("› half a thou")
