"""The server answers before the engine is loaded."""

from __future__ import annotations

import subprocess
import sys


def test_starting_loads_neither_the_engine_nor_its_libraries() -> None:
    program = "import sys, hatchet_ls.lsp.serve; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.split())
    assert "pygls" in loaded
    engine = {"jedi", "parso", "hatchet_ls.rules", "hatchet_ls.hatchet", "hatchet_ls.project", "hatchet_ls.check"}
    assert not loaded & (engine | {"rich", "click"})
