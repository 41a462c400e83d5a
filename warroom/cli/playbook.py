"""Verbs about playbooks."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from warroom.assets import TEMPLATES
from warroom.cli import aloud as spoken
from warroom.cli.aloud import plain_option
from warroom.cli.complete import playbooks
from warroom.cli.group import Refusal, WrongUsage
from warroom.cli.here import front_desk, json_option, settings_in_use
from warroom.cli.out import complain, say, to_json
from warroom.cli.reload import reload_verb
from warroom.incident.changes import diff
from warroom.incident.playbook import Action, Output, Phase, Playbook, Step
from warroom.incident.text import printable, printable_lines
from warroom.paths import expanded

if TYPE_CHECKING:
    from warroom.playbooks import Complaint, Loaded

_playbook = click.argument(
    "name", required=False, default="", metavar="[NAME|FILE]", shell_complete=playbooks
)


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
    """List the playbooks at hand, the built-in one first; say what is wrong with those that are none.

    Your own are the Markdown documents in the folder that `warroom playbook new` writes to.

    \b
    Example:
      warroom playbook list
    """
    offers = front_desk().offers()
    names = [offer.name for offer in offers if offer.playbook]
    say(to_json(names) if as_json else "\n".join(names))
    for offer in offers:
        if offer.why_not:
            complain(offer.why_not)


@playbook_verb.command("show")
@_playbook
@json_option
@plain_option
def show_verb(name: str, as_json: bool, aloud: bool) -> None:
    """Show a playbook, by default the built-in one, with the numbers that `tick` takes.

    Where ≡ stands, more hangs below: the console shows it with enter.

    \b
    Example:
      warroom playbook show
    """
    from warroom import playbooks

    found = front_desk().playbook(name).playbook
    say(to_json(playbooks.as_json(found)) if as_json else "\n".join(_lines(found, aloud=aloud)))


@playbook_verb.command("check")
@click.argument("names", nargs=-1, metavar="[NAME|FILE]…", shell_complete=playbooks)
@click.option("--strict", is_flag=True, help="Exit with 1 when something had to be guessed.")
@json_option
def check_verb(names: tuple[str, ...], strict: bool, as_json: bool) -> None:
    """Say whether documents are playbooks, and what had to be guessed; exit with 2 when one is none.

    Everything that is wrong is said at once, as `file:line: what, what was expected`.

    \b
    Examples:
      warroom playbook check my-runbook.md --strict
      warroom playbook check runbooks/*.md
    """
    found = [_checked(name) for name in names or ("",)]
    errors = [error for each in found for error in each.errors]
    warnings = [warning for each in found for warning in each.warnings]
    if as_json:
        plain = {"errors": [x._asdict() for x in errors], "warnings": [x._asdict() for x in warnings]}
        say(to_json({"ok": not errors, **plain}))
    else:
        for each in found:
            _report(each)
    if errors or (strict and warnings):
        click.get_current_context().exit(2 if errors else 1)


class _Checked(NamedTuple):
    loaded: "Loaded | None"
    errors: "tuple[Complaint, ...]"
    warnings: "tuple[Complaint, ...]"


def _checked(name: str) -> _Checked:
    from warroom.playbooks import PlaybookError

    def placed(complaints: "Iterable[Complaint]") -> "tuple[Complaint, ...]":
        given = Path(name).name != name  # a path is named as it was given, so that it can be gone to
        return tuple(each._replace(name=printable(name)) if given else each for each in complaints)

    try:
        loaded = front_desk().playbook(name)
    except PlaybookError as error:
        return _Checked(None, placed(error.problems), ())
    return _Checked(loaded, (), placed(loaded.warnings))


def _report(checked: _Checked) -> None:
    """Say what was found about one document. No prefix: editors and CI read `file:line: what`."""
    for error in checked.errors:
        click.echo(printable_lines(str(error)), err=True)
    for place, *rest in (str(warning).split(": ", 1) for warning in checked.warnings):
        click.echo(printable_lines(f"{place}: warning: {''.join(rest)}"), err=True)
    if checked.loaded:
        say(_summary(checked.loaded))


@playbook_verb.command("new")
@click.argument("name", metavar="NAME|FILE")
def new_verb(name: str) -> None:
    """Write a commented playbook to begin with, and print where it lies; nothing is ever overwritten.

    A NAME goes into your folder of playbooks, from where `declare` and the console find it.

    \b
    Examples:
      warroom playbook new checkout
      warroom playbook new docs/runbooks/checkout.md
    """
    path = _place_for(name)
    text = (TEMPLATES / "playbook.md").read_text(encoding="utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text.replace("# TITLE", f"# {_title(path)}"))
    except FileExistsError:
        raise Refusal(f"{path} is there already; choose another name.") from None
    say(str(path))


def _place_for(name: str) -> Path:
    path = expanded(name)
    if str(path).startswith("~"):  # it would become a folder of that name here
        raise Refusal(f"{path}: there is no such home folder; choose another place.")
    if path.name != name or path.suffix.casefold() == ".md":
        return path
    return settings_in_use().playbooks / f"{name}.md"


def _title(path: Path) -> str:
    words = " ".join(re.findall(r"[^\W_]+", printable(path.stem))) or "Playbook"
    return words[:1].upper() + words[1:]


@playbook_verb.command("diff")
@click.argument("old", metavar="A", shell_complete=playbooks)
@click.argument("new", metavar="B", shell_complete=playbooks)
@json_option
def diff_verb(old: str, new: str, as_json: bool) -> None:
    """Say what changed from one playbook to another; exit with 1 when something did, as diff does.

    \b
    Added +, removed -, moved >, reworded ~, changed otherwise *.

    \b
    Example:
      warroom playbook diff my-runbook.md my-runbook-next.md
    """
    from warroom.playbooks import PlaybookError

    try:
        changes = diff(*(front_desk().playbook(name).playbook for name in (old, new)))
    except PlaybookError as error:
        raise WrongUsage(str(error)) from None
    if as_json:
        say(to_json(changes))
    elif changes:
        say("\n".join(map(str, changes)))
    click.get_current_context().exit(1 if changes else 0)


def _summary(loaded: "Loaded") -> str:
    found = loaded.playbook
    steps = [step for phase in found.phases for step in phase.steps]
    actions = sum(len(step.actions) for step in steps)
    counts = {"phase": len(found.phases), "step": len(steps), "action": actions}
    said = ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for name, count in counts.items())
    return f"{loaded.source_name}: {found.title} · {said}"


def _lines(playbook: Playbook, *, aloud: bool) -> Iterator[str]:
    from warroom.playbooks.updates import rows_of

    yield playbook.title
    for phase in playbook.phases:
        found = _phase(phase)
        yield from ("", *(map(_aloud, found) if aloud else found))
    tables: Iterable[tuple[str, Iterable[tuple[str, ...]]]] = (
        ("Severities", ((s.level, s.description, s.response) for s in playbook.severities)),
        ("Mitigation strategies", ((s.name, s.when) for s in playbook.strategies)),
        *(
            (decision.name, [(row.condition, row.choice, *row.more) for row in decision.rows])
            for decision in playbook.decisions
        ),
        ("Escalation paths", ((path.trigger, path.to, *path.more) for path in playbook.escalations)),
        ("Fallback procedures", ((f.condition, f.action, *f.more) for f in playbook.fallbacks)),
        ("Status updates", rows_of(playbook.updates)),
        ("For reference", ((each.title,) for each in playbook.reference)),
    )
    for title, rows in tables:
        if said := spoken.rows(rows, aloud=aloud):
            yield from ("", title, *(line if aloud else f"  {line}" for line in said.split("\n")))


def _aloud(line: str) -> str:
    """A line of a phase without its place on the screen and its signs."""
    number, gap, rest = line.strip().partition("  ")
    return spoken.in_words(f"{number}: {rest}" if gap else number).replace(_MORE, ", with more to read")


def _phase(phase: Phase) -> Iterator[str]:
    yield f"{phase.number} {phase.name}{mandate(phase)}{_more(phase)}"
    if phase.entry:
        yield f"  entry: {phase.entry}"
    for step in phase.steps:
        yield f"  {step.id} {step.name}{mandate(step)}{_more(step)}"
        yield from (f"    {item.id}  {item.text}{_more(item)}" for item in step.items())
    if phase.exit:
        yield f"  {phase.exit_id}  {phase.exit}"


def mandate(part: Phase | Step) -> str:
    """Whether a phase or step may be left out, and on what that depends."""
    said = "" if part.mandatory else "optional"
    words = ": ".join(filter(None, (said, part.condition)))
    return f" ({words})" if words else ""


_MORE = " ≡"


def _more(part: Phase | Step | Action | Output) -> str:
    """The sign that the console has too: something to read hangs below."""
    return _MORE if not isinstance(part, Output) and part.detail else ""


playbook_verb.add_command(reload_verb)
