"""The CLI door: one real process over the folders of many cases."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from scenarios.editor import COMMAND
from scenarios.findings import Place


class CommandLineError(AssertionError):
    """The command ended in a way that it should not."""


def check(root: Path, folders: Sequence[str]) -> dict[str, list[Place]]:
    """The findings of each folder below ``root``."""
    found: dict[str, list[Place]] = {folder: [] for folder in folders}
    output = _run(root, ["check", *folders, "--output-format", "json"], {0, 1})
    for item in json.loads(output):
        folder, place = _place(root, item)
        found[folder].append(place)
    return {folder: sorted(places) for folder, places in found.items()}


def fix(root: Path, folders: Sequence[str]) -> None:
    """Apply all fixes, safe and unsafe, to the files below the folders."""
    _run(root, ["check", *folders, "--fix", "--unsafe-fixes"], {0, 1})


def _run(root: Path, arguments: list[str], codes: set[int]) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run([COMMAND, *arguments], cwd=root, capture_output=True, text=True, check=False, env=environment)
    if done.returncode not in codes:
        raise CommandLineError(f"hatchet-ls {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def _place(root: Path, item: dict[str, object]) -> tuple[str, Place]:
    file = root.joinpath(str(item["filename"])).relative_to(root)
    start, end = item["location"], item["end_location"]
    assert isinstance(start, dict)
    assert isinstance(end, dict)
    place = Place(
        Path(*file.parts[1:]).as_posix(),
        start["row"],
        start["column"],
        end["row"],
        end["column"],
        str(item["severity"]),
        str(item["rule"]),
        str(item["message"]),
    )
    return file.parts[0], place
