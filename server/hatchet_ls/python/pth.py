"""What the ``.pth`` files of a directory of packages add to where packages are looked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def added_by_pth(directory: Path) -> Iterator[Path]:
    """The directories that the ``.pth`` files in a directory name. Lines that start with ``import`` are code: left
    alone. Source: Python's ``site``."""
    try:
        files = sorted(directory.glob("*.pth"))
    except OSError:
        return
    for pth in files:
        try:
            lines = pth.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        for line in lines:
            if not line.strip() or line.startswith(("#", "import ", "import\t")) or "\0" in line:
                continue
            added = directory / line.strip()
            if os.path.isdir(added):
                yield Path(os.path.normpath(added))
