"""Replacing spans of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import NamedTuple


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


def combine(text: str, passes: Iterable[Iterable[Edit]]) -> tuple[Edit, ...]:
    """The edits of ``text`` that do what several sets of edits do one after another.

    The spans of the first set refer to ``text``, those of each further set to what the one before it makes of that.
    """
    pieces: list[Span | str] = [Span(0, len(text))]
    for edits in passes:
        following: list[Span | str] = []
        done = 0
        for edit in sorted(dict.fromkeys(edits), key=lambda edit: edit.span):
            following += [*_cut(pieces, done, edit.span.start), edit.content]
            done = edit.span.end
        pieces = [*following, *_cut(pieces, done, None)]
    combined: list[Edit] = []
    done, content = 0, ""
    for piece in (*pieces, Span(len(text), len(text))):
        if isinstance(piece, str):
            content += piece
        else:
            if text[done : piece.start] != content:
                combined.append(Edit(Span(done, piece.start), content))
            done, content = piece.end, ""
    return tuple(combined)


def _cut(pieces: Iterable[Span | str], start: int, end: int | None) -> Iterator[Span | str]:
    """The pieces between two offsets of the text that they make: spans of the first text and what was put between."""
    offset = 0
    for piece in pieces:
        size = len(piece) if isinstance(piece, str) else piece.end - piece.start
        first, last = max(start - offset, 0), size if end is None else min(end - offset, size)
        if first < last:
            yield piece[first:last] if isinstance(piece, str) else Span(piece.start + first, piece.start + last)
        offset += size
