"""Tokens to a tree. Nothing is refused outright: what does not fit is told, and a tree stands for the rest.

The parser keeps what is open on a list of its own instead of calling itself, so that no nesting exhausts the stack, and
looks at every token a bounded number of times. Grammar and limits are those of cel-go's parser.
"""

from __future__ import annotations

from hatchet_ls.languages.cel.frames import (
    AND,
    CONDITIONAL,
    LISTED,
    OR,
    RANKS,
    RELATION,
    Pending,
)
from hatchet_ls.languages.cel.names import NEGATION, OPERATORS
from hatchet_ls.languages.cel.operands import Operands
from hatchet_ls.languages.cel.problems import Problem, ProblemKind, Replacement
from hatchet_ls.languages.cel.reader import DEEPEST, Stop
from hatchet_ls.languages.cel.tokens import KEYWORDS, Token
from hatchet_ls.languages.cel.tree import (
    Missing,
    Node,
    Select,
)
from hatchet_ls.text.span import Span

MOST_CHARACTERS = 100_000
"""The longest expression that the engine takes, in code points."""


def parse(text: str) -> tuple[Node, list[Problem]]:
    """The tree of a text and what the engine's parser refuses, by position. Raises nothing, takes linear time."""
    whole = Span(0, len(text))
    if len(text) > MOST_CHARACTERS:
        message = f"the expression has {len(text):,} characters, the engine takes {MOST_CHARACTERS:,}"
        return Missing(0), [Problem(whole, message, ProblemKind.LIMIT)]
    parser = _Parser(text)
    return parser.run(), parser.sorted_problems()


