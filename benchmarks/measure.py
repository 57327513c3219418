"""Measures one server: its start, its answers to edits, its memory."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.client import LspClient
from benchmarks.servers import Server, environment_of_process
from benchmarks.sources import hatchet_file, target_line

TIMEOUT = 120.0
IDLE_SECONDS = 0.2
"""Between an answer and the next edit, so that each edit meets a server at rest."""


@dataclass(frozen=True)
class Edits:
    """What a server did with a series of edits to one file; times in seconds, memory in bytes."""

    times: tuple[float, ...]
    pulled: bool
    peak_memory: int
    """After the edits."""
    peak_memory_with_hovers: int
    """After the edits and a hover on each of some names of the SDK."""

    @property
    def median(self) -> float:
        """Half of the edits were answered faster."""
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """95 of 100 edits were answered faster (by interpolation)."""
        if len(self.times) < 2:
            return self.times[0]
        return statistics.quantiles(self.times, n=20, method="inclusive")[-1]


def start_to_first_diagnostics(server: Server, environment: Path, project: Path, file: Path) -> float:
    """Seconds from the start of the process to the diagnostics of the first opened file."""
    with _started(server, environment, project) as client:
        _open(client, file)
        seen = client.diagnostics(file.as_uri(), 1, _shows(server, wrong=True), TIMEOUT)
        return seen.at - client.started_at


def edit_to_diagnostics(server: Server, environment: Path, project: Path, file: Path, size: int, edits: int) -> Edits:
    """Edit the target line of a file ``edits`` times, and wait each time for the diagnostics of just that text.

    The line is wrong and right in turn and never the same twice, so that nothing can be answered from a cache.
    """
    uri = file.as_uri()
    row = hatchet_file(size).target_row
    line = target_line(1, wrong=True)
    times = []
    with _started(server, environment, project) as client:
        _open(client, file)
        client.diagnostics(uri, 1, _shows(server, wrong=True), TIMEOUT)
        for number in range(2, edits + 2):
            time.sleep(IDLE_SECONDS)
            wrong = number % 2 == 1
            change = {
                "range": {"start": {"line": row, "character": 0}, "end": {"line": row, "character": len(line)}},
                "text": (line := target_line(number, wrong=wrong)),
            }
            start = time.perf_counter()
            client.notify(
                "textDocument/didChange",
                {"textDocument": {"uri": uri, "version": number}, "contentChanges": [change]},
            )
            times.append(client.diagnostics(uri, number, _shows(server, wrong=wrong), TIMEOUT).at - start)
        peak_memory = client.peak_memory
        for position in _names_of_the_sdk(file):
            client.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": position}, TIMEOUT)
        time.sleep(IDLE_SECONDS)
        return Edits(tuple(times), client.pulls, peak_memory, client.peak_memory)


def growth(medians: Sequence[tuple[int, float]]) -> float:
    """The exponent of growth: the slope of the least squares line through ``log(lines), log(seconds)``."""
    points = [(math.log(lines), math.log(seconds)) for lines, seconds in medians]
    return statistics.linear_regression([x for x, _ in points], [y for _, y in points]).slope


@contextmanager
def _started(server: Server, environment: Path, project: Path) -> Iterator[LspClient]:
    with LspClient(server.command, environment_of_process(environment), project, pull=server.pull) as client:
        client.initialize(server.settings, {})
        yield client


def _open(client: LspClient, file: Path) -> None:
    document = {
        "uri": file.as_uri(),
        "languageId": "python",
        "version": 1,
        "text": file.read_text(encoding="utf-8"),
    }
    client.notify("textDocument/didOpen", {"textDocument": document})


def _shows(server: Server, *, wrong: bool) -> Callable[[list[dict[str, Any]]], bool]:
    marker = server.marker
    if marker is None:
        return lambda diagnostics: True
    return lambda diagnostics: wrong == any(marker in f"{item.get('code')} {item['message']}" for item in diagnostics)


def _names_of_the_sdk(file: Path) -> list[dict[str, int]]:
    positions = []
    lines = file.read_text(encoding="utf-8").splitlines()
    for name in ("aio_wait_for", "execution_timeout", "RateLimit(", "ctx.task_output"):
        for row, line in enumerate(lines):
            if name in line:
                positions.append({"line": row, "character": line.index(name) + len(name) // 2})
                break
    return positions
