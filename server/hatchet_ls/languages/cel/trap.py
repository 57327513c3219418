"""What the engine accepts and what fails, or never holds, on every run all the same."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import NamedTuple


class TrapKind(Enum):
    """Why an accepted expression does not do what it seems to."""

    JSON_NUMBER = "json-number"
    """A number from JSON, which is a double, where only an int goes."""
    FAILS = "fails"
    """Another operation that takes no values of these types."""
    NEVER_EQUAL = "never-equal"
    """A comparison of types that are never equal."""
    UNBOUND_VARIABLE = "unbound-variable"
    """A variable that is declared and not there."""
    EMPTY_VARIABLE = "empty-variable"
    """A field of an object that is always empty."""
    UNIMPLEMENTED_FUNCTION = "unimplemented-function"
    """A function that is declared and fails on every call."""
    UPPER_CASE_KEY = "upper-case-key"
    """A key with capitals in a map that has none."""
    UNKNOWN_FIELD = "unknown-field"
    """A field that the model does not have."""
    MAY_BE_NULL = "may-be-null"
    """A field that the model allows to be null, where null fails."""


class Trap(NamedTuple):
    """One such place."""

    span: Span
    kind: TrapKind
    message: str
    """One sentence without a full stop, code in backticks."""
    suggestion: Replacement | None = None
    name: str | None = None
    """The variable, function, field, key or wanted type that it is about, where there is one."""


class Binding(NamedTuple):
    """What a place does not bind, beyond what its environment already says."""

    unbound: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()

    @classmethod
    def without(cls, unbound: Collection[str] = (), empty: Collection[str] = ()) -> Binding:
        """A binding that lacks some variables, and has others without any field."""
        return cls(frozenset(unbound), frozenset(empty))
