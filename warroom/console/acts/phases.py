"""Phases: through the gate to the next one, or back."""

from typing import TYPE_CHECKING

from warroom.console.dialogs import Ask, Choice, Menu
from warroom.incident import commands
from warroom.incident.incident import Incident
from warroom.incident.playbook import Phase

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def next_phase(room: "WarRoom") -> None:
    """Show the gate to the next phase: what is open, what is confirmed by going on."""
    if not room.may("next-phase"):
        return
    incident = room.now_so
    target = incident.playbook.phase(incident.phase.number + 1)
    if target is None:
        finish(room)
        return
    still = commands.still_open(incident, target)
    body = _gate(incident, target, still)
    blocked = f"{len(still)} mandatory still open" if still else ""
    criteria = "the criteria above hold" if incident.phase.exit or target.entry else "all is done"
    menu = Menu(
        f"Leave {incident.phase.name} for {target.name}?",
        [
            Choice("confirm", f"Confirm: {criteria}", "gate-confirm", why_not=blocked),
            Choice("override", "Override, with a reason", "gate-override"),
        ],
        body=body,
    )

    def answered(choice: str) -> None:
        if choice == "confirm":
            room.do(commands.enter_phase, target.number)
            return
        ask = Ask(f"Enter {target.name} all the same", placeholder="why? it goes into the record")
        room.ask(ask, lambda reason: room.do(commands.enter_phase, target.number, reason))

    room.ask(menu, answered)


def _gate(incident: Incident, target: Phase, still: tuple[str, ...]) -> list[tuple[str, str]]:
    body: list[tuple[str, str]] = []
    here = incident.phase
    entry_too = target.entry if target.entry != here.exit else ""
    for label, item, text in (("exit", here.exit_id, here.exit), ("entry", target.entry_id, entry_too)):
        if text:
            box = "☑" if incident.done(item) else "☐"
            body.append((f"{box} {label}: {text}", "strong"))
    if still:
        body += [("", ""), ("Still open:", "warn")]
        body += [(f"☐ {item} {incident.playbook.text_of(item) or ''}", "") for item in still[:12]]
        body += [(f"… and {len(still) - 12} more", "dim")] if len(still) > 12 else []
    return [*body, ("", "")]


def finish(room: "WarRoom") -> None:
    """The last phase has no next one: its exit criterion is what remains."""
    phase = room.now_so.phase
    if not phase.exit or room.now_so.done(phase.exit_id):
        room.say(f"{phase.name} is the last phase.")
        return
    still = room.now_so.open_actions(phase)
    menu = Menu(
        f"{phase.name} is the last phase",
        [Choice("confirm", f"Confirm: {phase.exit}", "gate-confirm")],
        body=[(f"☐ {item} {room.now_so.playbook.text_of(item) or ''}", "") for item in still[:12]],
    )
    room.ask(menu, lambda _: room.do(commands.tick, phase.exit_id))


def previous_phase(room: "WarRoom") -> None:
    """Back to the phase before."""
    if room.may("previous-phase"):
        room.do(commands.enter_phase, room.now_so.phase.number - 1)
