"""Sessions of each kind of client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from e2e.session import KINDS, PULL, PUSH, Kind, Session, session


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """An empty project, in a folder whose name needs care."""
    root = tmp_path / "my app 語"
    root.mkdir()
    (root / "pyproject.toml").write_text("[project]\nname = 'app'\n", encoding="utf-8")
    return root


@pytest_asyncio.fixture(params=KINDS, ids=str)
async def editor(request: pytest.FixtureRequest, workspace: Path) -> AsyncIterator[Session]:
    """A session with each kind of client."""
    kind: Kind = request.param
    async with session(workspace, kind) as it:
        yield it


@pytest_asyncio.fixture(params=[PULL, PUSH], ids=str)
async def either(request: pytest.FixtureRequest, workspace: Path) -> AsyncIterator[Session]:
    """A session with a client that pulls, and one with a client that is published to."""
    kind: Kind = request.param
    async with session(workspace, kind) as it:
        yield it


@pytest_asyncio.fixture
async def puller(workspace: Path) -> AsyncIterator[Session]:
    """A session with a client that pulls."""
    async with session(workspace, PULL) as it:
        yield it


@pytest_asyncio.fixture
async def listener(workspace: Path) -> AsyncIterator[Session]:
    """A session with a client that is published to."""
    async with session(workspace, PUSH) as it:
        yield it
