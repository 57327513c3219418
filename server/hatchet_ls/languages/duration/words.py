"""Durations for people."""

from __future__ import annotations

from datetime import timedelta

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_SHORT = {"days": "d", "hours": "h", "minutes": "min", "seconds": "s"}


def in_words(duration: timedelta) -> str:
    """A duration as people say it: ``1 hour 30 minutes``, ``0 seconds``."""
    parts = [f"{number} {unit if number != 1 else unit[:-1]}" for unit, number in whole_units(abs(duration))]
    return ("minus " if duration < timedelta(0) else "") + (" ".join(parts) or "0 seconds")


def in_short(duration: timedelta) -> str:
    """A duration in little room: ``45 s``, ``4 min 14 s``, ``1 h 30 min``. Up to two minutes it stays in seconds."""
    sign = "-" if duration < timedelta(0) else ""
    duration = abs(duration)
    if duration <= 2 * _MINUTE:
        if duration and duration < _SECOND:
            return f"{sign}{duration / timedelta(milliseconds=1):g} ms"
        return f"{sign}{round(duration.total_seconds(), 3):g} s"
    parts = [
        f"{number} {_SHORT[unit]}" for unit, number in whole_units(timedelta(seconds=round(duration.total_seconds())))
    ]
    return sign + " ".join(parts)


def whole_units(duration: timedelta) -> list[tuple[str, int]]:
    """Days, hours … of a duration that is not negative, without the zeros."""
    minutes, seconds = divmod(duration.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    milliseconds, microseconds = divmod(duration.microseconds, 1000)
    parts = {
        "days": duration.days,
        "hours": hours,
        "minutes": minutes,
        "seconds": seconds,
        "milliseconds": milliseconds,
        "microseconds": microseconds,
    }
    return [(unit, number) for unit, number in parts.items() if number]
