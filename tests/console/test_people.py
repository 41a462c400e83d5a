"""Impact, response team, commander, assignments."""

from tests.console.seat import Seat
from warroom.incident import events as e
from warroom.incident.incident import COMMANDER


async def test_the_impact_is_assessed_in_one_form(seat: Seat) -> None:
    await seat.press("i")
    assert seat.place == "Form"
    await seat.types("~5,000", "tab", *"2000/h", "tab", *"API, Dashboard", "tab", *"y", "tab", *"no", "enter")
    assert seat.last == e.ImpactAssessed(5000, 2000.0, ("API", "Dashboard"), True, False)
    assert seat.pane("impact").split() == (
        [
            "Users",
            "~5,000",
            "Revenue",
            "$2,000/h",
            "·",
            "$0",
            "so",
            "far",
            "Systems",
            "API,",
            "Dashboard",
            "Customers",
            "yes",
            "Breach",
            "no",
        ]
    )


async def test_a_wrong_figure_is_named_and_nothing_is_lost(seat: Seat) -> None:
    await seat.press("i")
    await seat.types("many", "tab", "9", "enter")
    assert seat.place == "Form"
    assert seat.focus == "users"
    assert seat.shows("this needs a number such as 5000")
    await seat.answer("9000")
    assert seat.last == e.ImpactAssessed(9000, 9.0)


async def test_a_wrong_flag_is_named(seat: Seat) -> None:
    await seat.press("i")
    await seat.types("", "tab", "tab", "tab", *"perhaps", "enter")
    assert seat.focus == "customers"
    assert seat.shows("this needs yes or no")


async def test_a_form_begins_with_what_is_known(seat: Seat) -> None:
    await seat.press("i")
    await seat.types("5000", "enter")
    await seat.press("i")
    assert seat.shows("5000")
    await seat.types("", "tab", *"2000", "enter")
    assert seat.incident.impact.users == 5000
    assert seat.incident.impact.revenue_per_hour == 2000


async def test_the_running_total_runs(seat: Seat) -> None:
    await seat.press("i")
    await seat.types("", "tab", *"2000", "enter")
    await seat.tick(minutes=30)
    assert "$1,000 so far" in seat.pane("impact")


async def test_somebody_is_paged_answers_joins_takes_a_role_and_is_released(seat: Seat) -> None:
    await seat.press("t", "p")
    await seat.types("oncall", "enter")
    assert "@oncall paged 14:23" in seat.pane("team")
    await seat.press("enter", "a")
    assert "@oncall ack 14:23" in seat.pane("team")
    await seat.press("enter", "j")
    assert "@oncall joined 14:23" in seat.pane("team")
    await seat.press("enter", "r", "down", "enter")
    assert seat.last == e.RoleAssigned("@oncall", "Deputy")
    await seat.press("enter", "p")
    assert isinstance(seat.last, e.Paged)
    await seat.press("enter", "x")
    assert "@oncall released" in seat.pane("team")


async def test_enter_in_an_empty_team_pages(seat: Seat) -> None:
    await seat.press("t", "enter")
    assert seat.place == "AskWho"
    assert seat.shows("Page")


async def test_the_commander_is_named_and_relieved(seat: Seat) -> None:
    assert seat.shows("IC nobody")
    await seat.press("c", "enter")
    assert seat.shows("IC @maya")
    await seat.press("t", "J")
    await seat.types("bob", "enter")
    await seat.press("t", "down", "enter", "c")
    assert seat.shows("IC @bob")
    assert COMMANDER not in seat.incident.team["@maya"].roles


async def test_a_commander_cannot_just_leave(seat: Seat) -> None:
    await seat.press("c", "enter", "t", "enter", "x")
    assert seat.said == ["@maya is in command; give the command to somebody else first."]


async def test_an_assignment_runs_down_is_extended_and_done(seat: Seat) -> None:
    await seat.note("@bob check web latency 3m")
    assert "→ @bob check web latency 03:00" in seat.pane("team")
    await seat.tick(minutes=4)
    assert "▲ 01:00 over" in seat.pane("team")
    await seat.press("t", "G", "enter")
    await seat.press("5")
    assert isinstance(seat.last, e.AssignmentCheckedBack)
    assert seat.last.outcome == "extended"
    assert "05:00" in seat.pane("team")
    await seat.press("enter", "d")
    assert "check web latency" not in seat.pane("team")


async def test_an_assignment_is_dropped(seat: Seat) -> None:
    await seat.note("@bob check web latency")
    await seat.press("t", "G", "enter", "x")
    assert seat.incident.assignments[0].outcome == "dropped"
