"""The functions that the engine's environments declare: every overload, and a line about each.

Signatures are those that cel-go's standard library and its strings extension declare; ``A`` and ``B`` are types that
the arguments settle. A leading dot marks a method.
"""

from __future__ import annotations

from collections.abc import Mapping

from hatchet_ls.languages.cel.types import BOOL, DOUBLE, INT, PARAMETERS, STRING, UINT, Type, parse_type, split_types
from hatchet_ls.text.typed import NamedTuple


class Overload(NamedTuple):
    """One way to call a function."""

    method: bool
    parameters: tuple[Type, ...]
    """The receiver of a method comes first."""
    result: Type
    generic: bool
    crossing: bool = False
    """Whether it orders numbers of two types, which the engine's checker allows only from the first macro's body on."""

    def signature(self, name: str) -> str:
        """The call as people write it: ``string.split(string, int) -> list(string)``."""
        shown = [str(parameter) for parameter in self.parameters]
        call = f"{shown[0]}.{name}({', '.join(shown[1:])})" if self.method else f"{name}({', '.join(shown)})"
        return f"{call} -> {self.result}"


Functions = Mapping[str, tuple[Overload, ...]]

_OPERATORS = """
_==_ (A, A) bool; _!=_ (A, A) bool; @in (A, list(A)) bool; @in (A, map(A, B)) bool
_&&_ (bool, bool) bool; _||_ (bool, bool) bool; !_ (bool) bool; _?_:_ (bool, A, A) A
-_ (double) double; -_ (int) int; _[_] (list(A), int) A; _[_] (map(A, B), A) B
_+_ (bytes, bytes) bytes; _+_ (double, double) double; _+_ (duration, duration) duration
_+_ (duration, timestamp) timestamp; _+_ (timestamp, duration) timestamp; _+_ (int, int) int
_+_ (list(A), list(A)) list(A); _+_ (string, string) string; _+_ (uint, uint) uint
_-_ (double, double) double; _-_ (duration, duration) duration; _-_ (int, int) int
_-_ (timestamp, duration) timestamp; _-_ (timestamp, timestamp) duration; _-_ (uint, uint) uint
_*_ (double, double) double; _*_ (int, int) int; _*_ (uint, uint) uint
_/_ (double, double) double; _/_ (int, int) int; _/_ (uint, uint) uint; _%_ (int, int) int; _%_ (uint, uint) uint
"""
_STANDARD = """
size (bytes) int; size (list(A)) int; size (map(A, B)) int; size (string) int
.size (bytes) int; .size (list(A)) int; .size (map(A, B)) int; .size (string) int
type (A) type(A); dyn (A) dyn; bool (bool) bool; bool (string) bool; bytes (bytes) bytes; bytes (string) bytes
double (double) double; double (int) double; double (string) double; double (uint) double
duration (duration) duration; duration (string) duration
int (int) int; int (double) int; int (duration) int; int (string) int; int (timestamp) int; int (uint) int
string (string) string; string (bool) string; string (bytes) string; string (double) string
string (duration) string; string (int) string; string (timestamp) string; string (uint) string
timestamp (timestamp) timestamp; timestamp (int) timestamp; timestamp (string) timestamp
uint (uint) uint; uint (double) uint; uint (int) uint; uint (string) uint
.contains (string, string) bool; .endsWith (string, string) bool; .startsWith (string, string) bool
.matches (string, string) bool; matches (string, string) bool
.getHours (duration) int; .getMinutes (duration) int; .getSeconds (duration) int; .getMilliseconds (duration) int
"""
_STRINGS = """
.charAt (string, int) string; .format (string, list(dyn)) string
.indexOf (string, string) int; .indexOf (string, string, int) int
.join (list(string)) string; .join (list(string), string) string
.lastIndexOf (string, string) int; .lastIndexOf (string, string, int) int
.lowerAscii (string) string; .replace (string, string, string) string; .replace (string, string, string, int) string
.reverse (string) string; .split (string, string) list(string); .split (string, string, int) list(string)
.substring (string, int) string; .substring (string, int, int) string; .trim (string) string
.upperAscii (string) string; strings.quote (string) string
"""
_ORDERED = ("int", "uint", "double", "bool", "string", "bytes", "timestamp", "duration")
_GETTERS = """
getDate getDayOfMonth getDayOfWeek getDayOfYear getFullYear getHours getMilliseconds getMinutes getMonth getSeconds
"""
ORDERINGS = ("_<_", "_<=_", "_>_", "_>=_")
LOGICAL = ("_&&_", "_||_")
"""The operators whose operands the engine checks one by one."""

MACROS: Mapping[tuple[str, int], str] = {
    ("all", 2): "Whether the predicate holds for every item of a list, or every key of a map.",
    ("exists", 2): "Whether the predicate holds for some item of a list, or some key of a map.",
    ("exists_one", 2): "Whether the predicate holds for exactly one item of a list, or one key of a map.",
    ("filter", 2): "The items of a list, or keys of a map, for which the predicate holds.",
    ("map", 2): "A list with the expression's value for every item of a list, or every key of a map.",
    ("map", 3): "A list with the expression's value for every item or key for which the predicate holds.",
}
"""Methods that bind a variable, by name and number of arguments; a map's iteration goes over its keys."""

