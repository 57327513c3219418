"""The recorded time in the place of a clock."""

from __future__ import annotations

import re

from hatchet_ls.hatchet.program import BodyCall, Function, Program
from hatchet_ls.rules import Applicability, Fix
from hatchet_ls.text import Edit

_UTC = re.compile(r"(?:\w+\.)*(?:utc|UTC)")
_NAIVE_LOCAL = ".astimezone().replace(tzinfo=None)"
_FOLLOWED = re.compile(r"[ \t]*[.\[(]|[ \t]*\*\*")


def use_recorded_time(call: BodyCall, function: Function, program: Program) -> Fix | None:
    """Replace a reading of the clock by ``await ctx.aio_now()``, made into the same kind of value.

    None when the call is no such reading, and where no ``await`` can stand.
    """
    if call.trail or call.in_generator or not function.is_async or function.context_name is None:
        return None
    if program.facts.member("DurableContext", "aio_now") is None:
        return None
    conversion = _conversion(call, function)
    if conversion is None:
        return None
    now = f"await {function.context_name}.aio_now()"
    if conversion or _FOLLOWED.match(function.source.text, call.span.end):
        now = f"({now}){conversion}"
    return Fix(
        f"Use `{function.context_name}.aio_now()`, which is recorded",
        (Edit(call.span, now),),
        Applicability.UNSAFE,
    )


def _conversion(call: BodyCall, function: Function) -> str | None:
    """What makes of an aware time in UTC the kind of value that the call gives; None when nothing does."""
    if call.path == "datetime.datetime.now" and len(call.arguments) == 1:
        if call.arguments[0].name not in ("0", "tz"):
            return None
        zone = function.source.slice(call.arguments[0].span)
        if _UTC.fullmatch(zone):
            return ""
        return _NAIVE_LOCAL if zone == "None" else f".astimezone({zone})"
    if call.arguments:
        return None
    return {
        "datetime.datetime.now": _NAIVE_LOCAL,
        "datetime.datetime.today": _NAIVE_LOCAL,
        "datetime.datetime.utcnow": ".replace(tzinfo=None)",
        "datetime.date.today": ".astimezone().date()",
        "time.time": ".timestamp()",
    }.get(call.path)
