"""The tree of an expression. Every node knows its span; holes stand where something is missing."""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.languages.cel.types import Type
from hatchet_ls.text.span import Span


class Node:
    """A part of an expression, never changed after the parser made it. Nodes are equal only to themselves."""

    __slots__ = ("depth", "end", "position", "start")
    start: int
    """Where it starts, in code points."""
    end: int
    """Where it ends, in code points; never before ``start``."""
    position: int
    """Where the engine reports problems with it."""
    depth: int
    """How deep the engine's parser goes inside it, as its recursion limit counts."""

    @property
    def span(self) -> Span:
        """Its place."""
        return Span(self.start, self.end)

    @property
    def children(self) -> tuple[Node, ...]:
        """The nodes right inside, in the order of the text."""
        return ()

    def _place(self, start: int, end: int, position: int, depth: int = 0) -> None:
        self.start = start
        self.end = end
        self.position = position
        self.depth = depth


class Missing(Node):
    """Nothing, where an expression belongs."""

    __slots__ = ()

    def __init__(self, place: int) -> None:
        self._place(place, place, place)


class Literal(Node):
    """A number, a string, bytes, a boolean or null."""

    __slots__ = ("type", "value")

    def __init__(self, span: tuple[int, int], value: int | float | str | bool | None, kind: Type) -> None:
        self._place(span[0], span[1], span[0])
        self.value = value
        """Bytes are a string of the characters up to 255."""
        self.type = kind


class Name(Node):
    """A variable; a leading dot in ``name`` says that it is not one of a macro's."""

    __slots__ = ("name",)

    def __init__(self, span: tuple[int, int], name: str, position: int) -> None:
        self._place(span[0], span[1], position)
        self.name = name


class Select(Node):
    """``operand.field``. The field is empty where it is missing."""

    __slots__ = ("field", "field_span", "operand", "quoted")

    def __init__(self, operand: Node, dot: int, field: str, field_span: Span, quoted: bool) -> None:
        self._place(operand.start, field_span.end, dot, operand.depth + 1)
        self.operand = operand
        self.field = field
        self.field_span = field_span
        self.quoted = quoted
        """Whether the field is written in backticks."""

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


class Index(Node):
    """``operand[index]``."""

    __slots__ = ("index", "operand")

    def __init__(self, operand: Node, bracket: int, index: Node, end: int) -> None:
        self._place(operand.start, end, bracket, max(operand.depth, index.depth) + 1)
        self.operand = operand
        self.index = index

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand, self.index)


class Call(Node):
    """``function(arguments)`` or ``target.function(arguments)``."""

    __slots__ = ("arguments", "function", "name_span", "target")

    def __init__(
        self,
        target: Node | None,
        function: str,
        name_span: Span,
        bracket: int,
        arguments: tuple[Node, ...],
        end: int,
    ) -> None:
        depth = max((argument.depth for argument in arguments), default=0)
        start = name_span.start
        if target is not None:
            depth = max(depth, target.depth) + 1
            start = target.start
        self._place(start, end, bracket, depth)
        self.target = target
        self.function = function
        self.name_span = name_span
        self.arguments = arguments

    @property
    def children(self) -> tuple[Node, ...]:
        return self.arguments if self.target is None else (self.target, *self.arguments)


class Has(Node):
    """``has(operand.field)``; the argument is a Select, or again a Has, which the engine takes for its argument."""

    __slots__ = ("argument", "name_span")

    def __init__(self, name_span: Span, bracket: int, argument: Node, end: int) -> None:
        self._place(name_span.start, end, bracket, argument.depth)
        self.name_span = name_span
        self.argument = argument

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.argument,)


class Macro(Node):
    """``range.all(variable, body)`` and its likes."""

    __slots__ = ("body", "function", "name_span", "range", "variable")

    def __init__(
        self,
        target: Node,
        function: str,
        name_span: Span,
        bracket: int,
        variable: Name,
        body: tuple[Node, ...],
        end: int,
    ) -> None:
        depth = max(target.depth, *(part.depth for part in body)) + 1
        self._place(target.start, end, bracket, depth)
        self.range = target
        self.function = function
        self.name_span = name_span
        self.variable = variable
        self.body = body

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.range, self.variable, *self.body)


class Unary(Node):
    """``!operand`` or ``-operand``, with the operator once or any number of times."""

    __slots__ = ("count", "operand", "operator")

    def __init__(self, operator: str, place: int, count: int, operand: Node) -> None:
        self._place(place, operand.end, place, operand.depth)
        self.operator = operator
        self.count = count
        self.operand = operand

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.operand,)


