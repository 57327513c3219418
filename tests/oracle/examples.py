"""Made-up values that fit a type."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

PLAIN = {"string": "text", "integer": 1, "number": 1.0, "boolean": True, "null": None}
FORMATS = {
    "date-time": "2026-01-01T00:00:00Z",
    "date": "2026-01-01",
    "time": "00:00:00Z",
    "duration": "PT1S",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "uri": "http://127.0.0.1/",
    "email": "a@example.org",
}


def example(kind: Any) -> Any:
    """A value that fits a type (or its ``TypeAdapter``) as JSON has it; None for None and for what has no schema."""
    if kind is None:
        return None
    adapter = kind if isinstance(kind, TypeAdapter) else TypeAdapter(kind)
    try:
        schema = adapter.json_schema()
    except Exception:
        return None
    return _fit(schema, schema.get("$defs", {}))


def _fit(schema: dict[str, Any], definitions: dict[str, Any]) -> Any:
    if "default" in schema:
        return schema["default"]
    if "$ref" in schema:
        return _fit(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return _fit(schema[choice][0], definitions)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    if schema.get("type") == "object":
        properties = schema.get("properties", {})
        return {name: _fit(properties[name], definitions) for name in schema.get("required", [])}
    if schema.get("type") == "array":
        return []
    return FORMATS.get(schema.get("format", ""), PLAIN.get(schema.get("type", "")))
