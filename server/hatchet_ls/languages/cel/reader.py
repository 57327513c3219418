"""Where the parser is, what it has open, and how it tells what does not fit."""

from __future__ import annotations

from hatchet_ls.languages.cel.frames import (
    CLOSERS,
    CONDITIONAL,
    PRODUCT,
    RELATION,
    SUM,
    Frame,
    Pending,
)
from hatchet_ls.languages.cel.problems import Problem, ProblemKind, Replacement
from hatchet_ls.languages.cel.tokens import MOST_PROBLEMS, Token, tokenize
from hatchet_ls.languages.cel.tree import (
    Node,
)
from hatchet_ls.text.span import Span

DEEPEST = 250
"""How deep the engine's parser goes."""


class Stop(Exception):
    """The rest of the text is not read."""


class Reader:
    """The parser's state."""

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

    def sorted_problems(self) -> list[Problem]:
        if len(self.problems) < 2:
            return self.problems
        # A text that the lexer refused may have left a token that did not fit either.
        first: dict[int, Problem] = {}
        for problem in self.problems:
            first.setdefault(problem.position, problem)
        return [first[position] for position in sorted(first)]

    def _tell(self, span: Span, message: str, position: int, suggestion: Replacement | None = None) -> None:
        self.problems.append(Problem(span, message, ProblemKind.SYNTAX, None, suggestion, position))
        if len(self.problems) >= MOST_PROBLEMS:
            raise Stop

    def _tell_too_deep(self) -> None:
        message = f"the expression nests deeper than {DEEPEST} levels, the engine's limit"
        self.problems.append(Problem(Span(0, len(self.text)), message, ProblemKind.LIMIT))
        raise Stop

    def _unexpected(self, token: Token, wanted: str, suggestion: Replacement | None = None) -> None:
        """Tells that a token does not fit, once for tokens that follow one another."""
        if self.is_lost:
            return
        self.is_lost = True
        if token.kind == "end":
            before = self.tokens[self.place - 1].start if self.place else 0
            self._tell(Span(before, token.end), f"the expression ends where {wanted} belongs", token.start)
            return
        self._tell(token.span, f"`{shortened(token.text)}` stands where {wanted} belongs", token.start, suggestion)

    def _wanted(self) -> str:
        closer = CLOSERS[self.frame.kind]
        return f"`{closer}`" if closer else "an operator or the end of the expression"

    def _value(self, node: Node, used: int) -> None:
        if node.depth > DEEPEST:
            self._tell_too_deep()
        self.values.append(node)
        self.place += used
        self.at_operand = False
        self.is_lost = False

    def _top(self) -> Pending | None:
        return self.operators[-1] if len(self.operators) > self.frame.base else None

    def _inside(self, frame: Frame) -> tuple[int, int]:
        """How often the engine is inside its rules for comparisons and for sums and products."""
        relations, calcs = frame.deep_relations, frame.deep_calcs
        for pending in reversed(self.operators[max(frame.base, len(self.operators) - 8) :]):
            if pending.rank == CONDITIONAL:
                break
            relations += pending.rank == RELATION
            calcs += pending.rank in (SUM, PRODUCT)
        return relations, calcs

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


def shortened(text: str) -> str:
    """A text in a message."""
    return text if len(text) <= 30 else f"{text[:30]}…"
