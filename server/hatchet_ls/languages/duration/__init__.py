"""Durations, exactly as Hatchet's engine takes them.

``nanoseconds`` is the way in: it reads a duration string and gives the engine's value, or None when the engine refuses
it; ``why_refused`` says why. What else there is to say is said by other modules: ``sending`` (what the SDK makes of a
``timedelta``, and what the engine's value is as one), ``reading`` (what a malformed duration is meant to say) and
``words``.
"""

from hatchet_ls.languages.duration.engine import MAX_NANOSECONDS, nanoseconds, why_refused

__all__ = ["MAX_NANOSECONDS", "nanoseconds", "why_refused"]
