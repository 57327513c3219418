"""What an expression gives, against what its place takes."""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.demands import Verdict, judge
from hatchet_ls.languages.cel.trap import TrapKind
from hatchet_ls.rules import Finding, Severity
from hatchet_ls.rules.cel._checking import quote, report
from hatchet_ls.text import Span


def report_result(expression: Expression) -> Iterator[Finding]:
    """The finding about an expression that gives something else than its place takes.

    It is certain when the engine's checker knows the type; when only the model of the input does, it is a warning.
    What fails before it gives anything is told by other rules.
    """
    place = expression.place
    if any(trap.kind in (TrapKind.JSON_NUMBER, TrapKind.FAILS) for trap in expression.traps):
        return
    found = judge(expression.checked, place.result)
    if found.verdict is Verdict.MISMATCH:
        message = f"gives `{expression.checked.type}`, and {place.name} must be {place.result.value}"
    elif found.verdict is Verdict.INPUT_MISMATCH:
        message = f"does not fit: {found.message}"
    else:
        return
    yield report(
        expression,
        Span(0, len(expression.text)),
        f"{quote(expression.text)} {message}; registration does not notice, and {place.fails}",
        replacement=found.suggestion,
        severity=None if found.verdict is Verdict.MISMATCH else Severity.WARNING,
    )
