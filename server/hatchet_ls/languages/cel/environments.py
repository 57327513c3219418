"""What each of the engine's CEL environments declares, and what it binds when it evaluates.

Source: ``internal/cel/cel.go`` and ``internal/cel/boolexpr.go`` of the engine. An environment decides whether an
expression compiles. Some names compile and still fail on every run; the fields about run time say which.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hatchet_ls.languages.cel.functions import CHECKSUM, CHECKSUM_BOTH, STANDARD, STRINGS, Functions
from hatchet_ls.languages.cel.types import (
    ANY,
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    DYN,
    EMPTY,
    INT,
    JSON_OBJECT,
    NULL,
    STRING,
    TIMESTAMP,
    UINT,
    Type,
    list_of,
    map_of,
    type_of,
    wrapper_of,
)
from hatchet_ls.text.typed import NamedTuple


class Message(NamedTuple):
    """A message type that can be constructed: ``google.protobuf.Duration{seconds: 5}``."""

    type: Type
    fields: Mapping[str, Type]


class Environment:
    """One environment of the engine."""

    __slots__ = (
        "bytes_at_run_time",
        "descriptions",
        "functions",
        "lower_case_keys",
        "name",
        "resolutions",
        "unbound",
        "unimplemented",
        "variables",
    )

    def __init__(
        self,
        name: str,
        variables: Mapping[str, Type],
        functions: Functions,
        descriptions: Mapping[str, str],
        unbound: Collection[str] = (),
        unimplemented: Collection[str] = (),
        bytes_at_run_time: Collection[str] = (),
        lower_case_keys: Collection[str] = (),
    ) -> None:
        self.name = name
        self.variables = variables
        self.functions = functions
        """The functions and operators, by name."""
        self.descriptions = descriptions
        """A sentence about each variable."""
        self.unbound = frozenset(unbound)
        """Variables that are declared and never bound."""
        self.unimplemented = frozenset(unimplemented)
        """Functions that are declared and fail on every call."""
        self.bytes_at_run_time = frozenset(bytes_at_run_time)
        """Variables that are declared as strings and bound to bytes."""
        self.lower_case_keys = frozenset(lower_case_keys)
        """Maps whose keys are all in lower case."""
        self.resolutions: dict[object, Type | None] = {}
        """The checker's memory of what calls give, by function and argument types."""

    def type_of_name(self, name: str) -> Type | None:
        """The type of a variable, or of the name of a type; None when nothing is declared by that name."""
        return self.variables.get(name) or TYPE_NAMES.get(name)


_WELL_KNOWN = "google.protobuf."
_WRAPPED = {
    "Bool": BOOL,
    "Bytes": BYTES,
    "Double": DOUBLE,
    "Float": DOUBLE,
    "Int32": INT,
    "Int64": INT,
    "String": STRING,
    "UInt32": UINT,
    "UInt64": UINT,
}
MESSAGES: Mapping[str, Message] = {
    f"{_WELL_KNOWN}{name}": message
    for name, message in {
        "Timestamp": Message(TIMESTAMP, {"seconds": INT, "nanos": INT}),
        "Duration": Message(DURATION, {"seconds": INT, "nanos": INT}),
        "Any": Message(ANY, {"type_url": STRING, "value": BYTES}),
        "Empty": Message(EMPTY, {}),
        "Struct": Message(JSON_OBJECT, {"fields": JSON_OBJECT}),
        "ListValue": Message(list_of(DYN), {"values": list_of(DYN)}),
        "Value": Message(
            DYN,
            {
                "null_value": INT,
                "number_value": DOUBLE,
                "string_value": STRING,
                "bool_value": BOOL,
                "struct_value": JSON_OBJECT,
                "list_value": list_of(DYN),
            },
        ),
        **{f"{name}Value": Message(wrapper_of(kind), {"value": kind}) for name, kind in _WRAPPED.items()},
    }.items()
}
"""The message types that every environment knows."""

TYPE_NAMES: Mapping[str, Type] = {
    **{kind.name: type_of(kind) for kind in (BOOL, INT, UINT, DOUBLE, STRING, BYTES, NULL)},
    "list": type_of(list_of(DYN)),
    "map": type_of(map_of(DYN, DYN)),
    "type": type_of(Type("type")),
    **{name: type_of(message.type) for name, message in MESSAGES.items()},
    f"{_WELL_KNOWN}NullValue.NULL_VALUE": INT,
}
"""The names that stand for types (and one constant) in every environment."""

UNIMPLEMENTED = "Declared here, and not there at run on engines before v0.106.5."
"""About the functions that are ``unimplemented`` in an environment."""

_INPUT = "The workflow's input."
_METADATA = "The additional metadata of the run."
_RUN_ID = "The id of the workflow run."

ENVIRONMENTS: Mapping[str, Environment] = {
    environment.name: environment
    for environment in (
        Environment(
            name="workflow_str",
            variables={"input": JSON_OBJECT, "additional_metadata": JSON_OBJECT, "workflow_run_id": STRING},
            functions={**STANDARD, **STRINGS, **CHECKSUM_BOTH},
            descriptions={"input": _INPUT, "additional_metadata": _METADATA, "workflow_run_id": _RUN_ID},
        ),
        Environment(
            name="step_run",
            variables={
                "input": JSON_OBJECT,
                "additional_metadata": JSON_OBJECT,
                "parents": map_of(STRING, JSON_OBJECT),
                "workflow_run_id": STRING,
            },
            functions={**STANDARD, **STRINGS, **CHECKSUM_BOTH},
            descriptions={
                "input": _INPUT,
                "additional_metadata": _METADATA,
                "parents": "The outputs of the parent tasks, by name.",
                "workflow_run_id": _RUN_ID,
            },
            unbound={"parents"},
        ),
        Environment(
            name="event",
            variables={
                "input": JSON_OBJECT,
                "additional_metadata": JSON_OBJECT,
                "payload": JSON_OBJECT,
                "event_id": STRING,
                "event_key": STRING,
            },
            functions={**STANDARD, **STRINGS, **CHECKSUM},
            descriptions={
                "input": "The event's payload.",
                "additional_metadata": "The additional metadata of the event.",
                "payload": "The filter's own payload.",
                "event_id": "The event's id; 16 bytes at run time, equal to no string.",
                "event_key": "The event's key.",
            },
            unimplemented={"checksum"},
            bytes_at_run_time={"event_id"},
        ),
        Environment(
            name="webhook",
            variables={"input": JSON_OBJECT, "headers": map_of(STRING, STRING)},
            functions={**STANDARD, **CHECKSUM},
            descriptions={"input": "The request's body.", "headers": "The request's headers, by name in lower case."},
            unimplemented={"checksum"},
            lower_case_keys={"headers"},
        ),
        Environment(
            name="bool_expr",
            variables={"input": JSON_OBJECT, "output": JSON_OBJECT},
            functions=STANDARD,
            descriptions={"input": "The event's payload.", "output": "The parent task's output."},
        ),
    )
}
"""The engine's environments, by name."""