class Binary(Node):
    """Two operands and an operator between them, but for ``&&`` and ``||``."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, left: Node, operator: str, place: int, right: Node) -> None:
        self._place(left.start, right.end, place, max(left.depth, right.depth) + 1)
        self.left = left
        self.operator = operator
        self.right = right

    @property
    def function(self) -> str:
        """The operator's name in the table of functions."""
        return "@in" if self.operator == "in" else f"_{self.operator}_"

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.left, self.right)


class Logical(Node):
    """Two or more operands with ``&&`` or ``||`` between them."""

    __slots__ = ("operands", "operator")

    def __init__(self, operator: str, place: int, operands: tuple[Node, ...]) -> None:
        depth = max(operand.depth for operand in operands)
        self._place(operands[0].start, operands[-1].end, place, depth)
        self.operator = operator
        self.operands = operands

    @property
    def children(self) -> tuple[Node, ...]:
        return self.operands


class Conditional(Node):
    """``condition ? then : otherwise``."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(self, condition: Node, place: int, then: Node, otherwise: Node) -> None:
        depth = max(condition.depth, then.depth, otherwise.depth) + 1
        self._place(condition.start, otherwise.end, place, depth)
        self.condition = condition
        self.then = then
        self.otherwise = otherwise

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.condition, self.then, self.otherwise)


class Group(Node):
    """An expression in parentheses."""

    __slots__ = ("inner",)

    def __init__(self, start: int, inner: Node, end: int) -> None:
        self._place(start, end, inner.position, inner.depth)
        self.inner = inner

    @property
    def children(self) -> tuple[Node, ...]:
        return (self.inner,)


class ListLiteral(Node):
    """``[items]``."""

    __slots__ = ("items",)

    def __init__(self, start: int, items: tuple[Node, ...], end: int) -> None:
        self._place(start, end, start, max((item.depth for item in items), default=0))
        self.items = items

    @property
    def children(self) -> tuple[Node, ...]:
        return self.items


class MapLiteral(Node):
    """``{key: value}``."""

    __slots__ = ("entries",)

    def __init__(self, start: int, entries: tuple[tuple[Node, Node], ...], end: int) -> None:
        depth = max((max(key.depth, value.depth) for key, value in entries), default=0)
        self._place(start, end, start, depth)
        self.entries = entries

    @property
    def children(self) -> tuple[Node, ...]:
        return tuple(part for entry in self.entries for part in entry)


class Entry:
    """A field of a message and its value."""

    __slots__ = ("colon", "field", "field_span", "value")

    def __init__(self, field: str, field_span: Span, colon: int, value: Node) -> None:
        self.field = field
        self.field_span = field_span
        self.colon = colon
        self.value = value


class Struct(Node):
    """``message.Name{field: value}``."""

    __slots__ = ("entries", "name")

    def __init__(self, start: int, name: str, bracket: int, entries: tuple[Entry, ...], end: int) -> None:
        self._place(start, end, bracket, max((entry.value.depth for entry in entries), default=0))
        self.name = name
        self.entries = entries

    @property
    def children(self) -> tuple[Node, ...]:
        return tuple(entry.value for entry in self.entries)


def walk(root: Node) -> Iterator[Node]:
    """A node and everything inside, outer before inner and left before right."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def steps(root: Node) -> Iterator[tuple[Node, bool]]:
    """The nodes in the order in which they are evaluated, inner before outer, each with True.

    A macro comes twice: with False when its variable is about to be known, between its range and its body.
    """
    waiting: list[tuple[Node, bool | None]] = [(root, None)]
    while waiting:
        node, is_done = waiting.pop()
        if is_done is not None:
            yield node, is_done
        elif isinstance(node, Macro):
            waiting.append((node, True))
            waiting.extend((part, None) for part in reversed(node.body))
            waiting += [(node, False), (node.range, None)]
        else:
            waiting.append((node, True))
            waiting.extend((part, None) for part in reversed(node.children))


def ungroup(node: Node) -> Node:
    """The node without what the engine's parser drops around it: parentheses, and an even number of signs."""
    while (inner := _inside(node)) is not None:
        node = inner
    return node


def _inside(node: Node) -> Node | None:
    if isinstance(node, Group):
        return node.inner
    return node.operand if isinstance(node, Unary) and node.count % 2 == 0 else None


def full_function(call: Call) -> str | None:
    """The function with dots in its name that a call may mean: ``strings.quote('a')``; None for one that means none."""
    holder = dotted(call.target) if call.target is not None else None
    return f"{holder.lstrip('.')}.{call.function}" if holder is not None else None


def dotted(node: Node) -> str | None:
    """``a.b.c`` for names and fields alone; None for anything else."""
    fields: list[str] = []
    while isinstance(node := ungroup(node), Select):
        fields.append(node.field)
        node = node.operand
    return ".".join((node.name, *reversed(fields))) if isinstance(node, Name) else None
