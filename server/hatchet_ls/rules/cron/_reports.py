"""Findings about parts of cron expressions."""

from __future__ import annotations

from hatchet_ls.hatchet.strings import Text
from hatchet_ls.languages.cron import Replacement
from hatchet_ls.rules import Applicability, Finding, Fix, Related, Severity
from hatchet_ls.text import Span

_LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """An expression for a message."""
    shown = text.replace("`", "'").strip()
    if len(shown) > _LONGEST_QUOTE:
        shown = shown[: _LONGEST_QUOTE - 1] + "…"
    return f"`{shown}`" if shown else f"`{text!r}`"


def report(
    expression: Text,
    part: Span,
    message: str,
    replacement: Replacement | None = None,
    severity: Severity | None = None,
) -> Finding:
    """A finding on a part of an expression, in the place where the expression is used.

    An expression that is written elsewhere has that place as related, and is mended there.
    """
    start, end = part
    empty = start == end
    related: tuple[Related, ...] = ()
    if not expression.in_place:
        place = expression.value.span if empty else expression.written_span(start, end)
        related = (Related(expression.value.source, place, "The expression is written here"),)
    span = expression.use if empty else expression.span(start, end)
    return Finding(span, message, _fix(expression, replacement), related, severity)


def _fix(expression: Text, replacement: Replacement | None) -> Fix | None:
    if replacement is None:
        return None
    (start, end), content, certain = replacement
    edit = expression.replace(start, end, content)
    if edit is None:
        return None
    old = expression.text[start:end]
    title = f"Replace `{old}` with `{content}`" if content.strip() else f"Remove `{old.strip()}`"
    if not old.strip():
        title = "Put one space there"
    return Fix(title, (edit,), Applicability.SAFE if certain else Applicability.UNSAFE)
