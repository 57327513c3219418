"""What may stand where an operand belongs."""

from __future__ import annotations

from hatchet_ls.languages.cel.brackets import Brackets
from hatchet_ls.languages.cel.frames import (
    CLOSERS,
    PREFIX,
    WORD_NOT,
    Frame,
    Pending,
)
from hatchet_ls.languages.cel.literals import unquote, whole_number
from hatchet_ls.languages.cel.names import NEGATION
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.languages.cel.reader import shortened
from hatchet_ls.languages.cel.tokens import Token
from hatchet_ls.languages.cel.tree import (
    Literal,
    Missing,
    Name,
)
from hatchet_ls.languages.cel.types import BOOL, BYTES, DOUBLE, INT, NULL, STRING, UINT
from hatchet_ls.text.span import Span

_RESERVED = """
as break const continue else for function if import let loop package namespace return var void while
"""
RESERVED = frozenset(_RESERVED.split())
"""Words that are no names of variables or functions; fields may have them."""
_PRIMARY = frozenset(
    ("name", "quoted", "int", "uint", "double", "string", "bytes", "true", "false", "null", "(", "[", "{", "!", "-")
)
_NUMBERS = frozenset(("int", "double"))
_CONSTANTS = {"true": (True, BOOL), "false": (False, BOOL), "null": (None, NULL)}


