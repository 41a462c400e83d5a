"""The hint ends a wait when something was written, and is only ever a hint."""

import errno
import os
import sys
import threading
import time
from pathlib import Path

import pytest

from warroom.store import hint
from warroom.store.hint import Hint

LONG = 20.0  # seconds, far more than a hint takes


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
@pytest.mark.parametrize("replaced", [False, True])
def test_a_write_ends_the_wait(tmp_path: Path, replaced: bool) -> None:
    file = tmp_path / "INC-2026-0001.json"
    file.write_text("{}")
    ear = Hint(tmp_path)

    def write() -> None:
        if replaced:
            (tmp_path / "other").write_text("{ }")
            (tmp_path / "other").replace(file)
        else:
            file.write_text("{ }")

    writer = threading.Timer(0.05, write)
    writer.start()
    began = time.monotonic()
    ear.wait(LONG)
    writer.join()
    assert time.monotonic() - began < LONG / 2
    ear.wait(0.05)  # what is left of it
    ear.close()


@pytest.mark.parametrize("kernel", [True, False])
def test_closing_ends_the_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, kernel: bool) -> None:
    if not kernel:
        monkeypatch.setattr(hint, "_watch", lambda _: None)
    ear = Hint(tmp_path)
    closer = threading.Timer(0.05, ear.close)
    closer.start()
    began = time.monotonic()
    ear.wait(LONG)
    closer.join()
    ear.wait(LONG)
    assert time.monotonic() - began < LONG / 2


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert hint._watch(tmp_path / "nowhere") is None


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
def test_where_there_are_no_more_handles_it_is_a_plain_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*_: int) -> int:
        raise OSError(errno.EMFILE, "Too many open files")

    def closing(handle: int) -> None:
        let_go.append(handle)
        close(handle)

    let_go: list[int] = []
    close = os.close
    monkeypatch.setattr(hint, "_watch", lambda _: os.open(tmp_path, os.O_RDONLY))
    monkeypatch.setattr(os, "eventfd", none_left)
    monkeypatch.setattr(os, "close", closing)
    ear = Hint(tmp_path)
    assert len(let_go) == 1
    ear.wait(0.01)
    ear.close()
