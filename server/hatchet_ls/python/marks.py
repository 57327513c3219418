"""What counts in a text that no parser makes much of: strings, comments, brackets and first words of statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_STATEMENT = (
    r"@|(?:async[ \t]+)?def\b|class\b|import\b|from[ \t]+[\w.]+[ \t]+import\b|return\b|with\b"
    r"|raise\b|assert\b|del\b|pass\b|while\b|try[ \t]*:"
)
_COMMON = (
    r"(?P<comment>\#[^\r\n]*)"
    r"|(?P<string>(?:(?<!\w)[rRbBuUfFtT]{1,2})?(?P<quote>'''|\"\"\"|'|\"))"
    r"|(?P<open>[(\[{])|(?P<close>[)\]}])"
    rf"|^[ \t]*(?P<statement>{_STATEMENT})"
)
MARK = re.compile(_COMMON, re.MULTILINE)
FINE_MARK = re.compile(rf"{_COMMON}|(?P<comma>,)|(?P<line>[\r\n](?=[ \t]*[^\s#]))", re.MULTILINE)
"""With commas, and ends of lines before one that has something."""
_ONE_LINE = {quote: re.compile(rf"(?:\\(?:\r\n|[\s\S])|[^\\\r\n{quote}])*") for quote in "'\""}
_LONG = {quote: re.compile(rf"(?:\\[\s\S]|(?!{quote})[^\\])*") for quote in ("'''", '"""')}
_PARTNERS = {"(": ")", "[": "]", "{": "}"}


class Mark(NamedTuple):
    """One of them."""

    found: re.Match[str]
    end: int
    """Of a string behind its closing quote, if it has one."""


def marks(text: str, place: int, pattern: re.Pattern[str] = MARK) -> Iterator[Mark]:
    """The marks from a place on."""
    while (found := pattern.search(text, place)) is not None:
        end = found.end()
        if found["string"]:
            end = content_end(text, end, found["quote"])
            end += len(found["quote"]) if text.startswith(found["quote"], end) else 0
        yield Mark(found, end)
        place = max(end, place + 1)


def content_end(text: str, start: int, quote: str) -> int:
    """Where the content of a literal ends: at its closing quote, or where it can go on no more."""
    found = (_ONE_LINE if len(quote) == 1 else _LONG)[quote].match(text, start)
    return found.end() if found is not None else start


def partners(stack: Sequence[str]) -> str:
    """What closes all brackets of a stack."""
    return "".join(_PARTNERS[each] for each in reversed(stack))


def partner(stack: Sequence[str], closing: str) -> int | None:
    """The innermost bracket on the stack that a closing one goes with."""
    for depth in range(len(stack) - 1, -1, -1):
        if _PARTNERS[stack[depth]] == closing:
            return depth
    return None
