"""The fields of models that CEL strings name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hatchet_ls.hatchet.models import FieldType, InputModel, JsonKind, ModelField
from hatchet_ls.hatchet.program import Expression, Program
from hatchet_ls.hatchet.strings import Text
from hatchet_ls.languages.cel.tree import Group, Index, Literal, Macro, Name, Node, Select, ungroup
from hatchet_ls.languages.cel.types import STRING
from hatchet_ls.text import Span

_QUOTES = 1
_DEEPEST = 300
"""What is nested more deeply the engine refuses, and nobody writes."""


@dataclass(frozen=True, eq=False, slots=True)
class Named:
    """A place in a CEL string that names something of a model."""

    expression: Expression
    text: Text
    part: Span
    """Where the name is, in the value of the string."""
    field: ModelField | None
    """The field; None for ``input`` or ``output`` itself."""
    model: InputModel
    """The model that has the field, or that the variable is."""
    key: str
    """The name as CEL has it."""
    quoted: bool
    """It is the text of a string, as in ``input['user_id']``, or in backticks."""

    @property
    def span(self) -> Span | None:
        """Where it is written in the source of the string; None when that is not in literals."""
        written = self.text.written
        return written.span(*self.part) if written is not None and written.is_literal(*self.part) else None


def named(expression: Expression) -> Iterator[Named]:
    """What an expression names of the models that ``input``, or ``output`` of a parent task, are, in no particular
    order."""
    models = {"input": expression.input_model, "output": expression.output_model}
    variables = {name: _typed(model) for name, model in models.items() if model is not None}
    if not variables:
        return
    tree = expression.checked.tree
    if tree.depth > _DEEPEST:
        return
    text = Text(expression.value, expression.argument.span, expression.call.source)
    finder = _Finder(expression, text, variables)
    finder.visit(tree, variables)
    yield from finder.found


def _typed(model: InputModel) -> FieldType:
    return FieldType(JsonKind.MODEL, read=lambda: model)


def named_in(program: Program) -> Iterator[Named]:
    """What the CEL strings of a program name that are written in literals; each place once."""
    seen: set[tuple[int, Span]] = set()
    for expression in program.expressions:
        for each in named(expression):
            key = (id(expression.value.source), each.span or Span(0, 0))
            if each.span is not None and key not in seen:
                seen.add(key)
                yield each


def named_at(program: Program, offset: int) -> Named | None:
    """What is named at an offset of a program's source."""
    for each in named_in(program):
        span = each.span
        here = each.expression.value.source is program.source
        if here and span is not None and span.start <= offset <= span.end:
            return each
    return None


class _Finder:
    """One walk through one tree."""

    def __init__(self, expression: Expression, text: Text, typed: Mapping[str, FieldType]) -> None:
        self._expression = expression
        self._text = text
        self._typed = typed
        """The variables that are models, by their names."""
        self.found: list[Named] = []

    def visit(self, node: Node, variables: Mapping[str, FieldType]) -> FieldType | None:
        """The type of a part, as far as the models tell; what it names is found on the way."""
        match node:
            case Group():
                return self.visit(node.inner, variables)
            case Name():
                return self._name(node, variables)
            case Select():
                return self._field(self.visit(node.operand, variables), node.field, node.field_span, node.quoted)
            case Index():
                return self._index(node, variables)
            case Macro():
                return self._macro(node, variables)
        for child in node.children:
            self.visit(child, variables)
        return None

    def _name(self, node: Name, variables: Mapping[str, FieldType]) -> FieldType | None:
        known = variables.get(node.name)
        if known is not None and known is self._typed.get(node.name) and known.model is not None:
            self._find(Span(node.start, node.end), None, known.model, node.name, quoted=False)
        return known

    def _field(self, owner: FieldType | None, key: str, part: Span, quoted: bool) -> FieldType | None:
        if owner is None:
            return None
        if owner.kind is JsonKind.MAP:
            return owner.item
        field = owner.model.field(key) if owner.model is not None else None
        if field is None or owner.model is None:
            return None
        self._find(
            part if not quoted else Span(part.start + _QUOTES, part.end - _QUOTES), field, owner.model, key, quoted
        )
        return field.type

    def _index(self, node: Index, variables: Mapping[str, FieldType]) -> FieldType | None:
        owner, index = self.visit(node.operand, variables), ungroup(node.index)
        self.visit(index, variables)
        if owner is not None and owner.kind is JsonKind.LIST:
            return owner.item
        if isinstance(index, Literal) and index.type == STRING and isinstance(index.value, str):
            # With escapes or other quotes the text between the quotes is not the key.
            start, end = index.start + _QUOTES, index.end - _QUOTES
            plain = self._expression.text[start:end] == index.value
            return self._field(owner, index.value, Span(index.start, index.end), quoted=True) if plain else None
        return None

    def _macro(self, node: Macro, variables: Mapping[str, FieldType]) -> FieldType | None:
        over = self.visit(node.range, variables)
        inner = {name: kind for name, kind in variables.items() if name != node.variable.name}
        if over is not None and over.kind is JsonKind.LIST and over.item is not None:
            inner[node.variable.name] = over.item
        for part in node.body:
            self.visit(part, inner)
        return over if node.function == "filter" else None

    def _find(self, part: Span, field: ModelField | None, model: InputModel, key: str, quoted: bool) -> None:
        self.found.append(Named(self._expression, self._text, part, field, model, key, quoted))
