"""The group of verbs: each is loaded when it is asked for, and every error is a sentence."""

import gc
import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

import click

from warroom.cli.out import complain, steady_output
from warroom.incident.text import printable_lines


class Refusal(click.ClickException):
    """What could not be done, and why."""

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - click's signature
        """Say it on standard error."""
        complain(self.message)


class WrongUsage(Refusal):
    """What cannot be done like this at all."""

    exit_code = 2


class Verbs(click.Group):
    """A group whose verbs stand in modules of their own, under the verb's name and `_verb`.

    What they are for has each heading's verbs: heading → verb → module.
    """

    def __init__(self, *args: Any, verbs: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._headings = verbs
        self._verbs = {name: module for found in verbs.values() for name, module in found.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The verbs in the order in which an incident needs them."""
        return list(self._verbs)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs below what they are for."""
        room = formatter.width - max(map(len, self._verbs)) - 6  # click's columns
        for heading, verbs in self._headings.items():
            found = ((name, self.get_command(ctx, name)) for name in verbs)
            rows = [(name, verb.get_short_help_str(room)) for name, verb in found if verb]
            width = max(map(len, self._verbs)) - max(map(len, verbs))
            with formatter.section(heading):
                formatter.write_dl(rows, col_spacing=width + 2)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A verb, loaded now."""
        if cmd_name not in self._verbs:
            return None
        command: click.Command = getattr(_loaded(self._verbs[cmd_name]), f"{cmd_name.replace('-', '_')}_verb")
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, or offer what completes a line: ctrl+c there ends us without a word in that line."""
        if "_WARROOM_COMPLETE" in os.environ:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        return super().main(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options before the verb."""
        steady_output()
        with _sentences():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out the verb."""
        with _sentences():
            return super().invoke(ctx)


def _loaded(module: str) -> ModuleType:
    """A module. What it defines is there to stay, so collecting garbage meanwhile would find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        return import_module(module)
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _sentences() -> Iterator[None]:
    """Errors as sentences that are safe to show, never as a traceback."""
    try:
        yield
    except (Refusal, click.exceptions.NoArgsIsHelpError, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except click.UsageError as exc:
        raise click.UsageError(printable_lines(exc.format_message()), exc.ctx) from None
    except Exception as exc:
        raise Refusal(_in_words(exc)) from exc


def _in_words(exc: Exception) -> str:
    if type(exc).__module__.startswith("warroom."):  # our own say what happened, where, and what to do
        return str(exc)
    if isinstance(exc, OSError) and exc.strerror:
        return f"{exc.filename}: {exc.strerror}" if exc.filename else exc.strerror
    return (
        f"Something went wrong that should not have ({type(exc).__name__}: {exc}).\n"
        "What was acknowledged is on disk. Please report this."
    )
