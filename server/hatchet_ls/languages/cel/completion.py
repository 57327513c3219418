"""What may be written at a place in an expression."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from enum import Enum

from hatchet_ls.languages.cel.check import check
from hatchet_ls.languages.cel.environments import Environment
from hatchet_ls.languages.cel.functions import DESCRIPTIONS, HAS, MACROS, Overload
from hatchet_ls.languages.cel.possible import Values, fits
from hatchet_ls.languages.cel.runs import Run
from hatchet_ls.languages.cel.tokens import Token, tokenize
from hatchet_ls.languages.cel.trap import Binding
from hatchet_ls.languages.cel.tree import Macro, Name, Node, Select, ungroup, walk
from hatchet_ls.languages.cel.types import DYN, Field, Record, Type
from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import NamedTuple


class ItemKind(Enum):
    """What an item is."""

    VARIABLE = "variable"
    FIELD = "field"
    FUNCTION = "function"
    METHOD = "method"
    MACRO = "macro"
    CONSTANT = "constant"


class Item(NamedTuple):
    """Something that may be written."""

    label: str
    kind: ItemKind
    detail: str
    """A type or a signature."""
    text: str
    """A sentence about it; may be empty."""
    insert: str
    """What to write over ``span``; ``$0`` marks where to go on writing, where that is not the end."""
    span: Span
    """What is already written of it, and what gives way."""


_Known = Mapping[str, Type | None]
"""What variables are, where that is known better than from their environment."""
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HIDDEN = ("type", "dyn", "bytes", "uint")
"""Functions that are rarely meant: last in the list."""
_CONSTANTS = ("true", "false", "null")
_KEYWORDS = frozenset(("in", *_CONSTANTS))


def complete(
    text: str,
    offset: int,
    environment: Environment,
    *,
    input_type: Type | None = None,
    output_type: Type | None = None,
    hollow: Collection[str] = (),
) -> tuple[Item, ...]:
    """What may be written at an offset in code points, likeliest first; nothing behind operands, and inside a string
    only the keys of what it indexes (``input['…']``).

    ``input_type`` and ``output_type`` say what ``input`` and ``output`` are; ``hollow`` are variables of the
    environment that nobody wants, for there is nothing in them.

    What stands behind the word at the offset is left out of account, so that half an expression is as good as one.
    """
    known = {"input": input_type, "output": output_type}
    start = offset
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    found = _WORD.match(text, start)
    span = Span(start, max(offset, found.end() if found else offset))
    indexed = _indexed(text[:offset])
    if indexed is not None:
        return tuple(_keys(text, offset, indexed, environment, known))
    if text[start:offset][:1].isdigit():
        return ()
    # A name that cannot be a word of the language stands for what is to be written.
    place = _place(text[:start], environment, known)
    if place is None:
        return ()
    values, own = place
    has_bracket = text[span.end : span.end + 1] == "("
    if values is None:
        variables = {
            name: known.get(name) or kind for name, kind in environment.variables.items() if name not in hollow
        }
        return tuple(_names(environment, variables, own, span, has_bracket))
    return tuple(_members(values, environment, span, text, has_bracket))


def _indexed(before: str) -> Token | None:
    """The string that is open at the end of a text, when it is an index: ``input['a``."""
    tokens, problems = tokenize(before)
    if len(tokens) < 3 or not problems or tokens[-2].kind != "string" or tokens[-3].kind != "[":
        return None
    string = tokens[-2]
    is_open = problems[-1].span == string.span and string.end == len(before) and "\\" not in before[string.start :]
    return string if is_open else None


def _keys(text: str, offset: int, string: Token, environment: Environment, known: _Known) -> Iterator[Item]:
    quote = text[string.start]
    closing = text.find(quote, offset)
    rest = text[offset : closing if closing >= 0 else len(text)]
    # Without a quote that closes this string, whatever follows is not part of the key.
    written = re.match(r"[\w.-]*", rest)
    end = offset + (written.end() if written is not None else 0)
    span = Span(string.start + 1, end)
    place = _place(text[: string.start].rstrip()[:-1] + ".", environment, known)
    close = "" if closing == end else f"{quote}]"
    for kind in (place[0] or ()) if place is not None else ():
        if isinstance(kind, Record):
            for name, field in kind.fields.items():
                if quote not in name:
                    yield Item(name, ItemKind.FIELD, _detail(field), field.description, f"{name}{close}", span)


_PROBE = "z__probe"


def _place(before: str, environment: Environment, known: _Known) -> tuple[Values | None, list[str]] | None:
    """What stands before the dot at the end of a text, None where an operand starts; and the macros' variables."""
    checked = check(before + _PROBE, environment, input_type=known["input"], output_type=known["output"])
    probe = next((node for node in walk(checked.tree) if _is_probe(node)), None)
    if probe is None:
        return None
    own = [
        node.variable.name
        for node in walk(checked.tree)
        if isinstance(node, Macro) and any(part.span.contains(probe.span) for part in node.body)
    ]
    if not isinstance(probe, Select):
        return None, own
    run = Run(checked, Binding(), checked.input_type, checked.output_type)
    return run.values.get(ungroup(probe.operand), (DYN,)), own


def _is_probe(node: Node) -> bool:
    return (isinstance(node, Name) and node.name == _PROBE) or (isinstance(node, Select) and node.field == _PROBE)


def _names(
    environment: Environment,
    variables: Mapping[str, Type],
    own: list[str],
    span: Span,
    has_bracket: bool,
) -> Iterator[Item]:
    for name in own:
        yield Item(name, ItemKind.VARIABLE, "", "The macro's variable.", name, span)
    for name, kind in variables.items():
        yield Item(name, ItemKind.VARIABLE, str(kind), environment.descriptions.get(name, ""), name, span)
    bracket = "" if has_bracket else "($0)"
    yield Item("has", ItemKind.MACRO, "has(field) -> bool", HAS, f"has{bracket}", span)
    for name, overloads in sorted(environment.functions.items(), key=lambda item: item[0] in _HIDDEN):
        plain = [overload for overload in overloads if not overload.method]
        if name[0].isalpha() and plain and name not in environment.unimplemented:
            text = DESCRIPTIONS.get(name, "")
            yield Item(name, ItemKind.FUNCTION, plain[0].signature(name), text, f"{name}{bracket}", span)
    for name in _CONSTANTS:
        yield Item(name, ItemKind.CONSTANT, "", "", name, span)


def _members(values: Values, environment: Environment, span: Span, text: str, has_bracket: bool) -> Iterator[Item]:
    for kind in values:
        if isinstance(kind, Record):
            for name, field in kind.fields.items():
                yield _field(name, field, span, text)
    for name, overloads in environment.functions.items():
        fitting = [overload for overload in overloads if overload.method and _takes(overload, values)]
        if fitting:
            insert = name if has_bracket else f"{name}({'$0' if _most(fitting) > 1 else ''})"
            detail = fitting[0].signature(name)
            yield Item(name, ItemKind.METHOD, detail, DESCRIPTIONS.get(name, ""), insert, span)
    if any(kind is DYN or kind.name in ("list", "map", "record") for kind in values):
        for (name, count), description in MACROS.items():
            if (name, count) != ("map", 3):
                insert = name if has_bracket else f"{name}(x, $0)"
                yield Item(name, ItemKind.MACRO, f"{name}(variable, expression)", description, insert, span)


def _field(name: str, field: Field, span: Span, text: str) -> Item:
    detail = _detail(field)
    if _PLAIN.fullmatch(name) and name not in _KEYWORDS:
        return Item(name, ItemKind.FIELD, detail, field.description, name, span)
    # The dot gives way to brackets.
    dot = text.rfind(".", 0, span.start)
    quote = '"' if "'" in name else "'"
    return Item(name, ItemKind.FIELD, detail, field.description, f"[{quote}{name}{quote}]", Span(dot, span.end))


def _detail(field: Field) -> str:
    return f"{field.type} or null" if field.optional else str(field.type)


def _takes(overload: Overload, values: Values) -> bool:
    return any(kind is not DYN and fits(kind, overload.parameters[0]) for kind in values) or DYN in values


def _most(overloads: list[Overload]) -> int:
    return max(len(overload.parameters) for overload in overloads)
