"""The files that a command line means."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Discovered:
    """What there is to check, and what could not be looked at."""

    files: tuple[Path, ...]
    """Absolute, sorted, each once."""
    missing: tuple[tuple[Path, str], ...]
    """Paths that were named but cannot be used, and why."""
    unreadable: tuple[tuple[Path, str], ...]
    """Directories on the way that could not be listed, and why."""


def discover(paths: Iterable[Path], excludes: Callable[[Path, bool], bool]) -> Discovered:
    """Files for the paths: a file stands for itself, whatever the excludes say, a directory for the ``*.py`` below it.

    Below a directory nothing is followed through a symlink to a directory (so there are no loops), and directories
    that are virtual environments are left out. ``excludes`` is asked with an absolute path and whether it is a
    directory.
    """
    named: list[Path] = []
    walked: list[Path] = []
    missing: list[tuple[Path, str]] = []
    unreadable: list[tuple[Path, str]] = []
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 (Path.resolve would follow symlinks)
        try:
            is_directory = absolute.stat() and absolute.is_dir()
        except (OSError, ValueError) as error:
            missing.append((path, reason(error)))
            continue
        if is_directory:
            walked.extend(_walk(absolute, excludes, unreadable))
        else:
            named.append(absolute)
    seen: dict[str, Path] = {}
    # A file that is also found under its own name is not checked again through a link to it.
    for file in sorted(dict.fromkeys(walked), key=lambda file: (os.path.islink(file), file)):
        seen.setdefault(os.path.realpath(file), file)
    return Discovered(tuple(sorted({*named, *seen.values()})), tuple(missing), tuple(sorted(unreadable)))


def _walk(
    directory: Path, excludes: Callable[[Path, bool], bool], unreadable: list[tuple[Path, str]]
) -> Iterator[Path]:
    def note(error: OSError) -> None:
        unreadable.append((Path(error.filename), reason(error)))

    for parent, directories, files in os.walk(directory, onerror=note):
        if "pyvenv.cfg" in files and Path(parent) != directory:
            directories.clear()
            continue
        here = Path(parent)
        directories[:] = [name for name in directories if not excludes(here / name, True)]
        for name in files:
            if name.endswith(".py") and not excludes(here / name, False) and not _leads_nowhere(here / name):
                yield here / name


def _leads_nowhere(path: Path) -> bool:
    """A link to what is not there. What may not be looked at is there."""
    return os.path.islink(path) and not os.path.exists(path)


def reason(error: OSError | ValueError) -> str:
    """Why something cannot be used, as the end of a sentence."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]
