"""The menu of drills: which one, and whether to take part or to watch; and those that wait to go on."""

from pathlib import Path
from typing import TYPE_CHECKING

from warroom import drills
from warroom.console.dialogs import Choice, Menu

if TYPE_CHECKING:
    from warroom.console.app import Console

_WATCH = "watch"
_GO_ON = ("drills-go-on", "drills-go-on-before")  # the latest that were left; the list of exercises has all


def offer_drills(console: "Console", *, watched: bool = False) -> None:
    """Let one of the drills at hand be chosen; one that cannot be played says why."""
    found = drills.available((console.settings.drills,))
    first = sorted(found, key=lambda drill: drill[0] != drills.BUILTIN)  # what a newcomer begins with
    paths = {str(path): path for _, path in first}
    choices = [_choice(number, path) for number, path in enumerate(paths.values(), 1)]
    waiting = {} if watched else drills.waiting(console.front)
    if not watched:
        choices.append(
            Choice(_WATCH, "Only watch", "drills-watch", "one of them plays itself, in under a minute")
        )
        choices[:0] = [
            Choice(number, f"Go on with {number}", key, f"left at {said}; its clock stood still")
            for key, (number, said) in zip(_GO_ON, waiting.items(), strict=False)
        ]

    def chosen(choice: str | None) -> None:
        if choice == _WATCH:
            offer_drills(console, watched=True)
        elif choice in waiting:
            console.open(choice)
        elif choice is not None:
            console.run_drill(paths[choice], watched=watched)

    title = "Watch a drill" if watched else "Take part in a drill"
    console.push_screen(Menu(title, choices, roomy=True), chosen)


def _choice(number: int, path: Path) -> Choice:
    key = str(number) if number < 10 else ""
    try:
        script = drills.load(path)
    except drills.DrillError as wrong:
        return Choice(str(path), path.stem, key, why_not=str(wrong))
    return Choice(str(path), script.title, key, script.about)
