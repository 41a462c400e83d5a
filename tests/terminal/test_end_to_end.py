"""An incident from the first alert to the post-mortem, by keys alone, in a real terminal."""

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal

Step = Callable[[Terminal], None]


def declare(t: Terminal) -> None:
    """Declare from the lobby of an empty home."""
    t.sees("No incident yet")
    t.press("n")
    t.sees("Declare an incident")
    t.press("Production database is throwing errors", "enter")
    t.sees("INC-", "no severity", "Acknowledge incident")


def classify(t: Terminal) -> None:
    """Take the second row of the severity table."""
    t.press("d", "down", "enter")
    t.sees("▌SEV2▐", "SEV2 · Major feature down")


def detect(t: Terminal) -> None:
    """Tick what is open in Detection, and write two notes, one of them late."""
    t.press("1")
    for name in ("Receive alert", "Acknowledge incident", "Create incident channel"):
        t.press("x", "j")
        t.sees(f"☑ {name}"[:18])
        if name == "Acknowledge incident":
            t.press("j")  # the timer runs since the declaration
    t.press("j")
    for _ in range(3):
        t.press("x", "j")
    t.press("n", "error rate 45 % of requests", "enter", "-12m batch job deployed", "enter", "esc")
    t.sees("error rate 45 %", "batch job deployed", "(entered", "✓ saved")


def triage(t: Terminal) -> None:
    """Through the first gate, with everything done; assess the impact and page somebody."""
    t.press("]")
    t.sees("Leave Detection for Triage?", "exit: Incident confirmed")
    t.press("y")
    t.loses("Leave Detection")
    t.sees("Phase 2: Triage")
    t.press("i")
    t.sees("Users affected")
    t.press("5000", "tab", "2000", "tab", "API, Dashboard", "enter")
    t.sees("~5,000", "$2,000/h")
    t.press("t", "p")
    t.sees("Page")
    t.press("oncall-engineer", "enter")
    t.sees("@oncall-engineer paged")


def mitigate(t: Terminal) -> None:
    """Through the second gate with an override; start a mitigation and say what it did."""
    t.press("]")
    t.sees("Leave Triage for Mitigation?", "Still open")
    t.press("o")
    t.sees("Enter Mitigation all the same")
    t.press("no time", "enter")
    t.sees("Phase 3: Mitigation", "no time")
    t.press("m", "down", "enter")
    t.sees("Mitigation: Scale")
    t.press("connection pool 100 to 200", "enter")
    t.sees("▲ Scale: connection pool")
    t.press("m", "enter")
    t.sees("What did it do?")
    t.press("e")
    t.sees("Scale: effective", "mitigated")


def recover(t: Terminal) -> None:
    """Through the gates to Recovery, and close."""
    for name in ("Resolution", "Recovery"):
        t.press("]")
        t.sees(f"for {name}?")
        t.press("o")
        t.sees("all the same")
        t.press("done elsewhere", "enter")
        t.sees(f": {name}", "done elsewhere")
    t.press("n", "root cause: a batch job holds its connections", "enter", "esc")
    t.sees("Root cause: a batch job")
    t.press("C")
    t.sees("The timer stops")
    t.press("r")
    t.sees("closed: resolved")


def learn(t: Terminal) -> None:
    """Into the last phase, three action items, and the post-mortem on the screen."""
    t.press("]")
    t.sees("for Post-Mortem?")
    t.press("o")
    t.sees("all the same")
    t.press("later", "enter")
    t.sees("Phase 6: Post-Mortem")
    for item in ("add pool monitoring @sre", "review batch jobs @lead", "load test limits @qa"):
        t.press("a")
        t.sees("Action item", "enter saves")
        t.press(item, "enter")
        t.sees(f"☐ {item.split(' @', maxsplit=1)[0]}")
    t.press("w")
    t.sees("Post-mortem of INC-", "~5,000 users", "batch job deployed")


STEPS: tuple[Step, ...] = (declare, classify, detect, triage, mitigate, recover, learn)

# What must be there again after each step, whatever happened to the process.
KEPT = (
    ["Production database", "no severity"],
    ["▌SEV2▐", "Major feature down"],
    ["error rate 45 %", "batch job deployed"],
    ["2 Triage", "~5,000", "@oncall-engineer paged"],
    ["3 Mitigation", "Scale: effective", "no time"],
    ["closed: resolved", "Root cause: a batch job"],
    ["6 Post-Mortem", "add pool monitoring", "review batch jobs", "load test limits"],
)


def test_from_the_first_alert_to_the_post_mortem_by_keys_alone(tmp_path: Path) -> None:
    with Terminal(tmp_path) as t:
        for step in STEPS:
            step(t)
        t.press("w")
        t.sees("Write the post-mortem to")
        t.press("\x15", str(tmp_path / "pm.md"), "enter")
        t.sees("Written to")
        t.press("esc", "q")
        t.sees("1 in all")
        t.press("q")
        assert t.ends() == 0
    written = (tmp_path / "pm.md").read_text()
    assert "**Severity:** SEV2" in written
    assert "| add pool monitoring | @sre | no due date |" in written
    assert written.index("batch job deployed") < written.index("Declared")


