"""The server as an editor's extension bundles it: with its libraries beside it, on a bare Python."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from e2e.environments import environment
from e2e.session import PULL, session
from e2e.texts import WRONG

pytestmark = pytest.mark.asyncio

LAUNCH = """\
import sys
sys.path += {paths}
from hatchet_ls.lsp.serve import serve_stdio
sys.exit(serve_stdio())
"""
SHADOWED = "raise SystemExit('the code of the user was run')\n"


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """The server on the libraries of this very environment, which nobody would look for there."""
    launch = tmp_path / "bundled" / "launch.py"
    launch.parent.mkdir()
    server = Path(__file__).parents[2] / "server"
    libraries = [each for each in sys.path if each.endswith("site-packages")]
    launch.write_text(LAUNCH.format(paths=[str(server), *libraries]), encoding="utf-8")
    return [str(Path(sys.executable).resolve()), "-I", "-S", "-X", "utf8", str(launch)]


CURIOUS = """\
import jedi
import parso
from hatchet_sdk import Context, EmptyModel

from hatchet_ls.text import Source
from app import hatchet

@hatchet.task(retries=-1)
def work(input: EmptyModel, ctx: Context) -> None: ...
"""


async def test_it_works_and_its_own_libraries_are_not_the_user_s(workspace: Path, command: list[str]) -> None:
    (workspace / "app.py").write_text("from hatchet_sdk import Hatchet\n\nhatchet = Hatchet()\n", encoding="utf-8")
    async with session(workspace, PULL, command=command, environ={"PATH": "/usr/bin:/bin"}) as editor:
        status = await editor.execute("status")
        assert status["sdk"]["installed"] is False
        assert status["environment"] is None
        assert status["problems"] == []
        (diagnostic,) = await editor.diagnostics(editor.open(CURIOUS))
        assert diagnostic.code == "negative-retries"
        information = await editor.execute("debugInformation")
        assert "pygls 2" in information
        assert "- Environment: none" in information


async def test_the_environment_of_the_project_serves_as_ever(workspace: Path, command: list[str]) -> None:
    environment(workspace / ".venv", sdk="1.40.0")
    async with session(workspace, PULL, command=command) as editor:
        assert (await editor.execute("status"))["sdk"] == {"version": "1.40.0", "installed": True}
        assert len(await editor.diagnostics(editor.open(WRONG))) == 1


async def test_modules_of_the_workspace_that_are_named_like_the_server_s_are_not_run(
    workspace: Path, command: list[str]
) -> None:
    for name in ("asyncio", "jedi", "typing", "hatchet_ls", "sitecustomize", "logging"):
        (workspace / f"{name}.py").write_text(SHADOWED, encoding="utf-8")
    async with session(workspace, PULL, command=["env", "-C", str(workspace), *command]) as editor:
        assert len(await editor.diagnostics(editor.open(WRONG))) == 1
