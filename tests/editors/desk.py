"""Where a user sits in these tests: a project, an empty home, and nothing but the documented configuration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

DOCS = Path(__file__).parents[2] / "docs" / "editors"
"""The configurations that users copy. The tests start the editors with these very files."""

SECONDS = 120
"""After which an editor counts as hung."""

_MARK = "HATCHET_LS_TEST_DESK"

TASKS = """\
from hatchet_sdk import Context, EmptyModel, Hatchet

hatchet = Hatchet(debug=True)  # 😀 é 漢字


@hatchet.task(name="😀 é 漢字", execution_timeout="10m", retries=3)
def work(input: EmptyModel, ctx: Context) -> None: ...
"""

FIXED = TASKS.replace("from hatchet_sdk", "from datetime import timedelta\n\nfrom hatchet_sdk").replace(
    '"10m"', "timedelta(minutes=10)"
)


@dataclass(frozen=True)
class Desk:
    """A folder for one session with an editor. Its processes are known by a mark in their environment."""

    folder: Path
    programs: Path = field(default_factory=lambda: Path(sys.executable).parent)
    """The directory in which the shell finds ``hatchet-ls``."""

    @property
    def workspace(self) -> Path:
        return self.folder / "workspace"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def file(self) -> Path:
        return self.workspace / "tasks.py"

    @property
    def report(self) -> Path:
        """Where the editor's script writes what it saw."""
        return self.folder / "report.json"

    def lay(self, files: Mapping[str, str]) -> None:
        """Write the project."""
        self.home.mkdir(exist_ok=True)
        for name, text in {"pyproject.toml": "[project]\nname = 'app'\n", **files}.items():
            path = self.workspace / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def environ(self, **more: str) -> dict[str, str]:
        """The environment of the editor: the user's, but for all that leads to an earlier life."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "VIM", "NVIM"))}
        return {
            **kept,
            "HOME": str(self.home),
            "PATH": f"{self.programs}:/usr/bin:/bin",
            "FILE": str(self.file),
            "REPORT": str(self.report),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm",
            _MARK: str(self.folder),
            **more,
        }

    def run(self, command: Sequence[str], **more: str) -> dict[str, Any]:
        """Run an editor with a script to its end; what it saw."""
        done = subprocess.run(
            command,
            env=self.environ(**more),
            cwd=self.workspace,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return self.seen()

    def seen(self) -> dict[str, Any]:
        """What the editor's script has written."""
        seen = json.loads(self.report.read_text(encoding="utf-8"))
        assert isinstance(seen, dict)
        return seen

    def processes(self) -> list[psutil.Process]:
        """All that still runs of what this session started."""
        return [process for process in psutil.process_iter() if self._started(process)]

    def _started(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get(_MARK) == str(self.folder) and process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False

    def servers(self) -> list[psutil.Process]:
        """The servers among them."""
        return [process for process in self.processes() if {"hatchet-ls", "server"} <= _words(process)]

    def is_left_empty(self) -> bool:
        """Whether everything has ended, soon if not at once."""
        wait_until(lambda: not self.processes())
        return True


def _words(process: psutil.Process) -> set[str]:
    try:
        return {Path(word).name for word in process.cmdline()}
    except psutil.Error:
        return set()


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that comes sooner or later."""
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)
