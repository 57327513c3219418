"""The built extension."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def vsix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension: the one that ``HATCHET_VSIX`` names, or else one that is built once for all processes."""
    if "HATCHET_VSIX" in os.environ:
        return Path(os.environ["HATCHET_VSIX"])
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    built = shared / "hatchet-ls.vsix"
    with FileLock(shared / "vsix.lock"):
        if not built.is_file():
            build(built)
    return built


def build(target: Path) -> None:
    """Build the extension as the documented command does."""
    subprocess.run([sys.executable, ROOT / "scripts" / "build_vsix.py", "--out", target], check=True)


@pytest.fixture(scope="session")
def installed(vsix: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension's folder as VS Code unpacks it, at a path that needs care."""
    folder = tmp_path_factory.mktemp("vscode") / "extensions 語 é"
    zipfile.ZipFile(vsix).extractall(folder)
    return folder / "extension"
