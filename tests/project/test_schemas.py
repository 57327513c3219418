"""The published schemas say what the code says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hatchet_ls.project.settings import read_table

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def schema() -> Any:
    return json.loads((ROOT / "schemas" / "settings.schema.json").read_text(encoding="utf-8"))


def test_the_schemas_are_fresh() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "generate_schemas.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize("name", ["settings", "findings"])
def test_the_schemas_are_schemas(name: str) -> None:
    text = (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    jsonschema.Draft7Validator.check_schema(json.loads(text))


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"select": ["ALL"], "ignore": ["api", "unknown-member"]},
        {"rules": {"all": "hint", "api": "info", "unknown-member": "off"}},
        {"exclude": ["generated/**", "!build"], "environment": "../env"},
    ],
)
def test_what_the_reader_takes_the_schema_takes(schema: Any, table: dict[str, object]) -> None:
    assert read_table(table, ROOT)[1] == ()
    jsonschema.validate(table, schema)


@pytest.mark.parametrize(
    "table",
    [
        [],
        {"selct": []},
        {"select": "ALL"},
        {"ignore": ["nothing-like-it"]},
        {"rules": {"unknown-member": "warn"}},
        {"rules": {"nothing-like-it": "off"}},
        {"exclude": [1]},
        {"environment": ""},
        {"environment": False},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(schema: Any, table: object) -> None:
    assert read_table(table, ROOT)[1] != ()
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(table, schema)
