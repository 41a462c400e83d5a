"""The impact: users, revenue, systems, who notices."""

from functools import partial
from typing import TYPE_CHECKING

from warroom.console.form import Field, Form
from warroom.incident import commands, entry

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def to_impact(room: "WarRoom") -> None:
    """Go to the impact, and assess it."""
    room.focus_pane("impact")
    assess_impact(room)


def assess_impact(room: "WarRoom", first: str = "users") -> None:
    """Ask for everything that is known of the impact."""
    impact = room.now_so.impact
    flags = {None: "", True: "yes", False: "no"}
    rate = impact.revenue_per_hour
    fields = [
        Field(
            "users",
            "Users affected",
            "" if impact.users is None else str(impact.users),
            "such as 1200",
        ),
        Field(
            "revenue",
            "Revenue lost per hour",
            "" if rate is None else f"{rate:g}",
            "such as 2k",
        ),
        Field("systems", "Systems down", ", ".join(impact.systems or ()), "their names, with commas between"),
        Field("customers", "Customer-facing", flags[impact.customer_facing], "yes or no"),
        Field("breach", "Data breach", flags[impact.data_breach], "yes or no"),
        Field(
            "summary",
            "In a sentence",
            impact.summary or "",
            "such as: every second checkout fails",
        ),
    ]
    began = {field.id: field.value for field in fields}
    room.ask(Form("Impact", fields, _wrong_figure, first), partial(_assessed, room, began))


def _wrong_figure(values: dict[str, str]) -> tuple[str, str] | None:
    for name in ("users", "revenue"):
        if values[name].strip() and entry.figure(values[name]) is None:
            return name, "this needs a number such as 5000 or 2k"
    for name in ("customers", "breach"):
        if values[name].strip() and _flag(values[name]) is None:
            return name, "this needs yes or no"
    return None


def _flag(typed: str) -> bool | None:
    word = typed.strip().casefold()
    return True if word in {"y", "yes"} else False if word in {"n", "no"} else None


def _assessed(room: "WarRoom", began: dict[str, str], values: dict[str, str]) -> None:
    """Record what was changed here: what others found meanwhile about the rest stands."""
    found = {name: typed if typed != began[name] else "" for name, typed in values.items()}
    users, revenue = entry.figure(found["users"]), entry.figure(found["revenue"])
    systems = [name.strip() for name in values["systems"].split(",") if name.strip()]
    room.do(
        commands.assess_impact,
        users=None if users is None else round(users),
        revenue_per_hour=revenue,
        systems=systems if values["systems"] != began["systems"] else None,
        customer_facing=_flag(found["customers"]),
        data_breach=_flag(found["breach"]),
        summary=found["summary"] or None,
    )
