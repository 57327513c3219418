"""What the engine accepts and what does not work at run, as findings."""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages.cel.trap import Trap, TrapKind
from hatchet_ls.rules import Applicability, Finding, Severity
from hatchet_ls.rules.cel._checking import report
from hatchet_ls.rules.cel._evaluation import decides


def certain(expression: Expression, kind: TrapKind) -> Iterator[Trap]:
    """The traps of a kind into which every evaluation falls, whatever the input is."""
    for trap in expression.traps:
        if trap.kind is kind and decides(expression.checked.tree, trap.span):
            yield trap


def possible(expression: Expression, kind: TrapKind) -> Iterator[Trap]:
    """The other traps of a kind: behind a condition, or with the input that the model describes."""
    sure = set(certain(expression, kind))
    for trap in (*expression.traps, *expression.hints):
        if trap.kind is kind and trap not in sure:
            yield trap


def report_trap(
    expression: Expression, trap: Trap, message: str | None = None, severity: Severity | None = None
) -> Finding:
    """A finding about a trap, which registration never notices."""
    return report(
        expression,
        trap.span,
        f"{message or trap.message}; registration does not notice",
        replacement=trap.suggestion,
        applicability=Applicability.UNSAFE,
        severity=severity,
    )