HAS = "Whether the field is there; also true for a field that is null."

DESCRIPTIONS: Mapping[str, str] = {
    "bool": "A boolean from a boolean or from a string such as 'true'.",
    "bytes": "The UTF-8 bytes of a string.",
    "charAt": "The character at a position, counted from 0; empty at the string's end.",
    "checksum": "The SHA-256 of a string, in hexadecimal digits.",
    "contains": "Whether the string contains another.",
    "double": "A floating point number from a number or a string.",
    "duration": "A duration from a string such as '1h30m'.",
    "dyn": "The same value, with its type left to run time.",
    "endsWith": "Whether the string ends with another.",
    "format": "The string with its %s, %d, %f, %e, %b, %x and %o replaced by the items of a list.",
    "getDate": "The day of the month, from 1; in UTC or the time zone given.",
    "getDayOfMonth": "The day of the month, from 0; in UTC or the time zone given.",
    "getDayOfWeek": "The day of the week, 0 is Sunday; in UTC or the time zone given.",
    "getDayOfYear": "The day of the year, from 0; in UTC or the time zone given.",
    "getFullYear": "The year; in UTC or the time zone given.",
    "getHours": "The hour of a timestamp, or the whole hours of a duration.",
    "getMilliseconds": "The milliseconds within the second of a timestamp or a duration.",
    "getMinutes": "The minute of a timestamp, or the whole minutes of a duration.",
    "getMonth": "The month, 0 is January; in UTC or the time zone given.",
    "getSeconds": "The second of a timestamp, or the whole seconds of a duration.",
    "indexOf": "Where another string first occurs, counted from 0; -1 when it does not.",
    "int": "A whole number from a number, a string, a timestamp or a duration; cuts off what is behind the point.",
    "join": "The strings of a list in one, with a separator if given.",
    "lastIndexOf": "Where another string last occurs, counted from 0; -1 when it does not.",
    "lowerAscii": "The string with A to Z in lower case.",
    "matches": "Whether some part of the string matches a regular expression (RE2).",
    "replace": "The string with every occurrence of another replaced, or the first few.",
    "reverse": "The string from its last character to its first.",
    "size": "How many characters, bytes, items or keys there are.",
    "split": "The parts between a separator.",
    "startsWith": "Whether the string starts with another.",
    "string": "A string from a number, a boolean, bytes or a time. Large doubles get an exponent: 1e+06.",
    "strings.quote": "The string as a quoted literal, with escapes.",
    "substring": "The part between two positions, counted from 0; the end is left out.",
    "timestamp": "A timestamp from a string such as '2026-01-31T00:00:00Z', or from seconds since 1970.",
    "trim": "The string without white space at both ends.",
    "type": "The type of a value.",
    "uint": "An unsigned whole number from a number or a string.",
    "upperAscii": "The string with a to z in upper case.",
}
"""What each function does, in a sentence."""


def _table(text: str) -> dict[str, list[Overload]]:
    table: dict[str, list[Overload]] = {}
    for line in text.replace(";", "\n").splitlines():
        if not line.strip():
            continue
        name, _, rest = line.strip().partition(" (")
        parameters, _, result = rest.rpartition(") ")
        types = tuple(parse_type(part) for part in split_types(parameters))
        generic = any(placeholder.name in (parameters + result) for placeholder in PARAMETERS)
        table.setdefault(name.lstrip("."), []).append(
            Overload(name.startswith("."), types, parse_type(result), generic),
        )
    return table


def _standard() -> dict[str, list[Overload]]:
    table = {**_table(_OPERATORS), **_table(_STANDARD)}
    for operator in ORDERINGS:
        table[operator] = [Overload(False, (kind, kind), BOOL, False) for kind in map(parse_type, _ORDERED)]
        table[operator] += [
            Overload(False, (left, right), BOOL, False, crossing=True)
            for left in (INT, UINT, DOUBLE)
            for right in (INT, UINT, DOUBLE)
            if left is not right
        ]
    timestamp = parse_type("timestamp")
    for getter in _GETTERS.split():
        table.setdefault(getter, []).extend(
            [Overload(True, (timestamp,), INT, False), Overload(True, (timestamp, STRING), INT, False)],
        )
    return table


def _frozen(table: dict[str, list[Overload]]) -> dict[str, tuple[Overload, ...]]:
    return {name: tuple(overloads) for name, overloads in table.items()}


STANDARD: Functions = _frozen(_standard())
"""The functions and operators of every environment."""
STRINGS: Functions = _frozen(_table(_STRINGS))
"""The strings extension, which not every environment has."""
CHECKSUM: Functions = _frozen(_table("checksum (string) string"))
"""``checksum`` as a function alone."""
CHECKSUM_BOTH: Functions = _frozen(_table("checksum (string) string; .checksum (string) string"))
"""``checksum`` as a function and as a method."""
