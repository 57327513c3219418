"""What stands at a place in an expression."""

from __future__ import annotations

from collections.abc import Mapping

from hatchet_ls.languages.cel.check import Checked
from hatchet_ls.languages.cel.environments import TYPE_NAMES, UNIMPLEMENTED
from hatchet_ls.languages.cel.functions import DESCRIPTIONS, HAS, MACROS
from hatchet_ls.languages.cel.possible import JSON, Values, words
from hatchet_ls.languages.cel.runs import Run
from hatchet_ls.languages.cel.trap import Binding
from hatchet_ls.languages.cel.tree import (
    Binary,
    Call,
    Group,
    Has,
    Index,
    Literal,
    Logical,
    Macro,
    Name,
    Node,
    Select,
    Unary,
    dotted,
    full_function,
    ungroup,
)
from hatchet_ls.languages.cel.types import DYN, ERROR, Record, Type
from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import NamedTuple


class Described(NamedTuple):
    """A part of an expression, in words."""

    span: Span
    """The name, the field or the whole part that it is about."""
    title: str
    """Code: a signature, or a name and its type."""
    text: str
    """Sentences about it; may be empty."""
    path: tuple[str, ...] = ()
    """The fields from ``input`` on, when it is one of the input's: ``("user", "id")``."""


def path_at(tree: Node, offset: int, *, inclusive: bool = True) -> list[Node]:
    """The nodes around a place, from the whole to the innermost; ``inclusive``: what ends there too."""
    path: list[Node] = []
    inner = [tree]
    while inner := [each for each in inner if each.start <= offset < each.end or (inclusive and offset == each.end)]:
        path.append(next((each for each in inner if each.start == offset), inner[0]))
        inner = list(path[-1].children)
    return path


def input_path(node: Node, variable: str = "input") -> tuple[str, ...] | None:
    """The fields from a variable on: ``input.user['id']`` gives ``("user", "id")``; None for anything else."""
    fields: list[str] = []
    node = ungroup(node)
    while True:
        if isinstance(node, Select):
            fields.append(node.field)
            node = ungroup(node.operand)
        elif isinstance(node, Index):
            key = ungroup(node.index)
            if not isinstance(key, Literal) or not isinstance(key.value, str):
                return None
            fields.append(key.value)
            node = ungroup(node.operand)
        else:
            is_variable = isinstance(node, Name) and node.name.lstrip(".") == variable
            return tuple(reversed(fields)) if is_variable else None


def describe(checked: Checked, offset: int, descriptions: Mapping[str, str] | None = None) -> Described | None:
    """What stands at a place, in code points of the text; None where there is nothing to say.

    ``descriptions`` says what the variables are, where the environment's own words do not fit.
    """
    # Behind a name one may mean the name; a bracket or an operator there means itself.
    is_blank = not checked.text[offset : offset + 1].strip()
    path = path_at(checked.tree, offset, inclusive=is_blank)
    if not path:
        return None
    node = path[-1]
    parent = path[-2] if len(path) > 1 else None
    if isinstance(node, Literal) and isinstance(parent, Index) and parent.index is node and input_path(parent):
        return _field(checked, parent, node.span)
    if isinstance(node, Select):
        return _field(checked, node, node.field_span)
    if isinstance(node, Index):
        return _field(checked, node, node.span)
    if isinstance(node, Name):
        return _name(checked, node, descriptions or checked.environment.descriptions)
    if isinstance(node, (Call, Macro, Has)):
        return _function(checked, node)
    if isinstance(node, Group) or checked.type_of(node) is ERROR:
        return None
    operator = f"{node.operator}: " if isinstance(node, (Binary, Logical, Unary)) else ""
    return Described(node.span, f"{operator}{checked.type_of(node)}", "")


def _name(checked: Checked, node: Name, descriptions: Mapping[str, str]) -> Described | None:
    name = node.name.lstrip(".")
    kind = checked.type_of(node)
    if name in checked.environment.variables and kind == checked.environment.variables[name]:
        known = {"input": checked.input_type, "output": checked.output_type}.get(name)
        return Described(node.span, f"{name}: {known or kind}", descriptions.get(name, ""))
    if name in TYPE_NAMES:
        return Described(node.span, f"{name}: {kind}", "A type.")
    if kind is ERROR:
        return Described(node.span, name, "Not declared here.")
    shown = _told(kind, _run(checked).values.get(node))
    return Described(node.span, f"{name}: {shown}", "") if node in checked.checker.types or shown != kind else None


def _run(checked: Checked) -> Run:
    return Run(checked, Binding(), checked.input_type, checked.output_type)


def _told(kind: Type, values: Values | None) -> Type:
    """The type of a part: the checker's, or what the models of input and output tell where that is dynamic."""
    if kind is DYN and values is not None and len(values) == 1 and _is_known(values[0]):
        return values[0]
    return kind


def _is_known(kind: Type) -> bool:
    return kind not in (DYN, JSON) and all(map(_is_known, kind.parameters))


def _field(checked: Checked, node: Node, span: Span) -> Described:
    run = _run(checked)
    model = run.models.get(node)
    kind = _told(checked.type_of(node), run.values.get(node))
    path = input_path(node)
    label = dotted(node) or (f"input.{'.'.join(path)}" if path else checked.text[node.start : node.end])
    if kind is ERROR:
        return Described(span, label, "", path or ())
    if model is None:
        note = "" if kind is not DYN else f"{words(run.values.get(node, (DYN,))).capitalize()}, known at run time."
        return Described(span, f"{label}: {kind}", note, path or ())
    shown = f"{model.type} or null" if model.optional else str(model.type)
    sentences = [model.description] if model.description else []
    if not isinstance(model.type, Record) and model.type.name == "int":
        sentences.append("Arrives as a double, as all numbers in JSON do.")
    return Described(span, f"{label}: {shown}", "\n\n".join(sentences), path or ())


def _function(checked: Checked, node: Call | Macro | Has) -> Described:
    if isinstance(node, Has):
        return Described(node.name_span, "has(field) -> bool", HAS)
    if isinstance(node, Macro):
        parameters = ", ".join(["variable", *["expression"] * len(node.body)])
        title = f"{checked.type_of(node.range)}.{node.function}({parameters}) -> {checked.type_of(node)}"
        return Described(node.name_span, title, MACROS[node.function, len(node.body) + 1])
    full = full_function(node)
    is_full = full is not None and full in checked.environment.functions
    function = full if full is not None and is_full else node.function.lstrip(".")
    overloads = checked.environment.functions.get(function, ())
    is_method = node.target is not None and not is_full
    signatures = [overload.signature(function) for overload in overloads if overload.method is is_method]
    text = DESCRIPTIONS.get(function, "")
    if function in checked.environment.unimplemented:
        text = f"{text} {UNIMPLEMENTED}"
    return Described(node.name_span, "\n".join(signatures) or function, text)
