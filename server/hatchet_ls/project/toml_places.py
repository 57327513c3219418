"""Where a key of a TOML document is written: ``tomllib`` reads values but keeps no places."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from hatchet_ls.text import Source, Span

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_END = re.compile(r"""(?:[]}]|\"{3}|'{3})\s*(?:#.*)?$""")
"""A line that may be the last one of several that belong together."""

Key = str | int
"""A table's key, or the index of an item of an array."""


def parse_toml(source: Source) -> tuple[dict[str, Any], None] | tuple[None, tuple[Span, str]]:
    """The document, or where and why it is no TOML."""
    try:
        return tomllib.loads(source.text), None
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
        if place is None:
            row = max(0, source.position(len(source.text.rstrip())).row)
            message = message.removesuffix(" (at end of document)")
        else:
            row = int(place[1]) - 1
            message = message[: place.start()]
        return None, (_line(source, min(row, source.line_count - 1)), message[:1].lower() + message[1:])
    except RecursionError:
        return None, (_line(source, 0), "nested too deep")


def value_at(document: object, keys: Sequence[str]) -> Any:
    """What a document has at ``keys``; None when it has nothing there."""
    value: Any = document
    for key in keys:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def place_of(source: Source, path: Sequence[Key]) -> Span:
    """The span of the key (or array item) at ``path`` in a valid document, or of what surrounds it."""
    best, best_depth = Span(0, 0), 0
    keys = [key for key in path if isinstance(key, str)]
    for prefix, statement, value in _statements(source):
        depth = _shared(prefix, value, keys)
        if depth > best_depth:
            best, best_depth = _key(source, statement, keys[:depth]), depth
            if depth == len(keys) < len(path):
                best = _item(source, statement, _at(value, path[len(prefix) :])) or best
    return best


def _at(value: Any, path: Sequence[Key]) -> object:
    for key in path:
        value = value[key]
    return value


def _item(source: Source, statement: Span, value: object) -> Span | None:
    """The place of a string in an array."""
    for match in re.finditer(r"#[^\n]*|\"[^\"\n]*\"|'[^'\n]*'", source.slice(statement)):
        if match.group()[1:-1] == value:
            return Span(statement.start + match.start(), statement.start + match.end())
    return None


def _key(source: Source, statement: Span, keys: Sequence[str]) -> Span:
    """The place of the innermost of ``keys`` within its statement."""
    text = source.slice(statement)
    for match in re.finditer(rf"(?<![\w-])([\"']?){re.escape(keys[-1])}\1(?=\s*[=.\]])", text):
        return Span(statement.start + match.start(), statement.start + match.end())
    return _line(source, source.position(statement.start).row)


def _statements(source: Source) -> Iterator[tuple[list[str], Span, dict[str, Any]]]:
    """Table headers and ``key = value`` statements: the table they are in, their place, and what they say alone.

    A statement is the shortest run of lines that is TOML by itself, so the library's own reader decides where
    strings and arrays end.
    """
    table: list[str] = []
    first = 0
    for row in range(source.line_count):
        span = Span(source.line_span(first).start, source.line_span(row).end)
        text = source.slice(span)
        if row == first and (not text.strip() or text.lstrip().startswith("#")):
            first = row + 1
            continue
        if row > first and _END.search(source.slice(source.line_span(row))) is None:
            continue
        try:
            value = tomllib.loads(text.replace("\r\n", "\n"))
        except tomllib.TOMLDecodeError:
            continue
        first = row + 1
        if text.lstrip().startswith("["):
            table = list(_header(value))
            yield [], span, value
        else:
            yield table, span, value


def _header(value: dict[str, Any]) -> Iterator[str]:
    """The keys of ``[a.b]`` or ``[[a.b]]``."""
    inner: Any = value
    while inner:
        if isinstance(inner, list):
            inner = inner[0]
            continue
        key, inner = next(iter(inner.items()))
        yield key


def _shared(prefix: Sequence[str], value: dict[str, Any], keys: Sequence[str]) -> int:
    """How many of ``keys`` a statement in the table ``prefix`` spells out; 0 when it is about something else."""
    if list(keys[: len(prefix)]) != list(prefix):
        return 0
    depth = len(prefix)
    inner: Any = value
    while depth < len(keys) and isinstance(inner, dict) and keys[depth] in inner:
        inner = inner[keys[depth]]
        depth += 1
    return depth if depth > len(prefix) else 0


def _line(source: Source, row: int) -> Span:
    """A line without the white space around it."""
    span = source.line_span(row)
    text = source.slice(span)
    start = span.start + len(text) - len(text.lstrip())
    return Span(min(start, span.end), max(start, span.start + len(text.rstrip())))
