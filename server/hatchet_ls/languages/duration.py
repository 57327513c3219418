"""The engine's duration syntax, the SDK's way to it, and what malformed durations are meant to say.

The engine takes one or more ``<number><unit>`` with the units ``ms``, ``s``, ``m`` and ``h``, no sign, no spaces, and
adds them up to 64 signed bits of nanoseconds (about 292 years). Sources: ``pkg/validator`` of the engine, Go's
``time.ParseDuration``, and ``hatchet_sdk.utils.timedelta_to_expression``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

MAX_NANOSECONDS = (1 << 63) - 1
"""The longest duration of the engine."""

# Patterns are compiled when the first text is read that they are for.
_ENGINE = r"(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ms|s|m|h))+"
_COMPONENT = r"([0-9]*)(?:\.([0-9]*))?(ms|s|m|h)"
_NANOSECONDS = {"ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
_GO_LIMIT = 1 << 63
_MOST_DIGITS = 19
"""Every number with more digits is above Go's limit."""

_SECOND = timedelta(seconds=1)
_MINUTE = timedelta(minutes=1)
_LONGEST_TEXT = 100
"""No duration that a person writes is longer."""

_CLOCK = r"([0-9]{1,4}):([0-5][0-9]):([0-5][0-9])"
_ISO_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_ISO = rf"(?ai)P(?:([0-9]+)W)?(?:([0-9]+)D)?(?:T(?:{_ISO_NUMBER}H)?(?:{_ISO_NUMBER}M)?(?:{_ISO_NUMBER}S)?)?"
_ISO_UNITS = ("weeks", "days", "hours", "minutes", "seconds")
_PROSE = r"(?ai)\s*(?:,|and\b)?\s*([0-9]+\.?[0-9]*|\.[0-9]+)\s*((?!and\b)[a-z]*)\s*"
_UNITS = {
    spelling: unit
    for unit, spellings in {
        "milliseconds": "ms msec msecs milli millis millisecond milliseconds",
        "seconds": "s sec secs second seconds",
        "minutes": "m min mins minute minutes",
        "hours": "h hr hrs hour hours",
        "days": "d day days",
        "weeks": "w wk wks week weeks",
    }.items()
    for spelling in spellings.split()
}
_SMALLER = {"hours": "minutes", "minutes": "seconds"}


def nanoseconds(text: str) -> int | None:
    """The value that the engine gives a duration string, in nanoseconds; None when it refuses it."""
    if not re.fullmatch(_ENGINE, text):
        return None
    total = 0
    for whole, fraction, unit in re.findall(_COMPONENT, text):
        digits = whole.lstrip("0")
        if len(digits) > _MOST_DIGITS:
            return None
        value = int(digits or "0")
        if value > _GO_LIMIT // _NANOSECONDS[unit]:
            return None
        total += value * _NANOSECONDS[unit] + _fraction_nanoseconds(fraction, _NANOSECONDS[unit])
        if total > _GO_LIMIT:
            return None
    return total if total <= MAX_NANOSECONDS else None


def _fraction_nanoseconds(digits: str, unit: int) -> int:
    """What Go makes of the digits behind the point: it stops adding digits where 64 bits end."""
    value, scale = 0, 1.0
    for digit in digits:
        if value > MAX_NANOSECONDS // 10 or value * 10 + int(digit) > _GO_LIMIT:
            break
        value, scale = value * 10 + int(digit), scale * 10
    return int(float(value) * (unit / scale))


def why_refused(text: str) -> str:
    """What is wrong with a duration string that the engine refuses, as a clause without a full stop."""
    if not text.strip():
        return "it is empty"
    if re.fullmatch(_ENGINE, text):
        return "it is longer than 292 years"
    if re.fullmatch(_ENGINE, re.sub(r"\s", "", text)):
        return "a duration has no spaces"
    if re.fullmatch(_ENGINE, text[1:]) and text[0] in "+-":
        return "a duration has no sign"
    if re.fullmatch(_ENGINE, text.lower()):
        return "units are in lower case"
    if re.fullmatch(_ENGINE, text + "s"):
        return "every number needs a unit"
    return "its units are `ms`, `s`, `m` and `h`"


