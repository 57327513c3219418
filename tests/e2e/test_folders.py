"""Workspaces with several folders: each has settings and a Python environment of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from e2e.environments import environment
from e2e.session import PULL, PUSH, Kind, Session, Settings, session
from e2e.texts import WRONG, task

pytestmark = pytest.mark.asyncio

SYNC = task().replace("task(", "durable_task(").replace("Context", "DurableContext")
"""That its function is no coroutine matters to the SDK from 1.31.0 on."""
KINDS = [PULL, PUSH]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A project with an old release of the SDK."""
    return project(tmp_path / "old", "1.30.0")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A project with a new one."""
    return project(tmp_path / "new 語", "1.43.1")


def project(root: Path, sdk: str) -> Path:
    root.mkdir()
    (root / "pyproject.toml").write_text("[project]\nname = 'app'\n", encoding="utf-8")
    environment(root / ".venv", sdk=sdk)
    return root


def opened(editor: Session, file: Path, text: str) -> str:
    return editor.open(text, uri=file.as_uri())


async def rules(editor: Session, uri: str) -> list[object]:
    return [diagnostic.code for diagnostic in await editor.diagnostics(uri)]


@pytest.mark.parametrize("kind", KINDS, ids=str)
async def test_each_folder_has_the_sdk_of_its_environment(old: Path, new: Path, kind: Kind) -> None:
    async with session(old, kind, new) as editor:
        assert await rules(editor, opened(editor, old / "a.py", SYNC)) == []
        assert await rules(editor, opened(editor, new / "a.py", SYNC)) == ["durable-sync-function"]
        for folder, version in ((old, "1.30.0"), (new, "1.43.1")):
            status = await editor.execute("status", {"uri": folder.as_uri()})
            assert status["sdk"] == {"version": version, "installed": True}
            assert status["environment"] == str(folder / ".venv")


@pytest.mark.parametrize("kind", KINDS, ids=str)
async def test_each_folder_has_the_environment_that_the_editor_has_active_there(
    tmp_path: Path, old: Path, new: Path, kind: Kind
) -> None:
    other = environment(tmp_path / "other", sdk="1.40.0")
    settings: Settings = {
        None: {},
        old: {"activeEnvironment": str(other)},
        new: {"environment": str(old / ".venv")},
    }
    async with session(old, kind, new, settings=settings) as editor:
        assert await rules(editor, opened(editor, old / "a.py", SYNC)) == ["durable-sync-function"]
        assert await rules(editor, opened(editor, new / "a.py", SYNC)) == []
        await editor.client.until(lambda: editor.client.status_changes == 1)
        editor.configure({}, new)
        await editor.client.until(lambda: editor.client.status_changes == 2)
        editor.configure({}, old)
        await editor.client.until(lambda: editor.client.status_changes == 3)
        versions = [(await editor.execute("status", {"uri": each.as_uri()}))["sdk"]["version"] for each in (old, new)]
        assert versions == ["1.30.0", "1.43.1"]


@pytest.mark.parametrize("kind", KINDS, ids=str)
async def test_each_folder_has_settings_of_its_own(old: Path, new: Path, kind: Kind) -> None:
    settings: Settings = {None: {"rules": {"negative-retries": "hint"}}, new: {"ignore": ["negative-retries"]}}
    async with session(old, kind, new, settings=settings) as editor:
        (diagnostic,) = await editor.diagnostics(opened(editor, old / "a.py", WRONG))
        assert diagnostic.severity == 4
        assert await rules(editor, opened(editor, new / "a.py", WRONG)) == []


@pytest.mark.parametrize("kind", KINDS, ids=str)
async def test_a_folder_that_joins_brings_its_settings(old: Path, new: Path, kind: Kind) -> None:
    settings: Settings = {None: {}, new: {"ignore": ["negative-retries"]}}
    async with session(old, kind, settings=settings) as editor:
        uri = opened(editor, new / "a.py", WRONG)
        assert await rules(editor, uri) == ["negative-retries"]
        editor.change_folders(added=[new])
        await gone(editor, uri)


@pytest.mark.parametrize("kind", KINDS, ids=str)
async def test_a_folder_that_leaves_while_its_documents_are_open_keeps_its_environment_and_project(
    old: Path, new: Path, kind: Kind
) -> None:
    (new / "pyproject.toml").write_text('[tool.hatchet-ls]\nselect = ["durable"]\n', encoding="utf-8")
    settings: Settings = {None: {"select": []}, new: {"select": ["retry"]}}
    async with session(old, kind, new, settings=settings) as editor:
        uri = opened(editor, new / "a.py", SYNC + WRONG)
        assert await rules(editor, uri) == ["negative-retries"]
        editor.change_folders(removed=[new])
        if kind.pulls:
            await editor.client.until(lambda: editor.client.diagnostic_refresh_count > 0)
        else:
            await editor.client.until(lambda: len(editor.published(uri)) == 2)
        assert await rules(editor, uri) == ["durable-sync-function"]
        editor.change_folders(removed=[old])
        editor.replace(uri, "retries=-1", "retries=-2")
        assert await rules(editor, uri) == ["durable-sync-function"]
        assert await rules(editor, editor.open(WRONG, uri="untitled:Untitled-1")) == ["negative-retries"]


@pytest.mark.parametrize("kind", KINDS, ids=str)
async def test_a_folder_that_is_deleted_while_its_documents_are_open_harms_nobody(
    old: Path, new: Path, kind: Kind
) -> None:
    async with session(old, kind, new, settings={None: {}}) as editor:
        uri, other = opened(editor, new / "a.py", WRONG), opened(editor, old / "a.py", WRONG)
        assert await rules(editor, uri) == ["negative-retries"]
        shutil.rmtree(new)
        editor.change_folders(removed=[new])
        editor.replace(uri, "retries=-1", "retries=-2")
        assert await rules(editor, uri) == ["negative-retries"]
        assert await rules(editor, other) == ["negative-retries"]


async def test_problems_with_the_settings_of_a_folder_leave_with_it(old: Path, new: Path) -> None:
    (new / "pyproject.toml").write_text("[tool.hatchet-ls]\ncolour = 1\n", encoding="utf-8")
    async with session(old, PUSH, new) as editor:
        settings = (new / "pyproject.toml").as_uri()
        await editor.client.until(lambda: bool(editor.published(settings)))
        editor.change_folders(removed=[new])
        await editor.client.until(lambda: not editor.published(settings)[-1].diagnostics)


async def gone(editor: Session, uri: str) -> None:
    """Wait until there is nothing to say about a document any more."""
    if editor.kind.pulls:
        await editor.client.until(lambda: editor.client.diagnostic_refresh_count > 0)
        assert await rules(editor, uri) == []
    else:
        await editor.client.until(lambda: not editor.published(uri)[-1].diagnostics)
