"""Verbs about playbooks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from warroom.cli.group import WrongUsage
from warroom.cli.here import front_desk, json_option
from warroom.cli.out import complain, say, table, to_json
from warroom.incident.playbook import Phase, Playbook

if TYPE_CHECKING:
    from warroom.playbooks import Loaded

_playbook = click.argument("name", required=False, default="", metavar="[NAME|FILE]")


@click.group("playbook")
def playbook_verb() -> None:
    """List, show and check playbooks.

    \b
    Example:
      warroom playbook check my-runbook.md
    """


@playbook_verb.command("list")
@json_option
def list_verb(as_json: bool) -> None:
    """List the playbooks at hand: your own, and the built-in one.

    \b
    Example:
      warroom playbook list
    """
    names = front_desk().playbooks()
    say(to_json(names) if as_json else "\n".join(names))


@playbook_verb.command("show")
@_playbook
@json_option
def show_verb(name: str, as_json: bool) -> None:
    """Show a playbook, by default the built-in one, with the numbers that `tick` takes.

    \b
    Example:
      warroom playbook show
    """
    from warroom import playbooks

    found = front_desk().playbook(name).playbook
    say(to_json(playbooks.as_json(found)) if as_json else "\n".join(_lines(found)))


@playbook_verb.command("check")
@_playbook
@click.option("--strict", is_flag=True, help="Exit with 1 when something had to be guessed.")
@json_option
def check_verb(name: str, strict: bool, as_json: bool) -> None:
    """Say whether a document is a playbook, and what had to be guessed; exit with 2 when it is none.

    \b
    Example:
      warroom playbook check my-runbook.md --strict
    """
    from warroom.playbooks import PlaybookError

    try:
        loaded = front_desk().playbook(name)
    except PlaybookError as exc:
        if as_json:
            say(to_json({"ok": False, "errors": [x._asdict() for x in exc.problems], "warnings": []}))
        raise WrongUsage(str(exc)) from None
    if as_json:
        say(to_json({"ok": True, "errors": [], "warnings": [x._asdict() for x in loaded.warnings]}))
    else:
        for warning in loaded.warnings:
            complain(str(warning))
        say(_summary(loaded))
    if strict and loaded.warnings:
        click.get_current_context().exit(1)


def _summary(loaded: "Loaded") -> str:
    found = loaded.playbook
    steps = [step for phase in found.phases for step in phase.steps]
    actions = sum(len(step.actions) for step in steps)
    counts = f"{len(found.phases)} phases, {len(steps)} steps, {actions} actions"
    return f"{loaded.source_name}: {found.title} · {counts}"


def _lines(playbook: Playbook) -> Iterator[str]:
    yield playbook.title
    for phase in playbook.phases:
        yield from ("", *_phase(phase))
    yield from _table("Severities", ((s.level, s.description, s.response) for s in playbook.severities))
    yield from _table("Mitigation strategies", ((s.name, s.when) for s in playbook.strategies))
    for decision in playbook.decisions:
        yield from _table(decision.name, ((row.condition, row.choice) for row in decision.rows))
    yield from _table("Escalation paths", ((path.trigger, path.to) for path in playbook.escalations))
    yield from _table("Fallback procedures", ((f.condition, f.action) for f in playbook.fallbacks))


def _phase(phase: Phase) -> Iterator[str]:
    yield f"{phase.number} {phase.name}{'' if phase.mandatory else ' (optional)'}"
    if phase.entry:
        yield f"  entry: {phase.entry}"
    for step in phase.steps:
        yield f"  {step.id} {step.name}{'' if step.mandatory else ' (optional)'}"
        yield from (f"    {item.id}  {item.text}" for item in step.items())
    if phase.exit:
        yield f"  {phase.exit_id}  {phase.exit}"


def _table(title: str, rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield from ("", title, *(f"  {line}" for line in table(found).split("\n")))
