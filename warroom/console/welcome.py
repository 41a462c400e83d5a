"""What a lobby says in which there is no incident yet: the ways on from here."""

from textual.reactive import reactive
from textual.strip import Strip

from warroom.console.pane import Drawn
from warroom.console.rows import Line, clipped, flowed, wrapped

# An act of the lobby, what it is called here, and what comes of it.
_WAYS = (
    ("tour", "Take the tour", "one minute: what each pane is for, shown on an invented incident"),
    (
        "drill",
        "Learn it in a drill",
        "five minutes: you command an invented incident, with hints",
    ),
    ("declare", "Declare an incident", "the timer starts, and the playbook says what comes next"),
    ("help", "See the keys", "every place has its own, and shows them under {help}"),
)
_AFTERWARDS = "Everything stays on this machine. No network is needed."


class Welcome(Drawn):
    """What an empty lobby says."""

    exercises: reactive[int] = reactive(0)  # how many there are that are not shown
    waiting: reactive[str] = reactive("")  # how far the drill is that was left last

    def render_line(self, y: int) -> Strip:
        """One of its lines."""
        lines = self._lines()
        top = max((self.size.height - len(lines)) // 3, 0)
        at = y - top
        return self.strip(lines[at] if 0 <= at < len(lines) else (), self.size.width)

    def _lines(self) -> list[Line]:
        width, height = self.size.width, self.size.height
        left = " " * max((width - 72) // 2, 1)
        room = max(width - len(left) * 2, 20)
        lines: list[Line] = [((left, ""), ("No incident yet. Good.", "strong accent")), ()]
        for act, name, outcome in _WAYS:
            key = self.keymap[act].shown
            lines.append(((left, ""), (f" {key} ", "strong accent badge"), (f"  {name}", "strong")))
            if height >= 16:
                lines += [
                    ((f"{left}     ", ""), *line) for line in flowed(self.keymap.told(outcome), room - 5)
                ]
                lines.append(())
        if self.waiting:
            said = f"A drill waits for you at {self.waiting}: {{drill}} goes on with it."
            lines.append(((left, ""), (clipped(self.keymap.said(said), room), "strong")))
        if self.exercises:
            said = f"{self.exercises} exercise{'s'[: self.exercises > 1]} so far: {{exercises}} lists them."
            lines.append(((left, ""), *flowed(self.keymap.told(said, ""), room)[0]))
        if height >= 14:
            lines += [((left, ""), (line, "dim")) for line in wrapped(_AFTERWARDS, room)]
        return lines
