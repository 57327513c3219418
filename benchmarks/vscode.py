"""How long somebody waits in VS Code: the built extension in a real window, by way of ``client-vscode/test/``.

Needs what the tests of the extension need (``client-vscode/test/install.sh``) and the built extension.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sources import hatchet_file, target_line, write_project

TESTS = Path(__file__).parents[1] / "client-vscode" / "test"
LINES = 400
BEFORE = "\n\norders_0 = "
MISTAKE = """

@hatchet.task(name="hurry", execution_timeout=timedelta(milliseconds=500))
async def hurry(input: Order, ctx: Context) -> dict[str, int]:
    return {"pieces": input.pieces}
"""


@dataclass
class Waits:
    """Seconds, once for each run."""

    date: str = ""
    cold: list[float] = field(default_factory=list)
    """From the text of the first file of a new window to its squiggle; meanwhile the server starts."""
    warm: list[float] = field(default_factory=list)
    """From opening another file to its squiggle."""
    fix: list[float] = field(default_factory=list)
    """From choosing a quick fix to the end of the squiggle."""


def measure(runs: int, date: str) -> Waits:
    """Open windows one after the other."""
    with tempfile.TemporaryDirectory(prefix="hatchet-ls-vscode-") as name:
        folder = Path(name).resolve()
        project, output = folder / "shop", folder / "times.json"
        write_project(project, [])
        for file in ("first.py", "second.py"):
            (project / "app" / file).write_text(text(), encoding="utf-8")
        variables = {
            "HATCHET_BENCHMARK_PROJECT": str(project),
            "HATCHET_BENCHMARK_OUTPUT": str(output),
            "HATCHET_BENCHMARK_RUNS": str(runs),
        }
        command = ["npm", "run", "--silent", "benchmark"]
        subprocess.run(command, cwd=TESTS, env=os.environ | variables, check=True)
        times: dict[str, list[float]] = json.loads(output.read_text(encoding="utf-8"))
    return Waits(date, **{what: [each / 1000 for each in values] for what, values in times.items()})


def text() -> str:
    """A file with one mistake, which is on the screen when the file is opened."""
    right = hatchet_file(LINES).text.replace(target_line(1, wrong=True), target_line(1, wrong=False))
    return right.replace(BEFORE, MISTAKE + BEFORE, 1)
