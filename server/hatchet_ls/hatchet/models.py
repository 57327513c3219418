"""The input of workflows and tasks, as the classes given for ``input_validator`` describe it, and their output.

``hatchet/model_reader.py`` makes these from the trees.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from hatchet_ls.python.expr import Expr
from hatchet_ls.text import Source, Span


class JsonKind(Enum):
    """What a field's value is in the JSON that the engine sees."""

    STRING = "string"
    """Also dates, times, durations, UUIDs, paths, URLs and decimals."""
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    LIST = "list"
    MAP = "map"
    """With keys that are not known before the run."""
    MODEL = "model"
    """A nested model."""
    NULL = "null"
    ANY = "any"
    """Several kinds, or not known."""


@dataclass(frozen=True)
class FieldType:
    """The type of a field's value. Equal to another one when it says the same."""

    kind: JsonKind
    nullable: bool = False
    """It may be null instead."""
    item: FieldType | None = None
    """Of a list its items' type, of a map its values'; None when not known."""
    values: tuple[str | int, ...] = ()
    """All that it may be, of an enum or a ``Literal``; empty when it is not limited."""
    of: Hashable = field(default=None, repr=False)
    """Of a nested model: what tells it from others."""
    read: Callable[[], InputModel | None] = field(default=lambda: None, compare=False, repr=False)

    @cached_property
    def model(self) -> InputModel | None:
        """Of a nested model its fields; None when they cannot be told."""
        return self.read()


ANYTHING = FieldType(JsonKind.ANY)


@dataclass(frozen=True, eq=False)
class ModelField:
    """One field of a model."""

    name: str
    keys: tuple[str, ...]
    """Under which of its names it may stand in the JSON: the one that the SDK writes first, then those that a payload
    from elsewhere may use. Just the name unless there are aliases."""
    annotation: str
    """As written, on one line."""
    type: FieldType
    required: bool
    """The input is refused without it. False in doubt."""
    description: str
    """Of ``Field(description=...)``, the string below the field, or the comment beside or above it; empty if none."""
    owner: str
    """The name of the class in whose body it is written, be it that of the model or of a base."""
    source: Source
    name_span: Span
    taken: bool = True
    """An input may give it; not what is computed."""
    sent: bool = True
    """It is in the JSON that the SDK writes; not what is excluded."""
    renamed: bool = False
    """It may stand under further names in the JSON, which cannot be told."""
    narrowed: bool = False
    """It may refuse values of its type: ``Field(gt=0)``, or something else in ``Annotated``."""
    factory: Expr | None = field(default=None, repr=False)
    """What is called for its value when none is given: ``Field(default_factory=...)``."""

    @property
    def alias(self) -> str | None:
        """The first name in the JSON other than its own."""
        return next((key for key in self.keys if key != self.name), None)


@dataclass(frozen=True, eq=False)
class InputModel:
    """A class that describes an input or an output: a pydantic model, a dataclass or a ``TypedDict``."""

    name: str
    fields: tuple[ModelField, ...]
    """Inherited ones included, those of the base classes first."""
    open: bool
    """The input may have fields that are not among these: they are allowed, or not all of the class can be read."""
    lenient: bool
    """Something may supply a required field that is missing: a validator that runs before, settings from the
    environment, a base class or decorator that is not known."""
    reshaped: bool
    """Its JSON is not that of its fields: a ``RootModel``, or a serializer writes it."""
    is_dict: bool
    """A ``TypedDict``: its objects are plain dicts."""
    description: str
    """The first paragraph of the docstring."""
    given: tuple[FieldType, ...]
    """What stands for the parameters of a generic class."""
    source: Source
    span: Span
    """Of the class's name."""

    def field(self, key: str) -> ModelField | None:
        """The field that stands under a key in the JSON."""
        return next((each for each in self.fields if key in each.keys), None)
