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
    whole: bool = True
    """Everything was looked at; else there was more than should be."""


def discover(paths: Iterable[Path], excludes: Callable[[Path, bool], bool], *, most: int | None = None) -> Discovered:
    """Files for the paths: a file stands for itself, whatever the excludes say, a directory for the ``*.py`` below it.

    Below a directory nothing is followed through a symlink to a directory (so there are no loops), and directories
    that are virtual environments are left out. ``excludes`` is asked with an absolute path and whether it is a
    directory. ``most`` is how many directories and how many files are looked at; the same ones every time.
    """
    named: list[Path] = []
    walked: list[Path] = []
    missing: list[tuple[Path, str]] = []
    unreadable: list[tuple[Path, str]] = []
    whole = True
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 (Path.resolve would follow symlinks)
        try:
            is_directory = absolute.stat() and absolute.is_dir()
        except (OSError, ValueError) as error:
            missing.append((path, reason(error)))
            continue
        if is_directory:
            for count, files in enumerate(_walk(absolute, excludes, unreadable), 1):
                walked.extend(files)
                if most is not None and max(count, len(walked)) > most:
                    whole = False
                    break
        else:
            named.append(absolute)
    seen: dict[str, Path] = {}
    # A file that is also found under its own name is not checked again through a link to it.
    for file in sorted(dict.fromkeys(walked), key=lambda file: (os.path.islink(file), file)):
        seen.setdefault(os.path.realpath(file), file)
    found = sorted({*named, *seen.values()})[:most]
    return Discovered(tuple(found), tuple(missing), tuple(sorted(unreadable)), whole)


def _walk(
    directory: Path, excludes: Callable[[Path, bool], bool], unreadable: list[tuple[Path, str]]
) -> Iterator[list[Path]]:
    """The files of one directory after the other."""

    def note(error: OSError) -> None:
        unreadable.append((Path(error.filename), reason(error)))

    for parent, directories, files in os.walk(directory, onerror=note):
        if "pyvenv.cfg" in files and Path(parent) != directory:
            directories.clear()
            continue
        here = Path(parent)
        directories[:] = [name for name in sorted(directories) if not excludes(here / name, True)]
        python = (here / name for name in sorted(files) if name.endswith(".py"))
        yield [file for file in python if not excludes(file, False) and not _leads_nowhere(file)]


def _leads_nowhere(path: Path) -> bool:
    """A link to what is not there. What may not be looked at is there."""
    return os.path.islink(path) and not os.path.exists(path)


def reason(error: OSError | ValueError) -> str:
    """Why something cannot be used, as the end of a sentence."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]
