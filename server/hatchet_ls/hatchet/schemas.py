"""Where the data files are that come with the tool."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def schema_path(name: str) -> Path:
    """The path of a file or folder of ``schemas``: inside the installed package, or at the top of a checkout."""
    installed = _PACKAGE / "schemas"
    return (installed if installed.is_dir() else _PACKAGE.parents[1] / "schemas") / name
