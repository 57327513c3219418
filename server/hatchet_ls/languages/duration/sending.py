"""Durations on their way from the SDK to the engine. Source: ``hatchet_sdk.utils.timedelta_to_expression``."""

from __future__ import annotations

from datetime import timedelta

from hatchet_ls.languages.duration.engine import nanoseconds


def received(text: str) -> timedelta | None:
    """The value that the engine gives a duration string, cut to whole microseconds; None when it refuses it."""
    exact = nanoseconds(text)
    return None if exact is None else timedelta(microseconds=exact // 1000)


def as_sent(duration: timedelta) -> str:
    """The duration string that the SDK sends for a timedelta.

    The SDK cuts to whole seconds: half a second is sent as ``0h``. Negative durations get a sign, which the engine
    refuses.
    """
    seconds = int(duration.total_seconds())
    if seconds % 3600 == 0:
        return f"{seconds // 3600}h"
    if seconds % 60 == 0:
        return f"{seconds // 60}m"
    return f"{seconds}s"


def whole_seconds(duration: timedelta) -> timedelta:
    """What is left of a timedelta when the SDK has sent it: whole seconds, cut towards zero."""
    return timedelta(seconds=int(duration.total_seconds()))
