"""What tests with editors share."""

from __future__ import annotations

from pathlib import Path

import pytest

from editors.desk import TASKS, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A project with one mistake behind letters that take several bytes."""
    desk = Desk(tmp_path)
    desk.lay({"tasks.py": TASKS})
    return desk
