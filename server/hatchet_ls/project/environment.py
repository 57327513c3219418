"""The user's environment: found and read, never run."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hatchet_ls.python.pth import added_by_pth

ENVIRONMENT_NAMES = (".venv", "venv")


@dataclass(frozen=True, slots=True)
class Environment:
    """Where the user's packages are."""

    root: Path
    site_packages: tuple[Path, ...]
    """Directories to look for packages in, those that ``.pth`` files add included."""
    origin: str
    """Who named it: ``"settings"``, ``"editor"``, ``"project"``, ``"VIRTUAL_ENV"`` or ``"server"``."""
    problem: str | None = None
    """Why the environments that come before it in the order of the search were passed over, if any was."""


class UnusableError(Exception):
    """A place is no environment that packages can be read from; the message says why."""


def find_environment(
    configured: Path | None,
    chosen: Path | None,
    directories: Iterable[Path],
    environ: Mapping[str, str] = os.environ,
) -> Environment:
    """The first usable one of: the settings' environment, the editor's choice, ``.venv`` or ``venv`` in one of the
    directories, ``VIRTUAL_ENV``, the one that this program runs in.

    ``configured`` and ``chosen`` are a directory or an interpreter.
    """
    passed_over: list[str] = []
    for origin, path in _candidates(configured, chosen, directories, environ):
        try:
            root, site_packages = read_environment(path, by_name=origin in ("settings", "editor"))
        except UnusableError as error:
            passed_over.append(f"{path}: {error}")
        else:
            return Environment(root, site_packages, origin, "; ".join(passed_over) or None)
    return Environment(Path(sys.prefix), _own_site_packages(), "server", "; ".join(passed_over) or None)


def _candidates(
    configured: Path | None, chosen: Path | None, directories: Iterable[Path], environ: Mapping[str, str]
) -> Iterator[tuple[str, Path]]:
    if configured is not None:
        yield "settings", configured
    if chosen is not None:
        yield "editor", chosen
    for directory in dict.fromkeys(directories):
        for name in ENVIRONMENT_NAMES:
            path = directory / name
            if path.is_symlink() or path.is_dir():
                yield "project", path
    if environ.get("VIRTUAL_ENV"):
        yield "VIRTUAL_ENV", Path(environ["VIRTUAL_ENV"])


def read_environment(path: Path, *, by_name: bool) -> tuple[Path, tuple[Path, ...]]:
    """The root of an environment, given as a directory or as an interpreter, and its site-packages.

    ``by_name``: the user named it, so it need not be a virtual environment. Its interpreter need not
    work: nothing is run.

    Raises:
        UnusableError: with the reason.
    """
    root, interpreter = path, None
    try:
        if path.is_file() or (path.is_symlink() and path.parent.name in ("bin", "Scripts")):
            interpreter = path
            root = path.parent.parent if path.parent.name in ("bin", "Scripts") else path.parent
        if not root.is_dir():
            raise UnusableError("is a symlink to nowhere" if root.is_symlink() else "does not exist")
        marker = root / "pyvenv.cfg"
        if not by_name and not marker.is_file() and not (root / "conda-meta").is_dir():
            raise UnusableError("has no pyvenv.cfg")
        config = _read_config(marker)
        release = _release(config.get("version") or config.get("version_info") or "", interpreter)
        found = _site_packages(root, release)
        if not found:
            raise UnusableError("has no site-packages")
        if config.get("include-system-site-packages", "").lower() == "true" and "home" in config:
            home = Path(config["home"])
            found += _site_packages(home.parent if home.name == "bin" else home, release)
        return root, tuple(dict.fromkeys(_with_pth(found)))
    except OSError as error:
        raise UnusableError(error.strerror or str(error)) from error


def _read_config(marker: Path) -> dict[str, str]:
    """``pyvenv.cfg``; empty when there is none."""
    if not marker.is_file():
        return {}
    lines = marker.read_text(encoding="utf-8", errors="replace").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line)
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def _release(version: str, interpreter: Path | None) -> str | None:
    """``3.11``, from ``pyvenv.cfg``'s version or else from the interpreter's name or what it links to."""
    match = re.match(r"\d+\.\d+", version)
    if match is None and interpreter is not None:
        names = (interpreter.name, Path(os.path.realpath(interpreter)).name)
        match = next(filter(None, (re.search(r"\d+\.\d+", name) for name in names)), None)
    return match.group() if match else None


def _site_packages(root: Path, release: str | None) -> list[Path]:
    """The existing site-packages (and Debian's dist-packages) under a prefix; of several Pythons the one that
    ``release`` says, else the newest."""
    found: list[Path] = []
    for library in (root / "lib", root / "lib64", root / "local" / "lib"):
        pythons = sorted(library.glob("python3.*"), key=_minor, reverse=True)
        wanted = [python for python in pythons if release is None or python.name == f"python{release}"]
        for python in wanted or pythons:
            directories = [each for name in ("site-packages", "dist-packages") if (each := python / name).is_dir()]
            if directories:
                found += directories
                break
        if (debian := library / "python3" / "dist-packages").is_dir():
            found.append(debian)
    if (windows := root / "Lib" / "site-packages").is_dir():
        found.append(windows)
    unique: dict[str, Path] = {}
    for each in found:
        unique.setdefault(os.path.realpath(each), each)
    return list(unique.values())


def _minor(python: Path) -> int:
    match = re.match(r"python3\.(\d+)", python.name)
    return int(match[1]) if match else -1


def _with_pth(directories: Sequence[Path]) -> Iterator[Path]:
    """The directories and what their ``.pth`` files add."""
    for directory in directories:
        yield directory
        yield from added_by_pth(directory)


def _own_site_packages() -> tuple[Path, ...]:
    """Where this program's own packages are."""
    paths = (Path(sysconfig.get_path(name)) for name in ("purelib", "platlib"))
    return tuple(dict.fromkeys(_with_pth([path for path in dict.fromkeys(paths) if path.is_dir()])))
