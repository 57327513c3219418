"""Strings in the program: languages inside them are judged by offsets, and findings need spans.

``texts`` gives the strings of an argument; each knows where it is used, where it is written, and how to change a part
of it in the place where that part is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hatchet_ls.hatchet.program import Argument, Call, Items, Known, Value
from hatchet_ls.python.literals import StringMap, string_map
from hatchet_ls.text import Edit, Source, Span

_FORMATTED = re.compile(r"(?i)(?<![a-z0-9_])(?:f|rf|fr)['\"]")
_QUOTE = re.compile(r"'''|\"\"\"|'|\"")


@dataclass(frozen=True, eq=False)
class Text:
    """A known string in one place of a program."""

    value: Known
    use: Span
    """Where it is used: the literal itself, or the name that stands for it."""
    source: Source
    """Of the use."""

    @property
    def text(self) -> str:
        """The string."""
        return str(self.value.value)

    @property
    def in_place(self) -> bool:
        """Whether it is written where it is used."""
        return self.value.source is self.source and self.use.contains(self.value.span)

    @cached_property
    def written(self) -> StringMap | None:
        """Which places write which part; None when no literal writes any."""
        return string_map(self.value)

    def written_span(self, start: int, end: int) -> Span:
        """The span of ``value.source`` that writes a part; the whole value's where that cannot be told."""
        return self.written.span(start, end) if self.written is not None else self.value.span

    def span(self, start: int, end: int) -> Span:
        """Where to report on a part: inside the string, or where a string that is written elsewhere is used."""
        return self.written_span(start, end) if self.in_place else self.use

    def replace(self, start: int, end: int, content: str) -> Edit | None:
        """An edit of the part in the place where it is written.

        None when that is in another source, or cannot be done by changing literals without losing a comment.
        """
        if self.value.source is not self.source or self.written is None:
            return None
        if not self.written.is_literal(0, len(self.text)):
            return self._replace_in_operand(start, end, content)
        span = self.written.span(start, end)
        before = self.source.slice(self.value.span)
        if _FORMATTED.search(before) and re.search("[{}]", content):
            return None
        if any("#" in self.source.slice(gap) for gap in self.written.gaps(start, end)):
            return None
        expected = self.text[:start] + content + self.text[end:]
        quote = _QUOTE.search(before)
        escaped = "".join(map(_escaped, content))
        if quote is not None:
            escaped = escaped.replace(quote.group()[0], "\\" + quote.group()[0])
        # A backslash that happens to mean itself, as in "\d", is bad style.
        for candidate in (escaped, content) if "\\" in content or not _plain(content) else (content, escaped):
            after = (
                before[: span.start - self.value.span.start] + candidate + before[span.end - self.value.span.start :]
            )
            made = Known(expected, Source(self.source.path, after), Span(0, len(after)))
            if string_map(made) is not None:
                return Edit(span, candidate)
        return None

    def _replace_in_operand(self, start: int, end: int, content: str) -> Edit | None:
        """``replace`` in a sum with names, where one operand that stands in it has all of the part."""
        position = 0
        for place, operand in self.value.parts:
            length = len(str(operand.value))
            text = Text(operand, place, self.source)
            if position <= start and end <= position + length and text.in_place:
                return text.replace(start - position, end - position, content)
            position += length
        return None


def _plain(content: str) -> bool:
    """Whether a source may have it as it is, in three quotes at least."""
    return content.replace("\n", "").replace("\t", "").isprintable()


def _escaped(character: str) -> str:
    if character == "\\" or not character.isprintable():
        return character.encode("unicode_escape").decode()
    return character


def texts(call: Call, argument: Argument) -> Iterator[Text]:
    """The known strings of an argument: its value, or the items of a list, tuple or set.

    A string in a list that is written elsewhere counts as used where the list is used.
    """
    yield from _texts(call.source, argument.value, argument.span)


def _texts(source: Source, value: Value, use: Span) -> Iterator[Text]:
    match value:
        case Known(str()):
            yield Text(value, use, source)
        case Known(Items(_, items) as found):
            here = value.source is source and use.contains(value.span)
            places = found.places if here and len(found.places) == len(items) else (use,) * len(items)
            for item, place in zip(items, places, strict=True):
                match item:
                    case Known(str()):
                        yield Text(item, place, source)
