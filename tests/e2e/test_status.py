"""What an editor's status bar is told."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from e2e.environments import environment
from e2e.session import PULL, Session, session
from hatchet_ls import __version__

pytestmark = pytest.mark.asyncio


async def test_versions_and_the_environment_of_the_first_folder(workspace: Path) -> None:
    environment(workspace / ".venv", sdk="1.37.2")
    async with session(workspace, PULL) as editor:
        assert await editor.execute("status") == {
            "version": __version__,
            "python": platform.python_version(),
            "sdk": {"version": "1.37.2", "installed": True},
            "environment": str(workspace / ".venv"),
            "problems": [],
        }


async def test_a_document_has_the_environment_of_its_own_project(workspace: Path) -> None:
    inner = workspace / "services" / "mail"
    inner.mkdir(parents=True)
    (inner / "pyproject.toml").touch()
    environment(workspace / ".venv", sdk="1.37.2")
    environment(inner / ".venv", sdk="1.40.0")
    async with session(workspace, PULL) as editor:
        for uri in (editor.uri("services/mail/tasks.py"), editor.uri("services/mail")):
            status = await editor.execute("status", {"uri": uri})
            assert (status["sdk"]["version"], status["environment"]) == ("1.40.0", str(inner / ".venv"))
        for uri in (editor.uri("tasks.py"), editor.uri(""), editor.open("", uri="untitled:Untitled-1")):
            assert (await editor.execute("status", {"uri": uri}))["sdk"]["version"] == "1.37.2"


async def test_no_sdk_is_no_problem_but_is_seen(workspace: Path) -> None:
    environment(workspace / ".venv")
    async with session(workspace, PULL) as editor:
        status = await editor.execute("status")
        assert status["sdk"]["installed"] is False
        assert status["problems"] == []


async def test_settings_that_are_wrong_are_a_problem(puller: Session) -> None:
    puller.changed_on_disk("pyproject.toml", '[tool.hatchet-ls]\nselct = ["ALL"]\n')
    status = await puller.execute("status")
    assert status["problems"] == ["pyproject.toml:2: unknown setting `selct`; did you mean `select`?"]


async def test_an_environment_that_cannot_be_used_is_a_problem(workspace: Path) -> None:
    (workspace / ".venv").symlink_to("nowhere")
    async with session(workspace, PULL) as editor:
        (problem,) = (await editor.execute("status"))["problems"]
        assert problem.startswith(f"{workspace / '.venv'}: is a symlink to nowhere; packages are read from")


async def test_an_sdk_of_the_series_before_is_a_problem(workspace: Path) -> None:
    environment(workspace / ".venv", sdk="0.47.1")
    async with session(workspace, PULL) as editor:
        (problem,) = (await editor.execute("status"))["problems"]
        assert "hatchet_sdk 0.47.1" in problem