class Operands(Brackets):
    """Reads operands and what stands before them."""

    def _operand(self) -> None:
        token = self.tokens[self.place]
        kind = token.kind
        if self.frame.kind == "struct" and self.frame.entry is None and kind != "}":
            self._entry_name(token)
        elif kind == "name":
            self._name(token, self.place)
        elif kind in ("string", "bytes"):
            self._text_literal(token)
        elif kind in ("int", "uint", "double"):
            self._number(token, token.start, 1)
        elif kind in _CONSTANTS:
            value, constant_type = _CONSTANTS[kind]
            self._value(Literal((token.start, token.end), value, constant_type), 1)
        elif kind == "(":
            self._push("group", token.start, token.start)
        elif kind in ("[", "{"):
            self._push("list" if kind == "[" else "map", token.start, token.start)
            self._optional_mark()
        elif kind in ("!", "-"):
            self._prefix(token)
        elif kind == "." and self.tokens[self.place + 1].kind == "name":
            self._name(token, self.place + 1)
        else:
            self._no_operand(token)

    def _no_operand(self, token: Token) -> None:
        frame = self.frame
        if token.kind == CLOSERS[frame.kind] and frame.key is None and frame.entry is None and self._may_end(frame):
            self._close(token)
            return
        if (
            token.kind == ","
            and frame.kind in ("list", "map")
            and frame.key is None
            and not frame.commas
            and self._may_end(frame)
        ):
            self._lone_comma(frame)
            return
        if token.kind == ".":
            self.place += 1
            token = self.tokens[self.place]
        if token.kind == ">" and self._is_less_greater(token):
            return
        self._unexpected(token, "an expression")
        self.values.append(Missing(token.start))
        self.at_operand = False

    def _lone_comma(self, frame: Frame) -> None:
        """Takes a comma right behind an opening bracket, which the engine allows if nothing else stands there."""
        self.place += 1
        frame.commas += 1
        token = self.tokens[self.place]
        if token.kind != CLOSERS[frame.kind]:
            self._unexpected(token, f"`{CLOSERS[frame.kind]}`")

    def _may_end(self, frame: Frame) -> bool:
        """Whether a bracket may close where an operand could stand: it is empty, or a comma may be the last."""
        if len(self.operators) > frame.base or len(self.values) > frame.first_value:
            return False
        return frame.kind in ("list", "map", "struct") or (frame.kind == "call" and not frame.commas)

    def _is_less_greater(self, token: Token) -> bool:
        """Takes ``<>`` for ``!=``."""
        if not self.operators or self.operators[-1].symbol != "<" or self.operators[-1].end != token.start:
            return False
        less = self.operators.pop()
        span = Span(less.start, token.end)
        self._tell(span, "`<>` is `!=` in CEL", token.start, Replacement(span, "!="))
        self.operators.append(less._replace(symbol="!=", end=token.end))
        self.place += 1
        return True

    def _optional_mark(self) -> None:
        """Refuses the mark of optional items, which the engine has switched off."""
        token = self.tokens[self.place]
        if token.kind == "?":
            self._tell(token.span, "optional syntax (`?`) is switched off in the engine", token.start)
            self.place += 1

    def _prefix(self, token: Token) -> None:
        count = 1
        while self.tokens[self.place + count].kind == token.kind:
            count += 1
        following = self.tokens[self.place + count]
        if token.kind == "-" and count == 1 and following.kind in _NUMBERS:
            self.place += 1
            self._number(following, token.start, -1)
            return
        self.place += count
        self.operators.append(Pending(PREFIX, token.kind, token.start, token.end, count))
        if following.kind == "-" and self.tokens[self.place + 1].kind in _NUMBERS:
            self.place += 1
            self._number(self.tokens[self.place], following.start, -1)
        elif following.kind in ("!", "-"):
            at = following if following.kind == "!" else self.tokens[self.place + 1]
            self._tell(at.span, f"`{following.text}` cannot follow `{token.text}`: put it in parentheses", at.start)

    def _number(self, token: Token, start: int, sign: int) -> None:
        span = (start, token.end)
        number: float | int | None
        if token.kind == "double":
            number = float(token.text)
            kind, fits = DOUBLE, number != float("inf")
        elif token.kind == "uint":
            number = whole_number(token.text[:-1])
            kind, fits = UINT, number is not None
        else:
            number = whole_number(token.text)
            kind, fits = INT, number is not None and -(1 << 63) <= sign * number < 1 << 63
        if not fits or number is None:
            self._tell(Span(*span), f"`{shortened(self.text[start : token.end])}` is no {kind} of 64 bits", start)
            number = 0
        self._value(Literal(span, sign * number, kind), 1)

    def _text_literal(self, token: Token) -> None:
        is_bytes = token.kind == "bytes"
        value = unquote(token.text, is_bytes=is_bytes)
        if value is None:
            reason = "bytes have no `\\u` escapes" if is_bytes else "an escape is not the number of a character"
            self._tell(token.span, reason, token.start)
        self._value(Literal((token.start, token.end), value or "", BYTES if is_bytes else STRING), 1)

    def _name(self, first: Token, at: int) -> None:
        token = self.tokens[at]
        dot = "." if at > self.place else ""
        last = at
        while self.tokens[last + 1].kind == "." and self.tokens[last + 2].kind == "name":
            last += 2
        if self.tokens[last + 1].kind == "{":
            self._struct(first, at, last, dot)
            return
        following = self.tokens[at + 1]
        if (
            token.text.lower() == NEGATION
            and not dot
            and following.kind in _PRIMARY
            and following.kind not in ("(", "[", "-", "!")
        ):
            self.operators.append(Pending(WORD_NOT, "not", token.start, following.start))
            self.place += 1
            return
        if token.text in RESERVED:
            self._tell(Span(first.start, token.end), f"`{token.text}` is a reserved word of CEL", first.start)
        if following.kind == "(":
            self.place = at + 1
            self._push("call", first.start, following.start)
            self.frame.function = dot + token.text
            self.frame.name_span = Span(first.start, token.end)
            return
        self._value(Name((first.start, token.end), dot + token.text, token.start), at + 1 - self.place)

    def _struct(self, first: Token, at: int, last: int, dot: str) -> None:
        name = dot + "".join(token.text for token in self.tokens[at : last + 1])
        self.place = last + 1
        self._push("struct", first.start, self.tokens[last + 1].start)
        self.frame.function = name

    def _entry_name(self, token: Token) -> None:
        """The name of a message's field and its colon."""
        if token.kind == "?":
            self._optional_mark()
            token = self.tokens[self.place]
        if token.kind == "," and not self.frame.entries and not self.frame.commas:
            self._lone_comma(self.frame)
            return
        if token.kind not in ("name", "quoted"):
            self._unexpected(token, "a field of the message")
            self.frame.entry = ("", Span(token.start, token.start), token.start)
            self._no_operand(token)
            return
        self.place += 1
        colon = self.tokens[self.place]
        self.frame.entry = (token.text.strip("`"), token.span, colon.start)
        if colon.kind == ":":
            self.place += 1
        else:
            self._unexpected(colon, "`:`")
