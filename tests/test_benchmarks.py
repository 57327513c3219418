"""The benchmarks work; what they measure is another matter, and nothing here looks at a clock."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.client import LspClient
from benchmarks.expressions import CELPY, GOOGLE, OURS
from benchmarks.languages import ELAPSED, EMPTY, PROCESSOR, Expressions, Languages
from benchmarks.measure import Edits, growth, start_to_first_diagnostics
from benchmarks.report import write_report
from benchmarks.results import Results
from benchmarks.servers import Server, servers
from benchmarks.sources import hatchet_file, plain_file, target_line
from benchmarks.vscode import Waits

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("lines", [100, 400, 2_000])
def test_files_have_the_wished_length_and_are_python(lines: int) -> None:
    file = hatchet_file(lines)
    assert file.line_count == lines
    assert file.text.splitlines()[file.target_row] == target_line(1, wrong=True)
    ast.parse(file.text)
    assert plain_file(lines).count("\n") == lines
    ast.parse(plain_file(lines))


def test_the_target_line_is_a_new_one_each_time() -> None:
    lines = [target_line(number, wrong=wrong) for number in range(1, 50) for wrong in (True, False)]
    assert len(set(lines)) == len(lines)


def test_growth_is_the_exponent() -> None:
    assert growth([(100, 0.001), (1_000, 0.1), (10_000, 10.0)]) == pytest.approx(2.0)
    assert growth([(100, 0.1), (1_000, 1.0)]) == pytest.approx(1.0)


def test_a_server_that_cannot_be_initialized_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[Callable[[], int | None]] = []

    def fail(client: LspClient, *_: object) -> None:
        ends.append(client._process.poll)
        raise ConnectionError

    monkeypatch.setattr(LspClient, "initialize", fail)
    server = Server("silent", (sys.executable, "-c", "input()"), None, "silent")
    with pytest.raises(ConnectionError):
        start_to_first_diagnostics(server, tmp_path, tmp_path, tmp_path / "a.py")
    assert [end() is None for end in ends] == [False]


def test_a_run_with_small_files_answers_every_edit(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", "--smoke", "--only-ours", "--output", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_report_gives_every_server_and_every_ratio(tmp_path: Path) -> None:
    names = [server.name for server in servers(tmp_path)]
    edits = Edits(times=(0.01, 0.02, 0.03), pulled=True, peak_memory=2**20, peak_memory_with_hovers=2**21)
    slow = Edits(times=(0.4, 0.5, 0.6), pulled=False, peak_memory=2**22, peak_memory_with_hovers=2**22)
    results = Results(
        date="2026-01-01",
        machine={"processor": "one", "memory": "1 GiB", "system": "Linux", "python": "3.11"},
        versions={"hatchet-ls": "0.1.0"},
        start={name: [1.0, 2.0, 3.0] for name in names},
        edits={name: {100: edits, 400: edits if name.startswith("hatchet-ls") else slow} for name in names},
        engine={"a file of 400 lines without Hatchet": 0.0001},
        languages=Languages(
            Expressions(
                valid=5,
                used=3,
                refused={OURS: 0, GOOGLE: 1, CELPY: 2},
                seconds={OURS: [30e-6, 60e-6], GOOGLE: [20e-6, 40e-6], CELPY: [90e-6, 180e-6]},
            ),
            imports={ELAPSED: [0.038, 0.042], PROCESSOR: [0.028, 0.030], EMPTY: [0.010, 0.012]},
        ),
        vscode=Waits("2026-01-02", cold=[2.0, 3.0, 4.0], warm=[0.2, 0.3, 0.4], fix=[0.1, 0.11, 0.12]),
    )
    results.write(tmp_path / "results.json")
    assert Results.read(tmp_path / "results.json") == results
    assert json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["date"] == "2026-01-01"
    write_report(results, tmp_path / "REPORT.md")
    report = (tmp_path / "REPORT.md").read_text(encoding="utf-8")
    assert all(f"| {name} |" in report for name in names)
    assert "500 ms / 590 ms (25×)" in report
    assert "| edit to diagnostics at 400 lines at most a tenth of python-lsp-server's | 20 ms | 50 ms | yes |" in report
    assert "| a CEL expression in at most twice cel-expr-python's time | 1.50× | 2.00× | yes |" in report
    assert "| the languages inside strings imported in under 30 ms | 40 ms | 30 ms | **no** |" in report
    assert "| cel-python (parses only) | 135 µs | 90 µs | 3× | 2 |" in report
    assert "| processor time | 29 ms | 28 ms | 30 ms |" in report
    assert "| a new window: from the text to its first squiggle | 3,000 ms | 2,000 ms | 4,000 ms |" in report
