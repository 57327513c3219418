"""Code that is being typed: what is open at the cursor, and the text with all of it closed.

Text editors ask while a quote or a bracket still lacks its partner, and no parser makes much of that. Here only
strings, comments and brackets count, so that whatever else is broken does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from hatchet_ls.python.marks import content_end, marks, partner
from hatchet_ls.python.mending import PLACEHOLDER, Insertion, blanked, inserted, missing
from hatchet_ls.text import Span

_NAME_START = re.compile(r"[^\W\d]")
_WORD_REST = re.compile(r"\w*")
_LINE_REST = re.compile(r"[^\r\n]*")


class Literal(NamedTuple):
    """A string literal that holds the cursor."""

    start: int
    """Where it starts, prefix included."""
    content: int
    """Where its content starts."""
    quote: str
    """``'``, ``\"``, or three of them."""
    end: int
    """Where it ends, its closing quote included."""
    closed: bool
    """Whether a closing quote belongs to it."""


@dataclass(frozen=True)
class Cursor:
    """What is open at a place of a text. In a comment there is no cursor."""

    text: str
    offset: int
    literal: Literal | None
    """The string that the place is in."""
    brackets: tuple[int, ...]
    """Where the brackets stand that are open, the innermost last."""

    @cached_property
    def word(self) -> Span:
        """The name, with what is dotted before it, up to the cursor; empty where there is none. Not for strings."""
        start = self.offset
        # Backwards: a search would try every place of the text, and read on from each.
        while start and (self.text[start - 1] in "._" or self.text[start - 1].isalnum()):
            start -= 1
        found = _NAME_START.search(self.text, start, self.offset)
        return Span(found.start() if found is not None else self.offset, self.offset)

    def mended(self) -> str:
        """The text with everything closed that is open at the cursor and nowhere closed, a value or a comma where one
        is missing in the same brackets, and a space in a string that is empty. Up to the cursor nothing is moved."""
        text = self.text
        if self.brackets:
            start = self.literal.start if self.literal is not None else self.word.start
            text = blanked(text, self.brackets[0] + 1, start)
        return inserted(text, self._insertions())

    def _insertions(self) -> Iterator[Insertion]:
        place, literal = self.offset, self.literal
        if literal is not None:
            is_empty = literal.content == place and (not literal.closed or self.text.startswith(literal.quote, place))
            yield Insertion(place, " " if is_empty else "")
            if literal.closed:
                place = literal.end
            else:
                yield Insertion(place, literal.quote)
        else:
            found = _WORD_REST.match(self.text, self.offset)
            place = found.end() if found is not None else self.offset
            if self.word.start == place or self.text[place - 1] == ".":
                yield Insertion(place, PLACEHOLDER)
        yield from missing(self.text, place, self.brackets, certain=literal is None or not literal.closed)


def cursor(text: str, offset: int) -> Cursor | None:
    """What is open at a place of a Python text; None in a comment."""
    brackets: list[int] = []
    for found, end in marks(text, 0):
        if found.start() >= offset:
            break
        if found["comment"]:
            if offset <= found.end():
                return None
        elif found["string"]:
            content, content_ends = found.end(), content_end(text, found.end(), found["quote"])
            if content <= offset <= content_ends:
                closed = end > content_ends and not _is_odd(text, found, content_ends)
                literal = Literal(found.start(), content, found["quote"], end, closed)
                return Cursor(text, offset, literal, tuple(brackets))
            if offset < end:
                return None  # within the quotes themselves, or the prefix
        elif found["open"]:
            brackets.append(found.start())
        elif found["close"]:
            depth = partner([text[each] for each in brackets], found["close"])
            if depth is not None:
                del brackets[depth:]
        else:
            brackets.clear()
    return Cursor(text, offset, None, tuple(brackets))


def _is_odd(text: str, literal: re.Match[str], end: int) -> bool:
    """Whether the quotes behind a literal show that its closing quote opens another: one of them has no partner."""
    quote = literal["quote"]
    if len(quote) > 1:
        return False
    found = _LINE_REST.match(text, end)
    line_end = found.end() if found is not None else end
    for mark, mark_ends in marks(text, end + 1):
        if mark.start() >= line_end:
            return False
        if mark["string"] and len(mark["quote"]) == 1 and content_end(text, mark.end(), mark["quote"]) == mark_ends:
            return True
    return False
