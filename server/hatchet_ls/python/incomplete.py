"""Code that is being typed: what is open at the cursor, and the text with all of it closed.

Text editors ask while a quote or a bracket still lacks its partner, and no parser makes much of that. Here only
strings, comments and brackets count, so that whatever else is broken does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hatchet_ls.text import Span

PLACEHOLDER = "_"
"""What ``mended`` writes where a value is missing."""

_MARK = re.compile(
    r"(?P<comment>\#[^\r\n]*)"
    r"|(?P<string>(?:(?<!\w)[rRbBuUfFtT]{1,2})?(?P<quote>'''|\"\"\"|'|\"))"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    r"|^[ \t]*(?P<statement>@|(?:async[ \t]+)?def\b|class\b|import\b|from[ \t]+[\w.]+[ \t]+import\b|return\b|with\b"
    r"|raise\b|assert\b|del\b|pass\b|while\b|try[ \t]*:)",
    re.MULTILINE,
)
_ONE_LINE = {quote: re.compile(rf"(?:\\(?:\r\n|[\s\S])|[^\\\r\n{quote}])*") for quote in "'\""}
_LONG = {quote: re.compile(rf"(?:\\[\s\S]|(?!{quote})[^\\])*") for quote in ("'''", '"""')}
_PARTNERS = {"(": ")", "[": "]", "{": "}"}
_DOTTED = re.compile(r"(?:[^\W\d]\w*(?:\.\w*)*)?\Z")
_WORD_REST = re.compile(r"\w*")
_LINE_REST = re.compile(r"[^\r\n]*")
_NEXT = re.compile(r"(?:\s|\#[^\r\n]*)*(?P<next>[\w'\"*\[({~-])?")


class Literal(NamedTuple):
    """A string literal that holds the cursor."""

    start: int
    """Where it starts, prefix included."""
    content: int
    """Where its content starts."""
    quote: str
    """``'``, ``\"``, or three of them."""
    closed: bool
    """Whether a closing quote belongs to it."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """What is open at a place of a text. In a comment there is no cursor."""

    text: str
    offset: int
    literal: Literal | None
    """The string that the place is in."""
    brackets: tuple[int, ...]
    """Where the brackets stand that are open, the innermost last."""

    @property
    def word(self) -> Span:
        """The name, with what is dotted before it, up to the cursor; empty where there is none. Not for strings."""
        found = _DOTTED.search(self.text, 0, self.offset)
        return Span(found.start() if found is not None else self.offset, self.offset)

    def mended(self) -> str:
        """The text with everything closed that is open at the cursor and nowhere closed, a value where one is missing,
        and a space in a string that is empty. Up to the cursor it is the text as it is."""
        if self.literal is not None:
            place, quote = self.offset, self.literal.quote
            is_empty = self.literal.content == place
            if self.literal.closed:
                space = " " if is_empty and self.text.startswith(quote, place) else ""
                return self.text[:place] + space + self.text[place:]
            addition = f" {quote}" if is_empty else quote
        else:
            found = _WORD_REST.match(self.text, self.offset)
            place = found.end() if found is not None else self.offset
            missing = self.word.start == place or self.text[place - 1] == "."
            addition = PLACEHOLDER if missing else ""
        closers, rest, end = self._closing(place)
        addition += closers
        if addition:
            addition += self._comma(place, closers)
        return self.text[:place] + addition + self.text[place:end] + rest + self.text[end:]

    def _closing(self, place: int) -> tuple[str, str, int]:
        """The partners of the brackets that nothing closes behind a place: those that belong right there, and those
        that belong behind the last bracket that closes one of the others, with that place."""
        stack = [self.text[each] for each in self.brackets]
        before = len(stack)
        """How many of the stack's brackets stand before the cursor."""
        here, end = "", place
        for found in _marks(self.text, place):
            if not before or found["statement"]:
                break
            if found["open"]:
                stack.append(found["open"])
            elif found["close"] and (depth := _partner(stack, found["close"])) is not None:
                inner = _partners(stack[depth + 1 : before])
                if inner and end > place:
                    break  # too much is missing to tell what belongs where
                here += inner
                del stack[depth:]
                if depth < before:
                    before, end = depth, found.end()
        if end == place:
            return here + _partners(stack[:before]), "", place
        return here, _partners(stack[:before]), end

    def _comma(self, place: int, closers: str) -> str:
        """A comma, where the next thing of an open bracket follows without one."""
        if len(closers) == len(self.brackets):
            return ""
        found = _NEXT.match(self.text, place)
        return "," if found is not None and found["next"] else ""


def cursor(text: str, offset: int) -> Cursor | None:
    """What is open at a place of a Python text; None in a comment."""
    brackets: list[int] = []
    for found in _marks(text, 0):
        if found.start() >= offset:
            break
        if found["comment"]:
            if offset <= found.end():
                return None
        elif found["string"]:
            content, end = found.end(), _content_end(text, found.end(), found["quote"])
            closed = text.startswith(found["quote"], end)
            if content <= offset <= end:
                literal = Literal(found.start(), content, found["quote"], closed and not _is_odd(text, found, end))
                return Cursor(text, offset, literal, tuple(brackets))
            if offset < content or (closed and offset < end + len(found["quote"])):
                return None  # within the quotes themselves, or the prefix
        elif found["open"]:
            brackets.append(found.start())
        elif found["close"]:
            depth = _partner([text[each] for each in brackets], found["close"])
            if depth is not None:
                del brackets[depth:]
        else:
            brackets.clear()
    return Cursor(text, offset, None, tuple(brackets))


def _marks(text: str, place: int) -> Iterator[re.Match[str]]:
    """Comments, strings, brackets and first words of statements from a place on."""
    while (found := _MARK.search(text, place)) is not None:
        yield found
        place = max(found.end(), place + 1)
        if found["string"]:
            end = _content_end(text, found.end(), found["quote"])
            place = end + len(found["quote"]) if text.startswith(found["quote"], end) else max(end, place)


def _content_end(text: str, start: int, quote: str) -> int:
    """Where the content of a literal ends: at its closing quote, or where it can go on no more."""
    found = (_ONE_LINE if len(quote) == 1 else _LONG)[quote].match(text, start)
    return found.end() if found is not None else start


def _is_odd(text: str, literal: re.Match[str], end: int) -> bool:
    """Whether the quotes behind a literal show that its closing quote opens another: one of them has no partner."""
    quote = literal["quote"]
    if len(quote) > 1:
        return False
    found = _LINE_REST.match(text, end)
    line_end = found.end() if found is not None else end
    for mark in _marks(text, end + 1):
        if mark.start() >= line_end:
            return False
        if mark["string"] and len(mark["quote"]) == 1:
            close = _content_end(text, mark.end(), mark["quote"])
            if not text.startswith(mark["quote"], close):
                return True
    return False


def _partners(stack: list[str]) -> str:
    """What closes all brackets of a stack."""
    return "".join(_PARTNERS[each] for each in reversed(stack))


def _partner(stack: list[str], closing: str) -> int | None:
    """The innermost bracket on the stack that a closing one goes with."""
    for depth in range(len(stack) - 1, -1, -1):
        if _PARTNERS[stack[depth]] == closing:
            return depth
    return None
