"""Whether a format string fits its arguments, as the engine checks it where both are literals."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hatchet_ls.languages.cel.types import Type
from hatchet_ls.text.typed import NamedTuple

MOST_DIGITS = 100
"""The largest precision that the engine takes."""

_CLAUSE = re.compile(r"%(?:\.([0-9]+))?(.?)", re.DOTALL)
_WHOLE = ("int", "uint")
_NUMBERS = ("double", *_WHOLE)
_ACCEPTED: dict[str, tuple[str, ...] | None] = {
    "s": None,
    "d": _NUMBERS,
    "f": _NUMBERS,
    "e": _NUMBERS,
    "b": (*_WHOLE, "bool"),
    "x": (*_WHOLE, "string", "bytes"),
    "X": (*_WHOLE, "string", "bytes"),
    "o": _WHOLE,
}
"""The types that each clause formats; None means every type."""
_UNDECIDED = frozenset(("dyn", "error"))


class Misfit(NamedTuple):
    """What does not fit, and which argument it is about, if one."""

    message: str
    argument: int | None = None


def misfit(text: str, arguments: Sequence[Type]) -> Misfit | None:
    """The first thing that the engine refuses about a format string and the types of its arguments."""
    used = 0
    for clause in _CLAUSE.finditer(text):
        precision, verb = clause.groups()
        if verb == "%" and precision is None:
            continue
        if precision and (len(precision.lstrip("0")) > 3 or int(precision) > MOST_DIGITS):
            return Misfit(f"`{_short(clause.group())}` asks for more than {MOST_DIGITS} digits")
        if not verb:
            return Misfit(f"the format string ends in the middle of `{_short(clause.group())}`")
        if used >= len(arguments):
            return Misfit(f"`{_short(clause.group())}` has no argument: the list has {len(arguments)}")
        if verb not in _ACCEPTED:
            return Misfit(f"`{_short(clause.group())}` is no clause of a format string")
        accepted, name = _ACCEPTED[verb], arguments[used].name
        if accepted is not None and name not in _UNDECIDED and name not in accepted:
            return Misfit(f"`{_short(clause.group())}` does not format `{arguments[used]}`", used)
        used += 1
    if used < len(arguments):
        return Misfit(f"the list has {len(arguments)} arguments, the format string uses {used}")
    return None


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
