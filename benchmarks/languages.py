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
ELAPSED, PROCESSOR, EMPTY = "elapsed", "processor time", "for scale: an empty interpreter, start to end"


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
    """What importing takes in a fresh interpreter, by clock; and what an empty interpreter takes to start and end."""


def measure(environment: Path, repetitions: int, *, only_ours: bool = False) -> Languages:
    """Measure both. ``environment`` is the virtual environment of the other libraries.

    Raises:
        subprocess.CalledProcessError: one of the programs failed; what it wrote has been shown.
    """
    measured = Languages(_expressions(environment, repetitions, only_ours))
    variables = environment_of_process(environment)
    _fresh(_IMPORTING, variables)  # writes the bytecode and warms the file system's caches
    for _ in range(repetitions):
        elapsed, processor = map(float, _fresh(_IMPORTING, variables).split())
        start = time.perf_counter()
        _fresh("pass", variables)
        times = {ELAPSED: elapsed, PROCESSOR: processor, EMPTY: time.perf_counter() - start}
        for name, seconds in times.items():
            measured.imports.setdefault(name, []).append(seconds)
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


_IMPORTING = f"""
import time
elapsed, processor = time.perf_counter(), time.process_time()
import {", ".join(IMPORTS)}
print(time.perf_counter() - elapsed, time.process_time() - processor)
"""


def _fresh(program: str, variables: dict[str, str]) -> str:
    """What a program prints in a fresh interpreter."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, env=variables, check=True, stdout=subprocess.PIPE, text=True).stdout
