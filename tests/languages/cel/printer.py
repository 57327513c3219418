"""A tree back to text: one space around operators, parentheses where they were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hatchet_ls.languages.cel.literals import quote
from hatchet_ls.languages.cel.tree import (
    Binary,
    Call,
    Conditional,
    Group,
    Has,
    Index,
    ListLiteral,
    Literal,
    Logical,
    Macro,
    MapLiteral,
    Name,
    Node,
    Select,
    Struct,
    Unary,
)
from hatchet_ls.languages.cel.types import BOOL, BYTES, DOUBLE, NULL, STRING, UINT


def show(root: Node) -> str:
    """The text of a tree. Parsed again, a tree without holes is the same but for the places. Takes linear time."""
    written: list[str] = []
    waiting: list[Node | str] = [root]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            written.append(part)
        else:
            waiting.extend(reversed(_parts(part)))
    return "".join(written)


def _parts(node: Node) -> Sequence[Node | str]:
    """A node's text, with the nodes inside left as they are."""
    match node:
        case Literal():
            return (_literal(node),)
        case Name():
            return (node.name,)
        case Select():
            return (node.operand, ".", f"`{node.field}`" if node.quoted else node.field)
        case Index():
            return (node.operand, "[", node.index, "]")
        case Group():
            return ("(", node.inner, ")")
        case Unary():
            return (node.operator * node.count, node.operand)
        case Binary():
            return (node.left, f" {node.operator} ", node.right)
        case Logical():
            return _joined(node.operands, f" {node.operator} ")
        case Conditional():
            return (node.condition, " ? ", node.then, " : ", node.otherwise)
        case Has():
            return ("has(", node.argument, ")")
        case _:
            return _bracketed(node)


def _bracketed(node: Node) -> Sequence[Node | str]:
    match node:
        case Call(target=None):
            return (node.function, "(", *_joined(node.arguments, ", "), ")")
        case Call():
            target = node.target
            return (*((target,) if target else ()), ".", node.function, "(", *_joined(node.arguments, ", "), ")")
        case Macro():
            return (node.range, ".", node.function, "(", *_joined((node.variable, *node.body), ", "), ")")
        case ListLiteral():
            return ("[", *_joined(node.items, ", "), "]")
        case MapLiteral():
            pairs: list[Node | str] = []
            for key, value in node.entries:
                pairs += (", " if pairs else "", key, ": ", value)
            return ("{", *pairs, "}")
        case Struct():
            fields: list[Node | str] = []
            for entry in node.entries:
                fields += (", " if fields else "", f"{entry.field}: ", entry.value)
            return (node.name, "{", *fields, "}")
        case _:
            return ()


def _joined(nodes: Iterable[Node], separator: str) -> list[Node | str]:
    parts: list[Node | str] = []
    for node in nodes:
        parts += (separator, node) if parts else (node,)
    return parts


def _literal(node: Literal) -> str:
    value = node.value
    if node.type is NULL:
        return "null"
    if node.type is BOOL:
        return "true" if value else "false"
    if isinstance(value, str):
        if node.type is STRING:
            return quote(value)
        return f"b{quote(value)}" if node.type is BYTES and value.isascii() else _bytes(value)
    if node.type is UINT:
        return f"{value}u"
    text = repr(value)
    # 1e16 is Python's shortest form and CEL's as well, but a whole double needs its point.
    return f"{text}.0" if node.type is DOUBLE and text.lstrip("-").isdigit() else text


def _bytes(value: str) -> str:
    escaped = "".join(
        chr(code) if 32 <= code < 127 and chr(code) not in "'\\" else f"\\x{code:02x}" for code in map(ord, value)
    )
    return f"b'{escaped}'"
