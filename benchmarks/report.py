"""Writes ``REPORT.md`` from the results of a run."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.engine import WITHOUT_HATCHET
from benchmarks.expressions import CELPY, GOOGLE
from benchmarks.languages import ELAPSED
from benchmarks.measure import Edits, growth
from benchmarks.results import Results
from benchmarks.servers import servers
from benchmarks.vscode import LINES, Waits

OURS = "hatchet-ls"
TYPICAL = 400
"""Lines of the file at which the targets are judged."""
MILLISECONDS = 1000
MICROSECONDS = 1_000_000
MIB = 2**20

METHOD = """\
## How it is measured

- `benchmarks/sources.py` writes one project: a client in a module of its own and a file of each size with workflows,
  tasks, conditions, limits and plain functions. Every server works on these same files, with the same installed
  `hatchet-sdk`, in the same run; repetitions of the starts go round the servers in turn.
- A small client speaks LSP over stdio. It offers pull diagnostics and pushed ones; a server that wants to be asked is
  asked at once after each change (as current editors do), of the others the published diagnostics are awaited.
  `hatchet-ls (push)` is hatchet-ls with a client that cannot pull.
- *Start to first diagnostics*: from the start of the process to the arrival of diagnostics for the {typical}-line file
  that name the mistake in it. One start before the first one counted warms the file system's caches.
- *Edit to diagnostics*: one line in the middle of the file is replaced by an incremental change, in turn right and
  wrong (a negative number of `retries` for hatchet-ls, an undefined name for the others), never the same text twice;
  the time runs until diagnostics arrive that fit just that text. jedi-language-server judges syntax only, so of it the
  diagnostics of that version count. Each edit meets a server at rest.
- python-lsp-server waits 0.5 s after each edit before it looks, jedi-language-server 1 s. Their users wait that long,
  so it is in the figures; the table of edits also gives python-lsp-server's median without it.
- python-lsp-server runs the plugins that it enables by itself when all of them are installed
  (`python-lsp-server[all]`: pyflakes, pycodestyle, mccabe); the other servers run with their defaults.
- *Peak memory*: the highest sum of the resident sizes of the server and its children, sampled every 20 ms, in the
  session that made the edits; then again after hovers on four names of the SDK, when servers that read installed
  packages only on demand have read them.
- *Growth*: the exponent of the least squares fit of the medians over the file's lines, on logarithmic scales: 1 is
  linear.
- *Without Hatchet*: a file of that many lines that has nothing to do with Hatchet, given to the engine in this very
  process, a new text each time.
- *CEL expressions*: the expressions of `tests/languages/golden/cel_hand.jsonl` that the engine takes for concurrency
  and rate limits and that every library takes, one library after the other in one process, round after round. All
  declare the same variables, the strings extension and `checksum`. hatchet-ls and cel-expr-python (Google's C++
  implementation) parse and check types; cel-python parses only, it checks no types. Processor time, as none of them
  waits for anything; the ratio is the median of the rounds' ratios.
- *Imports*: fresh interpreters that import `hatchet_ls.languages.cel`, `cron` and `duration`; the time that this takes
  by their own clocks, which has in it what they import of the standard library.
- *In VS Code*: `client-vscode/test/benchmark` opens the built extension in windows of a real VS Code (code-server in
  Chromium), in an editor with no other extension for Python; the times are those of the window's own clock, from what
  the user does or sees first to the frame in which the squiggle is there or gone. The server's start is in the first
  row. One window before the first one counted warms the file system's caches.
