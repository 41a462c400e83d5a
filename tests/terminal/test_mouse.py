"""An incident by the mouse in a real terminal: keys are pressed for words alone."""

from pathlib import Path

from tests.terminal.terminal import Terminal


def click(t: Terminal, words: str, times: int = 1) -> None:
    """Click on words, as a terminal says it; the last of them on the screen, as the keys are."""
    t.sees(words)
    lines = t.text.split("\n")
    y = max(y for y, line in enumerate(lines) if words in line)
    at = f"{lines[y].rindex(words) + 2};{y + 1}"
    t.press(*[f"\x1b[<0;{at}M\x1b[<0;{at}m"] * times)


def test_an_incident_by_the_mouse(tmp_path: Path) -> None:
    with Terminal(tmp_path, size=(80, 24)) as t:
        click(t, "n declare")
        t.sees("What is broken?")
        t.press("Checkout is down")
        click(t, "SEV2")
        click(t, "enter declares")
        t.sees("SEV2▐", "Acknowledge incident")
        click(t, "Acknowledge incident", times=2)
        t.sees("☑ Acknowledge incident")
        click(t, "Create incident channel")
        click(t, "space tick")
        t.sees("☑ Create incident channel")
        click(t, "n note")
        t.sees("enter logs")
        t.press("error rate 45 %")
        click(t, "enter logs")
        click(t, "esc back")
        click(t, "2 Timeline")
        t.sees("error rate 45 %", "p pin")
        click(t, ": commands")
        t.sees("type to search")
        t.press("quit")
        t.loses("d  decide")
        click(t, "Quit")
        assert t.ends() == 0


def test_what_is_said_in_passing_is_clicked_away(tmp_path: Path) -> None:
    with Terminal(tmp_path) as t:
        click(t, "n declare")
        t.press("Checkout is down")
        click(t, "enter declares")
        t.sees("Acknowledge incident")
        t.press("Z")
        click(t, "There is nothing to redo.")
        t.loses("There is nothing to redo.")
