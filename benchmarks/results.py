"""What a run has measured, as kept in ``results.json``."""

from __future__ import annotations

import dataclasses
import json
import os
import platform
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from benchmarks.languages import Expressions, Languages
from benchmarks.measure import Edits
from benchmarks.vscode import Waits


@dataclass
class Results:
    """All measurements of one run; times in seconds, memory in bytes."""

    date: str
    machine: dict[str, str]
    versions: dict[str, str]
    start: dict[str, list[float]] = field(default_factory=dict)
    """By server: start of the process to first diagnostics, once for each repetition."""
    edits: dict[str, dict[int, Edits]] = field(default_factory=dict)
    """By server and lines of the file."""
    engine: dict[str, float] = field(default_factory=dict)
    """By what is done: the median of doing it once, in this very process."""
    languages: Languages = field(default_factory=Languages)
    vscode: Waits = field(default_factory=Waits)
    """They have a date of their own."""

    def write(self, path: Path) -> None:
        """Write it as JSON."""
        path.write_text(json.dumps(dataclasses.asdict(self), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Results:
        """Read what ``write`` wrote."""
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        data["edits"] = {
            server: {int(size): Edits(**{**edits, "times": tuple(edits["times"])}) for size, edits in sizes.items()}
            for server, sizes in data["edits"].items()
        }
        languages = data["languages"]
        data["languages"] = Languages(**{**languages, "expressions": Expressions(**languages["expressions"])})
        data["vscode"] = Waits(**data.get("vscode", {}))
        return cls(**data)


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
