"""The lobby: incidents with their clocks, declare, open, search, drill, leave."""

from tests.console.seat import TITLE, Clock, declared, seated
from warroom.console.dialogs import ChoiceList
from warroom.console.incident_list import Incidents
from warroom.desk import Desk
from warroom.front_desk import FrontDesk
from warroom.incident import commands
from warroom.incident.commands import Refused


def closed(front: FrontDesk, title: str) -> Desk:
    """An incident that is over."""
    desk = declared(front, title)
    desk.do(commands.close)
    return desk


async def test_an_empty_lobby_says_what_to_do(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        assert seat.place == "Lobby"
        assert seat.shows("No incident yet.", "n Declare an incident")
        await seat.press("enter", "/", "escape", "down")
        assert seat.place == "Lobby"


async def test_an_incident_is_declared_with_title_and_severity_by_the_table(
    front: FrontDesk, clock: Clock
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("n")
        assert seat.shows("Declare an incident", "Not known yet", "SEV2 Major feature down")
        await seat.types(TITLE, "down", "down", "enter")
        assert seat.place == "WarRoom"
        assert seat.incident.title == TITLE
        assert seat.incident.severity == "SEV2"
        assert seat.incident.severities[0].condition == "Major feature down"
        assert seat.focus == "checklist"


async def test_the_severity_that_enter_will_set_is_marked_while_the_title_is_typed(
    front: FrontDesk, clock: Clock
) -> None:
    async with seated(front, clock) as seat:
        await seat.press("n", "down")
        severities = seat.console.screen.query_one("#severity", ChoiceList)
        grounds = [{s.style.bgcolor for s in severities.render_line(y) if s.style} for y in range(4)]
        assert grounds[1].isdisjoint(grounds[0])
        assert grounds[2] == grounds[0]


async def test_a_title_is_needed(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await seat.press("n", "enter")
        assert seat.place == "Declaration"
        assert seat.shows("what is broken, in a few words?")
        await seat.press("escape")
        assert seat.place == "Lobby"
        assert front.summaries() == []


async def test_another_playbook_is_chosen_with_tab(front: FrontDesk, clock: Clock) -> None:
    own = front.home / "playbooks"
    own.mkdir(parents=True)
    (own / "short.md").write_text(
        "# Short\n\n## Phases\n\n### Phase 1: Do it\n\n#### Step 1.1: Now\n\n"
        "**Actions:**\n- Push the button\n",
        encoding="utf-8",
    )
    front = FrontDesk(front.home, "maya", playbook_folders=(own,), clock=clock)
    async with seated(front, clock) as seat:
        await seat.press("n")
        await seat.types("the button", "tab", "tab", "down", "enter")
        assert seat.incident.playbook.title == "Short"
        assert "Push the button" in seat.pane("checklist")


async def test_active_ones_come_first_with_their_clocks_running(front: FrontDesk, clock: Clock) -> None:
    closed(front, "old one")
    clock.step(minutes=5)
    declared(front, "active one", "SEV1")
    clock.step(minutes=5)
    closed(front, "newer and closed")
    async with seated(front, clock) as seat:
        text = seat.text
        assert text.index("active one") < text.index("newer and closed") < text.index("old one")
        assert seat.shows("1 active · 3 in all", "Detection 00:05:00")


async def test_enter_opens_and_q_leads_back(front: FrontDesk, clock: Clock) -> None:
    declared(front, "first")
    clock.step(minutes=1)
    declared(front, "second")
    async with seated(front, clock) as seat:
        await seat.press("down", "enter")
        assert seat.incident.title == "first"
        await seat.press("q")
        assert seat.place == "Lobby"
        assert seat.shows("first", "second")


async def test_a_search_narrows_and_escape_shows_all_again(front: FrontDesk, clock: Clock) -> None:
    for title in ("database errors", "web latency", "database slow"):
        declared(front, title)
    async with seated(front, clock) as seat:
        await seat.press("/")
        await seat.types("database slow")
        assert seat.shows("Incidents · search", "1 of 3")
        await seat.press("enter")
        await seat.press("escape")
        assert seat.shows("web latency")
        await seat.press("/")
        await seat.types("latency", "enter", "enter")
        assert seat.incident.title == "web latency"


async def test_what_another_process_declares_appears(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        FrontDesk(front.home, "bob", clock=clock).declare("from elsewhere", front.playbook().playbook)
        await seat.until(lambda: seat.shows("from elsewhere"))
        assert seat.console.screen.query_one(Incidents).has_focus


async def test_keys_that_have_nothing_to_act_on_are_greyed(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await seat.press("?")
        assert seat.shows("There is no incident yet.")


async def test_help_and_palette_run_what_they_list(front: FrontDesk, clock: Clock) -> None:
    declared(front)
    async with seated(front, clock) as seat:
        await seat.press("?")
        await seat.types("declare", "enter")
        assert seat.place == "Declaration"
        await seat.press("escape", ":")
        await seat.types("warroom-light", "enter")
        assert seat.console.theme == "warroom-light"
        await seat.press(":")
        await seat.types("open this", "enter")
        assert seat.place == "WarRoom"


async def test_the_theme_is_remembered(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await seat.press(":")
        await seat.types("warroom-light", "enter")
    async with seated(front, clock) as seat:
        assert seat.console.theme == "warroom-light"


async def test_a_drill_opens_as_an_exercise(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await seat.press("x", "1")
        assert seat.place == "WarRoom"
        assert seat.shows("EXERCISE")


async def test_escape_and_ctrl_c_never_end_it_and_q_does(front: FrontDesk, clock: Clock) -> None:
    async with seated(front, clock) as seat:
        await seat.press(*["escape"] * 5, *["ctrl+c"] * 5)
        assert seat.console.is_running
        assert seat.place == "Lobby"
        seat.burst("q")
        await seat.until(lambda: seat.console._exit)


async def test_an_incident_that_cannot_be_opened_says_why(front: FrontDesk, clock: Clock) -> None:
    desk = declared(front)
    async with seated(front, clock) as seat:
        (front.home / "incidents" / f"{desk.incident.number}.json").unlink()
        await seat.press("enter")
        assert seat.place == "Lobby"
        assert desk.incident.number in seat.said[-1]
        assert not isinstance(desk, Refused)
