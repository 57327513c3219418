"""Each language alone: what its way in needs to be imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import hatchet_ls

SERVER = Path(hatchet_ls.__file__).resolve().parents[1]
SLOW = {"contextlib", "dataclasses", "datetime", "difflib", "inspect", "pathlib", "typing", "zoneinfo"}
"""What takes longer to import than a language, or is for what few texts need."""
PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
before = set(sys.modules)
import {0}
print(*sorted(set(sys.modules) - before))
"""


@pytest.mark.parametrize("language", ["cel", "cron", "duration"])
def test_a_language_needs_little(language: str) -> None:
    package = f"hatchet_ls.languages.{language}"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", PROGRAM.format(package), str(SERVER)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    imported = set(done.stdout.split())
    assert package in imported
    assert not imported & SLOW
    ours = {name for name in imported if name.startswith("hatchet_ls.")} - {"hatchet_ls.languages"}
    assert {name for name in ours if not name.startswith((package, "hatchet_ls.text"))} == set()
