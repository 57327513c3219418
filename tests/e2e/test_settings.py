"""Settings of the project and of the editor, right, wrong and mended."""

from __future__ import annotations

import sys
from pathlib import Path

import attrs
import pytest
from lsprotocol import types

from e2e.session import PULL, Session, session
from e2e.texts import WRONG

pytestmark = pytest.mark.asyncio

OFF = '[tool.hatchet-ls]\nignore = ["negative-retries"]\n'
BROKEN = '[tool.hatchet-ls]\nignore = ["negative-retries"\n'
UNKNOWN = '[tool.hatchet-ls]\nignore = ["negative-retries"]\ncolour = "green"\n'
MILD = '[tool.hatchet-ls.rules]\nnegative-retries = "hint"\n'


def write(root: Path, text: str) -> None:
    (root / "pyproject.toml").write_text(text, encoding="utf-8")


async def test_settings_hold_for_the_files_below_them(either: Session) -> None:
    either.changed_on_disk("pyproject.toml", OFF)
    assert list(await either.diagnostics(either.open(WRONG))) == []


async def test_a_severity_of_the_user_s_is_shown(either: Session) -> None:
    either.changed_on_disk("pyproject.toml", MILD)
    (diagnostic,) = await either.diagnostics(either.open(WRONG))
    assert diagnostic.severity == types.DiagnosticSeverity.Hint


async def test_settings_that_break_are_shown_on_their_line_while_the_last_good_ones_stay(either: Session) -> None:
    settings = either.uri("pyproject.toml")
    either.changed_on_disk("pyproject.toml", OFF)
    uri = either.open(WRONG)
    assert list(await either.diagnostics(uri)) == []
    either.changed_on_disk("pyproject.toml", BROKEN)
    await either.client.until(lambda: bool(either.published(settings)))
    (diagnostic,) = either.published(settings)[-1].diagnostics
    assert diagnostic.source == "hatchet"
    assert list(await either.diagnostics(uri)) == []
    either.changed_on_disk("pyproject.toml", MILD)
    await either.client.until(lambda: not either.published(settings)[-1].diagnostics)


async def test_settings_that_change_change_what_is_published(listener: Session) -> None:
    uri = listener.open(WRONG)
    assert len(await listener.diagnostics(uri)) == 1
    listener.changed_on_disk("pyproject.toml", OFF)
    await listener.client.until(lambda: not listener.published(uri)[-1].diagnostics)


async def test_settings_that_change_ask_a_client_to_pull_again(puller: Session) -> None:
    uri = puller.open(WRONG)
    assert len(await puller.diagnostics(uri)) == 1
    puller.changed_on_disk("pyproject.toml", OFF)
    await puller.client.until(lambda: puller.client.diagnostic_refresh_count > 0)
    assert list(await puller.diagnostics(uri)) == []


async def test_an_unknown_setting_is_shown_at_its_key(either: Session) -> None:
    either.changed_on_disk("pyproject.toml", UNKNOWN)
    settings = either.uri("pyproject.toml")
    either.open(WRONG)
    await either.client.until(lambda: bool(either.published(settings)))
    (diagnostic,) = either.published(settings)[-1].diagnostics
    assert "colour" in diagnostic.message
    assert diagnostic.range.start.line == 2


async def test_broken_settings_are_shown_before_any_python_file_is_opened(workspace: Path) -> None:
    write(workspace, BROKEN)
    async with session(workspace, PULL) as editor:
        settings = editor.uri("pyproject.toml")
        await editor.client.until(lambda: bool(editor.published(settings)))
        assert len(editor.published(settings)[-1].diagnostics) == 1


async def test_a_client_that_pulls_asks_about_a_pyproject_that_it_has_open(puller: Session) -> None:
    """Published as well, it would be there twice."""
    puller.changed_on_disk("pyproject.toml", UNKNOWN)
    settings = puller.uri("pyproject.toml")
    await puller.client.until(lambda: bool(puller.published(settings)))
    puller.open(UNKNOWN, "pyproject.toml", language="toml")
    await puller.client.until(lambda: not puller.published(settings)[-1].diagnostics)
    (diagnostic,) = await puller.diagnostics(settings)
    assert "colour" in diagnostic.message
    puller.close(settings)
    await puller.client.until(lambda: len(puller.published(settings)[-1].diagnostics) == 1)


async def test_a_client_that_watches_nothing_tells_by_saving(workspace: Path) -> None:
    unable = attrs.evolve(PULL.capabilities, workspace=None)
    async with session(workspace, PULL, capabilities=unable) as editor:
        uri = editor.open(WRONG)
        assert len(await editor.diagnostics(uri)) == 1
        settings = editor.open("", "pyproject.toml", language="toml")
        editor.retype(settings, OFF)
        editor.save(settings)
        assert list(await editor.diagnostics(uri)) == []


def without_sdk(folder: Path) -> Path:
    """An environment in which no SDK is installed."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    (folder / "lib" / f"python{version}" / "site-packages").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text(f"version = {version}\n", encoding="utf-8")
    return folder


NOTE = "no hatchet_sdk found"


async def test_without_an_sdk_the_bundled_facts_serve_and_that_is_said_once(tmp_path: Path, workspace: Path) -> None:
    options = {"hatchet": {"environment": str(without_sdk(tmp_path / "empty")), "colour": "green"}}
    async with session(workspace, PULL, options=options) as editor:
        for name in ("a.py", "b.py"):
            assert len(await editor.diagnostics(editor.open(WRONG, name))) == 1
    assert sum(NOTE in message.message for message in editor.client.log_messages) == 1


async def test_with_an_sdk_nothing_is_said(puller: Session) -> None:
    assert len(await puller.diagnostics(puller.open(WRONG))) == 1
    assert not any(NOTE in message.message for message in puller.client.log_messages)


async def test_the_editor_is_asked_for_its_settings_if_it_can_be_asked(tmp_path: Path, workspace: Path) -> None:
    able = attrs.evolve(PULL.capabilities, workspace=types.WorkspaceClientCapabilities(configuration=True))
    async with session(workspace, PULL, capabilities=able) as editor:
        uri = editor.open(WRONG)
        assert len(await editor.diagnostics(uri)) == 1
        editor.client.set_configuration(str(without_sdk(tmp_path / "empty")), section="hatchet.environment")
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await editor.client.until(lambda: any(NOTE in each.message for each in editor.client.log_messages))


async def test_an_editor_that_cannot_be_asked_tells(tmp_path: Path, puller: Session) -> None:
    uri = puller.open(WRONG)
    assert len(await puller.diagnostics(uri)) == 1
    settings = {"hatchet": {"environment": str(without_sdk(tmp_path / "empty"))}}
    puller.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
    await puller.client.until(lambda: any(NOTE in each.message for each in puller.client.log_messages))


async def test_a_folder_that_joins_the_workspace_brings_its_settings(tmp_path: Path, puller: Session) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(other, BROKEN)
    joined = types.WorkspaceFoldersChangeEvent([types.WorkspaceFolder(other.as_uri(), "other")], [])
    puller.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(joined))
    await puller.client.until(lambda: bool(puller.published((other / "pyproject.toml").as_uri())))
