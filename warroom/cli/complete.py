"""What the shell offers on tab: incidents, playbooks and drills by name."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from warroom.front_desk import FrontDesk
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