def value(text: str) -> timedelta | None:
    """The value that the engine gives a duration string, cut to whole microseconds; None when it refuses it."""
    exact = nanoseconds(text)
    return None if exact is None else timedelta(microseconds=exact // 1000)


def expression(duration: timedelta) -> str:
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


def sent(duration: timedelta) -> timedelta:
    """What is left of a timedelta when the SDK has sent it: whole seconds, cut towards zero."""
    return timedelta(seconds=int(duration.total_seconds()))


class Reading(NamedTuple):
    """What a text says as a duration, in the units that it uses itself."""

    parts: tuple[tuple[str, int | float], ...]
    """Keywords of ``timedelta`` with their numbers, each keyword once."""
    certain: bool
    """False when the text could well mean something else: a bare number, ``1M``."""

    @property
    def value(self) -> timedelta:
        """The duration, as Python computes it from the parts."""
        return timedelta(**dict(self.parts))

    def source(self, timedelta_name: str = "timedelta") -> str:
        """The call that makes the duration: ``timedelta(hours=1, minutes=30)``."""
        return f"{timedelta_name}({', '.join(f'{unit}={number}' for unit, number in self.parts)})"


def read(text: str) -> Reading | None:
    """What a text says as a duration, whether the engine takes it or not; None when that cannot be told.

    Understands the engine's own syntax, ``1d``, ``2 weeks``, ``10sec``, ``1h 30m``, ``5 minutes``, ``1H``, a bare
    number (seconds), ``HH:MM:SS`` and ISO 8601 without months and years. Only durations above zero are read.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    stripped = text.strip().removeprefix("+").strip()
    reading = _read_clock(stripped) or _read_iso(stripped) or _read_prose(stripped)
    if reading is None:
        return None
    try:
        duration = reading.value
    except OverflowError:
        return None
    within = timedelta(0) < duration and duration // timedelta(microseconds=1) * 1000 <= MAX_NANOSECONDS
    return reading if within else None


def _read_clock(text: str) -> Reading | None:
    match = re.fullmatch(_CLOCK, text)
    if match is None:
        return None
    return _reading(zip(("hours", "minutes", "seconds"), match.groups(), strict=True), certain=True)


def _read_iso(text: str) -> Reading | None:
    match = re.fullmatch(_ISO, text)
    if match is None:
        return None
    return _reading(((unit, number) for unit, number in zip(_ISO_UNITS, match.groups(), strict=True) if number), True)


def _read_prose(text: str) -> Reading | None:
    """Numbers with units in any spelling, largest unit first or not; one bare number at the end."""
    parts: list[tuple[str, str]] = []
    certain = True
    place = 0
    while place < len(text):
        match = re.compile(_PROSE).match(text, place)
        if match is None:
            return None
        number, spelling = match.groups()
        place = match.end()
        unit = _UNITS.get(spelling.lower())
        if not spelling and place == len(text):
            unit = _SMALLER.get(parts[-1][0]) if parts else "seconds"
            certain = False
        if unit is None:
            return None
        certain = certain and spelling != "M"
        parts.append((unit, number))
    return _reading(parts, certain)


def _reading(parts: Iterable[tuple[str, str]], certain: bool) -> Reading | None:
    numbers: dict[str, int | float] = {}
    for unit, text in parts:
        number = float(text) if text.strip("0123456789") else int(text)
        if isinstance(number, float) and number.is_integer():
            number = int(number)
        numbers[unit] = numbers.get(unit, 0) + number
    kept = tuple((unit, number) for unit, number in numbers.items() if number)
    return Reading(kept, certain) if kept else None


def source(duration: timedelta, timedelta_name: str = "timedelta") -> str:
    """Python source for a duration, in the fewest and largest whole units: ``timedelta(hours=1, minutes=30)``."""
    sign = -1 if duration < timedelta(0) else 1
    parts = [(unit, sign * number) for unit, number in _split(abs(duration))]
    if duration and not abs(duration) % timedelta(weeks=1):
        parts = [("weeks", duration // timedelta(weeks=1))]
    arguments = ", ".join(f"{unit}={number}" for unit, number in parts)
    return f"{timedelta_name}({arguments or 0})"


def words(duration: timedelta) -> str:
    """A duration as people say it: ``1 hour 30 minutes``, ``0 seconds``."""
    parts = [f"{number} {unit if number != 1 else unit[:-1]}" for unit, number in _split(abs(duration))]
    return ("minus " if duration < timedelta(0) else "") + (" ".join(parts) or "0 seconds")


def short(duration: timedelta) -> str:
    """A duration in little room: ``45 s``, ``4 min 14 s``, ``1 h 30 min``. Up to two minutes it stays in seconds."""
    sign = "-" if duration < timedelta(0) else ""
    duration = abs(duration)
    if duration <= 2 * _MINUTE:
        if duration and duration < _SECOND:
            return f"{sign}{duration / timedelta(milliseconds=1):g} ms"
        return f"{sign}{round(duration.total_seconds(), 3):g} s"
    parts = [f"{number} {_SHORT[unit]}" for unit, number in _split(timedelta(seconds=round(duration.total_seconds())))]
    return sign + " ".join(parts)


_SHORT = {"days": "d", "hours": "h", "minutes": "min", "seconds": "s"}


def _split(duration: timedelta) -> list[tuple[str, int]]:
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
