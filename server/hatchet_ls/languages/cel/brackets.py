"""Operators with all their operands, and brackets that close, to nodes."""

from __future__ import annotations

from hatchet_ls.languages.cel.frames import (
    AND,
    CLOSERS,
    CONDITIONAL,
    OR,
    PREFIX,
    WORD_NOT,
    Frame,
    Pending,
)
from hatchet_ls.languages.cel.functions import MACROS
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.languages.cel.reader import DEEPEST, Reader
from hatchet_ls.languages.cel.tokens import Token
from hatchet_ls.languages.cel.tree import (
    Binary,
    Call,
    Conditional,
    Entry,
    Group,
    Has,
    Index,
    ListLiteral,
    Literal,
    Logical,
    Macro,
    MapLiteral,
    Missing,
    Name,
    Node,
    Select,
    Struct,
    Unary,
    ungroup,
)
from hatchet_ls.text.span import Span

_SIMPLE = (Name, Select, Index, Call, Has, Macro, Group, Literal)
_HIDDEN = "__result__"
"""The variable in which the engine's macros gather their result."""


class Brackets(Reader):
    """Makes the nodes that consist of others."""

    def _reduce(self, rank: float) -> None:
        """Completes the operators of the frame that bind at least so tightly."""
        base = self.frame.base
        while len(self.operators) > base and self.operators[-1].rank >= rank:
            self._apply(self.operators.pop())

    def _apply(self, pending: Pending) -> None:
        values = self.values
        node: Node
        if pending.rank in (OR, AND):
            operands = tuple(values[-pending.times - 1 :])
            del values[-pending.times - 1 :]
            node = Logical(pending.symbol, pending.start, operands)
        elif pending.rank == PREFIX:
            node = Unary(pending.symbol, pending.start, pending.times, values.pop())
        elif pending.rank == WORD_NOT:
            node = self._word_not(pending, values.pop())
        elif pending.rank == CONDITIONAL:
            otherwise = values.pop()
            if pending.symbol == "?":
                token = self.tokens[self.place]
                self._unexpected(token, "`:`")
                values.append(otherwise)
                otherwise = Missing(otherwise.end)
            then = values.pop()
            node = Conditional(values.pop(), pending.start, then, otherwise)
        else:
            right = values.pop()
            node = self._binary(values.pop(), pending, right)
        if node.depth > DEEPEST:
            self._tell_too_deep()
        values.append(node)

    def _binary(self, left: Node, pending: Pending, right: Node) -> Node:
        if pending.symbol != "not in":
            return Binary(left, pending.symbol, pending.start, right)
        span = Span(left.start, right.end)
        inside = f"{self.text[left.start : left.end]} in {self.text[right.start : right.end]}"
        message = "`not in` is no operator in CEL: write `!(… in …)`"
        suggestion = Replacement(span, f"!({inside})")
        self._tell(Span(pending.start, pending.end), message, pending.start, suggestion)
        return Unary("!", left.start, 1, Binary(left, "in", pending.start, right))

    def _word_not(self, pending: Pending, operand: Node) -> Node:
        inside = self.text[operand.start : operand.end]
        if not isinstance(operand, _SIMPLE):
            inside = f"({inside})"
        suggestion = Replacement(Span(pending.start, operand.end), f"!{inside}")
        word = self.text[pending.start : pending.start + len("not")]
        self._tell(Span(pending.start, pending.end), f"`{word}` is `!` in CEL", pending.end, suggestion)
        return Unary("!", pending.start, 1, operand)

    def _finish_item(self, token: Token) -> None:
        """Completes what stands before a comma or a closing bracket."""
        frame = self.frame
        self._reduce(CONDITIONAL)
        value = self.values.pop()
        frame.branches = 0
        if frame.kind == "map":
            if frame.key is None:
                self._unexpected(token, "`:`")
                frame.items += (value, Missing(value.end))
            else:
                frame.items += (frame.key, value)
                frame.key = None
        elif frame.kind == "struct":
            field, span, colon = frame.entry or ("", Span(value.start, value.start), value.start)
            frame.entries.append(Entry(field, span, colon, value))
            frame.entry = None
        else:
            frame.items.append(value)

    def _close(self, token: Token) -> None:
        """A closing bracket: of the frame, of one around it, or of none."""
        closer = CLOSERS[self.frame.kind]
        if token.kind == closer:
            if len(self.values) > self.frame.first_value:
                self._finish_item(token)
            self.place += 1
            self._leave(token.end)
        elif self.open[token.kind]:
            self._unexpected(token, f"`{closer}`")
            self._finish_item(token)
            self._leave(token.start)
        else:
            self._unexpected(token, self._wanted(), None if closer else Replacement(token.span, ""))
            self.place += 1

    def _finish(self, token: Token) -> None:
        """The end of the text. What is open is told in one problem."""
        if self.frame.kind == "root":
            self._reduce(CONDITIONAL)
            self.is_done = True
            return
        frames = [*self.outer[1:], self.frame]
        missing = "".join(CLOSERS[frame.kind] for frame in reversed(frames))
        if not self.is_lost:
            opener = self.text[self.frame.bracket]
            end = len(self.text.rstrip())
            suggestion = Replacement(Span(end, end), missing)
            self._tell(Span(token.start, token.start), f"`{opener}` is not closed", token.start, suggestion)
        self.is_lost = True
        while self.frame.kind != "root":
            self._finish_item(token)
            self._leave(token.start)

    def _leave(self, end: int) -> None:
        """Makes the node of a frame and goes back to the one around it."""
        frame = self.frame
        self.open[CLOSERS[frame.kind]] -= 1
        self.frame = self.outer.pop()
        node = self._made(frame, end)
        if node.depth > DEEPEST:
            self._tell_too_deep()
        self.values.append(node)
        self.at_operand = False
        self.is_lost = self.is_lost and frame.kind != "stray" and self.tokens[self.place].kind == "end"

    def _made(self, frame: Frame, end: int) -> Node:
        items = frame.items
        if frame.kind == "group":
            return Group(frame.start, items[0], end)
        if frame.kind == "index":
            return Index(self.values.pop(), frame.bracket, items[0], end)
        if frame.kind == "list":
            return ListLiteral(frame.start, tuple(items), end)
        if frame.kind == "map":
            return MapLiteral(frame.start, tuple(zip(items[::2], items[1::2], strict=True)), end)
        if frame.kind == "struct":
            return Struct(frame.start, frame.function, frame.bracket, tuple(frame.entries), end)
        if frame.kind == "stray":
            return self.values.pop()
        return self._call(frame, tuple(items), end)

    def _call(self, frame: Frame, arguments: tuple[Node, ...], end: int) -> Node:
        target, function = frame.target, frame.function
        if target is None and function == "has" and len(arguments) == 1:
            inner = ungroup(arguments[0])
            if isinstance(inner, (Select, Has)):
                return Has(frame.name_span, frame.bracket, arguments[0], end)
            self._tell_no_field(frame, inner, end)
        elif target is not None and (function, len(arguments)) in MACROS:
            variable = ungroup(arguments[0])
            if isinstance(variable, Name) and variable.name != _HIDDEN:
                return Macro(target, function, frame.name_span, frame.bracket, variable, arguments[1:], end)
            if not isinstance(variable, Missing):
                message = f"the first argument of `{function}()` is the name of a new variable"
                self._tell(variable.span, message, variable.position)
        return Call(target, function, frame.name_span, frame.bracket, arguments, end)

    def _tell_no_field(self, frame: Frame, argument: Node, end: int) -> None:
        if isinstance(argument, Missing):
            return
        suggestion = None
        if isinstance(argument, Index):
            inside = self.text[argument.index.start : argument.index.end]
            operand = self.text[argument.operand.start : argument.operand.end]
            suggestion = Replacement(Span(frame.start, end), f"{inside} in {operand}")
        message = "`has()` takes a field, such as `has(input.user_id)`"
        self._tell(argument.span, message, argument.position, suggestion)
