"""The command line as a test holds it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from warroom.cli import main

Cli = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def warroom(home: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Runs a verb and checks its exit code."""
    monkeypatch.setenv("WARROOM_HOME", str(home))
    monkeypatch.setenv("WARROOM_USER", "maya")
    monkeypatch.delenv("WARROOM_INCIDENT", raising=False)

    def run(*words: str, code: int = 0, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(main, list(words), input=stdin)
        assert result.exit_code == code, (words, result.output, result.exception)
        assert "Traceback" not in result.output
        return result

    return run


@pytest.fixture
def status(warroom: Cli) -> Callable[..., Any]:
    """What `status --json` says."""
    return lambda *words: json.loads(warroom("status", "--json", *words).stdout)
