"""The inputs of workflows and the outputs of tasks as CEL's types: the fields that expressions name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hatchet_ls.hatchet.models import FieldType, InputModel, JsonKind, ModelField
from hatchet_ls.languages.cel.types import (
    BOOL,
    DOUBLE,
    DYN,
    INT,
    NULL,
    STRING,
    Field,
    Record,
    Type,
    list_of,
    map_of,
    record,
)

_PLAIN = {
    JsonKind.STRING: STRING,
    JsonKind.INTEGER: INT,
    JsonKind.NUMBER: DOUBLE,
    JsonKind.BOOLEAN: BOOL,
    JsonKind.NULL: NULL,
}


def input_record(model: InputModel) -> Record:
    """The fields of an input by all names that they may have in the JSON, whoever writes it."""
    return _Records(lambda field: field.keys).of(model)


def output_record(model: InputModel) -> Record:
    """The fields of an output by the names that the SDK writes."""
    return _Records(lambda field: field.keys[:1]).of(model)


class _Records:
    """Makes one record of each model."""

    def __init__(self, keys: Callable[[ModelField], Iterable[str]]) -> None:
        self._keys = keys
        self._made: dict[int, Record] = {}

    def of(self, model: InputModel) -> Record:
        if id(model) in self._made:
            return self._made[id(model)]
        fields: dict[str, Field] = {}
        # It is known before its fields are, for a model may mention itself.
        result = self._made[id(model)] = record(fields, model.name, closed=not (model.open or model.reshaped))
        for each in () if model.reshaped else model.fields:
            for key in self._keys(each) if each.sent else ():
                fields[key] = Field(self._type(each.type), each.description, each.type.nullable)
        return result

    def _type(self, type: FieldType) -> Type:
        match type.kind:
            case JsonKind.LIST:
                return list_of(self._item(type.item))
            case JsonKind.MAP:
                return map_of(STRING, self._item(type.item))
            case JsonKind.MODEL:
                return DYN if type.model is None or type.model.reshaped else self.of(type.model)
        return _PLAIN.get(type.kind, DYN)

    def _item(self, type: FieldType | None) -> Type:
        return DYN if type is None or type.nullable else self._type(type)
