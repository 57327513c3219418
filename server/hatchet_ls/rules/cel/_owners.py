"""One mistake, one finding: which rule tells of which problem."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hatchet_ls.hatchet import cel_places
from hatchet_ls.hatchet.program import Expression
from hatchet_ls.languages import cel
from hatchet_ls.languages.cel.problems import Problem, ProblemKind
from hatchet_ls.rules import Applicability, Finding
from hatchet_ls.rules.cel._checking import report_problem
from hatchet_ls.text import Span

_WORD = re.compile(r"\s*(?P<word>[A-Za-z_][\w:/-]*|\*+)\s*")
_OF_OTHER_PLACES = frozenset(name for environment in cel.ENVIRONMENTS.values() for name in environment.variables)
_KEYS = (cel_places.CONCURRENCY_KEY, cel_places.RATE_LIMIT_KEY)
_ON_EVENTS = (cel_places.EVENT_CONDITION, cel_places.DURABLE_EVENT)
_FILTERS = (cel_places.DEFAULT_FILTER, cel_places.FILTER, cel_places.DEBUG)
_BY_KIND = {
    ProblemKind.SYNTAX: "cel-syntax-error",
    ProblemKind.UNDECLARED_VARIABLE: "cel-undeclared-variable",
    ProblemKind.HYPHENATED_FIELD: "cel-hyphen-field",
    ProblemKind.UNKNOWN_FUNCTION: "cel-unknown-function",
}


def bare_word(expression: Expression) -> str | None:
    """The word that is all of a key, which reads as a constant that lacks its quotes; None when it is none.

    A word that nearly names a variable, or names a field of the input, is meant as such.
    """
    found = _WORD.fullmatch(expression.text)
    problems = expression.checked.problems
    if found is None or expression.place not in _KEYS or not problems:
        return None
    word = found["word"]
    root = re.split(r"\W", word)[0]
    record = expression.input_record
    if root in _OF_OTHER_PLACES or (record is not None and word in record.fields):
        return None
    if any(each.suggestion is not None and each.suggestion.text in _OF_OTHER_PLACES for each in problems):
        return None
    return word


def problems_of(expression: Expression, rule: str) -> Iterator[Problem]:
    """The problems of which a rule tells, one at each place."""
    if bare_word(expression) is None:
        told: set[Span] = set()
        for problem in expression.checked.problems:
            if problem.span not in told and _owner(expression, problem) == rule and not _is_holder(expression, problem):
                told.add(problem.span)
                yield problem


def _is_holder(expression: Expression, problem: Problem) -> bool:
    """Whether an unknown name only holds a function that does not exist either: ``math.abs(1)`` is one mistake."""
    if problem.kind is not ProblemKind.UNDECLARED_VARIABLE or problem.suggestion is not None:
        return False
    return any(
        each.kind is ProblemKind.UNKNOWN_FUNCTION
        and each.suggestion is None
        and expression.text[problem.span.end : each.span.start].strip() == "."
        for each in expression.checked.problems
    )


def _owner(expression: Expression, problem: Problem) -> str:
    if expression.place is cel_places.CONCURRENCY_KEY and not expression.text.strip():
        return "concurrency-empty-expression"
    if problem.kind is ProblemKind.UNDECLARED_VARIABLE:
        if expression.place in _FILTERS and problem.name in ("output", "workflow_run_id"):
            return "cel-filter-uses-output"
        if expression.place in _ON_EVENTS and problem.name in cel.ENVIRONMENTS["event"].variables:
            return "cel-event-condition-uses-output"
    return _BY_KIND.get(problem.kind, "cel-type-error")


def findings_of(
    expression: Expression, rule: str, applicability: Applicability = Applicability.SAFE
) -> Iterator[Finding]:
    """A rule's findings about what the engine's checker refuses.

    ``applicability`` is that of its fixes where registration refuses the expression; elsewhere the expression is
    dead so far, and a fix brings it to life: it is unsafe.
    """
    for problem in problems_of(expression, rule):
        yield report_problem(expression, problem, applicability)
