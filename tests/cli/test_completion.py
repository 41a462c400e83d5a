"""The shell completes verbs, incidents and playbooks, and never prints an error into the line being typed."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

import warroom as package
from tests.cli.conftest import Cli
from warroom.cli import main


def offered(*words: str, typed: str = "") -> list[str]:
    """What is offered behind these words, for what was typed so far."""
    completions = ShellComplete(main, {}, "warroom", "_WARROOM_COMPLETE").get_completions(list(words), typed)
    return [each.value for each in completions]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_every_shell(warroom: Cli, shell: str) -> None:
    assert "_WARROOM_COMPLETE" in warroom("completion", shell).stdout


# ── in a shell, on its tab ─────────────────────────────────────────────────────────────────────

_PROGRAM = """\
#!{python}
import os, sys
sys.argv[0] = "warroom"
if "_WARROOM_COMPLETE" in os.environ:
    from warroom.cli import main
    main()
open({told!r}, "w").write("\\n".join(sys.argv[1:]))
"""

_HERE = Path(package.__file__).parent.parent
_PATIENCE = 60.0  # seconds: far more than any shell takes


class Shell:
    """An interactive shell in a terminal, with the script that `warroom completion` prints for it."""

    def __init__(self, name: str, folder: Path, home: Path, script: str) -> None:
        self.told = folder / "told"
        self._files(name, folder, script)
        env = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "HOME": str(folder), "ZDOTDIR": str(folder)}
        env |= {
            "WARROOM_HOME": str(home),
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(_HERE),
        }
        self._pid, self._terminal = pty.fork()
        if not self._pid:  # the child
            os.execvpe(name, [name, "-i"], env)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))

    def _files(self, name: str, folder: Path, script: str) -> None:
        program = folder / "bin" / "warroom"
        program.parent.mkdir()
        program.write_text(_PROGRAM.format(python=sys.executable, told=str(self.told)))
        program.chmod(0o755)
        place = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/completions/warroom.fish"}[name]
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(script)

    def completed(self, typed: str) -> list[str]:
        """The words that warroom was run with when this was typed, then tab and enter, then exit."""
        os.write(self._terminal, f"{typed}\t\rexit\r".encode())
        said = self._until_it_ends()
        assert self.told.exists(), said
        return self.told.read_text().split("\n")

    def _until_it_ends(self) -> str:
        said = b""
        output = select.poll()
        output.register(self._terminal, select.POLLIN)
        while output.poll(_PATIENCE * 1000):
            try:
                said += os.read(self._terminal, 1 << 16)
            except OSError:  # the other end is closed: it has ended
                break
        return said.decode(errors="replace")

    def close(self) -> None:
        """End it, if it has not ended."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)


# bash is everywhere; `make terminals` names the others, which must be there then.
_SHELLS = os.environ.get("SHELLS", "bash").split()


@pytest.fixture(params=_SHELLS)
def shell(request: pytest.FixtureRequest, warroom: Cli, home: Path, tmp_path: Path) -> Iterator[Shell]:
    """A shell in which completion is set up as `warroom completion` says."""
    found = Shell(request.param, tmp_path, home, warroom("completion", request.param).stdout)
    yield found
    found.close()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("warroom drill reg", ["drill", "region-failover"]),
        ("warroom action-item reo", ["action-item", "reopen"]),
        ("warroom playbook show inc", ["playbook", "show", "incident-response"]),
        ("warroom show -i 0001", ["show", "-i", "INC-2026-0001"]),
    ],
)
def test_a_tab_in_a_real_shell(warroom: Cli, shell: Shell, typed: str, words: list[str]) -> None:
    warroom("declare", "Checkout is down", "--at", "2026-02-02T14:23Z")
    assert shell.completed(typed) == words


# ── what is offered ────────────────────────────────────────────────────────────────────────────


def test_verbs_and_their_options(warroom: Cli) -> None:
    assert "declare" in offered(typed="dec")
    assert offered("config", typed="s") == ["show"]
    assert "--plain" in offered("status", typed="--")
    assert offered("entry", typed="re") == ["restore"]


@pytest.mark.parametrize(
    "words", [("open",), ("verify",), ("follow",), ("export",), ("log", "-i"), ("tick", "-i")], ids=" ".join
)
def test_incidents(warroom: Cli, words: tuple[str, ...]) -> None:
    first = warroom("declare", "Checkout is down").stdout.strip()
    second = warroom("declare", "Game day", "--exercise").stdout.strip()
    assert offered(*words, typed="") == [first, second]
    assert offered(*words, typed=first[-4:]) == [first]
    assert offered(*words, typed="inc") == [first, second]


def test_playbooks_then_files(warroom: Cli) -> None:
    warroom("playbook", "new", "checkout")
    assert offered("declare", "x", "--playbook", typed="ch") == ["checkout"]
    assert offered("playbook", "show", typed="ch") == ["checkout"]
    assert offered("playbook", "check", typed="docs/my") == ["docs/my"]


def test_drills_then_files(warroom: Cli, home: Path) -> None:
    own = home / "config" / "drills"
    own.mkdir(parents=True)
    (own / "game-day.toml").write_text("")
    assert {"region-failover", "game-day"} <= set(offered("drill"))
    assert offered("drill", typed="ga") == ["game-day"]
    assert offered("drill", typed="docs/my") == ["docs/my"]


def test_entries_and_action_items_by_their_ids(warroom: Cli) -> None:
    number = warroom("declare", "Checkout is down").stdout.strip()
    warroom("log", "todo watch the pool")
    other = warroom("declare", "Logins fail").stdout.strip()
    assert offered("entry", "pin") == []  # which of the two is not said
    ids = [line.split()[0] for line in warroom("show", "-i", number).stdout.splitlines()[3:]]
    assert offered("entry", "pin", "-i", number) == ids
    assert offered("entry", "pin", "-i", number, typed=ids[0]) == [ids[0]]
    (item,) = offered("action-item", "done", "-i", number)
    assert item in ids
    assert offered("action-item", "done", "-i", other) == []


def test_ctrl_c_while_something_is_looked_for_says_nothing(warroom: Cli, home: Path) -> None:
    slow = "import os, signal, warroom.cli.complete as c\nfrom warroom.cli import main\n"
    slow += "c._quietly = lambda *_: os.kill(os.getpid(), signal.SIGINT)\nmain()"
    env = {
        **os.environ,
        "_WARROOM_COMPLETE": "bash_complete",
        "COMP_WORDS": "warroom drill ",
        "COMP_CWORD": "2",
    }
    run = [sys.executable, "-c", f"import sys; sys.argv[0] = 'warroom'\n{slow}"]
    done = subprocess.run(run, env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"")


def test_the_home_that_was_named_is_looked_into(warroom: Cli, tmp_path: Path) -> None:
    elsewhere = str(tmp_path / "elsewhere")
    number = warroom("--home", elsewhere, "declare", "Checkout is down").stdout.strip()
    assert offered("open") == []
    assert offered("--home", elsewhere, "open") == [number]


def test_a_store_that_cannot_be_read_offers_nothing(warroom: Cli, home: Path) -> None:
    home.write_text("no folder")
    assert offered("open") == []
