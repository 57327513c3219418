"""The last line of ``hatchet-ls check``."""

from __future__ import annotations

from collections import Counter

from hatchet_ls.cli.checking import Run
from hatchet_ls.fixing import applies
from hatchet_ls.rules import Severity

_WORDS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFORMATION: ("information", "information"),
    Severity.HINT: ("hint", "hints"),
}


def summary(run: Run) -> str:
    """What was found, fixed, and can be fixed."""
    findings = [finding for file in run.checked for finding in file.findings]
    fixed = f"Fixed {_many(run.fixed, 'finding', 'findings')}" if run.mode == "fix" and run.fixed else ""
    if not findings:
        files = _many(len(run.checked), "file", "files")
        return f"{fixed}; nothing left" if fixed else f"No findings in {files}"
    by_severity = Counter(finding.severity for finding in findings)
    kinds = ", ".join(_many(by_severity[each], *_WORDS[each]) for each in Severity if by_severity[each])
    text = f"{'found' if fixed else 'Found'} {_many(len(findings), 'finding', 'findings')} ({kinds})"
    safe = sum(applies(finding, unsafe=False) for finding in findings)
    unsafe = sum(applies(finding, unsafe=True) for finding in findings) - safe
    parts = [part for part in (fixed, text, _fixable(safe, unsafe)) if part]
    return "; ".join(parts)


def _fixable(safe: int, unsafe: int) -> str:
    if safe and unsafe:
        return f"{safe} fixable with `--fix`, {unsafe} more with `--fix --unsafe-fixes`"
    if safe:
        return f"{safe} fixable with `--fix`"
    return f"{unsafe} fixable with `--fix --unsafe-fixes`" if unsafe else ""


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
