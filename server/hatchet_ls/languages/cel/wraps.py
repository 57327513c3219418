"""Conversions that make a failing operation work, tried on types: ``int(input.n) + 1``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hatchet_ls.languages.cel.functions import STANDARD, Overload
from hatchet_ls.languages.cel.literals import quote
from hatchet_ls.languages.cel.possible import Values, is_number, may_equal, outcome
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.languages.cel.tree import Binary, Literal, Node, ungroup
from hatchet_ls.languages.cel.types import BYTES, DOUBLE, DURATION, INT, NULL, STRING, TIMESTAMP, UINT, Type
from hatchet_ls.text.span import Span

_CONVERSIONS: tuple[tuple[str, Type], ...] = (
    ("int", INT),
    ("string", STRING),
    ("timestamp", TIMESTAMP),
    ("duration", DURATION),
    ("uint", UINT),
)
_NEVER_JSON = frozenset((INT, UINT, BYTES, TIMESTAMP, DURATION))

Works = Callable[[Sequence[Values]], bool]


def conversion(
    text: str,
    operands: Sequence[Node],
    values: Sequence[Values],
    whole: frozenset[Node],
    works: Works,
) -> Replacement | None:
    """The conversion of one operand, or of all, with which an operation works; None when there is none.

    ``whole`` has the operands that the model says to be whole numbers: as strings they should have no exponent.
    """
    for name, kind in _CONVERSIONS:
        for place, operand in enumerate(operands):
            if isinstance(ungroup(operand), Literal) or _NEVER_JSON.intersection(values[place]):
                continue
            if kind in values[place] or not _converts(name, values[place]):
                continue
            if works([*values[:place], (kind,), *values[place + 1 :]]):
                return Replacement(operand.span, _converted(text, operand, name, operand in whole))
    return _all_to_int(text, operands, values, works)


def _all_to_int(text: str, operands: Sequence[Node], values: Sequence[Values], works: Works) -> Replacement | None:
    needed = [kinds != (INT,) for kinds in values]
    can_convert = all(_converts("int", kinds) for kinds, is_needed in zip(values, needed, strict=True) if is_needed)
    if not can_convert or not works([(INT,)] * len(operands)):
        return None
    start, end = operands[0].start, operands[-1].end
    parts: list[str] = []
    place = start
    for operand, is_needed in zip(operands, needed, strict=True):
        parts.append(text[place : operand.start])
        parts.append(_converted(text, operand, "int", False) if is_needed else text[operand.start : operand.end])
        place = operand.end
    return Replacement(Span(start, end), "".join(parts))


def _converted(text: str, operand: Node, name: str, is_whole: bool) -> str:
    source = text[operand.start : operand.end]
    return f"string(int({source}))" if name == "string" and is_whole else f"{name}({source})"


def _converts(name: str, values: Values) -> bool:
    return outcome(STANDARD[name], False, [values]) is not None


def of_operation(
    text: str,
    operands: Sequence[Node],
    values: Sequence[Values],
    whole: frozenset[Node],
    overloads: Sequence[Overload],
    method: bool,
) -> Replacement | None:
    """The conversion with which a function or operator takes its operands."""
    return conversion(text, operands, values, whole, lambda tried: outcome(overloads, method, tried) is not None)


def of_comparison(text: str, node: Binary, left: Values, right: Values) -> Replacement | None:
    """What to write so that two sides can be equal: a literal of the other type, or a conversion to a time."""
    literal = unquoted(node, left, right) or quoted(text, node, left, right)
    if literal is None and (TIMESTAMP in (*left, *right) or DURATION in (*left, *right)):
        return conversion(
            text, (node.left, node.right), (left, right), frozenset(), lambda tried: may_equal(tried[0], tried[1])
        )
    return literal


def unquoted(node: Binary, left: Values, right: Values) -> Replacement | None:
    """A number in quotes without them, where the other side is a number."""
    for literal, other in _literals(node, left, right):
        if literal.type is STRING and isinstance(literal.value, str) and all(map(is_number, other)):
            return Replacement(literal.span, literal.value) if _is_number(literal.value) else None
    return None


def quoted(text: str, node: Binary, left: Values, right: Values) -> Replacement | None:
    """A number in quotes, where the other side is a text."""
    for literal, other in _literals(node, left, right):
        if literal.type in (INT, DOUBLE) and other == (STRING,):
            return Replacement(literal.span, quote(text[literal.start : literal.end]))
    return None


def _literals(node: Binary, left: Values, right: Values) -> Iterator[tuple[Literal, Values]]:
    """The literals among two sides, with what the other side can be but for null."""
    for side, other in ((node.left, right), (node.right, left)):
        literal = ungroup(side)
        known = tuple(kind for kind in other if kind is not NULL)
        if isinstance(literal, Literal) and known:
            yield literal, known


def _is_number(text: str) -> bool:
    whole, _, fraction = text.partition(".")
    digits = whole.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) < 16 and (not fraction or fraction.isdigit())
