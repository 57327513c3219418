"""The snippets of the VS Code extension: what they expand to is right, as the rules and the SDK see it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from test_examples import IMPORT_ALL, token

ROOT = Path(__file__).parents[2]
SNIPPETS = json.loads((ROOT / "client-vscode" / "snippets" / "hatchet.json").read_text(encoding="utf-8"))

AROUND = """\
from datetime import timedelta

from hatchet_sdk import (
    ConcurrencyExpression,
    ConcurrencyLimitStrategy,
    Context,
    DurableContext,
    EmptyModel,
    Hatchet,
    RateLimit,
    SleepCondition,
    UserEventCondition,
    or_,
)
from hatchet_sdk.rate_limit import RateLimitDuration
from pydantic import BaseModel


class UserInput(BaseModel):
    user_id: str


hatchet = Hatchet()
hatchet.rate_limits.put = lambda *_, **__: None  # it would ask the engine
workflow = hatchet.workflow(name="workflow", input_validator={model})


@workflow.task()
async def first_step(input: {model}, ctx: Context) -> dict[str, str]:
    return {{}}


{snippet}
"""
"""A file that has what snippets take for granted."""

IN_A_DURABLE_TASK = """\
@workflow.durable_task()
async def durable(input: EmptyModel, ctx: DurableContext) -> dict[str, str]:
{snippet}
    return {}
"""


def expand(name: str) -> str:
    """What a snippet inserts when every place is left as it is."""
    body = "\n".join(SNIPPETS[name]["body"])
    body = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", body)
    body = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", body)
    return re.sub(r"\$\d+", "", body)


def file_with(name: str) -> str:
    """A whole file around a snippet."""
    snippet = expand(name)
    if "await ctx" in snippet and "def " not in snippet:
        snippet = IN_A_DURABLE_TASK.replace("{snippet}", textwrap.indent(snippet, "    ").rstrip())
    model = "UserInput" if "UserInput" in snippet else "EmptyModel"
    return AROUND.format(model=model, snippet=snippet).rstrip() + "\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a file for each snippet."""
    folder = tmp_path_factory.mktemp("snippets")
    for name, snippet in SNIPPETS.items():
        (folder / f"{module_of(snippet)}.py").write_text(file_with(name), encoding="utf-8")
    return folder


def module_of(snippet: dict[str, str]) -> str:
    """The module that a snippet is expanded in."""
    return snippet["prefix"].replace("-", "_")


def run(*command: str, folder: Path) -> tuple[int, str]:
    """A Python module's exit code, and what it says."""
    environment = {**os.environ, "HATCHET_CLIENT_TOKEN": token(), "HATCHET_CLIENT_TLS_STRATEGY": "none"}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_what_they_expand_to_has_no_findings(project: Path) -> None:
    code, said = run("-m", "hatchet_ls", "check", "--output-format", "concise", ".", folder=project)
    assert (code, said.strip()) == (0, f"No findings in {len(SNIPPETS)} files"), said


def test_what_they_expand_to_is_taken_by_the_sdk(project: Path) -> None:
    modules = [module_of(snippet) for snippet in SNIPPETS.values()]
    code, said = run("-c", IMPORT_ALL, *modules, folder=project)
    assert code == 0, said


def test_what_they_expand_to_has_every_name_and_is_formatted(project: Path) -> None:
    assert run("-m", "ruff", "check", "--isolated", "--select", "F821,F823,E9", ".", folder=project)[0] == 0
    code, said = run("-m", "ruff", "format", "--isolated", "--line-length", "120", "--diff", ".", folder=project)
    assert code == 0, said


def test_prefixes_are_found_by_one_word_and_are_all_different() -> None:
    prefixes = [snippet["prefix"] for snippet in SNIPPETS.values()]
    assert len(set(prefixes)) == len(prefixes)
    assert all(prefix.startswith("hatchet-") for prefix in prefixes)
