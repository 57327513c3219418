"""Tokens to a tree. Nothing is refused outright: what does not fit is told, and a tree stands for the rest.

The parser keeps what is open on a list of its own instead of calling itself, so that no nesting exhausts Python, and
looks at every token a bounded number of times. Grammar and limits are those of cel-go's parser.
"""

from __future__ import annotations

from hatchet_ls.languages.cel.frames import (
    AND,
    CLOSERS,
    CONDITIONAL,
    LISTED,
    OR,
    PREFIX,
    PRODUCT,
    PYTHON_NOT,
    RANKS,
    RELATION,
    SUM,
    Frame,
    Pending,
)
from hatchet_ls.languages.cel.functions import MACROS
from hatchet_ls.languages.cel.literals import unquote, whole_number
from hatchet_ls.languages.cel.problems import Problem, ProblemKind, Replacement
from hatchet_ls.languages.cel.tokens import KEYWORDS, Token, tokenize
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
from hatchet_ls.languages.cel.types import BOOL, BYTES, DOUBLE, INT, NULL, STRING, UINT
from hatchet_ls.text.span import Span

MOST_CHARACTERS = 100_000
"""The longest expression that the engine takes, in code points."""
DEEPEST = 250
"""How deep the engine's parser goes."""
MOST_PROBLEMS = 30
"""After so many problems the rest of the text is not read."""

_RESERVED = """
as break const continue else for function if import let loop package namespace return var void while
"""
RESERVED = frozenset(_RESERVED.split())
"""Words that are no names of variables or functions; fields may have them."""
_WORDS = {"and": "&&", "or": "||", "is": "=="}
_PRIMARY = frozenset(
    ("name", "quoted", "int", "uint", "double", "string", "bytes", "true", "false", "null", "(", "[", "{", "!", "-")
)
_NUMBERS = frozenset(("int", "double"))
_CONSTANTS = {"true": (True, BOOL), "false": (False, BOOL), "null": (None, NULL)}
_SIMPLE = (Name, Select, Index, Call, Has, Macro, Group, Literal)
_HIDDEN = "__result__"
"""The variable in which the engine's macros gather their result."""


class _Stop(Exception):
    """The rest is not read."""


