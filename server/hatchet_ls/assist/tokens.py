"""What each part of a CEL string is, for editors that colour by meaning."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from hatchet_ls.hatchet.program import Expression, Program
from hatchet_ls.hatchet.strings import Text
from hatchet_ls.languages.cel.tokens import tokenize
from hatchet_ls.languages.cel.tree import Call, Has, Macro, Name, Node, Select, Struct, walk
from hatchet_ls.python.literals import StringMap
from hatchet_ls.text import Source, Span


class TokenKind(Enum):
    """What a part is, in the words that editors have colours for."""

    VARIABLE = "variable"
    PARAMETER = "parameter"
    """A variable of a macro."""
    PROPERTY = "property"
    FUNCTION = "function"
    METHOD = "method"
    MACRO = "macro"
    TYPE = "type"
    STRING = "string"
    NUMBER = "number"
    KEYWORD = "keyword"
    OPERATOR = "operator"


class Token(NamedTuple):
    """A part of a CEL string, on one line of the source and in one piece."""

    span: Span
    kind: TokenKind


_PLAIN = {
    "string": TokenKind.STRING,
    "bytes": TokenKind.STRING,
    "int": TokenKind.NUMBER,
    "uint": TokenKind.NUMBER,
    "double": TokenKind.NUMBER,
    "true": TokenKind.KEYWORD,
    "false": TokenKind.KEYWORD,
    "null": TokenKind.KEYWORD,
    "in": TokenKind.KEYWORD,
    **dict.fromkeys(
        ["&&", "||", "!", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "?", ":"], TokenKind.OPERATOR
    ),
}
"""By the kind that the lexer gives a token. Brackets, dots and commas have no colour of their own."""


def tokens(program: Program) -> list[Token]:
    """The parts of all CEL strings that are written in a program's source, in the order of the text."""
    found: dict[Span, Token] = {}
    for expression in program.expressions:
        if expression.value.source is program.source:
            for token in _of(expression):
                found.setdefault(token.span, token)
    return sorted(found.values())


def _of(expression: Expression) -> Iterator[Token]:
    text = Text(expression.value, expression.argument.span, expression.call.source)
    if text.written is None:
        return
    names = dict(_names(expression.checked.tree))
    for token in tokenize(text.text)[0]:
        kind = names.get(token.start) or _PLAIN.get(token.kind)
        if kind is not None:
            for span in _pieces(text.written, expression.value.source, token.start, token.end):
                yield Token(span, kind)


def _names(tree: Node) -> Iterator[tuple[int, TokenKind]]:
    """What the names are, by their places; of two at one place the last one counts."""
    own: set[str] = set()
    for node in walk(tree):
        match node:
            case Macro():
                own.add(node.variable.name)
                yield node.name_span.start, TokenKind.MACRO
            case Has():
                yield node.name_span.start, TokenKind.MACRO
            case Call():
                yield node.name_span.start, TokenKind.FUNCTION if node.target is None else TokenKind.METHOD
            case Select():
                yield node.field_span.start, TokenKind.PROPERTY
            case Struct():
                yield node.start, TokenKind.TYPE
            case Name():
                yield node.start, TokenKind.PARAMETER if node.name in own else TokenKind.VARIABLE


def _pieces(written: StringMap, source: Source, start: int, end: int) -> Iterator[Span]:
    """The spans that write a range of a value: one for each line and each literal that has some of it."""
    piece: Span | None = None
    for index in range(start, end):
        if not written.is_literal(index, index + 1):
            continue
        span = written.span(index, index + 1)
        if "\n" in source.slice(span) or "\r" in source.slice(span):
            continue
        row = source.position(span.start).row
        if piece is not None and piece.end == span.start and source.position(piece.start).row == row:
            piece = Span(piece.start, span.end)
        else:
            if piece is not None:
                yield piece
            piece = span
    if piece is not None:
        yield piece
