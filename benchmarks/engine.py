"""Measures the engine in this very process, without a server around it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.sources import hatchet_file, plain_file, target_line
from hatchet_ls.project.workspace import Workspace

WITHOUT_HATCHET = "a file of 400 lines without Hatchet"


def measure(project: Path, repetitions: int) -> dict[str, float]:
    """Median seconds of analysing a text that was never seen before, by what is in it.

    Raises:
        AssertionError: the engine did not find what it should have, so the times would mean nothing.
    """
    workspace = Workspace(project)
    path = project / "app" / "measured.py"

    def plain(lines: int) -> Callable[[int], None]:
        text = plain_file(lines)

        def once(number: int) -> None:
            assert workspace.analyse(path, f"{text}# {number}\n").program is None

        return once

    def hatchet(lines: int) -> Callable[[int], None]:
        file = hatchet_file(lines)
        rows = file.text.splitlines()

        def once(number: int) -> None:
            rows[file.target_row] = target_line(number + 2, wrong=True)
            findings = workspace.analyse(path, "\n".join(rows)).findings
            assert [finding.rule for finding in findings] == ["negative-retries"], findings

        return once

    return {
        WITHOUT_HATCHET: _median(plain(400), repetitions),
        "a file of 10,000 lines without Hatchet": _median(plain(10_000), repetitions),
        "a Hatchet file of 400 lines": _median(hatchet(400), max(5, repetitions // 10)),
        "a Hatchet file of 2,000 lines": _median(hatchet(2_000), max(3, repetitions // 30)),
    }


def _median(once: Callable[[int], None], repetitions: int) -> float:
    """The median of ``repetitions`` calls, after one that warms everything up."""
    once(-1)
    times = []
    for number in range(repetitions):
        start = time.perf_counter()
        once(number)
        times.append(time.perf_counter() - start)
    return statistics.median(times)
