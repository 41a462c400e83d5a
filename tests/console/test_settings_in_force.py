"""What is set is what the console does."""

import pytest

from tests.console.seat import MONDAY, Clock, seated
from warroom.console.command_bar import CommandBar
from warroom.console.entry_line import EntryLine
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.settings import Options, Settings


def having(front: FrontDesk, options: Options) -> Settings:
    """Settings with these options."""
    return Settings(front.home, front.home / "config", "maya", options)


async def test_the_time_zone_is_shown_beside_utc(front: FrontDesk, clock: Clock, desk: Desk) -> None:
    settings = having(front, Options(time_zone="Europe/Berlin"))
    async with seated(front, clock, desk.incident.number, settings=settings) as seat:
        assert f"{MONDAY:%H:%M} UTC  15:23 CET" in seat.get(CommandBar).render_line(0).text


@pytest.mark.parametrize("still", [True, False])
async def test_with_reduced_motion_nothing_slides_and_nothing_ever_blinks(
    front: FrontDesk, clock: Clock, desk: Desk, monkeypatch: pytest.MonkeyPatch, *, still: bool
) -> None:
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "full")
    settings = having(front, Options(reduced_motion=still))
    async with seated(front, clock, desk.incident.number, settings=settings) as seat:
        assert (seat.console.animation_level == "none") is still
        assert not seat.get(EntryLine).cursor_blink


async def test_the_usual_playbook_is_offered_first(front: FrontDesk, clock: Clock) -> None:
    folder = front.home / "config" / "playbooks"
    folder.mkdir(parents=True)
    text = front.playbook_text(front.playbook().playbook)
    (folder / "checkout.md").write_text(text.replace("# ", "# Checkout ", 1))
    here = FrontDesk(front.home, "maya", playbook_folders=(folder,), clock=clock)
    async with seated(here, clock, settings=having(front, Options(playbook="checkout"))) as seat:
        await seat.press("n")
        await seat.types("zzz", "enter")
        await seat.until(lambda: seat.place == "WarRoom")
        assert seat.incident.playbook.title.startswith("Checkout")
