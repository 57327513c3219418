"""What people write for the names of CEL: words of other languages, and names that are nearly right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

CONSTANTS: Mapping[str, str] = {
    **dict.fromkeys(("None", "nil", "undefined", "NULL", "Null"), "null"),
    **dict.fromkeys(("True", "TRUE"), "true"),
    **dict.fromkeys(("False", "FALSE"), "false"),
}
"""Other languages' constants."""

VARIABLES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("inputs", "workflow_input", "Input", "body", "data", "params", "args", "request"), ("input",)),
    **dict.fromkeys(("metadata", "meta", "additionalMetadata"), ("additional_metadata",)),
    **dict.fromkeys(("outputs", "result", "results", "parent_output"), ("output",)),
    **dict.fromkeys(("run_id", "workflowRunId", "workflow_run"), ("workflow_run_id",)),
    **dict.fromkeys(("parent", "parent_outputs"), ("parents", "output")),
    **dict.fromkeys(("header",), ("headers",)),
    **dict.fromkeys(("key", "eventKey"), ("event_key",)),
    **dict.fromkeys(("payload", "event"), ("input",)),
    "output": ("input",),
}
"""What a variable may be meant for; the first that is declared counts."""

OPERATORS: Mapping[str, str] = {"and": "&&", "or": "||", "is": "==", "in": "in"}
"""Words that other languages have between two operands, some of them in capitals."""

NEGATION = "not"
"""And before one."""

HOLDERS = frozenset(("ctx", "context", "self", "event", "workflow", "request", "run", "task"))
"""Objects of SDKs whose fields people take for variables: ``ctx.input.user_id``."""

FUNCTIONS: Mapping[str, str] = {
    **dict.fromkeys(("len", "length", "count"), "size"),
    **dict.fromkeys(("str", "toString", "to_string", "String"), "string"),
    **dict.fromkeys(("float", "number", "Number", "parseFloat"), "double"),
    **dict.fromkeys(("integer", "parseInt", "toInt"), "int"),
    **dict.fromkeys(("boolean", "Boolean"), "bool"),
    **dict.fromkeys(("datetime", "date", "Date"), "timestamp"),
    "timedelta": "duration",
    **dict.fromkeys(("lower", "toLowerCase", "toLower", "lowercase", "casefold"), "lowerAscii"),
    **dict.fromkeys(("upper", "toUpperCase", "toUpper", "uppercase"), "upperAscii"),
    "strip": "trim",
    **dict.fromkeys(("startswith", "starts_with", "hasPrefix"), "startsWith"),
    **dict.fromkeys(("endswith", "ends_with", "hasSuffix"), "endsWith"),
    **dict.fromkeys(("includes", "__contains__"), "contains"),
    **dict.fromkeys(("find", "index"), "indexOf"),
    "rfind": "lastIndexOf",
    "slice": "substring",
    **dict.fromkeys(("search", "match", "test"), "matches"),
    "any": "exists",
    **dict.fromkeys(("existsOne", "one"), "exists_one"),
}
"""What a function may be meant for."""


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is nearly the name, if there is one."""
    from difflib import get_close_matches

    if len(name) > 60:
        return None
    by_lower = {candidate.lower(): candidate for candidate in candidates}
    found = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.75)
    return by_lower[found[0]] if found else None
