"""Measures the languages inside strings: CEL expressions beside other libraries, and what importing them costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import hatchet_ls
from benchmarks.servers import environment_of_process

IMPORTS = ("hatchet_ls.languages.cel", "hatchet_ls.languages.cron", "hatchet_ls.languages.duration")
EMPTY, LANGUAGES = "an empty interpreter", "with the languages"


@dataclass
class Expressions:
    """Valid expressions put to several libraries in one process."""

    valid: int = 0
    """How many the engine takes."""
    used: int = 0
    """Those of them that every library takes."""
    refused: dict[str, int] = field(default_factory=dict)
    """How many each library refuses, by mistake."""
    seconds: dict[str, list[float]] = field(default_factory=dict)
    """By library: processor time for one expression, once for each round over all of them."""


@dataclass
class Languages:
    """What is measured of the languages; times in seconds, once for each repetition."""

    expressions: Expressions = field(default_factory=Expressions)
    imports: dict[str, list[float]] = field(default_factory=dict)
    """By program: from the start of a fresh process to its end."""
    imports_processor: dict[str, list[float]] = field(default_factory=dict)
    """The same in processor time."""


def measure(environment: Path, repetitions: int, *, only_ours: bool = False) -> Languages:
    """Measure both. ``environment`` is the virtual environment of the other libraries.

    Raises:
        subprocess.CalledProcessError: one of the programs failed; what it wrote has been shown.
    """
    measured = Languages(_expressions(environment, repetitions, only_ours))
    programs = {EMPTY: "pass", LANGUAGES: f"import {', '.join(IMPORTS)}"}
    variables = environment_of_process(environment)
    for program in programs.values():
        _fresh(program, variables)  # writes the bytecode and warms the file system's caches
    for _ in range(repetitions):
        for name, program in programs.items():
            elapsed, processor = _fresh(program, variables)
            measured.imports.setdefault(name, []).append(elapsed)
            measured.imports_processor.setdefault(name, []).append(processor)
    return measured


def _expressions(environment: Path, rounds: int, only_ours: bool) -> Expressions:
    python = sys.executable if only_ours else str(environment / "bin" / "python")
    folders = (Path(__file__).resolve().parents[1], Path(hatchet_ls.__file__).resolve().parents[1])
    done = subprocess.run(
        [python, "-m", "benchmarks.expressions", str(rounds), *(["--only-ours"] if only_ours else [])],
        env={**environment_of_process(environment), "PYTHONPATH": os.pathsep.join(map(str, folders))},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return Expressions(**json.loads(done.stdout))


def _fresh(program: str, variables: dict[str, str]) -> tuple[float, float]:
    """How long a fresh interpreter takes for a program, and its processor time."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nimport time\nprint(time.process_time())"],
        env=variables,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return time.perf_counter() - start, float(done.stdout)
