"""The engine's duration syntax.

The engine takes one or more ``<number><unit>`` with the units ``ms``, ``s``, ``m`` and ``h``, no sign, no spaces, and
adds them up to 64 signed bits of nanoseconds (about 292 years). Sources: ``pkg/validator`` of the engine, Go's
``time.ParseDuration``.
"""

from __future__ import annotations

import re

MAX_NANOSECONDS = (1 << 63) - 1
"""The longest duration of the engine."""

# Patterns are compiled when the first text is read that they are for.
_ENGINE = r"(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ms|s|m|h))+"
_COMPONENT = r"([0-9]*)(?:\.([0-9]*))?(ms|s|m|h)"
_NANOSECONDS = {"ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
_GO_LIMIT = 1 << 63
_MOST_DIGITS = 19
"""Every number with more digits is above Go's limit."""


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
        component = value * _NANOSECONDS[unit] + _fraction_nanoseconds(fraction, _NANOSECONDS[unit])
        # Go adds in 64 bits without a sign: twice the limit is nothing again.
        total = (total + component) % (2 * _GO_LIMIT)
        if component > _GO_LIMIT or total > _GO_LIMIT:
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