class _Parser(Operands):
    """Reads what stands behind operands."""

    def run(self) -> Node:
        try:
            while not self.is_done:
                if self.at_operand:
                    self._operand()
                else:
                    self._behind_operand()
        except Stop:
            pass
        return self.values[0] if self.values else Missing(0)

    def _behind_operand(self) -> None:
        token = self.tokens[self.place]
        kind = token.kind
        if kind == "." and self.is_lost:
            self.place += 1
        elif kind == ".":
            self._member(token)
        elif kind == "[":
            self._push("index", token.start, token.start)
            if self.tokens[self.place].kind == "?":
                self._tell(token.span, "optional syntax (`[?`) is switched off in the engine", token.start)
                self.place += 1
        elif kind in RANKS:
            self._operator(kind, token, 1)
        elif kind == "?":
            self._question(token)
        elif kind == ":":
            self._colon(token)
        elif kind == ",":
            self._comma(token)
        elif kind in self.open:
            self._close(token)
        elif kind == "end":
            self._finish(token)
        else:
            self._no_operator(token)

    def _member(self, dot: Token) -> None:
        self.place += 1
        token = self.tokens[self.place]
        if token.kind == "?":
            self._tell(Span(dot.start, token.end), "optional syntax (`.?`) is switched off in the engine", dot.start)
            self.place += 1
            token = self.tokens[self.place]
        operand = self.values.pop()
        if token.kind == "name" and self.tokens[self.place + 1].kind == "(":
            self.place += 1
            self._push("call", operand.start, self.tokens[self.place].start)
            self.frame.target = operand
            self.frame.function = token.text
            self.frame.name_span = token.span
        elif token.kind in ("name", "quoted"):
            is_quoted = token.kind == "quoted"
            self._value(Select(operand, dot.start, token.text.strip("`"), token.span, is_quoted), 1)
        elif token.kind in KEYWORDS:
            # Fields may have any name in JSON, but these words have no place behind a dot.
            written = Replacement(Span(dot.start, token.end), f"['{token.text}']")
            self._tell(token.span, f"`{token.text}` is a word of CEL and no field behind a dot", token.start, written)
            self._value(Select(operand, dot.start, token.text, token.span, False), 1)
        else:
            self._tell(
                Span(dot.start, max(dot.end, token.start)), "the name of a field is missing behind `.`", token.start
            )
            self._value(Select(operand, dot.start, "", Span(dot.end, dot.end), False), 0)

    def _operator(self, symbol: str, token: Token, used: int) -> None:
        rank = RANKS[symbol]
        frame = self.frame
        if rank in (OR, AND):
            self._reduce(rank + 0.1)
            top = self._top()
            if top is not None and top.symbol == symbol:
                self.operators[-1] = top._replace(times=top.times + 1, end=token.end)
            else:
                self.operators.append(Pending(rank, symbol, token.start, token.end))
        else:
            self._reduce(rank)
            relations, calcs = self._inside(frame)
            if relations + (rank == RELATION) > DEEPEST or calcs + (rank != RELATION) > DEEPEST:
                self._tell_too_deep()
            self.operators.append(Pending(rank, symbol, token.start, token.end))
        self.place += used
        self.at_operand = True
        self.is_lost = False

    def _question(self, token: Token) -> None:
        self._reduce(OR)
        top = self._top()
        if top is not None and top.symbol == "?":
            self._unexpected(token, "`:`")
        self.operators.append(Pending(CONDITIONAL, "?", token.start, token.end))
        self.place += 1
        self.at_operand = True

    def _colon(self, token: Token) -> None:
        frame = self.frame
        self._reduce(OR)
        top = self._top()
        if top is not None and top.symbol == "?":
            frame.branches += 1
            if frame.deep_exprs + frame.branches > DEEPEST:
                self._tell_too_deep()
            self.operators[-1] = top._replace(symbol=":")
        elif frame.kind == "map" and frame.key is None:
            self._reduce(CONDITIONAL)
            frame.key = self.values.pop()
            frame.branches = 0
        else:
            self._unexpected(token, self._wanted())
            self.place += 1
            return
        self.place += 1
        self.at_operand = True
        self.is_lost = False

    def _comma(self, token: Token) -> None:
        frame = self.frame
        if frame.kind not in LISTED:
            self._unexpected(token, self._wanted())
            self.place += 1
            return
        self._finish_item(token)
        frame.commas += 1
        self.place += 1
        self.at_operand = True
        self.is_lost = False
        if frame.kind in ("list", "map"):
            self._optional_mark()

    def _no_operator(self, token: Token) -> None:
        """A token that can only start an operand. Words of other languages are taken for what they mean."""
        following = self.tokens[self.place + 1]
        if token.kind == "name" and not self.is_lost:
            word = token.text.lower()
            if word in OPERATORS:
                self._word(token, following)
                return
            if word == NEGATION and following.text.lower() == "in":
                self._operator("in", following, 2)
                self.operators[-1] = self.operators[-1]._replace(symbol="not in", start=token.start)
                return
        note = None
        if token.kind == "double" and token.text[1:].isdigit() and token.text.startswith("."):
            note = Replacement(token.span, f"[{token.text[1:]}]")
        wanted = self._wanted()
        if self._is_prefixed_string(token):
            wanted += " (CEL has no f-strings)" if self.text[token.start - 1] in "fF" else ""
        self._unexpected(token, wanted, note)
        if token.kind == "(":
            self._push("stray", token.start, token.start)
        else:
            self.place += 1

    def _is_prefixed_string(self, token: Token) -> bool:
        before = self.tokens[self.place - 1]
        return token.kind == "string" and before.kind == "name" and before.end == token.start

    def _word(self, token: Token, following: Token) -> None:
        meant, end, used = OPERATORS[token.text.lower()], token.end, 1
        if meant == "==" and following.text.lower() == NEGATION:
            meant, end, used = "!=", following.end, 2
        span = Span(token.start, end)
        note = ", which takes booleans" if meant in ("&&", "||") else ""
        message = f"`{self.text[span.start : end]}` is `{meant}` in CEL{note}"
        self._tell(span, message, token.start, Replacement(span, meant))
        self._operator(meant, token, used)
