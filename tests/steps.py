"""How much work something is, told without a clock."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Steps:
    """How many functions were called so far."""

    count = 0

    def _watch(self, frame: FrameType, event: str, argument: object) -> None:
        self.count += event in ("call", "c_call")


@contextmanager
def counted() -> Iterator[Steps]:
    """Counts the calls that are made in the meantime, by this thread."""
    steps = Steps()
    before = sys.getprofile()
    sys.setprofile(steps._watch)
    try:
        yield steps
    finally:
        sys.setprofile(before)
