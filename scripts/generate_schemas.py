"""Write the JSON schemas of the settings and of the findings, ``schemas/*.schema.json``, from the code.

    python scripts/generate_schemas.py [--check]

With ``--check`` nothing is written: exit code 1 and the names of the files that are stale or missing.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from hatchet_ls.cli.formats.json import FindingRecord
from hatchet_ls.project.options import OPTIONS, SEVERITIES
from hatchet_ls.project.selectors import ALL, families
from hatchet_ls.rules import rules

FOLDER = Path(__file__).parent.parent / "schemas"
DIALECT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors' TOML extensions know."""


def settings_schema() -> dict[str, object]:
    """The schema of the table ``[tool.hatchet-ls]``."""
    return {
        "$schema": DIALECT,
        "title": "hatchet-ls",
        "description": "The table [tool.hatchet-ls] of pyproject.toml.",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"description": option.description, **option.schema} for name, option in sorted(OPTIONS.items())
        },
        "definitions": {
            "selector": {"enum": [ALL, ALL.lower(), *sorted(families()), *sorted(rules())]},
            "severity": {"enum": list(SEVERITIES)},
        },
    }


def findings_schema() -> dict[str, object]:
    """The schema of what ``--output-format json`` writes."""
    definitions: dict[str, object] = {}
    items = _schema(FindingRecord, definitions)
    return {
        "$schema": DIALECT,
        "title": "Findings of hatchet-ls",
        "description": "The output of `hatchet-ls check --output-format json`.",
        "type": "array",
        "items": items,
        "definitions": dict(sorted(definitions.items())),
    }


_SCALARS: Mapping[object, dict[str, object]] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 1},
    type(None): {"type": "null"},
}


def _schema(hint: Any, definitions: dict[str, object]) -> dict[str, object]:
    """The schema of a type of the records; that of a ``TypedDict`` goes into the definitions."""
    if hint in _SCALARS:
        return dict(_SCALARS[hint])
    if typing.is_typeddict(hint):
        return _reference(hint, definitions)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Annotated:
        inner = _schema(arguments[0], definitions)
        # Beside a `$ref` draft 7 ignores everything else.
        return {"description": arguments[1], **({"allOf": [inner]} if "$ref" in inner else inner)}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is types.UnionType:
        return {"anyOf": [_schema(argument, definitions) for argument in arguments]}
    raise TypeError(f"no schema for {hint}")


def _reference(record: Any, definitions: dict[str, object]) -> dict[str, object]:
    name = record.__name__.removesuffix("Record").lower()
    if name not in definitions:
        definitions[name] = {}  # so that a record that holds itself comes to an end
        hints = typing.get_type_hints(record, include_extras=True)
        definitions[name] = {
            "description": inspect.cleandoc(record.__doc__ or ""),
            "type": "object",
            "additionalProperties": False,
            "required": list(hints),
            "properties": {key: _schema(hint, definitions) for key, hint in hints.items()},
        }
    return {"$ref": f"#/definitions/{name}"}


def files() -> dict[Path, str]:
    """Every file with the text that it must have."""
    schemas = {"settings": settings_schema(), "findings": findings_schema()}
    return {
        FOLDER / f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in schemas.items()
    }


def main() -> int:
    """The entry point."""
    parser = argparse.ArgumentParser(description="Write the JSON schemas of the settings and of the findings.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail if a file is stale")
    check = parser.parse_args().check
    stale = [path for path, text in files().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(path.relative_to(FOLDER.parent))
        if not check:
            path.write_text(files()[path], encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
