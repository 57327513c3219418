"""Positions of the engine (code points) and of the client (UTF-8, UTF-16 or UTF-32 code units).

The only place where one becomes the other. Whatever a client sends is clamped into the text: a position beyond the
end of its line means the end of that line, one inside a character means that character's start.
"""

from __future__ import annotations

from lsprotocol import types

from hatchet_ls.text import Source, Span

Encoding = types.PositionEncodingKind


def to_position(source: Source, offset: int, encoding: Encoding) -> types.Position:
    """The client's position of an offset. Inside a line end it is the end of that line."""
    row, column = source.position(offset)
    start, end = source.line_span(row)
    return types.Position(row, _units(source.text[start : min(start + column, end)], encoding))


def to_range(source: Source, span: Span, encoding: Encoding) -> types.Range:
    """The client's range of a span."""
    return types.Range(to_position(source, span.start, encoding), to_position(source, span.end, encoding))


def to_offset(source: Source, position: types.Position, encoding: Encoding) -> int:
    """The offset of a client's position, clamped into the text."""
    if position.line >= source.line_count:
        return len(source.text)
    span = source.line_span(position.line)
    return span.start + _code_points(source.slice(span), position.character, encoding)


def to_span(source: Source, range_: types.Range, encoding: Encoding) -> Span:
    """The span of a client's range, clamped into the text; a range that ends before it starts is empty."""
    start = to_offset(source, range_.start, encoding)
    return Span(start, max(start, to_offset(source, range_.end, encoding)))


def _units(text: str, encoding: Encoding) -> int:
    """How many code units a text takes."""
    if encoding is Encoding.Utf32 or text.isascii():
        return len(text)
    return sum(_width(character, encoding) for character in text)


def _code_points(text: str, units: int, encoding: Encoding) -> int:
    """How many whole characters of a text fit into so many code units."""
    if encoding is Encoding.Utf32 or text.isascii():
        return min(units, len(text))
    for index, character in enumerate(text):
        units -= _width(character, encoding)
        if units < 0:
            return index
    return len(text)


def _width(character: str, encoding: Encoding) -> int:
    """How many code units one character takes."""
    if encoding is Encoding.Utf16:
        return 2 if character > "\uffff" else 1
    return 1 + (character > "\x7f") + (character > "\u07ff") + (character > "\uffff")
