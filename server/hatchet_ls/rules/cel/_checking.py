"""What the engine's checker says about an expression, and findings at the characters that it is about."""

from __future__ import annotations

from hatchet_ls.hatchet.program import Expression
from hatchet_ls.hatchet.strings import Text
from hatchet_ls.languages import cel
from hatchet_ls.languages.cel.demands import Verdict, judge
from hatchet_ls.languages.cel.problems import Problem, ProblemKind, Replacement, apply_all
from hatchet_ls.languages.cel.trap import TrapKind
from hatchet_ls.languages.cel.traps import hints, traps
from hatchet_ls.rules import Applicability, Finding, Fix, Related, Severity
from hatchet_ls.text import Edit, Span

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
    written = _written(text, replacement)
    after = _check(expression, replacement.apply(expression.text))
    wrong, left = _badness(expression.checked), _badness(after)
    if written is None or left > wrong or left == wrong != (0, 0):
        return None
    settled = _settled(expression, replacement, after, applicability) if expression.checked.problems else applicability
    if settled is None:
        return None
    edit, content = written
    before = expression.text[replacement.span.start : replacement.span.end]
    if not content:
        title = f"Remove {quote(before)}"
    elif not before:
        title = f"Insert {quote(content)}"
    else:
        title = f"Replace {quote(before)} with {quote(content)}"
    return Fix(title, (edit,), settled)


def _written(text: Text, replacement: Replacement) -> tuple[Edit, str] | None:
    """The edit, and what it writes: with the other quotes where the string's own would have to be escaped."""
    start, end = replacement.span
    edit = text.replace(start, end, replacement.text)
    if '"' not in replacement.text and (edit is None or edit.content != replacement.text):
        requoted = replacement.text.replace("'", '"')
        other = text.replace(start, end, requoted)
        if other is not None and other.content == requoted:
            return other, requoted
    return (edit, replacement.text) if edit is not None else None


def _check(expression: Expression, text: str) -> cel.Checked:
    return cel.check(text, expression.checked.environment, input_type=expression.input_record)


def _settled(
    expression: Expression, replacement: Replacement, after: cel.Checked, wanted: Applicability
) -> Applicability | None:
    """Who may apply a fix of what the engine refuses; None where it only leads to another failure.

    It is safe only where nothing is left to say once all the problems of the expression are fixed like it.
    """
    suggestions = [each.suggestion for each in expression.checked.problems if each.suggestion is not None]
    if after.problems and replacement in suggestions:
        after = _check(expression, apply_all(expression.text, suggestions))
    if after.problems:
        return Applicability.UNSAFE
    verdict = judge(after, expression.place.result).verdict
    left = [trap for trap in (*traps(after), *hints(after)) if trap.kind is not TrapKind.MAY_BE_NULL]
    # A value where CEL wants a truth, or a truth where the place wants a value, as in Python's `a or b`.
    if (verdict is Verdict.MISMATCH and after.type == cel.BOOL) or any(
        trap.kind is TrapKind.FAILS and trap.suggestion is None for trap in left
    ):
        return None
    is_sound = not left and verdict not in (Verdict.MISMATCH, Verdict.INPUT_MISMATCH)
    return wanted if is_sound else Applicability.UNSAFE


def _badness(checked: cel.Checked) -> tuple[int, int]:
    """How much is wrong: what cannot be read counts before what does not check."""
    return sum(problem.kind is ProblemKind.SYNTAX for problem in checked.problems), len(checked.problems)


def report_problem(expression: Expression, problem: Problem, applicability: Applicability) -> Finding:
    """A finding about one of the checker's problems, with the consequence that it has in this place."""
    is_sure = expression.place.registered and problem.suggestion is not None and problem.suggestion.is_sure
    return report(
        expression,
        problem.span,
        f"{problem.message}; {expression.place.refused}",
        replacement=problem.suggestion,
        applicability=applicability if is_sure else Applicability.UNSAFE,
    )
