"""Replacing spans of a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hatchet_ls.text.span import Span


class OverlappingEdits(ValueError):
    """Two edits of one set claim the same code point."""


class Edit(NamedTuple):
    """Put ``content`` in the place of ``span`` (an empty span inserts)."""

    span: Span
    content: str


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Apply edits whose spans all refer to ``text``.

    Equal edits count once; insertions at one place keep the order in which they are given.

    Raises:
        OverlappingEdits: two different edits claim the same code point.
    """
    pieces: list[str] = []
    done = 0
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: edit.span):
        if edit.span.start < done:
            raise OverlappingEdits(f"{edit} overlaps the edit before it")
        pieces.append(text[done : edit.span.start])
        pieces.append(edit.content)
        done = edit.span.end
    pieces.append(text[done:])
    return "".join(pieces)
