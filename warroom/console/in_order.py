"""Keys in order: each is looked at when all that the one before it set in motion has come to rest.

The buttons of the mouse are keys in this: a click waits for what was typed before it.
"""

import asyncio
from collections import deque

from textual.app import App
from textual.events import Event, Key, MouseDown, MouseUp, Paste
from textual.message_pump import MessagePump

Pressed = Key | Paste | MouseDown | MouseUp

_CALM = 2  # rounds in which nothing moves: what one round set in motion shows in the next
_MOST = 200  # rounds; something that never rests must not lock the keyboard


class InOrder(App[None]):
    """An app that no key outruns, however fast it comes.

    Textual hands a key to whatever has the focus at that moment. Over a slow line a whole burst
    arrives at once: the words behind a key that opens a dialog would act on what lies below it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[Pressed] = deque()
        self._turn: Pressed | None = None
        self._serving: asyncio.Task[None] | None = None

    async def on_event(self, event: Event) -> None:
        """Handle what is typed at once where all is at rest, else hold it back until it is."""
        if not isinstance(event, Pressed) or event.is_forwarded or event is self._turn:
            await super().on_event(event)
            return
        first, *behind = self._as_pressed(event)
        if self._serving:
            self._held.extend((first, *behind))
            return
        self._held.extend(behind)
        await super().on_event(first)
        self._serving = asyncio.create_task(self._serve())

    def press(self, key: str) -> None:
        """Have a key pressed whose name was clicked: it is next, before what was typed behind the click."""
        event = Key(key, None)
        if self._serving:
            self._held.appendleft(event)
        else:
            self.post_message(event)

    def _as_pressed(self, event: Pressed) -> list[Pressed]:
        """The keys that somebody pressed: what nobody does with alt was an escape and a key close behind it.

        A terminal sends the same for both, and tmux waits for half a second before it calls an escape one.
        A terminal that sends no character with it does tell them apart, and means alt.
        """
        if not isinstance(event, Key) or not event.key.startswith("alt+") or event.character is None:
            return [event]
        if not self.screen_stack or event.key in self.screen.active_bindings:
            return [event]
        key = event.character if event.character.isalnum() else event.key.removeprefix("alt+")
        return [Key("escape", "\x1b"), Key(key, event.character)]

    async def _serve(self) -> None:
        """Hand on what was held back, one after the other."""
        try:
            await self.rest()
            while self._held:
                await self.carried_out()
                self._turn = self._held.popleft()
                self.post_message(self._turn)
                await self.rest()
        finally:
            self._serving = self._turn = None

    async def rest(self) -> None:
        """Until every message on its way has arrived, with the dialogs and the focus that came of it."""
        before: list[MessagePump] = []
        calm = 0
        for _ in range(_MOST):
            if calm == _CALM or not self.is_running:
                return
            for pump in (pumps := self._pumps()):
                await _caught_up(pump)
            calm = calm + 1 if pumps == before and not self.is_on_the_way() else 0
            before = pumps
            if self.is_on_the_way():
                await asyncio.sleep(0.01)

    async def carried_out(self) -> None:
        """Until what the keys before set going outside the screen is done, or takes too long."""

    def _pumps(self) -> list[MessagePump]:
        """Where messages may wait: the app, what has the focus and all around it, the screen.

        Not the screens below: Textual paints everything anew when one of them as much as gets a message.
        """
        if not self.screen_stack:
            return [self]
        focused = self.screen.focused
        around = list(focused.ancestors_with_self) if focused is not None else []
        return [self, *(node for node in around if node is not self), self.screen]

    @property
    def serving(self) -> bool:
        """Whether keys are held back just now."""
        return self._serving is not None

    def is_on_the_way(self) -> bool:
        """Whether another place is about to open, for which what is typed now is meant."""
        return False


async def _caught_up(pump: MessagePump) -> None:
    """Until a message pump has handled all that it had to."""
    passed = asyncio.Event()
    if not pump.call_later(passed.set):
        return
    while pump.is_attached and not passed.is_set():
        try:
            await asyncio.wait_for(passed.wait(), 0.02)
        except TimeoutError:
            continue  # it may have been closed meanwhile
