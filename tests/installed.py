"""What is built works for whoever installs it: with the dependencies it declares, and away from the checkout.

Installing takes packages from an index, so `make package` runs this and not `make test`.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal

CHECKOUT = Path(__file__).parent.parent

_SOMEBODYS = """
from pathlib import Path
from warroom.front_desk import FrontDesk

desk = FrontDesk(Path("here"), "maya").open("INC-2026-0001")
number: str = desk.incident.number
wrong: int = desk.incident.number
"""


class Installed(Terminal):
    """A terminal with the installed command in it."""


def run(*words: str | Path, cwd: Path) -> str:
    """What a command says that must work, without anything of this process's Python."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(words, cwd=cwd, env=env, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{words}:\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive, and with the wheel that is made of it."""
    out = tmp_path_factory.mktemp("built")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, CHECKOUT, cwd=out)
    return out


@pytest.fixture(scope="module", params=["*.whl", "*.tar.gz"], ids=["wheel", "sdist"])
def installed(built: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment in which nothing is but what was built and what that asks for."""
    (archive,) = built.glob(request.param)
    home = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=built)
    pip(home / "bin", "install", "-q", "-c", CHECKOUT / "constraints.txt", archive)
    return home / "bin"


def pip(commands: Path, *words: str | Path) -> None:
    """Have our own pip work on another environment, as pipx does."""
    ours = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", commands / "python")
    run(*ours, *words, cwd=commands)


def test_the_command_works(installed: Path, tmp_path: Path) -> None:
    def warroom(*words: str) -> str:
        return run(installed / "warroom", "--home", tmp_path / "home", *words, cwd=tmp_path)

    assert warroom("--version").startswith("warroom ")
    number = warroom("declare", "Checkout is down").strip()
    assert "error rate" in warroom("log", "error rate 45 %")
    assert number in warroom("postmortem")
    assert "# Drills" in warroom("help", "drills")
    assert "database-pool-exhaustion" in warroom("drill", "--list")
    assert "sound" in warroom("verify")
    assert "_warroom" in warroom("completion", "bash")
    pip(installed, "check")


def test_the_console_opens(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Installed.program = (str(installed / "warroom"),)
    with Installed(tmp_path / "home") as t:
        t.sees("No incident yet")
        t.press("n", "Checkout is down", "enter")
        t.sees("Checkout is down", "☐ Acknowledge incident", "SEV1")
        t.press("q")
        t.sees("n declare", "q quit")
        t.press("q")
        assert t.ends() == 0


def test_its_types_are_there_for_whoever_imports_it(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "somebodys.py").write_text(_SOMEBODYS)
    checker = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(installed / "python")]
    said = subprocess.run(
        [*checker, "somebodys.py"], cwd=tmp_path, check=False, capture_output=True, text=True
    ).stdout
    assert "somebodys.py:7: error: Incompatible types in assignment" in said
    assert "Found 1 error in 1 file" in said
