"""What the parser has open: brackets, and operators that wait for an operand."""

from __future__ import annotations

from hatchet_ls.languages.cel.tree import Entry, Node
from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import NamedTuple


class Pending(NamedTuple):
    """An operator whose last operand is not complete."""

    rank: float
    """How tightly it binds."""
    symbol: str
    start: int
    end: int
    times: int = 1
    """How often it stands there: ``!!x``, ``a && b && c``."""


CONDITIONAL, OR, AND, WORD_NOT, RELATION, SUM, PRODUCT, PREFIX = 0, 1, 2, 2.5, 3, 4, 5, 6
RANKS = {
    "||": OR,
    "&&": AND,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in"), RELATION),
    **dict.fromkeys("+-", SUM),
    **dict.fromkeys("*/%", PRODUCT),
}
"""How tightly the operators bind that stand between two operands."""

CLOSERS = {"root": "", "group": ")", "call": ")", "stray": ")", "index": "]", "list": "]", "map": "}", "struct": "}"}
"""What closes each kind of frame."""
LISTED = frozenset(("call", "list", "map", "struct"))
"""The frames in which commas stand."""


class Frame:
    """An open bracket, or the expression as a whole."""

    __slots__ = (
        "base",
        "bracket",
        "branches",
        "commas",
        "deep_calcs",
        "deep_exprs",
        "deep_relations",
        "entries",
        "entry",
        "first_value",
        "function",
        "items",
        "key",
        "kind",
        "name_span",
        "start",
        "target",
    )

    def __init__(self, kind: str, start: int, bracket: int, base: int, first_value: int, outer: Frame | None) -> None:
        self.kind = kind
        self.start = start
        self.bracket = bracket
        self.base = base
        """How many operators waited before it was opened."""
        self.first_value = first_value
        """How many values there were before it was opened."""
        self.items: list[Node] = []
        self.entries: list[Entry] = []
        self.key: Node | None = None
        """The key whose value is being read."""
        self.entry: tuple[str, Span, int] | None = None
        """The message's field whose value is being read: its name, its place, and the colon's."""
        self.commas = 0
        self.branches = 0
        """How many ``:`` of conditions wait for their last branch."""
        self.target: Node | None = None
        self.function = ""
        self.name_span = Span(start, start)
        self.deep_exprs = self.deep_relations = self.deep_calcs = 1
        """How often the engine's parser is inside each of these three rules of its grammar. It allows 250."""
        if outer is not None:
            self.deep_exprs += outer.deep_exprs + outer.branches
            self.deep_relations += outer.deep_relations
            self.deep_calcs += outer.deep_calcs
