"""CEL expressions that Python puts together from parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from hatchet_ls.hatchet.expressions import places
from hatchet_ls.hatchet.program import Call, Hole, Template
from hatchet_ls.python.expr import Expr, call_arguments, node_of
from hatchet_ls.python.parse import Module, Node, walk
from hatchet_ls.python.values import Known, Unknown, Value
from hatchet_ls.text import Span

_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*|(?i:\w*(settings|config|environ|getenv)\w*)")
"""A name in capitals, or one of what is set for a deployment."""
_FIELD = re.compile(r"%(?:\((?P<name>\w+)\))?[-+ #0-9.]*[sdrfgi]|\{(?P<field>[^{}]*)\}")


Evaluate = Callable[[Expr], Value]


def templates(module: Module, calls: Iterable[Call], evaluate: Evaluate) -> Iterator[Template]:
    """The f-strings with holes, ``%`` and ``.format(...)`` in the arguments of calls that take CEL."""
    for call, argument, place in places(calls):
        if not isinstance(argument.value, Unknown):
            continue
        node = node_of(module, argument.span)
        holes = tuple(_holes(module, node, evaluate)) if node is not None else ()
        if node is not None and holes:
            yield Template(call, argument, place, holes, _is_run_once(module, node))


def _is_run_once(module: Module, node: Node) -> bool:
    scope = module.scopes.of(node)
    while scope.is_class and scope.parent is not None:
        scope = scope.parent
    return scope is module.scopes.module


def _holes(module: Module, node: Node, evaluate: Evaluate) -> Iterator[Hole]:
    if node.type in ("fstring", "strings"):
        yield from _of_fstring(module, node, evaluate)
    elif node.type == "term" and len(node.children) == 3 and node.children[1] == "%":
        text, _, values = node.children
        yield from _of_text(text, module.span(values), _is_constant(Expr(module, values), evaluate))
    elif node.type == "atom_expr" and len(node.children) == 3:
        text, name, trailer = node.children
        if name.children[0] == "." and name.children[1].value == "format" and trailer.children[0] == "(":
            arguments = [each.value for each in call_arguments(module, trailer)]
            if arguments:
                span = Span(arguments[0].span.start, arguments[-1].span.end)
                yield from _of_text(text, span, all(_is_constant(each, evaluate) for each in arguments))


def _of_fstring(module: Module, node: Node, evaluate: Evaluate) -> Iterator[Hole]:
    """The parts in braces, with the text around them."""
    pieces = [
        child
        for part in (node.children if node.type == "strings" else [node])
        for child in (part.children if part.type == "fstring" else [part])
        if child.type not in ("fstring_start", "fstring_end")
    ]
    texts = ["" if each.type == "fstring_expr" else _content(each) for each in pieces]
    for index, piece in enumerate(pieces):
        if piece.type == "fstring_expr":
            before = texts[index - 1] if index else ""
            after = texts[index + 1] if index + 1 < len(texts) else ""
            value = Expr(module, piece.children[1])
            yield Hole(value.span, before, after, _is_constant(value, evaluate))


def _content(node: Node) -> str:
    """What a piece says: the text of an f-string's, the inside of a plain literal."""
    code: str = node.get_code(include_prefix=False)
    return code.lstrip("rRuU")[1:-1] if node.type == "string" else code


def _of_text(text: Node, values: Span, constant: bool) -> Iterator[Hole]:
    """The fields of a text that ``%`` or ``.format`` fills."""
    if text.type != "string":
        return
    content = _content(text)
    fields = list(_FIELD.finditer(content))
    for index, field in enumerate(fields):
        start = fields[index - 1].end() if index else 0
        end = fields[index + 1].start() if index + 1 < len(fields) else len(content)
        yield Hole(values, content[start : field.start()], content[field.end() : end], constant)


def _is_constant(value: Expr, evaluate: Evaluate) -> bool:
    """Whether an expression is known, or reads as something that is set once for all."""
    if isinstance(evaluate(value), Known):
        return True
    names = [leaf.value for leaf in walk(value.node) if getattr(leaf, "type", "") == "name"]
    return any(_CONSTANT.fullmatch(name) for name in names)
