"""Time zones by the names that the engine knows."""

from __future__ import annotations

import functools
from datetime import timezone, tzinfo

_ABBREVIATIONS = {
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "MDT": "America/Denver",
    "CST": "America/Chicago",
    "CDT": "America/Chicago",
    "EDT": "America/New_York",
    "CEST": "Europe/Berlin",
    "JST": "Asia/Tokyo",
}
"""What people write for a zone and the database has not (it has ``EST``, ``MST``, ``CET`` …)."""
_UTC = frozenset({"", "UTC", "Local"})
"""Known without a database. The engine's own local time is UTC."""
_LONGEST_NAME = 40
"""Code points; what is longer resembles no zone."""


def known(name: str) -> bool | None:
    """Whether the engine knows a zone; None when that cannot be told here for want of a database."""
    if name in _UTC:
        return True
    names = _names()
    if not names:
        return None
    if name in names:
        return True
    if name.lower() in _by_lower_case():
        return False  # this machine's file system may not mind the case, the engine's does
    return find(name) is not None


def find(name: str) -> tzinfo | None:
    """The zone of that name; None when there is none, or no database."""
    if name in _UTC:
        return timezone.utc
    import zoneinfo  # slow to import, and few expressions name a zone

    try:
        return zoneinfo.ZoneInfo(name)
    except (OSError, ValueError, zoneinfo.ZoneInfoNotFoundError):
        return None


def similar(name: str) -> tuple[str, bool] | None:
    """The zone that is meant by an unknown name, and whether that is certain."""
    key = name.strip().replace(" ", "_").lower()
    if key in ("z", "gmt+0", "utc+0", "utc"):
        return "UTC", True
    exact = _by_lower_case().get(key)
    if exact is not None:
        return exact, True
    if name.upper() in _ABBREVIATIONS:
        return _ABBREVIATIONS[name.upper()], False
    cities = [each for each in _names() if each.lower().endswith("/" + key)]
    if cities:
        return min(cities, key=lambda each: (each.count("/"), each)), False
    if len(key) > _LONGEST_NAME:
        return None
    import difflib  # only for what is wrong

    close = difflib.get_close_matches(key, _by_lower_case(), n=1, cutoff=0.8)
    return (_by_lower_case()[close[0]], False) if close else None


@functools.cache
def _names() -> frozenset[str]:
    import zoneinfo

    return frozenset(zoneinfo.available_timezones())


@functools.cache
def _by_lower_case() -> dict[str, str]:
    return {name.lower(): name for name in sorted(_names())}
