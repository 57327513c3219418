"""Says how much of the engine the tests have reached, and fails when that is too little.

    python scripts/check_coverage.py

Reads the data that ``pytest --cov`` left. The engine is everything but the doors (``lsp``, ``cli``) and what finds
files and settings for them (``project``): much of those runs in processes of its own, where nothing is measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

WANTED = 90.0
"""Percent of the branches."""
DOORS = ("*/hatchet_ls/lsp/*", "*/hatchet_ls/cli/*", "*/hatchet_ls/project/*", "*/hatchet_ls/__main__.py")


def main() -> int:
    """0 when enough of the branches was reached, else 1."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coverage.json"
        command = ["coverage", "json", "--quiet", "-o", str(file), f"--omit={','.join(DOORS)}"]
        subprocess.run([sys.executable, "-m", *command], check=True)
        report = json.loads(file.read_text(encoding="utf-8"))
    modules = sorted(
        (branches(module["summary"]), name)
        for name, module in report["files"].items()
        if module["summary"]["num_branches"]
    )
    for percent, name in modules:
        if percent < WANTED:
            print(f"{percent:6.1f} %  {name}")
    reached = branches(report["totals"])
    print(f"{reached:6.1f} %  of the engine's branches (at least {WANTED} wanted)")
    return 0 if reached >= WANTED else 1


def branches(summary: dict[str, int]) -> float:
    """Percent of the branches that were taken; 100 where there is none."""
    return 100.0 * summary["covered_branches"] / summary["num_branches"] if summary["num_branches"] else 100.0


if __name__ == "__main__":
    sys.exit(main())
