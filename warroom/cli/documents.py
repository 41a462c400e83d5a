"""Verbs that print what was written from the record: drafts, briefings, figures, summaries."""

import click

from warroom.cli import aloud as spoken
from warroom.cli.aloud import plain_option
from warroom.cli.here import desk, incident_option, json_option
from warroom.cli.out import say, to_json
from warroom.composer import compose
from warroom.incident.briefing import briefing
from warroom.incident.cadence import AUDIENCES
from warroom.incident.events import Audience


@click.command("draft")
@click.argument("audience", type=click.Choice(AUDIENCES, case_sensitive=False))
@plain_option
@incident_option
def draft_verb(audience: Audience, aloud: bool, incident: str | None) -> None:
    """Draft a status update from what is so. Nothing goes out: read it, send it, then log it with `update`.

    \b
    Example:
      warroom draft external
    """
    here = desk(incident, reading=True)
    say(spoken.document(compose(here.incident, audience, here.now()), aloud=aloud))


@click.command("briefing")
@plain_option
@incident_option
def briefing_verb(aloud: bool, incident: str | None) -> None:
    """Print the briefing for a transfer of command.

    \b
    Example:
      warroom briefing
    """
    here = desk(incident, reading=True)
    say(spoken.document(briefing(here.incident, here.now()), aloud=aloud))


@click.command("figures")
@plain_option
@incident_option
def figures_verb(aloud: bool, incident: str | None) -> None:
    """Print severity and metrics over the course of the incident, as Markdown.

    \b
    Example:
      warroom figures
    """
    from warroom.incident.figures import figures

    here = desk(incident, reading=True)
    say(spoken.document(figures(here.incident, here.now()), aloud=aloud))


@click.command("after-action")
@json_option
@plain_option
@incident_option
def after_action_verb(as_json: bool, aloud: bool, incident: str | None) -> None:
    """Print what was late, what was left out, and how long everything took, as Markdown.

    \b
    Example:
      warroom after-action -i INC-2026-0042
    """
    from warroom.incident.after_action import after_action, render

    here = desk(incident, reading=True)
    found = after_action(here.record, here.now())
    say(to_json(found) if as_json else spoken.document(render(found), aloud=aloud))
