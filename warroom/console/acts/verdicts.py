"""Decisions: recorded with what spoke against them, and verified when their time comes."""

from functools import partial
from typing import TYPE_CHECKING

from warroom.console.dialogs import Choice, Menu
from warroom.console.form import Field, Form
from warroom.incident import commands, entry
from warroom.incident.incident import Decision

if TYPE_CHECKING:
    from warroom.console.war_room import WarRoom


def record_decision(room: "WarRoom") -> None:
    """Ask what was decided; all but the decision itself may stay empty."""
    fields = [
        Field("decision", "Decision", "", "such as: fail over to the replica in Frankfurt"),
        Field("proposal", "Proposal, where it was another", "", "such as: restart the primary once more"),
        Field("risk", "Risk", "", "such as: up to 30 s of writes are lost"),
        Field("objections", "Strong objections", "", "who cannot live with it, and why"),
        Field("owner", "Owner", room.now_so.commander or "", "such as @bob"),
        Field("verify", "Verify in", "", "such as 10m: whether it held is asked then"),
    ]
    room.ask(Form("Decision", fields, _wrong, "decision"), partial(_decided, room))


def _wrong(values: dict[str, str]) -> tuple[str, str] | None:
    if not values["decision"].strip():
        return "decision", "what was decided?"
    if values["verify"].strip() and not entry.span(values["verify"]):
        return "verify", "this needs a time such as 10m or 1h30m, or nothing"
    return None


def _decided(room: "WarRoom", values: dict[str, str]) -> None:
    room.do(
        commands.decide,
        values["decision"],
        proposal=values["proposal"],
        risk=values["risk"],
        objections=values["objections"],
        owner=values["owner"],
        timebox=entry.span(values["verify"]),
    )


def ask_verdict(room: "WarRoom", decision: Decision) -> None:
    """Show a decision with what was said about it, and ask whether it held."""
    settled = f"it has {decision.verdict} already" if decision.verdict else ""
    choices = [
        Choice("held", "It held", "verdict-held", "it does what it was decided for", settled, "good"),
        Choice("failed", "It failed", "verdict-failed", "decide anew", settled, "bad"),
    ]
    said = {
        "Decided": f"{decision.at:%H:%M} UTC",
        "Owner": decision.owner,
        "Proposal": decision.proposal,
        "Risk": decision.risk,
        "Objections": decision.objections,
        "Verify": f"{decision.verify_at:%H:%M} UTC" if decision.verify_at else "",
        "Found": decision.finding,
    }
    body = [(f"{name}: {text}", "dim") for name, text in said.items() if text]
    menu = Menu(f"Did it hold? {decision.decision}", choices, body=[*body, ("", "")])
    room.ask(menu, lambda verdict: room.do(commands.verify_decision, verdict, decision.id))
