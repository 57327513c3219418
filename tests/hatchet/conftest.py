"""Models of workflows' inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from hatchet.reading import HEAD, SITE_PACKAGES, WORKFLOW, Model, program_of
from hatchet_ls.hatchet.facts import Facts
from hatchet_ls.hatchet.facts_reader import load_facts
from hatchet_ls.hatchet.models import InputModel


@pytest.fixture(scope="session")
def facts() -> Facts:
    return load_facts([SITE_PACKAGES])


@pytest.fixture
def model(tmp_path: Path, facts: Facts) -> Model:
    """The model of a workflow's input, from the text of its class ``Order``."""

    def read(text: str) -> InputModel:
        program = program_of(tmp_path, {"tasks.py": HEAD + text + WORKFLOW}, facts)
        found = program.workflows[0].input_model
        assert found is not None
        return found

    return read
