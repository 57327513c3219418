"""What users are asked to put into a report."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from e2e.environments import environment
from e2e.session import PULL, Session, Settings, session
from e2e.texts import WRONG
from hatchet_ls import __version__

pytestmark = pytest.mark.asyncio


async def test_it_tells_of_every_folder_where_everything_comes_from(tmp_path: Path, workspace: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    environment(workspace / ".venv", sdk="1.37.2")
    chosen = environment(tmp_path / "chosen", sdk="1.40.0")
    (workspace / "pyproject.toml").write_text('[tool.hatchet-ls]\nignore = ["dag"]\ncolour = 1\n', encoding="utf-8")
    settings: Settings = {None: {"rules": {"retry": "hint"}}, other: {"environment": str(chosen), "select": 3}}
    async with session(workspace, PULL, other, settings=settings) as editor:
        uri = editor.open(WRONG)
        await editor.diagnostics(uri)
        text = await editor.execute("debugInformation", {"uri": uri})
    assert isinstance(text, str)
    start, here, there, times = text.split("\n## ")
    assert start.startswith(f"# hatchet-ls {__version__}\n")
    for part in (f"- Python: {platform.python_version()}, `", "- Libraries: pygls ", "- Positions: utf-16", "pulls"):
        assert part in start
    assert here.splitlines()[2:] == [
        f"- Environment: `{workspace / '.venv'}` (beside the project)",
        f"- Packages are read from: `{packages(workspace / '.venv')}`",
        f"- SDK: 1.37.2, `{packages(workspace / '.venv') / 'hatchet_sdk'}`",
        f"- Settings: `{workspace / 'pyproject.toml'}`",
        '- Settings of the editor: `{"severities": {"retry": "hint"}}`',
        '- In force: `{"select": null, "ignore": ["dag"], "severities": {"retry": "hint"}, "exclude": [], '
        '"environment": null, "semantic_tokens": true}`',
        "- **Problem**: pyproject.toml:3: unknown setting `colour`",
    ]
    assert f"- Environment: `{chosen}` (named in the settings of the editor)" in there
    assert "- Settings: the defaults" in there
    assert "- **Problem**: in the editor's settings: `select` must be a list of strings, not an integer" in there
    assert f"`{workspace / 'tasks.py'}`, {len(WRONG)} characters, 1 findings" in times


def packages(root: Path) -> Path:
    (found,) = root.glob("lib/python3.*/site-packages")
    return found


async def test_a_folder_without_anything_has_something_to_tell_too(workspace: Path) -> None:
    environment(workspace / ".venv")
    async with session(workspace, PULL) as editor:
        text = await editor.execute("debugInformation")
    assert "- SDK: none; the bundled facts of 1." in text
    assert "- Settings: the defaults" in text


async def test_who_the_client_is_stands_in_it(puller: Session) -> None:
    assert "- Client: pytest 1.0" in await puller.execute("debugInformation")
