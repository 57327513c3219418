"""Suppression comments: what they cover, and how to write one.

``# hatchet: ignore[rule-a, rule-b] -- why`` after code covers the findings that start or end on its line. On a line
of its own it covers what comes next: a whole statement with its decorators (of a function, class or other compound
statement the header, not the body), between decorators the next decorator, inside brackets the next item.
``# hatchet: file-ignore[rule]`` anywhere covers the file. Without brackets all rules are meant. Where a line cannot
hold a comment (inside a string over several lines, before a line joined by a backslash) the first line after it
that can counts for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hatchet_ls.python.parse import Comment, Module
from hatchet_ls.python.statements import Lines, below, statement_at
from hatchet_ls.rules import Applicability, Finding, Fix
from hatchet_ls.text import Edit, Source, Span

_PATTERN = re.compile(
    r"#\s*hatchet:\s*(?P<kind>ignore|file-ignore)\s*(?P<list>\[(?P<rules>[^\][#]*)\])?\s*(?=$|\#|--(?:\s|$))"
)
_NAME = re.compile(r"[^\s,]+")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One suppression comment."""

    span: Span
    """Of the comment's own part: another tool's comment may stand on the same line."""
    rules: tuple[tuple[str, Span], ...] | None
    """The names in the brackets and their places; None when it is without brackets and means all rules."""
    whole_file: bool
    trailing: bool
    """It stands after code."""
    covers: Span | None
    """Of one on a line of its own: the code that it stands above, if any."""

    def names(self, rule: str) -> bool:
        """Whether it means a rule."""
        return self.rules is None or any(name == rule for name, _ in self.rules)


def suppressions(module: Module) -> tuple[Suppression, ...]:
    """All suppression comments of a module, in order."""
    if "hatchet:" not in module.source.text:
        return ()
    return tuple(
        _read(module, comment, match) for comment in module.comments for match in _PATTERN.finditer(comment.text)
    )


def _read(module: Module, comment: Comment, match: re.Match[str]) -> Suppression:
    start = comment.span.start
    rules: tuple[tuple[str, Span], ...] | None = None
    if match["list"] is not None:
        names = _NAME.finditer(match["rules"])
        offset = start + match.start("rules")
        rules = tuple((name.group(), Span(offset + name.start(), offset + name.end())) for name in names)
    whole_file = match["kind"] == "file-ignore"
    trailing = not _alone(module.source, start)
    return Suppression(
        Span(start + match.start(), start + match.end()),
        rules,
        whole_file,
        trailing,
        None if trailing or whole_file else below(module, start),
    )


def _alone(source: Source, offset: int) -> bool:
    """Whether only white space stands before an offset on its line."""
    row = source.position(offset).row
    return not source.text[source.line_starts[row] : offset].strip("\ufeff \t\f")


def unsuppressed(module: Module, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that no comment suppresses."""
    present = suppressions(module) if findings else ()
    if not present:
        return list(findings)
    lines = Lines(module)
    return [finding for finding in findings if not any(_covers(module, lines, each, finding) for each in present)]


def _covers(module: Module, lines: Lines, suppression: Suppression, finding: Finding) -> bool:
    if not suppression.names(finding.rule):
        return False
    if suppression.whole_file:
        return True
    if suppression.trailing:
        return module.source.position(suppression.span.start).row in _rows(module.source, lines, finding)
    covers = suppression.covers
    return covers is not None and (
        covers.start <= finding.span.start < covers.end or covers.start < finding.span.end <= covers.end
    )


def _rows(source: Source, lines: Lines, finding: Finding) -> tuple[int, int]:
    """The rows whose trailing comments count for a finding."""
    start, end = finding.span
    return lines.comment_row(source.position(start).row), lines.comment_row(source.position(end).row)


def ignore_fixes(module: Module, findings: Sequence[Finding]) -> Iterator[Fix]:
    """For each finding a fix that suppresses it by a comment of its own, or by one more name in a list that covers it
    already."""
    if not findings:
        return
    lines, present = Lines(module), suppressions(module)
    for finding in findings:
        edit = _list_to_extend(module, lines, finding, present) or _comment_to_write(module, lines, finding)
        yield Fix(f"Ignore `{finding.rule}` for this line", (edit,), Applicability.SAFE)


def _comment_to_write(module: Module, lines: Lines, finding: Finding) -> Edit:
    source = module.source
    comment = f"# hatchet: ignore[{finding.rule}]"
    row = source.position(finding.span.start).row
    if lines.comment_row(row) != row:
        statement = statement_at(module, finding.span.start)
        if statement is not None and statement.contains(finding.span) and _alone(source, statement.start):
            first = source.line_starts[source.position(statement.start).row]
            indent = source.text[first : statement.start].lstrip("\ufeff")
            return Edit(Span(statement.start, statement.start), f"{comment}{source.newline}{indent}")
    line = source.line_span(lines.comment_row(row))
    code = source.slice(line)
    end = line.start + len(code.rstrip())
    return Edit(Span(end, line.end), f"  {comment}")


def _list_to_extend(module: Module, lines: Lines, finding: Finding, present: Iterable[Suppression]) -> Edit | None:
    """One more name for a bracketed list that covers the finding's place."""
    for suppression in present:
        if suppression.rules is None or suppression.whole_file:
            continue
        anonymous = Suppression(suppression.span, None, False, suppression.trailing, suppression.covers)
        if _covers(module, lines, anonymous, finding):
            bracket = suppression.span.start + module.source.slice(suppression.span).index("]")
            content = suppression.rules[-1][1].end if suppression.rules else bracket
            return Edit(Span(content, bracket), f", {finding.rule}" if suppression.rules else finding.rule)
    return None
