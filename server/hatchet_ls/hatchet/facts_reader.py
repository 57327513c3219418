"""The facts of the SDK in the user's environment. It is read, never imported or run."""

from __future__ import annotations

import contextlib
import gc
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from hatchet_ls.hatchet.facts import Facts, Version
from hatchet_ls.hatchet.facts_history import facts_at, history
from hatchet_ls.hatchet.facts_package import read_package
from hatchet_ls.hatchet.facts_source import UnreadableSdkError
from hatchet_ls.python.pth import added_by_pth

FIRST = Version(1, 0, 0)
"""The series before it is another SDK, of which there are no facts."""


@dataclass(frozen=True)
class Installation:
    """An SDK in an environment."""

    package: Path
    """The folder ``hatchet_sdk``."""
    version: Version | None
    """None when nothing says it."""
    stamp: float
    """Changes when another release is installed in its place."""


def load_facts(site_packages: Sequence[Path]) -> Facts:
    """The facts of the first SDK in these folders; of the newest known release where there is none.

    ``site_packages`` are folders such as ``.venv/lib/python3.12/site-packages``; those that do not exist are passed
    over. Editable installs and other folders named by ``.pth`` files are followed. When the SDK's source cannot be
    read, or lacks the client, the bundled table speaks for its release. For a release before 1.0.0 the facts have
    nothing but the version.
    """
    installation = find_sdk(site_packages)
    if installation is None:
        return facts_at(None)
    return _read(installation)


def own_facts(file: Path) -> Facts:
    """The facts of the SDK in its own repository, by the file that ``import hatchet_sdk`` finds there.

    Of something else of the SDK's name nothing is known, and nothing said.
    """
    package = file.parent
    if file.name == "__init__.py":
        facts = _read(Installation(package, _source_version(package), newest_change(package)))
        if facts.installed:
            return facts
    return _nothing(Version(0, 0, 0))


def newest_change(package: Path) -> float:
    """When a file of an SDK that is being worked on was last changed; 0 where there is none."""
    newest = 0.0
    for file in package.rglob("*.py"):
        with contextlib.suppress(OSError):
            newest = max(newest, file.stat().st_mtime)
    return newest


@lru_cache(maxsize=8)
def _read(installation: Installation) -> Facts:
    version = installation.version
    if version is not None and version < FIRST:
        return _nothing(version)
    # Nearly everything that parsing makes stays alive, so the collector only costs time here.
    enabled = gc.isenabled()
    gc.disable()
    try:
        facts = read_package(installation.package, version or facts_at(None).version, history())
        # An install that was interrupted may leave files that can be read, but not the client that all begins with.
        return facts if facts.exports.get("Hatchet") in facts.classes else facts_at(version)
    except UnreadableSdkError:
        return facts_at(version)
    finally:
        if enabled:
            gc.enable()


def _nothing(version: Version) -> Facts:
    """All that is known of an SDK before 1.0."""
    return Facts(version, installed=True, classes={}, exports={}, functions={}, history=history())


def find_sdk(site_packages: Sequence[Path]) -> Installation | None:
    """The first folder ``hatchet_sdk`` with its version, and with what says that it has been replaced."""
    for folder in site_packages:
        metadata = _metadata(folder)
        for candidate in (folder, *_elsewhere(folder, metadata)):
            package = candidate / "hatchet_sdk"
            try:
                stamp = (package / "__init__.py").stat().st_mtime
            except OSError:
                continue
            if metadata is None:
                return Installation(package, _source_version(package), stamp)
            return Installation(package, _version(metadata), max(stamp, metadata.stat().st_mtime))
    return None


def _metadata(folder: Path) -> Path | None:
    """The ``.dist-info`` of the SDK; of several (a broken update) that of the newest release."""
    found = [path for path in _glob(folder, "hatchet_sdk-*.dist-info") if path.is_dir()]
    return max(found, key=lambda path: _version(path) or FIRST, default=None)


def _version(metadata: Path) -> Version | None:
    return Version.parse(metadata.name.removeprefix("hatchet_sdk-").removesuffix(".dist-info"))


def _elsewhere(folder: Path, metadata: Path | None) -> Iterator[Path]:
    """Other folders that the environment's ``.pth`` files and an editable install name."""
    yield from added_by_pth(folder)
    if metadata is None:
        return
    try:
        address = urlsplit(json.loads(_text(metadata / "direct_url.json") or "{}").get("url", ""))
    except (ValueError, AttributeError):
        return
    if address.scheme == "file":
        from urllib.request import url2pathname  # Slow to import, and hardly ever needed.

        project = Path(url2pathname(address.path))
        yield from (project, project / "src")


def _source_version(package: Path) -> Version | None:
    """The version of an SDK that lies there as a plain folder: its project's file says it, or its layout the series."""
    said = re.search(r'(?m)^version\s*=\s*"([^"]+)"', _text(package.parent / "pyproject.toml"))
    if said:
        return Version.parse(said[1])
    series_before = (package / "workflow.py").is_file() and not (package / "runnables").is_dir()
    return Version(0, 0, 0) if series_before else None


def _glob(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
