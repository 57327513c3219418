"""The types of CEL as the engine's checker knows them, and the records that describe a typed input."""

from __future__ import annotations

from collections.abc import Mapping

from hatchet_ls.text.typed import NamedTuple

LARGEST = 2_000
"""The most parts that a type may have. A larger one, which only ``map`` upon ``map`` can make, counts as dynamic."""


class Type:
    """A type by name and parameters, never changed after it is made; equal when both are equal."""

    __slots__ = ("hashed", "is_open", "name", "parameters", "size")

    def __init__(self, name: str, parameters: tuple[Type, ...] = ()) -> None:
        self.name = name
        self.parameters = parameters
        self.size = 1
        self.is_open = False
        for parameter in parameters:
            self.size += parameter.size
            self.is_open = self.is_open or parameter.is_open
        self.hashed = hash((name, parameters))

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Type)
            and self.hashed == other.hashed
            and self.name == other.name
            and self.parameters == other.parameters
        )

    def __hash__(self) -> int:
        return self.hashed

    def __str__(self) -> str:
        if not self.parameters:
            return self.name
        return f"{self.name}({', '.join(map(str, self.parameters))})"

    __repr__ = __str__


class Variable(Type):
    """A type that the checker has yet to find; equal only to itself. Shown as what it counts as: ``dyn``."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__("dyn")
        self.is_open = True
        self.hashed = id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return self.hashed


class Field(NamedTuple):
    """A field of a record."""

    type: Type
    """Its type in the model: ``INT`` where the model says whole number, though every number arrives as a double."""
    description: str = ""
    optional: bool = False
    """Whether it may be null."""


class Record(Type):
    """A map whose keys are known; equal only to itself, for it may contain itself.

    ``fields`` may be filled after the record is made, so that a model can mention itself.
    """

    __slots__ = ("closed", "fields", "title")

    def __init__(self, fields: Mapping[str, Field], title: str, closed: bool) -> None:
        super().__init__("record")
        self.fields = fields
        self.title = title
        self.closed = closed
        self.hashed = id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return self.hashed

    def __str__(self) -> str:
        return self.title or "map(string, dyn)"


DYN = Type("dyn")
ERROR = Type("error")
"""The type of what did not check; it goes with every other type, so that one mistake is told once."""
NULL = Type("null_type")
BOOL = Type("bool")
INT = Type("int")
UINT = Type("uint")
DOUBLE = Type("double")
STRING = Type("string")
BYTES = Type("bytes")
TIMESTAMP = Type("google.protobuf.Timestamp")
DURATION = Type("google.protobuf.Duration")
ANY = Type("google.protobuf.Any")
EMPTY = Type("google.protobuf.Empty")


def _bounded(name: str, *parameters: Type) -> Type:
    made = Type(name, parameters)
    return made if made.size <= LARGEST else DYN


def list_of(item: Type) -> Type:
    """The lists of one type of item."""
    return _bounded("list", item)


def map_of(key: Type, value: Type) -> Type:
    """The maps from one type to another."""
    return _bounded("map", key, value)


def type_of(value: Type) -> Type:
    """The type of the type itself, as ``type(1)`` has it."""
    return _bounded("type", value)


def wrapper_of(value: Type) -> Type:
    """A value of a primitive type, or null."""
    return _bounded("wrapper", value)


def record(fields: Mapping[str, Field], title: str = "", *, closed: bool = True) -> Record:
    """A map with known keys. ``title`` is the model's name; ``closed`` says that there are no other keys."""
    return Record(fields, title, closed)


JSON_OBJECT = map_of(STRING, DYN)
"""What the engine declares every JSON object as."""

_NAMED = {
    "dyn": DYN,
    "null_type": NULL,
    "bool": BOOL,
    "int": INT,
    "uint": UINT,
    "double": DOUBLE,
    "string": STRING,
    "bytes": BYTES,
    "timestamp": TIMESTAMP,
    "duration": DURATION,
    "A": Type("A"),
    "B": Type("B"),
}
PARAMETERS = (_NAMED["A"], _NAMED["B"])
"""The placeholders in the signatures of generic functions."""


def parse_type(text: str) -> Type:
    """A type as signatures write it: ``list(A)``, ``map(string, dyn)``, ``timestamp``. Raises KeyError on others."""
    if not text.endswith(")"):
        return _NAMED[text]
    name, _, inner = text[:-1].partition("(")
    return Type(name, tuple(map(parse_type, split_types(inner))))


def split_types(text: str) -> list[str]:
    """The parts between the outer commas, each with a space behind it: ``list(A), int`` gives two."""
    if "(" not in text:
        return text.split(", ") if text else []
    parts: list[str] = []
    depth = start = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 2
    return [*parts, text[start:]]
