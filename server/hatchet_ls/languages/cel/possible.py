"""What values can be at run time, which is not what the engine's checker believes.

The checker knows JSON as dynamic and lets everything pass. At run time a JSON value is null, a boolean, a double, a
string, a list or an object, and never an int; a function that takes none of these fails on every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hatchet_ls.languages.cel.environments import Environment
from hatchet_ls.languages.cel.functions import Overload
from hatchet_ls.languages.cel.types import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    DYN,
    INT,
    JSON_OBJECT,
    NULL,
    PARAMETERS,
    STRING,
    TIMESTAMP,
    UINT,
    Record,
    Type,
    Variable,
    list_of,
    map_of,
)

Values = tuple[Type, ...]
"""The types that a value may have at run time."""

ANYTHING: Values = (DYN,)
JSON = Type("JSON")
"""Any JSON value, inside lists and maps."""
JSON_VALUES: Values = (NULL, BOOL, DOUBLE, STRING, list_of(JSON), map_of(STRING, JSON))
_MOST = 12
"""Values of more types than that count as anything."""

_NUMBERS = frozenset((INT, UINT, DOUBLE))
_ARRIVING = {INT: DOUBLE, UINT: DOUBLE, BYTES: STRING, TIMESTAMP: STRING, DURATION: STRING, DYN: JSON}
_WORDS = {
    NULL: "null",
    BOOL: "a boolean",
    DOUBLE: "a double",
    STRING: "a string",
    INT: "an int",
    UINT: "a uint",
    BYTES: "bytes",
    TIMESTAMP: "a timestamp",
    DURATION: "a duration",
}


def arriving(kind: Type, optional: bool = False) -> Values:
    """The types that a value of a model's type can have once it went through JSON."""
    if kind is DYN or kind is JSON:
        return JSON_VALUES
    arrived = _arrived(kind)
    return (arrived, NULL) if optional and arrived is not NULL else (arrived,)


def _arrived(kind: Type) -> Type:
    if isinstance(kind, Record):
        return kind
    if kind.name == "list":
        return list_of(_arrived(kind.parameters[0]))
    if kind.name == "map":
        return map_of(STRING, _arrived(kind.parameters[1]))
    return _ARRIVING.get(kind, kind)


def bound(name: str, declared: Type, environment: Environment, known: Type | None) -> Values:
    """The types that a variable's value can have; ``known`` is what models say."""
    if name in environment.unbound:
        return ANYTHING
    if name in environment.bytes_at_run_time:
        return (BYTES,)
    if known is not None:
        return arriving(known)
    if declared == JSON_OBJECT:
        return (map_of(STRING, JSON),)
    return (declared,)


def inside(kind: Type) -> Values:
    """The types of the items of a list, or the values of a map."""
    if kind is JSON:
        return JSON_VALUES
    if kind is DYN or isinstance(kind, Variable):
        return ANYTHING
    return (kind,)


def together(several: Iterable[Values]) -> Values:
    """The types of what may be any of several values."""
    kinds = tuple(dict.fromkeys(kind for values in several for kind in values))
    return ANYTHING if DYN in kinds or len(kinds) > _MOST else kinds


def single(several: Iterable[Values]) -> Type:
    """The one type of all of several values, or dynamic."""
    kinds = together(several)
    if len(kinds) == 1:
        return kinds[0]
    return JSON if kinds == JSON_VALUES else DYN


def is_number(kind: Type) -> bool:
    """Whether values of the type are numbers."""
    return kind in _NUMBERS


def fits(kind: Type, parameter: Type) -> bool:
    """Whether a function's parameter takes a value of a type at run time."""
    if kind is DYN or parameter is DYN or parameter in PARAMETERS:
        return True
    if parameter.name == "list" and kind.name == "list":
        return fits_inside(kind.parameters[0], parameter.parameters[0])
    if parameter.name == "map":
        return kind.name in ("map", "record")
    return kind == parameter


def fits_inside(item: Type, parameter: Type) -> bool:
    """The same for what is inside a list."""
    return any(fits(kind, parameter) for kind in inside(item))


def outcome(overloads: Sequence[Overload], method: bool, operands: Sequence[Values]) -> Values | None:
    """The types that a call can give; None when no overload takes such values, so that it fails on every run."""
    results: list[Type] = []
    for overload in overloads:
        if overload.method is not method or len(overload.parameters) != len(operands):
            continue
        pairs = zip(operands, overload.parameters, strict=True)
        if all(any(fits(kind, parameter) for kind in values) for values, parameter in pairs):
            results.append(_plain(overload.result))
    return together([tuple(results)]) if results else None


def _plain(result: Type) -> Type:
    if result in PARAMETERS or result.name == "type":
        return DYN
    if result.name == "list":
        return list_of(_plain(result.parameters[0]))
    return result


def may_equal(left: Values, right: Values) -> bool:
    """Whether two values can be equal."""
    return any(_comparable(one, other) for one in left for other in right)


def _comparable(one: Type, other: Type) -> bool:
    if one is DYN or other is DYN or (one in _NUMBERS and other in _NUMBERS):
        return True
    maps = ("map", "record")
    return one.name == other.name or (one.name in maps and other.name in maps)


def words(values: Values) -> str:
    """What values are, in words: ``a double or null``."""
    if values == JSON_VALUES:
        return "a JSON value"
    return " or ".join(dict.fromkeys(_word(kind) for kind in values))


def _word(kind: Type) -> str:
    if kind.name == "list":
        return "a list"
    return "an object" if kind.name in ("map", "record") else _WORDS.get(kind, "a value")
