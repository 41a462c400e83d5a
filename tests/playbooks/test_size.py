"""Large documents load, and what they cost grows with their size and no faster."""

import tracemalloc

from warroom.playbooks import Loaded, parse

STEP = """\
#### Step {0}.{1}: Look at part {1}

{2}
**Actions:**
- Look at the queue
- Drain it

  ```sh
  queue drain --part {1}
  ```

**Outputs:**
- Ticket

"""
PROSE = "What the queue is for, who reads from it, and what it looks like when all is well. " * 11
PHASES, STEPS = 1000, 10


def document(phases: int, prose: str = "") -> str:
    """A document with ten steps in each phase."""
    steps = [
        f"### Phase {phase}: Part {phase}\n\n" * (step == 1) + STEP.format(phase, step, prose)
        for phase in range(1, phases + 1)
        for step in range(1, STEPS + 1)
    ]
    return "# Large\n\n## Phases\n\n" + "".join(steps)


def check(loaded: Loaded, phases: int) -> None:
    """All of it is there."""
    found = loaded.playbook.phases
    assert [len(phase.steps) for phase in found] == [STEPS] * phases
    last = found[-1].steps[-1]
    assert (last.id, last.name) == (f"{phases}.{STEPS}", f"Look at part {STEPS}")
    assert last.actions[1].detail == f"```sh\nqueue drain --part {STEPS}\n```"
    assert [w.line for w in loaded.warnings] == [0]  # no severity levels, and nothing else


def test_ten_thousand_steps_in_ten_megabytes() -> None:
    text = document(PHASES, PROSE + "\n")
    assert len(text) > 10_000_000
    check(parse(text), PHASES)


def test_memory_grows_with_size() -> None:
    parse(document(1))  # what is built once is built
    small, large = peak(20), peak(160)
    assert large < 12 * small


def peak(phases: int) -> int:
    """The most memory that was in use while a document of so many phases was read."""
    text = document(phases, PROSE + "\n")
    tracemalloc.start()
    try:
        check(parse(text), phases)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
