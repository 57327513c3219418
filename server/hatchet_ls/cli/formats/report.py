"""What an output format is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hatchet_ls.rules import Finding
from hatchet_ls.text import Source, Span


@dataclass(frozen=True, slots=True)
class Checked:
    """One file with its findings."""

    source: Source
    findings: Sequence[Finding]


def all_findings(files: Sequence[Checked]) -> Iterator[tuple[Source, Finding]]:
    """Every finding with the source that it is in."""
    for file in files:
        for finding in file.findings:
            yield file.source, finding


def shown_path(path: Path) -> str:
    """A path as people want to read it: relative when it is below the current directory."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def place(source: Source, span: Span) -> str:
    """``path:row:column`` of a span's start, counted from 1."""
    row, column = source.position(span.start)
    return f"{shown_path(source.path)}:{row + 1}:{column + 1}"


def severity_of(finding: Finding) -> str:
    """The severity's name. ``check`` has settled it."""
    assert finding.severity is not None
    return finding.severity.value
