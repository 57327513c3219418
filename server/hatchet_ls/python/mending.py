"""What lacks behind the cursor in a statement that is being typed: brackets, commas, values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hatchet_ls.python.marks import FINE_MARK, Mark, marks, partner, partners

PLACEHOLDER = "_"
"""What is written where a value is missing."""

_UNFINISHED = re.compile(r"(?:[=+]|(?<!\w)[^\W\d]\w*\.|^\.)\Z")
"""The end of what still needs a value."""
_KEYWORD = re.compile(r"[ \t]*[^\W\d]\w*[ \t]*=(?!=)")
_ARGUMENT = re.compile(r"(?<!\w)[^\W\d]\w*\s*=\Z")
_ANYTHING = re.compile(r"[ \t]*[\w'\"*\[({~-]")
_INDENTATION = re.compile(r"[ \t]*")


class Insertion(NamedTuple):
    """What is to be written at an offset."""

    place: int
    content: str


def inserted(text: str, insertions: Iterator[Insertion]) -> str:
    """A text with all insertions, which must be in its order."""
    parts, done = [], 0
    for place, content in insertions:
        parts += [text[done:place], content]
        done = place
    return "".join([*parts, text[done:]])


def missing(text: str, place: int, brackets: Sequence[int], *, certain: bool) -> Iterator[Insertion]:
    """What is missing from a place on, where a value ends, to the end of the statement.

    ``brackets`` says where those stand that are open at the place. ``certain`` says that whatever follows there is not
    part of the same value, so that a comma is missing unless it is there.
    """
    rest = _Rest(text, place, brackets, certain=certain)
    return rest.insertions()


def blanked(text: str, start: int, end: int) -> str:
    """A text of the same length in which a statement that begins at ``start`` can be read up to ``end``: arguments that
    lack their value are blank, and what other values lack is there."""
    made = list(text)
    done, is_value = start, False
    for mark in marks(text, start, FINE_MARK):
        found = mark.found
        place = found.start()
        if place >= end:
            break
        gap = text[done:place].rstrip()
        last = done + len(gap) - 1
        done = mark.end
        if found["comment"]:
            continue
        is_line = found["line"] is not None and _KEYWORD.match(text, mark.end) is not None
        is_end = bool(is_line or found["comma"] or found["close"])
        is_value = is_value if not gap else _UNFINISHED.search(gap) is None
        if is_end and gap and not is_value:
            if gap.endswith("."):
                made[last] = "," if is_line else " "
            elif (argument := _ARGUMENT.search(gap)) is not None:
                for each in range(last + 1 - len(argument.group()), last + 1):
                    made[each] = made[each] if made[each] in "\r\n" else " "
                if found["comma"]:
                    made[place] = " "
        elif is_line and is_value and text[mark.end] in " \t":
            made[mark.end] = ","
        if not found["line"]:
            is_value = bool(found["close"] or found["string"])
    return "".join(made)


class _Rest:
    """One walk from the place to the end of the statement."""

    def __init__(self, text: str, place: int, brackets: Sequence[int], *, certain: bool) -> None:
        self._text = text
        self._place = place
        self._next = _ANYTHING if certain else _KEYWORD
        self._stack = [text[each] for each in brackets]
        self._lines = [self._indentation(each) for each in brackets]
        """How far the lines of the stack's brackets are indented."""
        self._before = len(brackets)
        """How many of the stack's brackets stand before the place."""
        self._end = place
        """Of the last thing that is neither blank nor a comment."""
        self._is_value = True
        """Whether a value ends there."""
        self._lacks_value = False
        """Whether it needs one."""
        # How lines are indented counts only where brackets are missing.
        self._by_lines = not self._is_balanced()

    def insertions(self) -> Iterator[Insertion]:
        """What is missing, in the order of the text."""
        if self._before and self._next.match(self._text, self._place):
            yield self._comma()
        done = self._place
        for mark in marks(self._text, self._place, FINE_MARK):
            if not self._before:
                return
            self._pass(done, mark.found.start())
            done = mark.end
            if mark.found["statement"]:
                break
            yield from self._at(mark)
        else:
            self._pass(done, len(self._text))
        if self._before:
            yield from self._closed(0)

    def _at(self, mark: Mark) -> Iterator[Insertion]:
        found, is_value = mark.found, False
        if found["comment"]:
            return
        if found["line"]:
            yield from self._line(mark.end)
            return
        if found["open"]:
            self._stack.append(found["open"])
            self._lines.append(self._indentation(found.start()))
        elif found["close"]:
            is_value = True
            depth = self._partner(found)
            if depth is not None:
                yield from self._closed(depth + 1)
                self._drop(depth)
        elif found["comma"]:
            yield from self._value()
        else:
            is_value = True
        self._end, self._is_value, self._lacks_value = mark.end, is_value, False

    def _line(self, start: int) -> Iterator[Insertion]:
        """A line begins at ``start``: what it cannot be part of ends before it."""
        indentation = self._indentation(start)
        first = self._text[start + indentation]
        if self._by_lines and first not in ")]}":
            depth = len(self._stack)
            while depth and self._lines[depth - 1] >= indentation:
                depth -= 1
            yield from self._closed(depth)
            self._drop(depth)
        following = self._next if self._end == self._place else _KEYWORD
        if self._before and following.match(self._text, start):
            yield from self._value()
            if self._is_value:
                yield self._comma()

    def _pass(self, start: int, end: int) -> None:
        """What is between two marks."""
        passed = self._text[start:end].rstrip()
        if passed:
            self._end = start + len(passed)
            self._lacks_value = _UNFINISHED.search(passed) is not None
            self._is_value = not self._lacks_value

    def _value(self) -> Iterator[Insertion]:
        """A value, where what is there still needs one."""
        if self._lacks_value:
            yield Insertion(self._end, PLACEHOLDER)
            self._lacks_value, self._is_value = False, True

    def _closed(self, depth: int) -> Iterator[Insertion]:
        """The partners of the brackets from a depth on, and a comma again where one stands at the end."""
        yield from self._value()
        closers = partners(self._stack[depth:])
        if closers:
            # A comma belongs to the bracket that stays open.
            is_outer = bool(depth) and not self._is_value and self._text[self._end - 1] == ","
            yield Insertion(self._end - is_outer, closers)
            self._is_value = not is_outer

    def _comma(self) -> Insertion:
        self._is_value = False
        return Insertion(self._end, ",")

    def _drop(self, depth: int) -> None:
        del self._stack[depth:], self._lines[depth:]
        self._before = min(self._before, depth)

    def _partner(self, found: re.Match[str]) -> int | None:
        """Which bracket one closes: if it begins its line, one whose line is indented alike."""
        closing, start = found["close"], found.start()
        line = start - self._indentation(start)
        if self._by_lines and (not line or self._text[line - 1] in "\r\n"):
            for depth in range(len(self._stack) - 1, -1, -1):
                if self._lines[depth] == start - line and partner(self._stack[depth : depth + 1], closing) == 0:
                    return depth
        return partner(self._stack, closing)

    def _indentation(self, offset: int) -> int:
        """How far the line of an offset is indented."""
        start = max(self._text.rfind("\n", 0, offset), self._text.rfind("\r", 0, offset)) + 1
        found = _INDENTATION.match(self._text, start)
        return found.end() - start if found is not None else 0

    def _is_balanced(self) -> bool:
        """Whether each bracket that is open at the place has its partner behind it, and none there is without."""
        stack = list(self._stack)
        before = len(stack)
        for found, _ in marks(self._text, self._place):
            if not before or found["statement"]:
                break
            if found["open"]:
                stack.append(found["open"])
            elif found["close"]:
                if partner(stack[-1:], found["close"]) is None:
                    return False
                stack.pop()
                before = min(before, len(stack))
        return not before
