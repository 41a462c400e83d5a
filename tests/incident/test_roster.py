"""The roster: who can be called, strictly read; names completed; the span of control."""

from typing import Any

import pytest

from tests.incident.worlds import World
from warroom.incident import commands
from warroom.incident.roster import Person, Roster, RosterError, complete, roster_of, span_warning

ROSTER = Roster(
    (
        Person("@maya", "Maya Lopez", ("Incident Commander",), "+1 555 0100"),
        Person("@bob", "Bob Mayer", ("Scribe", "Deputy")),
        Person("@dba", "Dora Baum"),
    )
)


def test_a_roster_is_a_list_of_people() -> None:
    found = roster_of(
        {
            "person": [
                {
                    "handle": "maya",
                    "name": "Maya Lopez",
                    "roles": ["incident commander"],
                    "contact": "+1 555",
                },
                {"handle": "@bob"},
            ]
        }
    )
    assert found.people == (
        Person("@maya", "Maya Lopez", ("Incident Commander",), "+1 555"),
        Person("@bob"),
    )
    assert found.person("@MAYA") == found.people[0]
    assert found.person("@carol") is None
    assert found.for_role("Incident Commander") == found.people[:1]
    assert roster_of({}) == Roster()


@pytest.mark.parametrize(
    ("data", "said", "person", "key"),
    [
        ({"people": []}, "unknown table or key 'people'", None, "people"),
        ({"person": {"handle": "x"}}, "double brackets", None, "person"),
        ({"person": [{"name": "Bob"}]}, "needs a handle", 0, "handle"),
        ({"person": [{"handle": "@a"}, {"handle": "two words"}]}, "has a space", 1, "handle"),
        ({"person": [{"handle": "@a"}, {"handle": "A"}]}, "on the roster already", 1, "handle"),
        ({"person": [{"handle": 7}]}, "handle must be text", 0, "handle"),
        ({"person": [{"handle": "@a", "phone": "1"}]}, "unknown key 'phone'", 0, "phone"),
        ({"person": [{"handle": "@a", "roles": "Scribe"}]}, "a list of texts", 0, "roles"),
        (
            {"person": [{"handle": "@a", "roles": ["Boss"]}]},
            "unknown role 'Boss'; there are Incident",
            0,
            "roles",
        ),
    ],
)
def test_what_is_no_roster_is_refused_and_says_where(
    data: dict[str, Any], said: str, person: int | None, key: str
) -> None:
    with pytest.raises(RosterError) as caught:
        roster_of(data)
    assert said in caught.value.what
    assert (caught.value.person, caught.value.key) == (person, key)


def test_names_cannot_act_on_a_terminal() -> None:
    (person,) = roster_of({"person": [{"handle": "@a", "name": "\x1b[31mAnn", "contact": "x\u202ey"}]}).people
    assert (person.name, person.contact) == ("Ann", "xy")


# ── completion ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("@", ("@carol", "@dba", "@maya", "@bob")),
        ("@ma", ("@maya", "@bob")),  # Bob Mayer by his name
        ("@MAY", ("@maya", "@bob")),
        ("ba", ("@dba",)),  # Dora Baum
        ("@c", ("@carol",)),
        ("@x", ()),
    ],
)
def test_a_name_is_completed_from_the_team_and_the_roster(prefix: str, found: tuple[str, ...]) -> None:
    world = World()
    world.do(1, commands.join, "dba")
    world.do(1, commands.page, "carol")
    assert complete(prefix, ROSTER, world.incident) == found


# ── the span of control ────────────────────────────────────────────────────────────────────────


def test_more_than_seven_besides_the_commander_are_too_many_to_lead() -> None:
    world = World()
    world.do(1, commands.assign_role, "maya", "Incident Commander")
    for number in range(7):
        world.do(2, commands.join, f"responder{number}")
    assert span_warning(world.incident) is None
    world.do(3, commands.join, "one-more")
    assert span_warning(world.incident) == (
        "8 direct responders, more than 7: appoint a lead, or release somebody"
    )
    world.do(4, commands.release, "one-more")
    assert span_warning(world.incident) is None


def test_who_was_only_paged_is_not_led_yet() -> None:
    world = World()
    for number in range(9):
        world.do(2, commands.page, f"responder{number}")
    assert span_warning(world.incident) is None
