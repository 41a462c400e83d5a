"""The keyboard: what a terminal sends, made into keys and pastes."""

import os
import selectors
import signal
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from math import inf
from threading import Event
from time import monotonic
from typing import Any

from textual import constants
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste
from textual.message import Message

_ESC = "\x1b"
_BEGINS, _ENDS = f"{_ESC}[200~", f"{_ESC}[201~"  # the marks around what is pasted
_AT_ONCE = 1 << 16  # bytes


class Sequences(XTermParser):
    """Textual's parser, but that what is pasted is text whatever it contains, and alt is never swallowed.

    Textual takes an escape within a paste for a key, and what follows it for more of them: a coloured line
    from a log would press a dozen. And of escape and a key that come together, as tmux hands on what was
    pressed within half a second, it names letters only; digits become the signs of a Mac's keyboard.
    """

    def __init__(self) -> None:
        super().__init__()
        self._pasted: list[str] | None = None  # what has come of a paste that has not ended
        self._held = ""  # the beginning of what may become a mark
        self._held_until = inf

    @property
    def due(self) -> float:
        """When `tick` has something to say, in seconds of the monotonic clock; infinite if never."""
        return min(self._held_until, self._timeout_time or inf)

    def feed(self, data: str) -> Iterable[Message]:
        """What has been pressed and pasted, as far as it is known yet; nothing to feed is the end."""
        if not data:
            yield from super().feed(data)
            return
        data, self._held = self._held + data, ""
        while data:
            mark = _BEGINS if self._pasted is None else _ENDS
            text, found, data = data.partition(mark)
            if not found:
                begun = _begun(text, mark)
                text, self._held = text[: len(text) - begun], text[len(text) - begun :]
            if self._pasted is not None:
                self._pasted.append(text)
                if found:
                    yield self._paste()
            else:
                if text:
                    yield from super().feed(text)
                if found:
                    self._pasted = []
        self._held_until = monotonic() + constants.ESCAPE_DELAY if self._held else inf

    def tick(self) -> Iterable[Message]:
        """What has become certain because nothing more came."""
        if monotonic() >= self._held_until:
            held, self._held, self._held_until = self._held, "", inf
            if self._pasted is None:
                yield from [Key("escape", _ESC)] if held == _ESC else super().feed(held)
            elif held == _ESC:  # the way out of a paste whose end was lost
                yield self._paste()
            else:
                self._pasted.append(held)
        yield from super().tick()

    def _paste(self) -> Paste:
        text, self._pasted = "".join(self._pasted or ()), None
        return Paste(text.replace("\x00", ""))

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        if alt:
            for key in super()._sequence_to_key_events(sequence, alt):
                yield key if key.key.startswith("alt+") else Key(f"alt+{key.key}", key.character)
        elif not isinstance(ANSI_SEQUENCES_KEYS.get(sequence), str):
            yield from super()._sequence_to_key_events(sequence)


def _begun(text: str, mark: str) -> int:
    """How much of a mark a text ends with."""
    return next(size for size in range(len(mark) - 1, -1, -1) if text.endswith(mark[:size]))


class Bell(Event):
    """An event that also wakes whoever waits for something to read."""

    def __init__(self) -> None:
        super().__init__()
        self.heard, self._rope = os.pipe()

    def set(self) -> None:
        """Let it have happened, and wake who waits."""
        super().set()
        os.write(self._rope, b"!")

    def clear(self) -> None:
        """As if it had not happened."""
        super().clear()
        os.read(self.heard, 1)


class Keyboard(LinuxDriver):
    """Textual's driver, but that no byte ends it and that it sleeps until there is something to read.

    Textual's gives up at a byte that is no UTF-8, such as an é from an old terminal, and the console with it.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.exit_event = self._bell = Bell()

    def _get_terminal_size(self) -> tuple[int, int]:
        """The window's own size; COLUMNS and LINES, if somebody exported them, do not change with it."""
        with suppress(OSError):
            columns, lines = os.get_terminal_size(self.fileno)
            if columns and lines:
                return columns, lines
        return super()._get_terminal_size()

    @property
    def can_suspend(self) -> bool:
        """Whether there is a shell to go to. One that can bring us back gives each job a group of its own."""
        return os.getpgrp() != os.getsid(0)

    def _sigtstp_application(self, *_: object) -> None:
        # Textual stops its own process alone: a shell would wait for ever for the `make` that waits for us.
        if self._auto_restart:
            self.suspend_application_mode()
            self._must_signal_resume = True
        os.killpg(0, signal.SIGSTOP)

    def run_input_thread(self) -> None:
        """Hand on what is pressed and pasted until the input is disabled or the terminal is gone."""
        sequences = Sequences()
        decoder = getincrementaldecoder("utf-8")("replace")
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._bell.heard, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                wait = sequences.due - monotonic()
                ready = selector.select(None if wait == inf else max(0, wait))
                if any(key.fd == self.fileno for key, _ in ready):
                    if not (data := os.read(self.fileno, _AT_ONCE)):
                        self._app.call_later(self._app.exit)
                        return
                    for message in sequences.feed(decoder.decode(data)):
                        self.process_message(message)
                for message in sequences.tick():
                    self.process_message(message)
