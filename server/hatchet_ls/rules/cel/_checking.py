"""What the engine's checker says about an expression, and findings at the characters that it is about."""

from __future__ import annotations

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.hatchet.strings import Text
from hatchet_ls.languages import cel
from hatchet_ls.languages.cel.problems import Problem, ProblemKind, Replacement
from hatchet_ls.rules import Applicability, Finding, Fix, Related, Severity
from hatchet_ls.text import Span

_LONGEST_QUOTE = 60


def quote(text: str) -> str:
    """A text for a message, in backticks; a long one is cut."""
    line = " ".join(text.split())
    return f"`{line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + '…'}`"


def report(
    expression: Expression,
    part: Span,
    message: str,
    *,
    replacement: Replacement | None = None,
    applicability: Applicability = Applicability.UNSAFE,
    severity: Severity | None = None,
) -> Finding:
    """A finding about a part of an expression (offsets in its text).

    It is inside the string; of a string that is written elsewhere it is where the string is used, and its part is
    related. A replacement that the engine's checker likes no better is left out.
    """
    text = Text(expression.value, expression.argument.span, expression.call.source)
    related: tuple[Related, ...] = ()
    if not text.in_place:
        written = text.written_span(part.start, part.end)
        related = (Related(expression.value.source, written, "The expression is written here"),)
    return Finding(
        text.span(part.start, part.end),
        message[:1].upper() + message[1:],
        _fix(expression, text, replacement, applicability) if replacement is not None else None,
        related=related,
        severity=severity,
    )


def _fix(expression: Expression, text: Text, replacement: Replacement, applicability: Applicability) -> Fix | None:
    after = replacement.apply(expression.text)
    edit = text.replace(replacement.span.start, replacement.span.end, replacement.text)
    wrong = _badness(expression.checked)
    left = _badness(cel.check(after, expression.checked.environment, input_type=expression.input_record))
    if edit is None or left > wrong or left == wrong != (0, 0):
        return None
    before = expression.text[replacement.span.start : replacement.span.end]
    if not replacement.text:
        title = f"Remove {quote(before)}"
    elif not before:
        title = f"Insert {quote(replacement.text)}"
    else:
        title = f"Replace {quote(before)} with {quote(replacement.text)}"
    return Fix(title, (edit,), applicability)


def _badness(checked: cel.Checked) -> tuple[int, int]:
    """How much is wrong: what cannot be read counts before what does not check."""
    return sum(problem.kind is ProblemKind.SYNTAX for problem in checked.problems), len(checked.problems)


def report_problem(expression: Expression, problem: Problem, applicability: Applicability) -> Finding:
    """A finding about one of the checker's problems, with the consequence that it has in this place."""
    return report(
        expression,
        problem.span,
        f"{problem.message}; {expression.place.refused}",
        replacement=problem.suggestion,
        applicability=applicability if expression.place.registered else Applicability.UNSAFE,
    )
