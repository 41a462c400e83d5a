"""The composer: a status update drafted by the template of its audience."""

from datetime import datetime

from warroom.assets import TEMPLATES
from warroom.incident.events import Audience
from warroom.incident.incident import Incident
from warroom.incident.status import draft, template_name


def compose(incident: Incident, audience: Audience, now: datetime) -> str:
    """A draft for an audience as things stand, to be read and sent by a person."""
    template = TEMPLATES / f"{template_name(incident, audience)}.md"
    return draft(incident, audience, now, template.read_text(encoding="utf-8"))
