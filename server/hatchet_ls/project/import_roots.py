"""Where the imports of a file start."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from hatchet_ls.project.settings import pyprojects_above
from hatchet_ls.project.toml_places import parse_toml, value_at
from hatchet_ls.python.reading import CannotReadError, read
from hatchet_ls.text import Source

_UV_WORKSPACE = ("tool", "uv", "workspace")


class ImportRoots:
    """The roots of the files in a workspace. What the projects say is read once, until ``forget``."""

    def __init__(self, workspace: Path) -> None:
        self._workspace = workspace
        self._members: dict[Path, tuple[Path, ...]] = {}
        """Of uv's workspaces, by their ``pyproject.toml``."""

    def of(self, directory: Path) -> tuple[Path, ...]:
        """The roots for the files in a directory, in the order in which they count.

        They are the directory that the topmost package is in and those above it, up to the workspace (or to the nearest
        ``pyproject.toml``, where that is further up), because the code may be started from any of them; behind the
        project's own directory its ``src``; and the members of uv workspaces, each with its ``src``, because they are
        installed beside each other.
        """
        pyprojects = tuple(pyprojects_above(directory))
        project = pyprojects[0].parent if pyprojects else self._workspace
        above = _above(_beside_package(directory))
        last = max((above.index(each) for each in (project, self._workspace) if each in above), default=0)
        roots: list[Path] = []
        for each in (*above[: last + 1], project):
            roots += [each, each / "src"] if each == project else [each]
        for pyproject in pyprojects:
            for member in self._members_of(pyproject):
                roots += [member, member / "src"]
        return tuple(root for root in dict.fromkeys(roots) if os.path.isdir(root))

    def forget(self) -> None:
        """Read anew what has changed on disk."""
        self._members.clear()

    def _members_of(self, pyproject: Path) -> tuple[Path, ...]:
        if pyproject not in self._members:
            self._members[pyproject] = tuple(_uv_members(pyproject))
        return self._members[pyproject]


def _above(directory: Path) -> tuple[Path, ...]:
    return (directory, *directory.parents)


def _beside_package(directory: Path) -> Path:
    """The directory itself, or the one that its topmost package is in."""
    outside = (each for each in _above(directory) if not os.path.isfile(each / "__init__.py"))
    return next(outside, Path(directory.anchor))


def _uv_members(pyproject: Path) -> Iterator[Path]:
    """The members of the uv workspace whose top has this ``pyproject.toml``; none when it is no such top."""
    try:
        text = read(pyproject).text
    except CannotReadError:
        return
    if "members" not in text:  # Reading TOML takes long.
        return
    document, _ = parse_toml(Source(pyproject, text))
    members = _directories(pyproject.parent, value_at(document, (*_UV_WORKSPACE, "members")))
    excluded = _directories(pyproject.parent, value_at(document, (*_UV_WORKSPACE, "exclude")))
    for member in sorted(members - excluded):
        if os.path.isfile(member / "pyproject.toml"):
            yield member


def _directories(top: Path, globs: object) -> set[Path]:
    """What globs name. Those with ``**`` are left alone: they would have the whole tree walked."""
    found: set[Path] = set()
    for glob in globs if isinstance(globs, list) else ():
        if isinstance(glob, str) and "**" not in glob:
            try:
                found.update(top.glob(glob))
            except (OSError, ValueError, NotImplementedError):
                continue
    return found
