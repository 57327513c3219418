"""Findings for people: with the code, the fix and the places that explain them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from hatchet_ls.cli.formats.report import Checked, all_findings, place, severity_of
from hatchet_ls.rules import Applicability, Finding, Fix, rules
from hatchet_ls.text import Source, Span

_CONTEXT = 2
"""Lines shown before and after."""
_MARKED = 5
"""Lines of a longer span that are shown."""
_TAB = 4

_STYLES = {"error": "bold red", "warning": "bold yellow", "information": "bold blue", "hint": "bold cyan"}
_GUTTER = "bold blue"

_HOW = {
    Applicability.SAFE: "apply with `--fix`",
    Applicability.UNSAFE: "may change what the code does: apply with `--fix --unsafe-fixes`",
    Applicability.DISPLAY: "not applied automatically",
}


def write(files: Sequence[Checked], out: TextIO) -> None:
    """Write every finding with an excerpt; in colour on a terminal, as ``NO_COLOR`` and ``FORCE_COLOR`` say."""
    console = Console(file=out, highlight=False, markup=False, emoji=False)
    for source, finding in all_findings(files):
        for line in _finding(source, finding):
            console.print(line, soft_wrap=True)
        console.print()


def _finding(source: Source, finding: Finding) -> Iterator[Text]:
    severity = severity_of(finding)
    style = _STYLES[severity]
    link = Style.parse(style) + Style(link=rules()[finding.rule].url)
    yield Text.assemble(
        (severity, style), ("[", style), (finding.rule, link), ("]", style), (f": {_clean(finding.message)}", "bold")
    )
    yield from _excerpt(source, finding.span, style, "-->", _CONTEXT)
    if finding.fix is not None:
        yield _help(finding.fix)
    for related in finding.related:
        yield Text.assemble(("info", _STYLES["information"]), f": {_clean(related.message)}")
        yield from _excerpt(related.source, related.span, _GUTTER, "-->", 0)


def _help(fix: Fix) -> Text:
    return Text.assemble(("help", "bold green"), f": {_clean(fix.title)} ({_HOW[fix.applicability]})")


def _excerpt(source: Source, span: Span, style: str, arrow: str, context: int) -> Iterator[Text]:
    first, last = source.position(span.start).row, source.position(span.end).row
    if last > first and source.line_starts[last] == span.end:
        last -= 1
    last = min(last, first + _MARKED - 1)
    rows = range(max(0, first - context), min(source.line_count, last + context + 1))
    shown = [row for row in rows if first <= row <= last or _between(source, row, first, last)]
    width = len(str(shown[-1] + 1))
    margin = " " * width
    yield Text.assemble((f"{margin}{arrow} ", _GUTTER), place(source, span))
    yield Text(f"{margin} |", _GUTTER)
    for row in shown:
        line = source.line_span(row)
        text = source.slice(line)
        yield Text.assemble((f"{row + 1:>{width}} |", _GUTTER), (" " + _clean(text)).rstrip())
        if first <= row <= last and (text.strip() or first == last):
            yield Text.assemble((f"{margin} | ", _GUTTER), (_carets(text, line, span), style))
    yield Text(f"{margin} |", _GUTTER)


def _between(source: Source, row: int, first: int, last: int) -> bool:
    """Whether a line of the context is worth showing: not when only blank lines lie farther out."""
    farther = range(max(0, first - _CONTEXT), row + 1) if row < first else range(row, last + _CONTEXT + 1)
    lines = (source.slice(source.line_span(each)) for each in farther if each < source.line_count)
    return any(line.strip() for line in lines)


def _carets(text: str, line: Span, span: Span) -> str:
    """Carets below the part of a line that lies in the span, and at least one."""
    start = max(span.start - line.start, len(text) - len(text.lstrip()) if span.start < line.start else 0)
    end = min(span.end - line.start, len(text.rstrip()))
    before = cell_len(_clean(text[:start]))
    return " " * before + "^" * max(1, cell_len(_clean(text[: max(start, end)])) - before)


def _clean(text: str) -> str:
    """Text that a terminal shows as it is: tabs expanded, control characters made visible."""
    expanded = text.expandtabs(_TAB)
    return "".join(each if each.isprintable() else "�" for each in expanded)
