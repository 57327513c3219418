"""Python environments as they lie on the disk, for a server that only reads them."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path


def environment(root: Path, sdk: str | None = None) -> Path:
    """A virtual environment at ``root``, with this release's SDK under another version's name if one is given."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    site_packages = root / "lib" / f"python{python}" / "site-packages"
    site_packages.mkdir(parents=True)
    (root / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {python}.0\n", encoding="utf-8")
    if sdk is not None:
        installed = find_spec("hatchet_sdk")
        assert installed is not None
        assert installed.origin is not None
        shutil.copytree(Path(installed.origin).parent, site_packages / "hatchet_sdk")
        (site_packages / f"hatchet_sdk-{sdk}.dist-info").mkdir()
    return root
