"""The shop in ``examples/``: one half is right, the other has the mistakes that its comments announce."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
RIGHT, WRONG = EXAMPLES / "shop", EXAMPLES / "shop_with_mistakes"

IMPORT_ALL = """\
import importlib, sys, warnings
import hatchet_sdk
from hatchet_sdk.runnables.workflow import BaseWorkflow

warnings.simplefilter("error")
found = {}
for name in sys.argv[1:]:
    module = importlib.import_module(name)
    found |= {id(value): value for value in vars(module).values() if isinstance(value, BaseWorkflow)}
for workflow in found.values():
    workflow.to_proto()
print(len(found))
"""


def token() -> str:
    """An unsigned token that leads nowhere."""
    claims = {"sub": "tenant", "server_url": "http://127.0.0.1:1", "grpc_broadcast_address": "127.0.0.1:1"}
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({"alg": "none"}, claims)
    ]
    return ".".join((*parts, "unsigned"))


@cache
def findings() -> Sequence[dict[str, Any]]:
    """What the command line says about the examples."""
    done = subprocess.run(
        [Path(sys.executable).with_name("hatchet-ls"), "check", "--output-format", "json", EXAMPLES],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_the_right_half_has_no_findings() -> None:
    files = {Path(finding["filename"]) for finding in findings()}
    assert {file.parent for file in files} == {WRONG}


def test_the_wrong_half_shows_every_family() -> None:
    families = {finding["family"] for finding in findings()}
    assert families >= {"timeout", "retry", "rate-limit", "concurrency", "durable", "api", "dag"}


@pytest.mark.parametrize("rule", ["unknown-member", "task-output-not-a-parent", "concurrency-missing-limit-strategy"])
def test_the_mistakes_of_the_troubleshooting_notes_are_there(rule: str) -> None:
    assert rule in {finding["rule"] for finding in findings()}


@pytest.mark.parametrize("file", sorted(WRONG.glob("*.py")), ids=lambda file: file.stem)
def test_every_mistake_is_announced_and_every_announcement_is_true(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    announced = [row for row, line in enumerate(lines, 1) if re.match(r"\s*# On purpose: ", line)]
    found = [finding["location"]["row"] for finding in findings() if finding["filename"] == str(file)]
    made = {max((row for row in announced if row < place), default=0) for place in found}
    assert made == set(announced)


def test_the_right_half_is_accepted_by_the_sdk_without_a_warning() -> None:
    modules = [f"shop.{file.stem}" for file in RIGHT.glob("*.py") if file.stem != "__init__"]
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, *modules],
        cwd=EXAMPLES,
        env={**os.environ, "HATCHET_CLIENT_TOKEN": token(), "HATCHET_CLIENT_TLS_STRATEGY": "none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "6"), done.stderr