"""


def write_report(results: Results, path: Path) -> None:
    """Write the whole report."""
    path.write_text("\n".join(_report(results)) + "\n", encoding="utf-8")


def _report(results: Results) -> Iterable[str]:
    yield "# Benchmarks"
    yield ""
    yield "Written by `python -m benchmarks.run`; the raw figures are in `results.json`."
    yield ""
    yield f"Measured on {results.date}: {results.machine['processor']}, {results.machine['memory']} of memory,"
    yield f"{results.machine['system']}, Python {results.machine['python']}."
    yield "Versions: " + ", ".join(f"{name} {version}" for name, version in results.versions.items()) + "."
    yield ""
    yield from _targets(results)
    yield from _starts(results)
    yield from _edits(results)
    yield from _memory(results)
    yield from _engine(results)
    yield from _languages(results)
    yield from _vscode(results.vscode)
    yield METHOD.format(typical=TYPICAL).rstrip()


def _targets(results: Results) -> Iterable[str]:
    rows = []

    def row(wish: str, measured: float, limit: float, show: Callable[[float], str]) -> None:
        rows.append([wish, show(measured), show(limit), "yes" if measured <= limit else "**no**"])

    starts = {server: statistics.median(times) for server, times in results.start.items()}
    ours = results.edits[OURS]
    row("first diagnostics no later than basedpyright's", starts[OURS], starts["basedpyright"], _ms)
    row(
        f"edit to diagnostics at {TYPICAL} lines at most a tenth of python-lsp-server's",
        ours[TYPICAL].median,
        results.edits["python-lsp-server"][TYPICAL].median / 10,
        _ms,
    )
    row("edit to diagnostics grows no worse than linearly", _growth(ours), 1.0, lambda value: f"{value:.2f}")
    row("a file without Hatchet in under 1 ms", results.engine[WITHOUT_HATCHET], 0.001, _ms)
    jedi = results.edits["jedi-language-server"][TYPICAL]
    row("peak memory at most twice jedi-language-server's", ours[TYPICAL].peak_memory, 2 * jedi.peak_memory, _mib)
    row(
        "the same after hovers",
        ours[TYPICAL].peak_memory_with_hovers,
        2 * jedi.peak_memory_with_hovers,
        _mib,
    )
    seconds = results.languages.expressions.seconds
    row(
        "a CEL expression in at most twice cel-expr-python's time",
        _paired_ratio(seconds[OURS], seconds[GOOGLE]),
        2.0,
        lambda value: f"{value:.2f}×",
    )
    row(
        "the languages inside strings imported in under 30 ms",
        statistics.median(results.languages.imports[ELAPSED]),
        0.03,
        _ms,
    )
    yield "## Targets"
    yield ""
    yield from _table(["wish", "measured", "limit", "reached"], rows)


def _starts(results: Results) -> Iterable[str]:
    yield "## Start to first diagnostics"
    yield ""
    ours = statistics.median(results.start[OURS])
    yield from _table(
        ["server", "median", "best", "worst", "times hatchet-ls"],
        [
            [server, _ms(median := statistics.median(times)), _ms(min(times)), _ms(max(times)), _ratio(median, ours)]
            for server, times in results.start.items()
        ],
    )


def _edits(results: Results) -> Iterable[str]:
    yield "## Edit to diagnostics"
    yield ""
    yield "Median / 95th percentile, and the median's ratio to that of hatchet-ls."
    yield ""
    sizes = list(results.edits[OURS])
    rows = []
    for server, by_size in results.edits.items():
        cells = [
            f"{_ms(edits.median)} / {_ms(edits.p95)} ({_ratio(edits.median, results.edits[OURS][size].median)})"
            for size, edits in by_size.items()
        ]
        rows.append([server, "pull" if by_size[sizes[0]].pulled else "push", *cells, f"{_growth(by_size):.2f}"])
    yield from _table(["server", "", *(f"{size:,} lines" for size in sizes), "growth"], rows)
    waits = results.edits["python-lsp-server"]
    bare = ", ".join(f"{_ms(edits.median - 0.5)} at {size:,} lines" for size, edits in waits.items())
    yield f"python-lsp-server without its wait of 0.5 s: {bare}."
    yield ""
    yield from (f"- {server.name}: {server.note}." for server in servers(Path()) if server.note)
    yield ""


def _memory(results: Results) -> Iterable[str]:
    yield "## Peak memory"
    yield ""
    yield "After the edits / after hovers as well, and the ratios to hatchet-ls."
    yield ""
    sizes = list(results.edits[OURS])
    rows = []
    for server, by_size in results.edits.items():
        cells = []
        for size, edits in by_size.items():
            ours = results.edits[OURS][size]
            first = _ratio(edits.peak_memory, ours.peak_memory)
            second = _ratio(edits.peak_memory_with_hovers, ours.peak_memory_with_hovers)
            cells.append(f"{_mib(edits.peak_memory)} / {_mib(edits.peak_memory_with_hovers)} ({first} / {second})")
        rows.append([server, *cells])
    yield from _table(["server", *(f"{size:,} lines" for size in sizes)], rows)


def _engine(results: Results) -> Iterable[str]:
    yield "## The engine alone"
    yield ""
    yield from _table(["what", "median"], [[what, _ms(seconds)] for what, seconds in results.engine.items()])


def _languages(results: Results) -> Iterable[str]:
    yield "## Languages inside strings"
    yield ""
    measured = results.languages.expressions
    yield f"One valid CEL expression, of {measured.used} that every library takes ({measured.valid} in all)."
    yield ""
    ours = measured.seconds[OURS]
    rows = [
        [
            library + (" (parses only)" if library == CELPY else ""),
            _us(statistics.median(times)),
            _us(min(times)),
            f"{_paired_ratio(times, ours):.2g}×",
            str(measured.refused[library]),
        ]
        for library, times in measured.seconds.items()
    ]
    yield from _table(["library", "median", "best", "times hatchet-ls", "valid ones refused"], rows)
    yield "Importing CEL, crons and durations together, in a fresh interpreter."
    yield ""
    rows = [
        [kind, _ms(statistics.median(times)), _ms(min(times)), _ms(max(times))]
        for kind, times in results.languages.imports.items()
    ]
    yield from _table(["time", "median", "best", "worst"], rows)


def _vscode(waits: Waits) -> Iterable[str]:
    if not waits.cold:
        return
    yield "## In VS Code"
    yield ""
    yield f"Measured on {waits.date}, in files of {LINES} lines, in {len(waits.cold)} windows."
    yield ""
    rows = {
        "a new window: from the text to its first squiggle": waits.cold,
        "another file: from opening it to its first squiggle": waits.warm,
        "from choosing a quick fix to the end of the squiggle": waits.fix,
    }
    yield from _table(
        ["wait", "median", "best", "worst"],
        [[what, _ms(statistics.median(times)), _ms(min(times)), _ms(max(times))] for what, times in rows.items()],
    )


def _paired_ratio(times: Sequence[float], others: Sequence[float]) -> float:
    """The median of the ratios of what was measured in the same round."""
    return statistics.median(time / other for time, other in zip(times, others, strict=True))


def _growth(by_size: dict[int, Edits]) -> float:
    return growth([(size, edits.median) for size, edits in by_size.items()])


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterable[str]:
    yield "| " + " | ".join(header) + " |"
    yield "|" + " --- |" * len(header)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def _ms(seconds: float) -> str:
    milliseconds = seconds * MILLISECONDS
    return f"{milliseconds:,.0f} ms" if milliseconds >= 100 else f"{milliseconds:.3g} ms"


def _us(seconds: float) -> str:
    return f"{seconds * MICROSECONDS:.3g} µs"


def _mib(size: float) -> str:
    return f"{size / MIB:.0f} MiB"


def _ratio(other: float, ours: float) -> str:
    return f"{other / ours:.2g}×"
