"""The values of literals."""

from __future__ import annotations

import re

_MARKS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ESCAPE = r"(?s)\\([xX][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[0-3][0-7][0-7]|.)"
_MOST_DIGITS = 20
"""Every whole number with more digits is above 64 bits."""


def whole_number(text: str) -> int | None:
    """The value of digits, decimal or with ``0x``; None when it is above 64 bits without a sign."""
    base = 16 if text.startswith("0x") else 10
    digits = text[2:] if base == 16 else text
    if len(digits) > _MOST_DIGITS:
        digits = digits.lstrip("0")
    if len(digits) > _MOST_DIGITS:
        return None
    value = int(digits or "0", base)
    return value if value < 1 << 64 else None


def unquote(text: str, *, is_bytes: bool) -> str | None:
    """The value of a quoted string, bytes as the characters up to 255; None when an escape has no value."""
    if is_bytes:
        text = text[1:]
    is_raw = text[0] in "rR"
    if is_raw:
        text = text[1:]
    quotes = 3 if len(text) >= 6 and text[:3] in ("'''", '"""') else 1
    # As cel-go reads every end of a line.
    text = text[quotes:-quotes].replace("\r\n", "\n").replace("\r", "\n")
    if is_bytes:
        text = text.encode("utf-8", "surrogatepass").decode("latin-1")
    if is_raw or "\\" not in text:
        return text
    parts: list[str] = []
    end = 0
    for escape in re.finditer(_ESCAPE, text):
        value = _unescape(escape.group(1), is_bytes)
        if value is None:
            return None
        parts += (text[end : escape.start()], value)
        end = escape.end()
    return "".join((*parts, text[end:]))


def _unescape(escape: str, is_bytes: bool) -> str | None:
    if len(escape) == 1:
        return _MARKS.get(escape, escape)
    if escape[0] in "xX":
        return chr(int(escape[1:], 16))
    if escape[0] in "uU":
        value = int(escape[1:], 16)
        return None if is_bytes or value > 0x10FFFF or 0xD800 <= value <= 0xDFFF else chr(value)
    return chr(int(escape, 8))


def quote(value: str) -> str:
    """A literal for a string: in single quotes unless it has some and no double ones."""
    mark = '"' if "'" in value and '"' not in value else "'"
    return f"{mark}{''.join(_escape(character, mark) for character in value)}{mark}"


_BACK = {value: f"\\{letter}" for letter, value in _MARKS.items()} | {"\\": "\\\\"}


def _escape(character: str, mark: str) -> str:
    if character == mark:
        return f"\\{mark}"
    return _BACK.get(character, character)