def test_killed_after_every_step_it_goes_on_where_it_was(tmp_path: Path) -> None:
    before = time.monotonic()
    with Terminal(tmp_path) as t:
        declare(t)
        after = time.monotonic()
    for step, kept in zip((None, *STEPS[1:]), KEPT, strict=True):
        if step is not None:
            with Terminal(tmp_path, "open") as t:
                t.sees("INC-", "✓ saved")
                step(t)
        with Terminal(tmp_path, "open") as t:
            t.sees(*kept)
            if "closed" not in t.text:  # it runs from the declaration, not from a restart or the late note
                assert time.monotonic() - after - 3 <= elapsed(t) <= time.monotonic() - before + 1


def elapsed(t: Terminal) -> int:
    """What the incident timer says, in seconds."""
    found = re.search(r"◷ (\d\d):(\d\d):(\d\d)", t.text)
    assert found is not None, t.text
    hours, minutes, seconds = map(int, found.groups())
    return hours * 3600 + minutes * 60 + seconds


@pytest.mark.parametrize("seen", [1, 5, 9])
def test_killed_amid_typing_what_was_seen_as_logged_is_there_again(tmp_path: Path, seen: int) -> None:
    with Terminal(tmp_path) as t:
        declare(t)
        t.press("n", *(key for number in range(1, 13) for key in (f"fact {number}.", "enter")))
        t.sees(f"fact {seen}.")
        t.kill()
        logged = re.findall(r"\d\d:\d\d +(fact \d+\.)", t.text)
    with Terminal(tmp_path, "open") as t:
        t.sees("✓ saved", *logged)


def test_a_draft_survives_a_kill(tmp_path: Path) -> None:
    with Terminal(tmp_path) as t:
        declare(t)
        t.press("n", "half a thou")
        t.sees("half a thou")
        state = tmp_path / "state.json"
        t._until(lambda: state.is_file() and "half a thou" in state.read_text(), "the draft on disk")
        t.kill()
    with Terminal(tmp_path) as again:
        again.sees("› half a thou")


def test_control_c_ends_nothing(tmp_path: Path) -> None:
    with Terminal(tmp_path) as t:
        declare(t)
        t.press("ctrl+c", "n", "still here", "enter")
        t.sees("still here")


def test_bytes_of_another_time_end_nothing(tmp_path: Path) -> None:
    with Terminal(tmp_path) as t:
        declare(t)
        t.press("n", "caf\udce9 down", "enter")
        t.sees("caf� down", "✓ saved")


def test_a_coloured_line_is_pasted_as_a_line(tmp_path: Path) -> None:
    with Terminal(tmp_path) as t:
        declare(t)
        t.press("2", "\x1b[200~\x1b[31mERROR\x1b[0m pool exhausted, waiting for a free connection\x1b[201~")
        t.sees("› ERROR pool exhausted, waiting for a free connection")
        t.press("enter")
        t.sees("✓ saved", "ERROR pool exhausted")


def test_escape_and_a_key_that_arrive_as_one_are_two(tmp_path: Path) -> None:
    with Terminal(tmp_path) as t:
        declare(t)
        t.press("n", "half a line", "\x1b?")
        t.sees("type to search", "› half a line")


def test_at_80_by_24_panes_are_tabs(tmp_path: Path) -> None:
    with Terminal(tmp_path, size=(80, 24)) as t:
        declare(t)
        t.sees("1 Checklist", "2 Timeline", "6 Impact")
        t.press("2")
        t.sees("Declared: Production database")


def test_nothing_hostile_reaches_the_terminal_as_an_order(tmp_path: Path) -> None:
    env_home = ["--home", str(tmp_path)]
    title = "[red]x[/red] [@click=app.quit] \x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x9b2J\u202egnp end"
    run = [sys.executable, "-m", "warroom", *env_home]
    subprocess.run([*run, "declare", title], check=True, capture_output=True)
    subprocess.run([*run, "log", title], check=True, capture_output=True)
    with Terminal(tmp_path) as t:
        t.sees("[red]x[/red]", "[@click=app.quit]", "end")
        t.press("2", "enter")
        t.sees("happened")
        for order in (b"\x1b]0;owned", b"\x1b]52;", b"\x9b2J", "\u202e".encode()):
            assert order not in t.raw


def test_with_its_screen_sent_to_a_file_it_says_so_instead_of_running_unseen(tmp_path: Path) -> None:
    said = tmp_path / "said"

    class Redirected(Terminal):
        program = ("sh", "-c", f"exec {shlex.quote(sys.executable)} -m warroom 2>{shlex.quote(str(said))}")

    with Redirected(tmp_path) as t:
        assert t.ends() == 2
    assert "terminal" in said.read_text()


def test_without_a_terminal_it_says_so_and_exits_with_2(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "warroom", "--home", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 2
    assert said.stdout == ""
    assert "terminal" in said.stderr
    assert len(said.stderr.splitlines()) == 1
