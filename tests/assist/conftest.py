"""A project in which a place can be pointed at."""

from __future__ import annotations

from pathlib import Path

import hatchet_sdk
import pytest

from assist.project import Project
from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.facts_reader import load_facts

SITE_PACKAGES = Path(hatchet_sdk.__file__).parent.parent


@pytest.fixture(scope="session")
def facts() -> Facts:
    return load_facts([SITE_PACKAGES])


@pytest.fixture
def project(tmp_path: Path, facts: Facts) -> Project:
    return Project(tmp_path, facts, SITE_PACKAGES)
