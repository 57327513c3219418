"""From the value of a string back to the places in the source that write it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from hatchet_ls.python.values import Known
from hatchet_ls.text import Span

_LITERAL = re.compile(r"(?P<prefix>[rRuUfFtTbB]{0,2})(?P<quote>'''|\"\"\"|'|\")")
_BETWEEN = re.compile(r"(?:\s|\\\r?\n|\\\r|#[^\r\n]*|[()+])*")
_SIMPLE = {
    "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
}  # fmt: skip
_ESCAPE = re.compile(
    r"\\(?:(?P<newline>\r\n|\r|\n)|(?P<octal>[0-7]{1,3})|x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})"
    r"|U(?P<U>[0-9a-fA-F]{8})|N\{(?P<name>[^}]+)\}|(?P<simple>[\\'\"abfnrtv]))"
)
_LINE_END = re.compile(r"\r\n|\r|\n")

_Piece = tuple[str, int, int]
"""A code point of the value (or nothing), and from where to where the literal writes it."""
_MAX_DEPTH = 20


class StringMap:
    """Which span of a source writes which part of a string's value.

    Made of one literal, or of several that stand side by side or are added up, perhaps with names between them.
    ``starts[i]`` and ``ends[i]`` are the offsets in the source of what writes the value's code point ``i``: a part of a
    literal, or a name.
    """

    def __init__(
        self, starts: Sequence[int], ends: Sequence[int], opening: int, brought: Collection[int] = frozenset()
    ) -> None:
        self._starts = starts
        self._ends = ends
        self._opening = opening
        """Where the content starts, for a value that is empty."""
        self._brought = frozenset(brought)
        """The code points that names bring."""

    def __len__(self) -> int:
        return len(self._starts)

    def span(self, start: int, end: int) -> Span:
        """The span that writes ``value[start:end]``; an empty range gives the empty span at its place.

        Ranges outside the value are clamped into it.
        """
        start = max(0, min(start, len(self)))
        end = max(start, min(end, len(self)))
        if start < end:
            return Span(self._starts[start], self._ends[end - 1])
        place = self._starts[start] if start < len(self) else self._ends[-1] if len(self) else self._opening
        return Span(place, place)

    def is_literal(self, start: int, end: int) -> bool:
        """Whether literals write all of ``value[start:end]``."""
        return self._brought.isdisjoint(range(start, end))

    def gaps(self, start: int, end: int) -> list[Span]:
        """What stands in the source between the code points of ``value[start:end]``: where one literal ends and the
        next begins, and escaped line ends."""
        edges = zip(self._ends[start:end], self._starts[start + 1 : end], strict=False)
        return [Span(before, after) for before, after in edges if before < after]

    def offset(self, place: int) -> int | None:
        """The offset in the value of a place in the source: in front of the code point that is written there.

        None outside of the content of the literals (their quotes' outer edges, what stands between them).
        """
        for index, (start, end) in enumerate(zip(self._starts, self._ends, strict=True)):
            if start <= place < end and index not in self._brought:
                return index
        if len(self) == 0:
            return 0 if place == self._opening else None
        for index in range(len(self), 0, -1):
            if self._ends[index - 1] == place and index - 1 not in self._brought:
                return index
        return None


def string_map(value: Known) -> StringMap | None:
    """How the source writes a string; None when no literal in the value's place writes any of it."""
    return _string_map(value, 0)


def _string_map(value: Known, depth: int) -> StringMap | None:
    found = _of_literals(value)  # one of no length counts as false
    return found if found is not None else _of_sum(value, depth)


def _of_sum(value: Known, depth: int) -> StringMap | None:
    """The map of literals and names that are added up."""
    starts: list[int] = []
    ends: list[int] = []
    brought: set[int] = set()
    for place, part in value.parts if depth < _MAX_DEPTH else ():
        here = part.source is value.source and place.contains(part.span)
        inner = _string_map(part, depth + 1) if here else None
        count = len(str(part.value))
        if inner is None:
            brought.update(range(len(starts), len(starts) + count))
            starts += [place.start] * count
            ends += [place.end] * count
        else:
            brought.update(len(starts) + index for index in inner._brought)
            starts += inner._starts
            ends += inner._ends
    return StringMap(starts, ends, value.span.start, brought) if len(brought) < len(starts) else None


def _of_literals(value: Known) -> StringMap | None:
    """The map of literals, when the value's place has nothing else."""
    text = value.source.slice(value.span)
    pieces: list[_Piece] = []
    position = _skip(text, 0)
    opening: int | None = None
    while position < len(text):
        found = _LITERAL.match(text, position)
        if found is None:
            return None
        quote, prefix = found["quote"], found["prefix"].lower()
        if opening is None:
            opening = found.end()
        end = _closing(text, found.end(), quote)
        if end is None or "b" in prefix:
            return None
        pieces += _decode(text, found.end(), end, raw="r" in prefix, formatted="f" in prefix)
        position = _skip(text, end + len(quote))
    if opening is None or "".join(piece[0] for piece in pieces) != value.value:
        return None
    base = value.span.start
    written = [piece for piece in pieces if piece[0]]
    return StringMap([base + start for _, start, _ in written], [base + end for _, _, end in written], base + opening)


def _skip(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    assert found is not None
    return found.end()


def _closing(text: str, position: int, quote: str) -> int | None:
    while position < len(text):
        if text.startswith(quote, position):
            return position
        if text[position] in "\r\n" and len(quote) == 1:
            return None
        escaped = text[position] == "\\"
        position += 3 if escaped and text.startswith("\r\n", position + 1) else 2 if escaped else 1
    return None


def _decode(text: str, position: int, end: int, *, raw: bool, formatted: bool) -> Iterator[_Piece]:
    while position < end:
        character = text[position]
        if character == "\\" and not raw and (found := _ESCAPE.match(text, position, end)):
            yield _escaped(found), position, found.end()
            position = found.end()
        elif (newline := _LINE_END.match(text, position, end)) is not None:
            yield "\n", position, newline.end()
            position = newline.end()
        elif formatted and character in "{}" and text.startswith(character * 2, position):
            yield character, position, position + 2
            position += 2
        else:
            yield character, position, position + 1
            position += 1


def _escaped(found: re.Match[str]) -> str:
    if found["newline"] is not None:
        return ""
    if found["simple"] is not None:
        return _SIMPLE[found["simple"]]
    if found["octal"] is not None:
        return chr(int(found["octal"], 8))
    if found["name"] is not None:
        try:
            return unicodedata.lookup(found["name"])
        except KeyError:
            return found.group()
    return chr(int(found["x"] or found["u"] or found["U"], 16))
