"""The engine itself, without a door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from hatchet_ls.fixing import applies, fix_text
from hatchet_ls.project.workspace import Workspace
from hatchet_ls.rules import Finding
from hatchet_ls.text import Source
from scenarios.findings import Place


class Engine:
    """One workspace, in whose folder all cases have theirs."""

    def __init__(self, root: Path) -> None:
        self._workspace = Workspace(root)

    def check(self, places: Mapping[str, Path]) -> list[Place]:
        """The findings of all files of a case."""
        return sorted(place for path, file in places.items() for place in self._places(path, file))

    def fix(self, places: Mapping[str, Path], rule: str) -> dict[str, str]:
        """The texts after all fixes of a rule, safe and unsafe."""

        def fixed(file: Path) -> str:
            text = file.read_text(encoding="utf-8")
            result = fix_text(text, lambda text: self._findings(file, text, rule), unsafe=True)
            assert result.broken is None, f"a fix breaks the syntax: {result.broken}"
            return result.text

        return {path: fixed(file) for path, file in places.items()}

    def left(self, places: Mapping[str, Path], rule: str) -> Counter[str]:
        """The messages of a rule's findings that no fix may mend."""
        return Counter(
            finding.message
            for file in places.values()
            for finding in self._findings(file, file.read_text(encoding="utf-8"), rule)
            if not applies(finding, unsafe=True)
        )

    def _findings(self, file: Path, text: str, rule: str | None = None) -> list[Finding]:
        findings = self._workspace.analyse(file, text).findings
        return [finding for finding in findings if rule in (None, finding.rule)]

    def _places(self, path: str, file: Path) -> list[Place]:
        text = file.read_text(encoding="utf-8")
        source = Source(file, text)
        return [to_place(path, source, finding) for finding in self._findings(file, text)]


def to_place(path: str, source: Source, finding: Finding) -> Place:
    """A finding of a source as it is compared."""
    assert finding.severity is not None
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    return Place(
        path,
        start.row + 1,
        start.column + 1,
        end.row + 1,
        end.column + 1,
        finding.severity.value,
        finding.rule,
        finding.message,
    )
