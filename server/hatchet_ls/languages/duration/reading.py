"""What a text says as a duration, malformed ones included."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from hatchet_ls.languages.duration.engine import MAX_NANOSECONDS
from hatchet_ls.text.typed import NamedTuple

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
