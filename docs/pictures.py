"""Make pictures and recordings from the running console, and the README's tables from the registry.

make pictures, which needs tmux for the recording of two consoles.
"""

import asyncio
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from docs import recording, two_consoles
from docs.keystrokes import keystroke_table
from warroom import drills
from warroom.console.app import Console
from warroom.console.keys import KEYS, Key, Place
from warroom.console.themes import DEFAULT
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident.commands import Refused
from warroom.settings import Options, Settings

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
SURROUNDINGS = {"TZ": "UTC", "TERM": "xterm-256color", "COLORTERM": "truecolor"}  # wherever they are taken
BEGAN = datetime(2026, 2, 2, 14, 23, tzinfo=UTC)

_PLACES: dict[Place, str] = {
    "app": "Everywhere",
    "anywhere": "Wherever no text is typed",
    "room": "Anywhere in the war room",
    "checklist": "Checklist",
    "timeline": "Timeline",
    "decisions": "Decide",
    "action-items": "Action items",
    "team": "Team",
    "impact": "Impact",
    "entry": "While a note is typed",
    "pane": "Every list, and every text to read",
    "lobby": "Lobby",
    "document": "Post-mortem and playbook",
    "detail": "What stands in a step",
    "composer": "Status update",
    "briefing": "Transfer of command",
    "dialog": "Every dialog",
}


_ANSWERS = "In a dialog, the key of each answer stands before it; `warroom help keys` has them all."


def key_table() -> str:
    """Every key of the registry as Markdown tables, one for each place."""
    parts = []
    for place, name in _PLACES.items():
        rows = [f"| {_in_table(key)} | {key.does} |" for key in KEYS if key.place == place]
        parts.append("\n".join([f"**{name}**", "", "| key | what it does |", "|---|---|", *rows]))
    return "\n\n".join([*parts, _ANSWERS])


def _in_table(key: Key) -> str:
    """Every key of an act; one that has none is to be had in the palette."""
    if not key.key:
        return f"`{key.all_shown}`"
    return " ".join(f"`{one}`" for one in key.all_shown.split())


def with_tables(readme: str) -> str:
    """The README with the tables between their marks made anew."""
    for name, table in (("keys", key_table()), ("keystrokes", keystroke_table())):
        begin, end = f"<!-- {name}: made by `make pictures` -->", f"<!-- end of {name} -->"
        made = f"{begin}\n\n{table}\n\n{end}"
        before, mark, rest = readme.partition(begin)
        readme = before + made + rest.partition(end)[2] if mark else readme
    return readme


class _Clock:
    """A clock that shows what it is set to."""

    def __init__(self) -> None:
        self.at = BEGAN

    def __call__(self) -> datetime:
        return self.at


def stage(home: Path, until: timedelta) -> tuple[FrontDesk, str]:
    """The seed's incident as it stood some time after it was declared."""
    clock = _Clock()
    front = FrontDesk(home, "maya", clock=clock)
    script = drills.load(drills.find())
    desk = front.declare(script.title, front.playbook().playbook)
    assert isinstance(desk, Desk)
    player = drills.Player(script, speed=1, real=clock)
    for act in player.due(BEGAN + until):
        clock.at = act.at
        done = desk.do_at(act.intention.at, act.intention.do)
        assert not isinstance(done, Refused), done.reason
    clock.at = BEGAN + until
    return front, desk.incident.number


class Picture(NamedTuple):
    """What is on a picture: the seed's incident some minutes after it was declared, behind some keys."""

    size: tuple[int, int]
    minutes: int
    keys: tuple[str, ...]


PICTURES = {
    "war-room": Picture((120, 40), 16, ("m",)),
    "narrow": Picture((80, 24), 16, ("2",)),
    "gate": Picture((120, 40), 16, ("]",)),
    "post-mortem": Picture((120, 40), 60, ("w",)),
}


async def taken(picture: Picture) -> str:
    """A picture as SVG."""
    with tempfile.TemporaryDirectory() as home:
        front, number = stage(Path(home), timedelta(minutes=picture.minutes))
        settings = Settings(front.home, front.home, front.by, Options(theme=DEFAULT))
        app = Console(front, number, settings=settings)
        async with app.run_test(size=picture.size) as pilot:
            await pilot.press(*picture.keys)
            while app.writer.pending:
                await pilot.pause()
            await pilot.pause()
            return app.export_screenshot(title=f"warroom · {number}")


def main() -> None:
    """Take them all, and make both recordings."""
    os.environ.update(SURROUNDINGS)
    time.tzset()
    for name, picture in PICTURES.items():
        (HERE / f"{name}.svg").write_text(asyncio.run(taken(picture)), encoding="utf-8")
    (HERE / "drill.svg").write_text(asyncio.run(recording.taken()), encoding="utf-8")
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
    two_consoles.main()


if __name__ == "__main__":
    main()
