"""One file's tolerant syntax tree."""

from __future__ import annotations

import functools
import keyword
import logging
import re
from collections import OrderedDict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import parso
from parso.cache import parser_cache
from parso.python.tree import Name
from parso.tree import BaseNode

from hatchet_ls.text import Source, Span

if TYPE_CHECKING:
    from hatchet_ls.python.scopes import Scopes

log = logging.getLogger(__name__)

Node = Any
"""A parso node or leaf; parso's own classes are not typed finely enough to be of use here."""

_GRAMMAR_VERSION = "3.13"
_BOM = "\ufeff"
_MAX_RECENT = 64
_QUOTED = re.compile(r"""(["'])((?!\1)[^\\\r\n]*?)\1""")
_LINES_OF_NOTHING = re.compile(r"\\\r?\n[ \t\f]*\\\r?\n")
"""Escaped line ends one after another, which the parser takes for a new statement when it goes by changes."""
_recent: OrderedDict[Path, None] = OrderedDict()
"""Paths whose last tree is kept for ``parse_again``, the latest last."""


class Comment(NamedTuple):
    """A comment, from its ``#`` to the end of its line."""

    span: Span
    text: str


class Module:
    """A source with its tree. A file with a broken line still has everything around it."""

    def __init__(self, source: Source, tree: Node) -> None:
        self.source = source
        self.tree = tree
        self._quoted: dict[int, Node | None] = {}

    def __repr__(self) -> str:
        return f"Module({str(self.source.path)!r})"

    def offset(self, position: tuple[int, int]) -> int:
        """The offset of one of parso's positions (row from 1, column from 0, a BOM not counted)."""
        row, column = position
        starts = self.source.line_starts
        if row > len(starts):
            return len(self.source.text)
        offset = starts[row - 1] + column
        return offset + 1 if row == 1 and self.source.text.startswith(_BOM) else offset

    def span(self, node: Node) -> Span:
        """The span of a node, without the white space and comments before it."""
        return Span(self.offset(node.start_pos), self.end(node))

    def end(self, node: Node) -> int:
        """The offset at which a node ends."""
        last = node.get_last_leaf()
        # parso counts the lines of a leaf to say where it ends.
        return self.offset(last.start_pos) + len(last.value)

    def text(self, node: Node) -> str:
        """The node's text."""
        return self.source.slice(self.span(node))

    def quoted(self, string: Node) -> Node | None:
        """The expression in a string, such as a quoted annotation, as if it stood there without its quotes.

        None for what is no expression, and for strings with escapes or of several lines.
        """
        key = id(string)
        if key not in self._quoted:
            self._quoted[key] = _unquoted(string)
        return self._quoted[key]

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """All comments, in order. What stands in a string is no comment."""
        if "#" not in self.source.text:
            return ()
        found: list[Comment] = []
        leaf = self.tree.get_first_leaf()
        while leaf is not None:
            if "#" in leaf.prefix:
                end = self.offset(leaf.start_pos)
                start = end - len(leaf.prefix)
                while (start := self.source.text.find("#", start, end)) != -1:
                    line_end = self.source.line_span(self.source.position(start).row).end
                    found.append(Comment(Span(start, line_end), self.source.text[start:line_end]))
                    start = line_end
            leaf = leaf.get_next_leaf()
        return tuple(found)

    @cached_property
    def scopes(self) -> Scopes:
        """Who binds which name where."""
        from hatchet_ls.python.scopes import build_scopes

        return build_scopes(self)

    @cached_property
    def _patterns(self) -> tuple[Span, ...]:
        from hatchet_ls.python.patterns import patterns

        return tuple(patterns(self))

    def is_in_pattern(self, node: Node) -> bool:
        """Whether a node stands in the pattern of a ``case``, where what looks like a call makes nothing."""
        if not self._patterns:
            return False
        start = self.offset(node.start_pos)
        return any(pattern.start <= start < pattern.end for pattern in self._patterns)


@functools.cache
def _grammar() -> Any:
    return parso.load_grammar(version=_GRAMMAR_VERSION)


def parse(source: Source) -> Module:
    """Parse a source; broken syntax never raises.

    Raises:
        RecursionError: the source is nested deeper than Python's own limits allow.
    """
    return Module(source, _grammar().parse(source.text))


def parse_again(source: Source) -> Module:
    """Parse a source by what has changed since the last text of its path: hundreds of times faster after an edit.

    The trees that this gave for earlier texts of the path are changed in place, so their modules must not be used any
    more.

    Raises:
        RecursionError: as ``parse``.
    """
    if _LINES_OF_NOTHING.search(source.text):
        forget(source.path)
        return parse(source)
    _remember(source.path)
    try:
        return Module(source, _grammar().parse(source.text, path=_key(source.path), diff_cache=True))
    except RecursionError:
        forget(source.path)
        raise
    except Exception:  # the parser's own assertions about its shortcuts
        log.debug("cannot parse %s by its changes", source.path, exc_info=True)
        forget(source.path)
        return parse(source)


def _remember(path: Path) -> None:
    """Keep the trees of few paths: the parser's cache is Jedi's, too, which loses its own where there are many."""
    _recent[path] = None
    _recent.move_to_end(path)
    if len(_recent) > _MAX_RECENT:
        forget(next(iter(_recent)))


def forget(path: Path) -> None:
    """Parse the next text of a path from its beginning."""
    _recent.pop(path, None)
    for trees in parser_cache.values():
        trees.pop(_key(path), None)


def _key(path: Path) -> Path:
    """No file has this name, so that what others parse and change in the same cache is not ours."""
    return Path(f"hatchet-ls:{path}")


def _unquoted(string: Node) -> Node | None:
    found = _QUOTED.fullmatch(string.value)
    if found is None:
        return None
    row, column = string.start_pos
    if found[2].isidentifier() and not keyword.iskeyword(found[2]):
        inner = Name(found[2], (row, column + 1))  # most are, and parsing takes its time
    else:
        # In parentheses white space at the beginning does not matter.
        tree = _grammar().parse(f"({found[2]})\n")
        atom = tree.children[0].children[0] if tree.children[0].type == "simple_stmt" else None
        if atom is None or atom.type != "atom" or len(atom.children) != 3:
            return None
        inner = atom.children[1]
        for leaf in walk(inner):
            if not hasattr(leaf, "children"):
                leaf.line, leaf.column = row, leaf.column + column
    inner.parent = string.parent
    return inner


def walk_inner(node: Node) -> Iterator[Node]:
    """The nodes that ``walk`` gives, without the leaves: most are."""
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, BaseNode):
            yield current
            stack.extend(reversed(current.children))


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, in the order of the text."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        if isinstance(current, BaseNode):
            stack.extend(reversed(current.children))
