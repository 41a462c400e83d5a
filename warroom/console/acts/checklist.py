"""The checklist: an item is ticked, skipped, or leads to where the thing that it names is done."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from warroom.console.acts import (
    action_items,
    command,
    decisions,
    impact,
    lifecycle,
    log,
    people,
    playbook,
    updates,
    write_up,
)
from warroom.console.checklist import Checklist, How
from warroom.console.dialogs import Ask
from warroom.incident import commands
from warroom.incident.deeds import Deed
from warroom.incident.incident import Incident

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def choose_item(room: "WarRoom", item: str, how: How) -> None:
    """Tick an item, or lead to the thing that it names; what is done is opened again."""
    incident = room.now_so
    if how in {"read", "copy"}:
        playbook.read_place(room, item, copy=how == "copy")
        return
    if how == "skip":
        skip(room, item)
        return
    settled = item in incident.items
    if how == "open" and settled:
        return
    if settled or how == "only":
        _toggle(room, item)
        return
    output = item.rpartition(".")[2].startswith("o")
    deed = incident.deeds.get(item)
    if deed is not None and lead(room, deed):
        return
    strategy = _strategy_named(incident, item)
    if how == "open" and strategy:
        decisions.mitigate(room, strategy)
    elif output:
        text = incident.playbook.text_of(item) or item
        ask = Ask(
            f"Output: {text}", placeholder="what it is, or where it lies (may be empty)", required=False
        )
        room.ask(ask, lambda said: room.do(commands.record_output, item, said))
    else:
        _toggle(room, item)


def _toggle(room: "WarRoom", item: str) -> None:
    checklist = room.query_one(Checklist)
    if checklist.is_on_its_way(item):
        room.do(commands.toggle, item)  # decided when its turn comes: a second press opens it again
    else:  # what the screen says is what is meant, whatever others do at the same moment
        room.do(commands.untick if item in room.now_so.items else commands.tick, item)
    checklist.toggling(item)


def skip(room: "WarRoom", item: str) -> None:
    """Ask why an item is left out."""
    text = room.now_so.playbook.text_of(item) or item
    ask = Ask(f"Skip: {text}", placeholder="why? it goes into the record")
    room.ask(ask, lambda reason: room.do(commands.skip, item, reason))


def _strategy_named(incident: Incident, item: str) -> str:
    text = (incident.playbook.text_of(item) or "").casefold()
    names = (strategy.name for strategy in incident.playbook.strategies)
    return next((name for name in names if text.startswith(name.casefold())), "")


def lead(room: "WarRoom", deed: Deed) -> bool:
    """Lead to where a deed is done; whether there is such a place."""
    incident = room.now_so
    places: dict[Deed, Callable[[], object]] = {
        Deed.SEVERITY: lambda: decisions.to_severities(room),
        Deed.USERS: lambda: impact.assess_impact(room),
        Deed.SYSTEMS: lambda: impact.assess_impact(room, "systems"),
        Deed.REVENUE: lambda: impact.assess_impact(room, "revenue"),
        Deed.IMPACT: lambda: impact.assess_impact(room),
        Deed.PAGE: lambda: people.page(room),
        Deed.COMMANDER: lambda: command.appoint(room),
        Deed.TEAM: lambda: people.page(room),
        Deed.MITIGATE: lambda: decisions.to_table(room, "mitigation"),
        Deed.UPDATE: lambda: updates.publish_update(room),
        Deed.ROOT_CAUSE: lambda: log.record_finding(room, "root cause"),
        Deed.FACTOR: lambda: log.record_finding(room, "contributing factor"),
        Deed.LESSON: lambda: log.record_finding(room, "lesson"),
        Deed.POSTMORTEM: lambda: write_up.read_write_up(room),
        Deed.ACTION_ITEM: lambda: action_items.open_action_item(room),
    }
    if deed is Deed.CLOSE and not incident.closed_at:
        lifecycle.close(room)
    elif deed is Deed.ASSESS and incident.mitigations:
        decisions.assess(room, incident.mitigations[-1])
    elif deed in {Deed.OWNERS, Deed.DUE_DATES, Deed.COMPLETION} and incident.action_items:
        room.focus_pane("action-items")
    elif deed in places:
        places[deed]()
    else:
        return False
    return True
