"""Writing a case down as a folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from scenarios.document import Case


def write_workspace(case: Case, folder: Path, environment: Path | None = None) -> dict[str, Path]:
    """Write a case's files below ``folder``; their places by their paths.

    Only the case's own rule is selected, unless its settings select something. ``environment`` becomes ``.venv``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pyproject.toml").write_text(settings(case), encoding="utf-8")
    if environment is not None:
        (folder / ".venv").symlink_to(environment, target_is_directory=True)
    return write_files({file.path: file.text for file in case.files}, folder)


def write_files(texts: Mapping[str, str], folder: Path) -> dict[str, Path]:
    """Write texts by their paths below a folder; their places."""
    places: dict[str, Path] = {}
    for path, text in texts.items():
        places[path] = folder / path
        places[path].parent.mkdir(parents=True, exist_ok=True)
        places[path].write_text(text, encoding="utf-8", newline="")
    return places


def settings(case: Case) -> str:
    """A case's ``pyproject.toml``: as written, with its own rule selected where it selects nothing."""
    if re.search(r"^select\s*=", case.settings, re.MULTILINE):
        return case.settings
    select = f'select = ["{case.rule}"]'
    header = "[tool.hatchet-ls]\n"
    if header in case.settings:
        return case.settings.replace(header, f"{header}{select}\n", 1)
    return f"{case.settings}\n{header}{select}\n"
