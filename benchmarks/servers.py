"""The servers that are measured, and the environment that the others live in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
REQUIREMENTS = FOLDER / "requirements.txt"
LIBRARIES = ("cel-expr-python", "cel-python", "hatchet-sdk")
"""What is installed beside the servers."""


@dataclass(frozen=True)
class Server:
    """A language server, and how it shows that it has seen the target line."""

    name: str
    command: tuple[str, ...]
    marker: str | None
    """Part of the code or message that it reports for a wrong target line; None when it judges syntax only."""
    distribution: str
    pull: bool = True
    """Offer it pull diagnostics."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


def servers(environment: Path) -> list[Server]:
    """Ours first. ``environment`` is the virtual environment of the others, which has the SDK that all of them read."""
    bin_folder = environment / ("Scripts" if os.name == "nt" else "bin")
    python = {"python": {"pythonPath": str(bin_folder / "python")}}
    ours = (str(Path(sys.executable).with_name("hatchet-ls")), "server")
    return [
        Server("hatchet-ls", ours, "negative-retries", "hatchet-ls"),
        Server("hatchet-ls (push)", ours, "negative-retries", "hatchet-ls", pull=False),
        Server(
            "python-lsp-server",
            (str(bin_folder / "pylsp"),),
            "undefined name",
            "python-lsp-server",
            note="waits 0.5 s after an edit before it looks",
        ),
        Server(
            "jedi-language-server",
            (str(bin_folder / "jedi-language-server"),),
            None,
            "jedi-language-server",
            note="reports syntax errors only; waits 1 s after an edit before it looks",
        ),
        Server(
            "basedpyright",
            (str(bin_folder / "basedpyright-langserver"), "--stdio"),
            "reportUndefinedVariable",
            "basedpyright",
            settings={**python, "basedpyright": {"analysis": {"diagnosticMode": "openFilesOnly"}}},
        ),
        Server("ruff", (str(bin_folder / "ruff"), "server"), "F821", "ruff", note="a linter written in Rust"),
    ]


def prepare(environment: Path) -> None:
    """Make the virtual environment of the other servers, unless it is there with these very requirements.

    Raises:
        subprocess.CalledProcessError: pip could not install them.
    """
    stamp = environment / "requirements.txt"
    if stamp.is_file() and stamp.read_bytes() == REQUIREMENTS.read_bytes():
        return
    venv.EnvBuilder(with_pip=True, clear=True).create(environment)
    python = environment / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)], check=True)
    stamp.write_bytes(REQUIREMENTS.read_bytes())


def environment_of_process(environment: Path) -> dict[str, str]:
    """What a server sees of the outside: the virtual environment as if it had been activated."""
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("HATCHET", "PYTHON"))}
    variables["VIRTUAL_ENV"] = str(environment)
    variables["PATH"] = f"{environment / 'bin'}{os.pathsep}{variables.get('PATH', '')}"
    return variables


def versions(environment: Path) -> dict[str, str]:
    """The version of each measured distribution, and of the SDK that the servers see."""
    found = _installed(environment / "bin" / "python")
    found["hatchet-ls"] = _installed(Path(sys.executable))["hatchet-ls"]
    names = {server.distribution for server in servers(environment)} | set(LIBRARIES)
    return {name: found[name] for name in sorted(names)}


def _installed(python: Path) -> dict[str, str]:
    listing = subprocess.run(
        [str(python), "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"],
        check=True,
        capture_output=True,
        text=True,
    )
    return {item["name"].lower().replace("_", "-"): item["version"] for item in json.loads(listing.stdout)}
