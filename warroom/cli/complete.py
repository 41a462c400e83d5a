"""What the shell offers on tab: incidents, playbooks and drills by name, entries and action items by id."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import click

from warroom.incident.text import printable

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from warroom.front_desk import FrontDesk
    from warroom.incident.incident import Incident
    from warroom.settings import Settings


def incidents(context: click.Context, _: click.Parameter, typed: str) -> "list[CompletionItem]":
    """Incidents whose number holds what was typed, such as 42."""

    def found(front: "FrontDesk", _: "Settings") -> "Iterator[CompletionItem]":
        from click.shell_completion import CompletionItem

        for summary in front.summaries():
            if typed.upper() in summary.number:
                exercise = "exercise: " if summary.exercise else ""
                yield CompletionItem(summary.number, help=f"{exercise}{summary.title}")

    return _quietly(context, found)


def drills(context: click.Context, _: click.Parameter, typed: str) -> "list[CompletionItem]":
    """Drills whose name begins with what was typed, else files."""

    def found(_: "FrontDesk", here: "Settings") -> "Iterator[CompletionItem]":
        from warroom.drills import available

        return _or_files((name for name, _ in available((here.drills,))), typed)

    return _quietly(context, found)


def playbooks(context: click.Context, _: click.Parameter, typed: str) -> "list[CompletionItem]":
    """Playbooks whose name begins with what was typed, else files."""

    def found(front: "FrontDesk", _: "Settings") -> "Iterator[CompletionItem]":
        return _or_files(front.playbooks(), typed)

    return _quietly(context, found)


_LATEST = 50  # entries that are offered


def entries(context: click.Context, _: click.Parameter, typed: str) -> "list[CompletionItem]":
    """The ids of the latest entries, each with what it says."""

    def known(incident: "Incident") -> "Iterator[tuple[str, str]]":
        from warroom.incident.wording import wording

        return ((event.id, wording(event, incident).text) for event in incident.timeline.latest(_LATEST))

    return _ids(context, typed, known)


def action_items(context: click.Context, _: click.Parameter, typed: str) -> "list[CompletionItem]":
    """The ids of the action items, each with its words."""
    return _ids(context, typed, lambda incident: ((item.id, item.text) for item in incident.action_items))


def _ids(
    context: click.Context, typed: str, known: "Callable[[Incident], Iterable[tuple[str, str]]]"
) -> "list[CompletionItem]":
    """Short ids of things in the incident that is meant."""

    def found(front: "FrontDesk", _: "Settings") -> "Iterator[CompletionItem]":
        from click.shell_completion import CompletionItem

        from warroom.incident.short_id import short

        with closing(front.open(context.params.get("incident") or front.the_one())) as desk:
            for ident, text in known(desk.incident):
                if short(ident).startswith(typed):
                    yield CompletionItem(short(ident), help=printable(text))

    return _quietly(context, found)


def _or_files(known: Iterable[str], typed: str) -> "Iterator[CompletionItem]":
    from click.shell_completion import CompletionItem

    names = [name for name in known if name.startswith(typed)]
    yield from map(CompletionItem, names)
    if not names:
        yield CompletionItem(typed, type="file")


def _quietly(
    context: click.Context, look: "Callable[[FrontDesk, Settings], Iterator[CompletionItem]]"
) -> "list[CompletionItem]":
    """What is found, or nothing: an error would be printed into the line that is being typed."""
    from warroom.front_desk import FrontDesk
    from warroom.settings import settings

    try:
        here = settings(context.find_root().params.get("home"))
        return list(look(FrontDesk(here.home, here.user, playbook_folders=here.playbook_folders), here))
    except Exception:
        return []
