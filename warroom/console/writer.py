"""The threads beside the screen: the writer carries out what was asked, the watch looks at the file."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Writer:
    """A queue of acts between the screen, which never waits, and the disk, which takes its time.

    An act is decided when its turn comes, on everything that was persisted before it, so that keys
    pressed faster than the disk syncs are neither lost nor decided on what is no longer so.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self.pending = 0
        self.unsaid: list[tuple[str, BaseException]] = []  # what failed, until somebody was told

    def submit(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        what: str = "",
    ) -> None:
        """Queue a job; one of the two callbacks is called on the event loop when it is over.

        A job that is `what` somebody asked for is kept in `unsaid` if it fails with nobody left to be told.
        """
        self.pending += 1

        def carry_out() -> T:
            try:
                return job()
            except BaseException as error:
                if what:
                    self.unsaid.append((what, error))
                raise

        def over(future: asyncio.Future[T]) -> None:
            self.pending -= 1
            if not future.cancelled():
                self.unsaid = [each for each in self.unsaid if each[1] is not future.exception()]
            if future.cancelled():
                return
            error = future.exception()
            if error is not None:
                failed(error)
            else:
                done(future.result())

        asyncio.wrap_future(self._thread.submit(carry_out)).add_done_callback(over)

    async def idle(self, limit: float) -> bool:
        """Wait until nothing is queued any more, for so many seconds at most; whether that came about."""
        until = time.monotonic() + limit
        while self.pending and time.monotonic() < until:
            await asyncio.sleep(0.002)
        return not self.pending

    def close(self) -> None:
        """Finish what was queued, and stop."""
        self._thread.shutdown(wait=True)


class Watch:
    """A look at a file every so many seconds, for which the screen pays nothing while it rests.

    With `wait`, whatever ends a wait early has it look at once.
    """

    def __init__(
        self,
        changed: Callable[[], bool],
        tell: Callable[[], None],
        every: float = 0.25,
        wait: Callable[[float], None] | None = None,
    ) -> None:
        self._every = every
        self._wait = wait or self._sleep
        self._changed = changed
        self._tell = tell
        self._stop = threading.Event()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._look, name="watch", daemon=True).start()

    def _look(self) -> None:
        while not self._stop.is_set():
            self._wait(self._every)
            if not self._stop.is_set() and self._changed() and not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._tell)

    def _sleep(self, seconds: float) -> None:
        self._stop.wait(seconds)

    def close(self) -> None:
        """Look no more."""
        self._stop.set()
