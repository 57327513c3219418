"""The editor's settings, over those of the project, at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from e2e.cel import ODD, keyed
from e2e.environments import environment
from e2e.session import PULL, PUSH, Kind, Session, session
from e2e.texts import CLEAN, WRONG

pytestmark = pytest.mark.asyncio

SEVERE = '[tool.hatchet-ls]\nselect = ["retry"]\n\n[tool.hatchet-ls.rules]\nnegative-retries = "warning"\n'


async def severities(editor: Session, uri: str) -> list[str]:
    return [each.severity.name for each in await editor.diagnostics(uri) if each.severity is not None]


@pytest.mark.parametrize("kind", [PULL, PUSH], ids=str)
async def test_they_count_over_those_of_the_project_from_the_first_finding_on(workspace: Path, kind: Kind) -> None:
    (workspace / "pyproject.toml").write_text(SEVERE, encoding="utf-8")
    async with session(workspace, kind, settings={None: {"rules": {"retry": "hint"}}}) as editor:
        uri = editor.open(WRONG)
        assert await severities(editor, uri) == ["Hint"]
        if not kind.pulls:
            assert len(editor.published(uri)) == 1


async def test_a_change_counts_at_once_for_a_client_that_is_published_to(workspace: Path) -> None:
    async with session(workspace, PUSH, settings={None: {}}) as editor:
        uri = editor.open(WRONG)
        assert await severities(editor, uri) == ["Error"]
        editor.configure({"ignore": ["negative-retries"]})
        await editor.client.until(lambda: not editor.published(uri)[-1].diagnostics)
        editor.configure({"ignore": None})
        await editor.client.until(lambda: len(editor.published(uri)[-1].diagnostics) == 1)


async def test_a_change_counts_at_once_for_a_client_that_pulls(workspace: Path) -> None:
    async with session(workspace, PULL, settings={None: {}}) as editor:
        uri = editor.open(WRONG)
        assert await severities(editor, uri) == ["Error"]
        editor.configure({"rules": {"negative-retries": "information"}})
        await editor.client.until(lambda: editor.client.diagnostic_refresh_count > 0)
        assert await severities(editor, uri) == ["Information"]


async def test_a_client_that_cannot_be_asked_tells(workspace: Path) -> None:
    async with session(workspace, PULL, options={"settings": {"rules": {"negative-retries": "hint"}}}) as editor:
        uri = editor.open(WRONG)
        assert await severities(editor, uri) == ["Hint"]
        settings = {"hatchet": {"rules": {"negative-retries": "warning"}}}
        editor.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(settings))
        await editor.client.until(lambda: editor.client.diagnostic_refresh_count > 0)
        assert await severities(editor, uri) == ["Warning"]


async def test_files_are_excluded_relative_to_the_folder(workspace: Path) -> None:
    inner = workspace / "inner"
    inner.mkdir()
    (inner / "pyproject.toml").write_text("[tool.hatchet-ls]\n", encoding="utf-8")
    async with session(workspace, PULL, settings={None: {"exclude": ["/inner/old_*.py"]}}) as editor:
        assert await severities(editor, editor.open(WRONG, "inner/old_tasks.py")) == []
        assert await severities(editor, editor.open(WRONG, "inner/tasks.py")) == ["Error"]
        assert await severities(editor, editor.open(WRONG, "old_tasks.py")) == ["Error"]


async def test_colours_are_asked_for_again_when_they_are_switched(workspace: Path) -> None:
    async with session(workspace, PULL, settings={None: {}}) as editor:
        uri = editor.open(keyed(ODD[0]))
        assert await editor.colours(uri) != []
        editor.configure({"semanticTokens": False})
        await editor.client.until(lambda: editor.client.token_refreshes == 1)
        assert await editor.colours(uri) == []
        editor.changed_on_disk("pyproject.toml", "[tool.hatchet-ls]\nsemantic-tokens = true\n")
        await editor.client.until(lambda: editor.client.token_refreshes == 2)
        assert await editor.colours(uri) == []
        editor.configure({})
        await editor.client.until(lambda: editor.client.token_refreshes == 3)
        assert await editor.colours(uri) != []


async def test_an_environment_that_the_user_names_counts_over_the_project_s(tmp_path: Path, workspace: Path) -> None:
    named, active = (environment(tmp_path / name, sdk=name) for name in ("1.38.0", "1.39.0"))
    beside = environment(workspace / "env", sdk="1.37.2")
    (workspace / "pyproject.toml").write_text('[tool.hatchet-ls]\nenvironment = "env"\n', encoding="utf-8")
    settings = {"environment": str(named / "bin/python"), "activeEnvironment": str(active)}
    (named / "bin").mkdir()
    (named / "bin/python").touch()
    async with session(workspace, PULL, settings={None: settings}) as editor:
        await editor.client.until(lambda: editor.client.status_changes == 1)
        assert (await editor.execute("status"))["environment"] == str(named)
        editor.configure({"activeEnvironment": str(active)})
        await editor.client.until(lambda: editor.client.status_changes == 2)
        assert (await editor.execute("status"))["environment"] == str(beside)
        editor.changed_on_disk("pyproject.toml", "")
        assert (await editor.execute("status"))["environment"] == str(active)


async def test_a_mistake_is_logged_once_and_a_problem_of_the_status_while_the_last_good_value_stays(
    workspace: Path,
) -> None:
    message = "unknown rule `negativ-retries`; did you mean `negative-retries`?"
    async with session(workspace, PULL, settings={None: {"ignore": ["negative-retries"]}}) as editor:
        uri = editor.open(WRONG)
        assert await severities(editor, uri) == []
        editor.configure({"ignore": ["negativ-retries"]})
        await editor.client.until(lambda: any(message in each.message for each in editor.client.log_messages))
        editor.configure({"ignore": ["negativ-retries"], "select": ["retry"]})
        assert (await editor.execute("status"))["problems"] == [f"in the editor's settings: {message}"]
        assert await severities(editor, uri) == []
        editor.configure({"ignore": []})
        await editor.client.until(lambda: editor.client.diagnostic_refresh_count > 0)
        assert (await editor.execute("status"))["problems"] == []
        assert await severities(editor, uri) == ["Error"]
    assert sum(message in each.message for each in editor.client.log_messages) == 1


async def test_the_extension_s_own_settings_are_not_complained_about(workspace: Path) -> None:
    own = {"interpreter": "", "importStrategy": "useBundled", "trace": {"server": "verbose"}}
    async with session(workspace, PULL, settings={None: own}) as editor:
        assert list(await editor.diagnostics(editor.open(CLEAN))) == []
        assert (await editor.execute("status"))["problems"] == []
    assert editor.client.log_messages == []


async def test_settings_that_say_nothing_new_change_nothing(workspace: Path) -> None:
    async with session(workspace, PULL, settings={None: {"select": ["ALL"]}}) as editor:
        await editor.client.until(lambda: editor.client.status_changes == 1)
        editor.configure({"select": ["ALL"]})
        editor.configure({"select": ["api"]})
        await editor.client.until(lambda: editor.client.status_changes == 2)
        assert await severities(editor, editor.open(WRONG)) == []
