"""Measures everything and writes the report: ``python -m benchmarks.run``.

The other servers are installed into a virtual environment of their own (by default ``benchmarks/.venv``). Run it on a
machine that does nothing else; it takes some ten minutes.
"""

from __future__ import annotations

import argparse
import datetime
import tempfile
from pathlib import Path

from benchmarks import engine, languages, measure, vscode
from benchmarks.report import write_report
from benchmarks.results import Results, machine
from benchmarks.servers import FOLDER, Server, prepare, servers, versions
from benchmarks.sources import write_project

SIZES = {100: 40, 400: 40, 2_000: 25, 10_000: 12}
"""Lines of a file → edits made to it."""
START_SIZE = 400
STARTS = 9
WINDOWS = 7


def main() -> None:
    """Read the arguments, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, default=FOLDER / ".venv", help="where the other servers live")
    parser.add_argument("--output", type=Path, default=FOLDER, help="folder for REPORT.md and results.json")
    parser.add_argument("--smoke", action="store_true", help="only see that it works: small files, few repetitions")
    parser.add_argument("--only-ours", action="store_true", help="with --smoke: without the other servers, no report")
    parser.add_argument("--report-only", action="store_true", help="measure nothing, take the results that are there")
    parser.add_argument("--vscode", action="store_true", help="measure the waits in VS Code too")
    arguments = parser.parse_args()
    file = arguments.output / "results.json"
    old = Results.read(file) if file.is_file() else None
    if arguments.report_only and old is not None:
        results = old
    else:
        results = _smoke(arguments) if arguments.smoke else _measured(arguments.environment, SIZES, STARTS)
        if arguments.only_ours:
            return
    if arguments.vscode:
        results.vscode = vscode.measure(1 if arguments.smoke else WINDOWS, _today())
    elif old is not None:
        results.vscode = old.vscode
    results.write(file)
    write_report(results, arguments.output / "REPORT.md")
    print(f"wrote {arguments.output / 'REPORT.md'}")


def _today() -> str:
    return datetime.datetime.now(datetime.timezone.utc).date().isoformat()


def _smoke(arguments: argparse.Namespace) -> Results:
    return _measured(arguments.environment, {100: 2, START_SIZE: 2}, 1, only_ours=arguments.only_ours)


def _measured(environment: Path, sizes: dict[int, int], starts: int, *, only_ours: bool = False) -> Results:
    environment = environment.resolve()
    if not only_ours:
        prepare(environment)
    measured = [server for server in servers(environment) if not only_ours or server.distribution == "hatchet-ls"]
    results = Results(
        date=_today(),
        machine=machine(),
        versions={} if only_ours else versions(environment),
    )
    with tempfile.TemporaryDirectory(prefix="hatchet-ls-benchmark-") as folder:
        project = Path(folder).resolve()
        files = write_project(project, list(sizes))
        _starts(results, measured, environment, project, files[START_SIZE], starts)
        for server in measured:
            results.edits[server.name] = {}
            for size, edits in sizes.items():
                done = measure.edit_to_diagnostics(server, environment, project, files[size], size, edits)
                results.edits[server.name][size] = done
                print(f"{server.name}: {size} lines, median {done.median:.4f} s, p95 {done.p95:.4f} s", flush=True)
        results.engine = engine.measure(project, repetitions=20 if starts == 1 else 300)
    results.languages = languages.measure(environment, 2 if starts == 1 else 40, only_ours=only_ours)
    return results


def _starts(
    results: Results, measured: list[Server], environment: Path, project: Path, file: Path, repetitions: int
) -> None:
    for server in measured:
        measure.start_to_first_diagnostics(server, environment, project, file)
        results.start[server.name] = []
    for _ in range(repetitions):
        for server in measured:
            seconds = measure.start_to_first_diagnostics(server, environment, project, file)
            results.start[server.name].append(seconds)
            print(f"{server.name}: first diagnostics after {seconds:.3f} s", flush=True)


if __name__ == "__main__":
    main()
