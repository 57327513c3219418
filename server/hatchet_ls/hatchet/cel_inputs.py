"""The input of workflows as CEL's types, for looking at the fields that an expression names."""

from __future__ import annotations

from hatchet_ls.hatchet.models import FieldType, InputModel, JsonKind
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


def record_of(model: InputModel) -> Record:
    """A model's fields by their names in the JSON."""
    return _record(model, {})


def _record(model: InputModel, made: dict[int, Record]) -> Record:
    if id(model) in made:
        return made[id(model)]
    fields: dict[str, Field] = {}
    # It is known before its fields are, for a model may mention itself.
    result = made[id(model)] = record(fields, model.name, closed=not (model.open or model.reshaped))
    for each in () if model.reshaped else model.fields:
        for key in each.keys if each.sent else ():
            fields[key] = Field(_type(each.type, made), each.description, each.type.nullable)
    return result


def _type(type: FieldType, made: dict[int, Record]) -> Type:
    match type.kind:
        case JsonKind.LIST:
            return list_of(_item(type.item, made))
        case JsonKind.MAP:
            return map_of(STRING, _item(type.item, made))
        case JsonKind.MODEL:
            return DYN if type.model is None or type.model.reshaped else _record(type.model, made)
    return _PLAIN.get(type.kind, DYN)


def _item(type: FieldType | None, made: dict[int, Record]) -> Type:
    return DYN if type is None or type.nullable else _type(type, made)
