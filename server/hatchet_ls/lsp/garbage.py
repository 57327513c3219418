"""Python's cyclic garbage collector, kept out of the way of answers.

A syntax tree is a cycle, and making one sets off collections that walk through everything alive: some tenths of an
analysis, and more than linearly much of it as files grow. So here collections happen between answers.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

_MUCH = 50_000
"""Objects made since the last collection that are worth one when nothing waits: four analyses of 400 lines."""
_TOO_MUCH = 1_000_000
"""Objects after which a collection cannot wait: the trees of some 30,000 lines."""


class Collector:
    """Collects garbage when it is asked. Until ``end`` nobody else does in this process."""

    def __init__(self, settled: Callable[[], bool]) -> None:
        """``settled`` says that what lives as long as the process is loaded: it need not be walked through again."""
        self._settled = settled
        self._frozen = False

    def begin(self) -> None:
        """Switch automatic collections off."""
        gc.disable()

    def end(self) -> None:
        """Switch them on again."""
        gc.enable()
        gc.unfreeze()

    def tidy(self, *, busy: bool) -> None:
        """Collect if it is worth it; when ``busy``, only if it must be."""
        if not self._frozen and not busy and self._settled():
            gc.collect()
            gc.freeze()
            self._frozen = True
        elif gc.get_count()[0] > (_TOO_MUCH if busy else _MUCH):
            gc.collect()