def parse(text: str) -> tuple[Node, list[Problem]]:
    """The tree of a text and what the engine's parser refuses, by position. Raises nothing, takes linear time."""
    whole = Span(0, len(text))
    if len(text) > MOST_CHARACTERS:
        message = f"the expression has {len(text):,} characters, the engine takes {MOST_CHARACTERS:,}"
        return Missing(0), [Problem(whole, message, ProblemKind.LIMIT)]
    parser = _Parser(text)
    return parser.run(), parser.sorted_problems()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens, self.problems = tokenize(text)
        self.place = 0
        self.values: list[Node] = []
        self.operators: list[Pending] = []
        self.frame = Frame("root", 0, 0, 0, 0, None)
        self.outer: list[Frame] = []
        self.open = dict.fromkeys(")]}", 0)
        self.at_operand = True
        self.is_done = False
        self.is_lost = False
        """Whether the last token fitted nowhere: the next that do not fit go with it."""

    def run(self) -> Node:
        try:
            while not self.is_done:
                if self.at_operand:
                    self._operand()
                else:
                    self._behind_operand()
        except _Stop:
            pass
        return self.values[0] if self.values else Missing(0)

    def sorted_problems(self) -> list[Problem]:
        if len(self.problems) < 2:
            return self.problems
        # A text that the lexer refused may have left a token that did not fit either.
        first: dict[int, Problem] = {}
        for problem in self.problems:
            first.setdefault(problem.position, problem)
        return [first[position] for position in sorted(first)]

    # What is wrong

    def _tell(self, span: Span, message: str, position: int, suggestion: Replacement | None = None) -> None:
        self.problems.append(Problem(span, message, ProblemKind.SYNTAX, None, suggestion, position))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _Stop

    def _tell_too_deep(self) -> None:
        message = f"the expression nests deeper than {DEEPEST} levels, the engine's limit"
        self.problems.append(Problem(Span(0, len(self.text)), message, ProblemKind.LIMIT))
        raise _Stop

    def _unexpected(self, token: Token, wanted: str, suggestion: Replacement | None = None) -> None:
        """Tells that a token does not fit, once for tokens that follow one another."""
        if self.is_lost:
            return
        self.is_lost = True
        if token.kind == "end":
            before = self.tokens[self.place - 1].start if self.place else 0
            self._tell(Span(before, token.end), f"the expression ends where {wanted} belongs", token.start)
            return
        self._tell(token.span, f"`{_shortened(token.text)}` stands where {wanted} belongs", token.start, suggestion)

    def _wanted(self) -> str:
        closer = CLOSERS[self.frame.kind]
        return f"`{closer}`" if closer else "an operator or the end of the expression"

    # Where an operand belongs

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

    def _value(self, node: Node, used: int) -> None:
        if node.depth > DEEPEST:
            self._tell_too_deep()
        self.values.append(node)
        self.place += used
        self.at_operand = False
        self.is_lost = False

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
            self._tell(Span(*span), f"`{_shortened(self.text[start : token.end])}` is no {kind} of 64 bits", start)
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
            token.text == "not"
            and not dot
            and following.kind in _PRIMARY
            and following.kind not in ("(", "[", "-", "!")
        ):
            self.operators.append(Pending(PYTHON_NOT, "not", token.start, following.start))
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

    # Behind an operand

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

    def _inside(self, frame: Frame) -> tuple[int, int]:
        """How often the engine is inside its rules for comparisons and for sums and products."""
        relations, calcs = frame.deep_relations, frame.deep_calcs
        for pending in reversed(self.operators[max(frame.base, len(self.operators) - 8) :]):
            if pending.rank == CONDITIONAL:
                break
            relations += pending.rank == RELATION
            calcs += pending.rank in (SUM, PRODUCT)
        return relations, calcs

    def _top(self) -> Pending | None:
        return self.operators[-1] if len(self.operators) > self.frame.base else None

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
        """A token that can only start an operand. Words of Python are taken for what they mean."""
        following = self.tokens[self.place + 1]
        if token.kind == "name" and not self.is_lost:
            if token.text in _WORDS:
                self._word(token, following)
                return
            if token.text == "not" and following.kind == "in":
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
        meant, end, used = _WORDS[token.text], token.end, 1
        if token.text == "is" and following.text == "not" and following.kind == "name":
            meant, end, used = "!=", following.end, 2
        span = Span(token.start, end)
        self._tell(span, f"`{self.text[span.start : end]}` is `{meant}` in CEL", token.start, Replacement(span, meant))
        self._operator(meant, token, used)

    # Opening, reducing and closing

    def _push(self, kind: str, start: int, bracket: int) -> None:
        frame = Frame(kind, start, bracket, len(self.operators), len(self.values), self.frame)
        relations, calcs = self._inside(self.frame)
        frame.deep_relations = relations + 1
        frame.deep_calcs = calcs + 1
        if max(frame.deep_exprs, frame.deep_relations, frame.deep_calcs) > DEEPEST:
            closer = CLOSERS[kind]
            # The engine's rule is entered by what stands inside, if anything does.
            if self.tokens[self.place + 1].kind != closer:
                self._tell_too_deep()
        self.outer.append(self.frame)
        self.frame = frame
        self.open[CLOSERS[kind]] += 1
        self.place += 1
        self.at_operand = True

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
        elif pending.rank == PYTHON_NOT:
            node = self._python_not(pending, values.pop())
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

    def _python_not(self, pending: Pending, operand: Node) -> Node:
        inside = self.text[operand.start : operand.end]
        if not isinstance(operand, _SIMPLE):
            inside = f"({inside})"
        suggestion = Replacement(Span(pending.start, operand.end), f"!{inside}")
        self._tell(Span(pending.start, pending.end), "`not` is `!` in CEL", pending.end, suggestion)
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


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
