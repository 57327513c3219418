"""The one thread on which the engine works. Jedi is not thread-safe, and the main thread must stay free to answer."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from typing import Any, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")

_PAUSE = 0.05
"""Seconds after a piece of work in which its answer is on its way, and more work may come."""


class Urgency(IntEnum):
    """What goes first, among work that waits."""

    ASKED = 0
    """The client waits for the answer."""
    EDITED = 1
    """The document that was opened or edited."""
    BACKGROUND = 2
    """Other open documents, which an edit elsewhere may have changed."""


class Worker:
    """Runs work by urgency, and by arrival among equals. A future that is cancelled in time costs nothing."""

    def __init__(self, between: Callable[[bool], None] = lambda busy: None) -> None:
        """``between`` is called after each piece of work, with whether more waits."""
        self._between = between
        self._queue: list[tuple[Urgency, int, Future[Any], Callable[[], Any]]] = []
        self._arrivals = itertools.count()
        self._stopped = False
        self._changed = threading.Condition()
        # A daemon: the server's end does not wait for an analysis that nobody will see.
        self._thread = threading.Thread(target=self._work, name="hatchet-ls-analysis", daemon=True)

    def start(self) -> None:
        """Begin to work. What was submitted before has waited."""
        self._thread.start()

    def submit(self, work: Callable[[], T], urgency: Urgency) -> Future[T]:
        """Have work done. Errors it raises come out of the future."""
        future: Future[T] = Future()
        with self._changed:
            heapq.heappush(self._queue, (urgency, next(self._arrivals), future, work))
            self._changed.notify()
        return future

    def stop(self) -> None:
        """Finish nothing more. Does not wait for what is being worked on."""
        self._stopped = True

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue)
                _, _, future, work = heapq.heappop(self._queue)
            if not future.set_running_or_notify_cancel():
                continue
            result, failure = None, None
            try:
                result = work()
            except Exception as error:
                # Whatever one document does to the engine must not end the thread that serves all.
                failure = error
            if self._stopped:
                return
            if failure is not None:
                future.set_exception(failure)
            else:
                future.set_result(result)
            # What waits for work is no reason to keep the last result.
            del future, work, result, failure
            with self._changed:
                # What is done between may hold the interpreter for long: first the answer goes out.
                busy = self._changed.wait_for(lambda: self._queue, timeout=_PAUSE)
            try:
                self._between(bool(busy))
            except Exception:
                log.exception("internal error")
