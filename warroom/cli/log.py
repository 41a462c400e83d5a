"""The verb that logs an entry: the one that is typed, and scripted, more than all others together."""

import re
import sys
from collections.abc import Iterator
from datetime import datetime

import click

from warroom.cli.group import Refusal
from warroom.cli.here import accepted, at_option, desk, front_desk, incident_option
from warroom.cli.out import said, say
from warroom.incident import entry
from warroom.incident.entry import NoteLine


class _Log(click.Command):
    """A command whose text may look like options: `-12m rolled back`, `--force was missing`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words. A NUL, which no argument can hold and no entry keeps, says that one is text."""
        return super().parse_args(ctx, [f"\0{word}" if _TEXT.match(word) else word for word in args])


_TEXT = re.compile(r"-[^-i]")  # -i is the only short option


@click.command("log", cls=_Log, context_settings={"ignore_unknown_options": True})
@click.argument("text", nargs=-1, required=True)
@at_option
@incident_option
def log_verb(text: tuple[str, ...], at: datetime | None, incident: str | None) -> None:
    """Log an entry; `-` reads one entry per line from standard input and keeps all of them or none.

    \b
    A line is taken as on the console's entry line:
      Error rate 45 % of requests            a note
      14:05 batch job deployed               a note about earlier; also -12m, yesterday 23:50, ISO 8601
      @bob check web latency 3m              an assignment with its time-box
      todo add pool monitoring @sre fri      an action item with owner and due date
      error rate: 45% -> 5%                  a metric, before and after
      root cause: batch job holds connections    a finding; also factor: … and lesson: …
      \\@bob said so                          a note, whatever it looks like

    A time at the beginning of a line counts more than --at.

    \b
    Examples:
      warroom log "error rate: 45% -> 5%"
      tail -n 20 notes.txt | warroom log -
    """
    if text == ("-",):
        _log_all(incident, at)
        return
    front = front_desk()
    line = entry.parse(" ".join(text), front.now())
    if line is None:
        raise Refusal("There is nothing to log.")
    if isinstance(line.meaning, NoteLine):  # nothing but a note can do without knowing what is so
        number = (incident or front.the_one()).strip().upper()
        try:
            event = front.note(number, line.meaning.text, line.at or at)
        except ValueError as error:
            raise Refusal(str(error)) from None
        say(said(number, event.occurred_at, " ", line.meaning.text))
        return
    from warroom.cli.record import carry_out
    from warroom.verbs import logged

    carry_out(desk(incident), logged(line), at)


def _log_all(incident: str | None, at: datetime | None) -> None:
    from warroom.verbs import entered

    here = desk(incident)
    now = here.now()
    found = [intention for line in _standard_input() if (intention := entered(line, now))]
    if not found:
        raise Refusal("There is nothing to log: standard input has no text.")
    done = accepted(here.do_all((intention.at or at, intention.do) for intention in found))
    say(f"{done.incident.number}: {len(found)} {'entries' if len(found) > 1 else 'entry'} logged")


def _standard_input() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace")
