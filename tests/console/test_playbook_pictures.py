"""Pictures of playbooks that are not the built-in one. Look at them when they change."""

import shutil
from pathlib import Path

import pytest

from tests.console.seat import Clock
from tests.console.test_pictures import SIZES, Size, Snap, pressing
from warroom.console.app import Console
from warroom.desk import Desk
from warroom.front_desk import FrontDesk

RUNBOOKS = Path(__file__).parents[1] / "playbooks" / "runbooks"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of playbooks as teams have them, one of them broken."""
    folder = tmp_path / "playbooks"
    folder.mkdir()
    for name in ("pod-crash-loop", "response-workflow", "game-day"):
        shutil.copy(RUNBOOKS / f"{name}.md", folder)
    (folder / "draft.md").write_text("# Nothing yet\n\nTo do.\n", encoding="utf-8")
    return folder


def at(shelf: Path, name: str, title: str) -> Console:
    """The console at an incident that goes by one of them, seven minutes after it was declared."""
    clock = Clock()
    front = FrontDesk(shelf.parent / "home", "maya", playbook_folders=(shelf,), clock=clock)
    desk = front.declare(title, front.playbook(name).playbook, source=name)
    assert isinstance(desk, Desk)
    clock.step(minutes=7)
    return Console(front, desk.incident.number)


@SIZES
def test_a_generic_runbook(snap_compare: Snap, shelf: Path, size: Size) -> None:
    console = at(shelf, "pod-crash-loop", "Pods of checkout crash")
    assert snap_compare(console, terminal_size=size, run_before=pressing("1"))


@SIZES
def test_what_stands_in_a_step(snap_compare: Snap, shelf: Path, size: Size) -> None:
    console = at(shelf, "pod-crash-loop", "Pods of checkout crash")
    keys = ["1", "j", "j", "j", "enter"]
    assert snap_compare(console, terminal_size=size, run_before=pressing(*keys))


@SIZES
def test_an_escalation_table_of_three_columns(snap_compare: Snap, shelf: Path, size: Size) -> None:
    console = at(shelf, "response-workflow", "Nobody can watch")
    keys = ["d", "enter", "e"]
    assert snap_compare(console, terminal_size=size, run_before=pressing(*keys))


@SIZES
def test_a_playbook_is_suggested(snap_compare: Snap, shelf: Path, size: Size) -> None:
    front = FrontDesk(shelf.parent / "home", "maya", playbook_folders=(shelf,), clock=Clock())
    keys = ["n", *"crashing pods"]
    assert snap_compare(Console(front), terminal_size=size, run_before=pressing(*keys))


@SIZES
def test_an_edited_playbook_asks_before_it_is_taken_over(snap_compare: Snap, shelf: Path, size: Size) -> None:
    console = at(shelf, "pod-crash-loop", "Pods of checkout crash")
    path = shelf / "pod-crash-loop.md"
    text = path.read_text(encoding="utf-8").replace("* Roll back", "* Ask who deployed\n* Roll back")
    path.write_text(text.replace("Out of memory", "Too little memory"), encoding="utf-8")
    assert snap_compare(console, terminal_size=size, run_before=pressing("R"))
