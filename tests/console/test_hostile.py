"""Whatever anybody sends us is shown literally or cleaned; nothing of it reaches the terminal as an order."""

import re
from typing import get_args

from msgspec.structs import replace

from tests.console.seat import MONDAY, Clock, Seat, seated
from warroom.console.decision_rows import Tab
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import events as e
from warroom.incident.playbook import Playbook

MARKUP = "[red]x[/red] [/] [@click=app.quit]y[/] [b"
ESCAPES = "\x1b[31mred\x1b[0m \x1b]52;c;ZXZpbA==\x07 \x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\ \x9b2J \x1b"
BIDI = "\u202egnp.exe\u202c \u2066x\u2069 \u200f\x00\x07\x08"
HOSTILE = f"{MARKUP} {ESCAPES} {BIDI} end"

# What a click on the decision tables' names does.
_OURS = {"table_before", "table_after", *(f"turn_to('{tab}')" for tab in get_args(Tab))}
_ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def assert_harmless(seat: Seat) -> None:
    """No control character, no bidirectional override and no link is in anything painted."""
    for strip in seat.strips():
        for segment in strip:
            assert not _ORDERS.search(segment.text), repr(segment.text)
            meta = segment.style.meta if segment.style else {}
            orders = {meta[name] for name in meta if name.startswith("@") and name != "@mouse.down"}
            assert orders <= _OURS, (segment.text, meta)
            assert not (segment.style and segment.style.link), segment


async def walk(seat: Seat) -> None:
    """Go to every place that shows something of the incident."""
    assert_harmless(seat)
    for keys in ("123456", "d", "m", "e", "b"):
        for key in keys:
            await seat.press(key)
            assert_harmless(seat)
    for key in ("]", "C", "S", "a", "i", "c", "u", ":", "?", "w", "v"):
        await seat.press(key)
        assert_harmless(seat)
        await seat.press("escape")
    for name in ("rename",):
        await seat.press(":")
        await seat.types(name, "enter")
        assert_harmless(seat)
        await seat.press("escape")
    for pane, keys in (("1", "shl"), ("2", "EA"), ("3", " "), ("4", "x"), ("5", " ")):
        for key in keys:
            await seat.press(pane, "g", key)
            assert_harmless(seat)
            await seat.press("escape")
    await seat.press("2", "G")
    for _ in range(12):
        await seat.press("enter")
        assert_harmless(seat)
        await seat.press("escape", "up")
    for size in ((80, 24), (40, 12)):
        await seat.pilot.resize_terminal(*size)
        await seat.settled()
        assert_harmless(seat)


async def test_as_a_title_and_in_the_lobby(front: FrontDesk, clock: Clock) -> None:
    desk = front.declare(HOSTILE, front.playbook().playbook)
    assert isinstance(desk, Desk)
    async with seated(front, clock) as seat:
        assert_harmless(seat)
        assert "[red]x[/red] [/] [@click=app.quit]y[/] [b red" in seat.text
        await seat.press("enter")
        assert "[red]x[/red] [/] [@click=app.quit]y[/] [b red" in seat.text
        await walk(seat)


async def test_typed_and_pasted_everywhere(seat: Seat) -> None:
    await seat.press("n")
    await seat.paste(HOSTILE)
    assert_harmless(seat)
    await seat.press("enter")
    await seat.paste(f"{HOSTILE}\n{HOSTILE}")
    assert_harmless(seat)
    await seat.press("y", "escape")
    for keys in ("a", "c", "tp", "]o", "ui"):
        await seat.press(*keys)
        await seat.paste(HOSTILE)
        assert_harmless(seat)
        await seat.types("x", "enter")
        assert_harmless(seat)
    await seat.press("i")
    await seat.types("", "tab", "tab")
    await seat.paste(HOSTILE)
    assert_harmless(seat)
    await seat.types("x", "enter")
    await walk(seat)


async def test_a_paste_of_several_lines_into_a_dialog_keeps_them_all(seat: Seat) -> None:
    await seat.press("a")
    await seat.paste("watch\nthe pool\r\n@sre")
    await seat.press("enter")
    assert seat.incident.action_items[0].text == "watch the pool"


async def test_from_a_file_that_somebody_else_wrote(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    """What is on disk did not come through our commands: it is looked at again when it is drawn."""
    ids = [event.id for event in desk.incident.timeline]
    facts = (
        e.Renamed(HOSTILE),
        e.Noted(HOSTILE),
        e.FindingRecorded("root cause", HOSTILE),
        e.MetricObserved(HOSTILE, HOSTILE, HOSTILE),
        e.SeveritySet(HOSTILE, HOSTILE),
        e.Skipped("1.1.1", HOSTILE),
        e.OutputRecorded("1.2.o1", HOSTILE),
        e.MitigationStarted(HOSTILE, HOSTILE, HOSTILE),
        e.EscalationRaised(HOSTILE, HOSTILE),
        e.ImpactAssessed(5, 5.0, (HOSTILE,), True, True, HOSTILE),
        e.Paged(HOSTILE),
        e.RoleAssigned(HOSTILE, "Incident Commander"),
        e.AssignmentGiven(HOSTILE, HOSTILE),
        e.UpdatePublished("internal", HOSTILE),
        e.ActionItemOpened(HOSTILE, HOSTILE),
        e.Pinned(ids[0], on=True),
        e.PostMortemWritten(HOSTILE),
    )
    desk.do_at(MONDAY, lambda incident, at: facts)
    async with seated(front, clock, desk.incident.number) as seat:
        await walk(seat)


async def test_from_a_playbook(front: FrontDesk, clock: Clock) -> None:
    playbook = hostile(front.playbook().playbook)
    desk = front.declare("x", playbook)
    assert isinstance(desk, Desk)
    async with seated(front, clock, desk.incident.number) as seat:
        await walk(seat)


def hostile(playbook: Playbook) -> Playbook:
    """A playbook with hostile words wherever there are words."""
    first, *others = playbook.phases
    step = first.steps[0]
    actions = tuple(replace(action, text=HOSTILE) for action in step.actions)
    outputs = tuple(replace(output, text=HOSTILE) for output in first.steps[1].outputs)
    steps = (replace(step, name=HOSTILE, actions=actions), replace(first.steps[1], outputs=outputs))
    phase = replace(first, name=HOSTILE, entry=HOSTILE, exit=HOSTILE, steps=steps)
    tables = tuple(
        replace(table, rows=tuple(replace(row, condition=HOSTILE) for row in table.rows))
        for table in playbook.decisions
    )
    return replace(
        playbook,
        title=HOSTILE,
        phases=(phase, *others),
        decisions=tables,
        strategies=tuple(replace(s, name=HOSTILE, when=HOSTILE) for s in playbook.strategies),
        escalations=tuple(replace(x, trigger=HOSTILE, to=HOSTILE) for x in playbook.escalations),
        fallbacks=tuple(replace(f, condition=HOSTILE, action=HOSTILE) for f in playbook.fallbacks),
    )


async def test_as_a_name_of_who_sits_here(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    number = desk.incident.number
    async with seated(FrontDesk(front.home, HOSTILE, clock=clock), clock, number) as seat:
        await seat.note("hello")
        await seat.press("c")
        assert_harmless(seat)
        await seat.press("enter", "2", "G", "enter")
        assert_harmless(seat)
