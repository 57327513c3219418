"""Editing the arguments of a call as a careful person would: in its own layout, with its comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hatchet_ls.text import Edit, Source, Span


class Layout(NamedTuple):
    """Where the arguments of a call stand."""

    source: Source
    parentheses: Span
    arguments: tuple[Span, ...]
    """Of every argument as written, keyword and stars included, in order."""
    double_star: int | None
    """Where the first ``**`` argument starts."""


def add_arguments(layout: Layout, texts: Sequence[str]) -> tuple[Edit, ...]:
    """Append arguments, before a ``**rest`` if there is one."""
    source, joined = layout.source, ", ".join(texts)
    if layout.double_star is not None:
        return (_insert(layout.double_star, joined + ", "),)
    if not layout.arguments:
        return (_insert(layout.parentheses.start + 1, joined),)
    end = layout.arguments[-1].end
    comma = _comma_after(source.text, end)
    row, close = source.position(end).row, source.position(layout.parentheses.end - 1).row
    if row == close:
        return (_insert(end, f", {joined}"),)
    line_end = source.line_span(source.position(end if comma is None else comma).row).end
    if source.position(layout.parentheses.start).row == row:
        indent = None
    else:
        indent = _indent(source, layout.arguments[-1].start)
    if indent is None:
        return (_insert(end, f", {joined}"),)
    lines = "".join(f"{source.newline}{indent}{text}," for text in texts)
    if comma is not None:
        return (_insert(line_end, lines),)
    if line_end == end:
        return (_insert(end, "," + lines),)
    return (_insert(end, ","), _insert(line_end, lines))


def remove_argument(layout: Layout, argument: Span) -> tuple[Edit, ...]:
    """Take an argument and its comma away; a comment beside it stays."""
    text = layout.source.text
    full = next(span for span in layout.arguments if span.contains(argument))
    comma = _comma_after(text, full.end)
    end = full.end if comma is None else comma + 1
    line = layout.source.line_span(layout.source.position(full.start).row)
    before, after = text[line.start : full.start], text[end : line.end]
    if not before.strip() and not after.strip() and end <= line.end:
        row = layout.source.position(full.start).row
        return (Edit(Span(line.start, layout.source.line_starts[row + 1]), ""),)
    if comma is not None:
        while text[end : end + 1] == " " and text[end + 1 : end + 2] not in (" ", "#"):
            end += 1
        return (Edit(Span(full.start, end), ""),)
    start = full.start
    index = layout.arguments.index(full)
    if index > 0:
        start = layout.arguments[index - 1].end
        between = text[start : full.start]
        if "#" in between or "\n" in between:  # keep the comment and the line: only the argument itself goes
            start = full.start
    return (Edit(Span(start, full.end), ""),)


def _insert(offset: int, text: str) -> Edit:
    return Edit(Span(offset, offset), text)


def _comma_after(text: str, offset: int) -> int | None:
    """The offset of the comma that follows, past white space and comments."""
    while offset < len(text):
        character = text[offset]
        if character == ",":
            return offset
        if character == "#":
            while offset < len(text) and text[offset] not in "\r\n":
                offset += 1
        elif not character.isspace() and character != "\\":
            return None
        offset += 1
    return None


def _indent(source: Source, offset: int) -> str | None:
    """The white space before an offset, when nothing else stands before it on its line."""
    line = source.line_span(source.position(offset).row)
    before = source.text[line.start : offset]
    return before if not before.strip() else None
