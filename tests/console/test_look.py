"""How panes are drawn: the bar beside a long list, keys that stand out, titles that keep their room."""

from hypothesis import given
from hypothesis import strategies as st

from tests.console.seat import TINY, WIDE, Clock, Seat, declared, seated
from warroom.console.pane import Pane
from warroom.console.rows import flowed, wrapped
from warroom.console.timeline import Timeline
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands


def bar(seat: Seat, pane: Pane) -> list[int]:
    """The lines of a pane beside which its bar stands."""
    region, lines = pane.region, seat.strips()
    return [
        y
        for y in range(region.height)
        if lines[region.y + y].crop(region.right - 1, region.right).text == "┃"
    ]


async def test_a_bar_beside_a_longer_list_says_which_part_is_in_view(
    front: FrontDesk, clock: Clock, desk: Desk
) -> None:
    async with seated(front, clock, desk.incident.number) as seat:
        timeline = seat.get(Timeline)
        assert bar(seat, timeline) == []
        for number in range(200):
            seat.room.desk.do(commands.note, f"entry {number}")
        seat.room.show_incident()
        await seat.press("2", "end")
        last = bar(seat, timeline)
        await seat.press("home")
        first = bar(seat, timeline)
        assert first[0] == 1
        assert last[-1] == timeline.region.height - 2
        assert 0 < len(first) == len(last) < timeline.region.height // 4


async def test_what_an_empty_pane_says_to_press_stands_out(seat: Seat) -> None:
    (line,) = [strip for strip in seat.strips() if "None yet: press a, or A" in strip.text]
    assert {segment.text for segment in line if segment.style and segment.style.bold} >= {"a", "A"}


async def test_a_small_lobby_gives_each_title_a_line_of_its_own(front: FrontDesk, clock: Clock) -> None:
    declared(front, "Checkout is down in every region", "SEV1")
    async with seated(front, clock, size=TINY) as seat:
        assert seat.shows("INC-2026-0001 SEV1 00:00:00 Checkout is down in every region")
    async with seated(front, clock, size=WIDE) as seat:
        assert seat.shows("INC-2026-0001 SEV1 Checkout is down in every region")
        assert "@maya · 14:23 UTC" in seat.text.splitlines()[0]


@given(
    st.lists(st.tuples(st.text("abc  "), st.sampled_from(["", "dim", "strong"])), max_size=8),
    st.integers(4, 20),
)
def test_a_line_is_broken_as_its_text_is(spans: list[tuple[str, str]], width: int) -> None:
    lines = flowed(tuple(spans), width)
    assert ["".join(text for text, _ in line) for line in lines] == wrapped(
        "".join(t for t, _ in spans), width
    )


def test_every_part_of_a_broken_line_keeps_its_tone() -> None:
    spans = (("press ", "dim"), ("a", "strong"), (", or ", "dim"), ("A", "strong"), (" there", "dim"))
    assert flowed(spans, 9) == [
        (("press ", "dim"), ("a", "strong"), (",", "dim")),
        (("or ", "dim"), ("A", "strong")),
        (("there", "dim"),),
    ]
