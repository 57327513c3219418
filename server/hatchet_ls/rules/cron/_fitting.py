"""Whether a model takes a value for one of its fields."""

from __future__ import annotations

import re

from hatchet_ls.hatchet.models import FieldType, JsonKind, ModelField
from hatchet_ls.hatchet.program import Items, Known, Value

_WORD = re.compile(r"[^\W\d]\w*")
_PLAIN = frozenset({"None", "Optional", "Union", "bool", "float", "int", "list", "List", "str", "typing"})
"""The words of annotations whose types take all values of their kind; a string need be no date."""


def may_be_refused(field: ModelField, value: Value) -> bool:
    """Whether it is not certain that a known value fits the field. Of an unknown one nothing is said."""
    if not isinstance(value, Known):
        return False
    if field.narrowed:
        return True
    is_plain = _PLAIN.issuperset(_WORD.findall(field.annotation))
    return not (field.annotation in ("Any", "object") or _fits(field.type, value.value, is_plain))


def _fits(kind: FieldType, value: object, is_plain: bool) -> bool:
    match value:
        case None:
            return kind.nullable or kind.kind is JsonKind.NULL
        case str() | int() if kind.values and not isinstance(value, bool):
            return value in kind.values
        case Items("list", items) if kind.kind is JsonKind.LIST and kind.item is not None and is_plain:
            inner = kind.item
            return all(not isinstance(item, Known) or _fits(inner, item.value, is_plain) for item in items)
        case bool():
            return kind.kind is JsonKind.BOOLEAN
        case int():
            return is_plain and kind.kind in (JsonKind.INTEGER, JsonKind.NUMBER)
        case float():
            return is_plain and kind.kind is JsonKind.NUMBER
        case str():
            return is_plain and kind.kind is JsonKind.STRING
    return False
