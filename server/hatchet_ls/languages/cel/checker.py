"""The engine's type checker: a type for every node, and the reasons why it refuses an expression.

It follows cel-go's checker, with the order in which that looks at things, because what it finds about unknown types
depends on it. A list of work stands in for recursion, so that no nesting exhausts the stack.
"""

from __future__ import annotations

from hatchet_ls.languages.cel.environments import MESSAGES, TYPE_NAMES, Environment
from hatchet_ls.languages.cel.functions import ORDERINGS, Overload
from hatchet_ls.languages.cel.problems import ProblemKind
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
    dotted,
    full_function,
    ungroup,
)
from hatchet_ls.languages.cel.types import (
    ANY,
    BOOL,
    BYTES,
    DYN,
    ERROR,
    INT,
    NULL,
    PARAMETERS,
    Type,
    Variable,
    list_of,
    map_of,
)
from hatchet_ls.languages.cel.unify import Bindings, instantiate, is_wild, more_general
from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import NamedTuple

_MOST_REMEMBERED = 4_000
_CHECK, _BODY, _DONE = range(3)
_QUALIFIED = "google"
"""The first part of every declared name that has dots."""


class Complaint(NamedTuple):
    """A reason to refuse, before anything is suggested."""

    kind: ProblemKind
    span: Span
    position: int
    message: str
    node: Node
    name: str | None
    locals: tuple[str, ...]
    """The variables of macros that are known there."""


class Checker:
    """One check of one tree. ``types`` has the type of every node looked at, ``complaints`` why it is refused."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.types: dict[Node, Type] = {}
        self.complaints: list[Complaint] = []
        self._bindings = Bindings()
        self._scopes: list[dict[str, Type]] = []
        self._orders_across = False
        self._waiting: list[tuple[int, Node]] = []

    def run(self, root: Node) -> Type:
        """The type of the whole. Takes linear time."""
        waiting = self._waiting
        waiting.append((_CHECK, root))
        while waiting:
            stage, node = waiting.pop()
            if stage == _CHECK:
                self._enter(node)
            elif stage == _BODY:
                self._enter_body(node)
            else:
                self._leave(node)
        return self.final(root)

    def final(self, node: Node) -> Type:
        """The type of a node when all is known; dynamic for one that was not looked at."""
        return self._bindings.resolve(self.types.get(node, DYN), final=True)

    # The way through the tree

    def _enter(self, node: Node) -> None:
        match node:
            case Literal():
                self.types[node] = node.type
            case Name():
                self.types[node] = self._name(node)
            case Select():
                known = self._qualified(node)
                if known is None:
                    self._later(node, node.operand)
                else:
                    self.types[node] = known
            case Call():
                self._enter_call(node)
            case Macro():
                self._waiting.append((_DONE, node))
                self._waiting.append((_BODY, node))
                self._waiting.append((_CHECK, node.range))
            case Has():
                argument = ungroup(node.argument)
                while isinstance(argument, Has):
                    argument = ungroup(argument.argument)
                self._later(node, *argument.children)
            case _:
                self._later(node, *node.children)

    def _later(self, node: Node, *parts: Node) -> None:
        self._waiting.append((_DONE, node))
        for part in reversed(parts):
            self._waiting.append((_CHECK, part))

    def _enter_call(self, node: Call) -> None:
        if node.target is None or self._namespaced(node) is not None:
            self._later(node, *node.arguments)
        else:
            self._later(node, *node.arguments, node.target)

    def _enter_body(self, node: Node) -> None:
        assert isinstance(node, Macro)
        accumulator: Type = BOOL if node.function in ("all", "exists") else INT
        if node.function in ("map", "filter"):
            accumulator = list_of(Variable())
        self._scopes.append({node.variable.name: self._item(node), "__result__": accumulator})
        # The engine forgets which overloads are switched off as soon as it enters a macro.
        self._orders_across = True
        for part in reversed(node.body):
            self._waiting.append((_CHECK, part))
        self.types[node.variable] = self._scopes[-1][node.variable.name]

    def _leave(self, node: Node) -> None:
        match node:
            case Select():
                kind = self._field(node, node.operand, node)
            case Call():
                kind = self._call(node)
            case Binary():
                kind = self._overload(node, node.function, False, (node.left, node.right))
            case Group():
                kind = self.types[node.inner]
            case Logical():
                kind = self._logical(node)
            case Has():
                kind = self._has(node)
            case Index():
                kind = self._index(node)
            case Unary() if ungroup(node) is not node:
                kind = self.types[node.operand]
            case Unary():
                kind = self._overload(node, f"{node.operator}_", False, (node.operand,))
            case Conditional():
                kind = self._overload(node, "_?_:_", False, (node.condition, node.then, node.otherwise))
            case Macro():
                kind = self._macro(node)
            case ListLiteral():
                kind = list_of(self._joined(node.items))
            case MapLiteral():
                kind = self._map(node)
            case Struct():
                kind = self._struct(node)
            case _:
                kind = ERROR
        self.types[node] = kind

    # Complaints

    def _complain(
        self,
        kind: ProblemKind,
        node: Node,
        message: str,
        *,
        span: Span | None = None,
        position: int | None = None,
        name: str | None = None,
    ) -> Type:
        place = node.position if position is None else position
        known = tuple(variable for scope in self._scopes for variable in scope if variable != "__result__")
        self.complaints.append(Complaint(kind, span or node.span, place, message, node, name, known))
        return ERROR

    def _shown(self, kind: Type) -> str:
        return str(self._bindings.resolve(kind, final=True))

    # Names

    def _name(self, node: Name) -> Type:
        name = node.name
        if name.startswith("."):
            found = self.environment.type_of_name(name[1:])
        else:
            found = self._local(name) or self.environment.type_of_name(name)
        if found is None:
            message = f"`{name}` is not declared here"
            return self._complain(ProblemKind.UNDECLARED_VARIABLE, node, message, name=name)
        return found

    def _local(self, name: str) -> Type | None:
        for scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        return None

    def _dotted(self, node: Node) -> str | None:
        """The full name that names and fields make, unless its first part is a variable of a macro."""
        full = dotted(node)
        if full is None or self._local(full.split(".", 1)[0]) is not None:
            return None
        return full.lstrip(".")

    def _qualified(self, node: Select) -> Type | None:
        """The type that a name with dots is declared with."""
        root: Node = node
        while isinstance(root, Select):
            root = ungroup(root.operand)
        if not isinstance(root, Name) or root.name.lstrip(".") != _QUALIFIED:
            return None
        full = self._dotted(node)
        return TYPE_NAMES.get(full) if full else None

    def _namespaced(self, node: Call) -> str | None:
        """The function with a name with dots that a call means, as in ``strings.quote('a')``.

        Unlike a variable, it is not hidden by one of a macro.
        """
        full = full_function(node)
        return full if full in self.environment.functions else None

    # Fields and indexes

    def _field(self, node: Node, operand: Node, select: Select) -> Type:
        kind = self._bindings.resolve(self.types[operand])
        if kind.name == "map":
            return kind.parameters[1]
        if isinstance(kind, Variable):
            self._bindings.assign(DYN, kind)
            return DYN
        if kind is ANY:
            return DYN
        if is_wild(kind):
            return kind
        span = Span(select.position, select.end)
        return self._complain(ProblemKind.TYPE, node, f"`{kind}` has no fields", span=span, name=select.field)

    def _has(self, node: Has) -> Type:
        argument = ungroup(node.argument)
        while isinstance(argument, Has):
            argument = ungroup(argument.argument)
        if isinstance(argument, Select):
            kind = self._bindings.resolve(self.types[argument.operand])
            if kind.name == "map" or isinstance(kind, Variable) or is_wild(kind):
                self._field(node, argument.operand, argument)
            else:
                whole = Span(node.start, node.end)
                message = f"`{kind}` has no fields"
                self._complain(ProblemKind.TYPE, node, message, span=whole, name=argument.field)
        return BOOL

    def _index(self, node: Index) -> Type:
        kind = self._overload(node, "_[_]", False, (node.operand, node.index))
        if self.complaints:
            return kind
        # The engine's planner wants constants that can be keys.
        index = ungroup(node.index)
        index_type = self.types[index]
        is_constant = isinstance(index, Literal) and index_type in (NULL, BYTES)
        is_type = index_type.name == "type" and isinstance(index, (Name, Select)) and self._dotted(index) is not None
        if is_constant or is_type:
            return self._complain(ProblemKind.TYPE, index, f"a constant of type `{index_type}` cannot be an index")
        return kind

    # Calls

    def _call(self, node: Call) -> Type:
        namespaced = self._namespaced(node)
        is_method = node.target is not None and namespaced is None
        function = namespaced or (node.function if is_method else node.function.lstrip("."))
        operands = (node.target, *node.arguments) if node.target is not None and is_method else node.arguments
        if function not in self.environment.functions:
            message = f"there is no function `{node.function}` here"
            return self._complain(ProblemKind.UNKNOWN_FUNCTION, node, message, span=node.name_span, name=node.function)
        kind = self._overload(node, function, is_method, operands)
        if function == "format" and kind is not ERROR and node.target is not None:
            self._format(node, ungroup(node.target))
        return kind

    def _overload(self, node: Node, function: str, method: bool, operands: tuple[Node, ...]) -> Type:
        kinds = tuple(self.types[operand] for operand in operands)
        is_open = any(kind.is_open for kind in kinds)
        if is_open:
            found = self._resolve(function, method, kinds)
        else:
            # What types without variables give is the same every time, unless it has new variables.
            memory = self.environment.resolutions
            key = (function, method, self._orders_across, kinds)
            found = memory.get(key, DYN)
            if key not in memory:
                found = self._resolve(function, method, kinds)
                if found is None or not found.is_open:
                    if len(memory) >= _MOST_REMEMBERED:
                        memory.clear()
                    memory[key] = found
        if found is not None:
            return found
        return self._complain(ProblemKind.NO_OVERLOAD, node, self._no_overload(function, method, kinds), name=function)

    def _resolve(self, function: str, method: bool, kinds: tuple[Type, ...]) -> Type | None:
        """The type of a call, dynamic when overloads differ; None when none fits."""
        result: Type | None = None
        for overload in self.environment.functions[function]:
            if overload.method is not method or len(overload.parameters) != len(kinds):
                continue
            if overload.crossing and not self._orders_across:
                continue
            given = self._match(overload, kinds)
            if given is None:
                continue
            if result is None:
                result = given
            elif result != given:
                result = DYN
        return result

    def _match(self, overload: Overload, kinds: tuple[Type, ...]) -> Type | None:
        if not overload.generic:
            return overload.result if self._bindings.assign_all(kinds, overload.parameters) else None
        meaning: dict[Type, Type] = {placeholder: Variable() for placeholder in PARAMETERS}
        wanted = [instantiate(parameter, meaning) for parameter in overload.parameters]
        if not self._bindings.assign_all(kinds, wanted):
            return None
        return self._bindings.resolve(instantiate(overload.result, meaning))

    def _no_overload(self, function: str, method: bool, kinds: tuple[Type, ...]) -> str:
        shown = [f"`{self._shown(kind)}`" for kind in kinds]
        if function == "_?_:_":
            if not self._bindings.assign(kinds[0], BOOL):
                return f"the condition is {shown[0]}, not `bool`"
            return f"the branches are {shown[1]} and {shown[2]}: they must be of one type"
        if function == "_[_]":
            return f"{shown[0]} cannot be indexed with {shown[1]}"
        if function in ("!_", "-_"):
            return f"`{function[0]}` does not take {shown[0]}"
        symbol = "in" if function == "@in" else function.strip("_")
        if not function[0].isalpha():
            note = ", write both as doubles or both as ints" if function in ORDERINGS and _are_numbers(kinds) else ""
            return f"`{symbol}` does not take {shown[0]} and {shown[1]}{note}"
        others = self.environment.functions[function]
        if all(overload.method is not method for overload in others):
            return f"`{function}` is called as `{others[0].signature(function)}`"
        taken = " or ".join(f"`{other.signature(function)}`" for other in others[:2] if other.method is method)
        if method:
            return f"`{function}` of {shown[0]} does not take ({', '.join(shown[1:])}): there is {taken}"
        return f"`{function}` does not take ({', '.join(shown)}): there is {taken}"

    def _logical(self, node: Logical) -> Type:
        fits = True
        for operand in node.operands:
            fits = self._want_bool(operand, f"`{node.operator}`") and fits
        return BOOL if fits else ERROR

    def _want_bool(self, node: Node, where: str) -> bool:
        kind = self.types[node]
        if self._bindings.assign(kind, BOOL):
            return True
        message = f"{where} takes booleans, and this is `{self._shown(kind)}`"
        self._complain(ProblemKind.TYPE, node, message)
        return False

    def _format(self, node: Call, text: Node) -> None:
        arguments = ungroup(node.arguments[0])
        if not isinstance(text, Literal) or not isinstance(text.value, str) or not isinstance(arguments, ListLiteral):
            return
        from hatchet_ls.languages.cel.formats import misfit

        found = misfit(text.value, [self._bindings.resolve(self.types[item]) for item in arguments.items])
        if found is None:
            return
        if found.argument is None:
            self._complain(ProblemKind.FORMAT, node, found.message)
        else:
            self._complain(ProblemKind.FORMAT, arguments.items[found.argument], found.message)

    # Macros

    def _item(self, node: Macro) -> Type:
        kind = self._bindings.resolve(self.types[node.range])
        if isinstance(kind, Variable):
            self._bindings.assign(DYN, kind)
            return DYN
        if kind.name in ("list", "map"):
            return kind.parameters[0]
        if is_wild(kind):
            return DYN
        message = f"`{node.function}()` goes over a list or a map, and this is `{self._shown(kind)}`"
        return self._complain(ProblemKind.TYPE, node.range, message)

    def _macro(self, node: Macro) -> Type:
        scope = self._scopes[-1]
        if node.function != "map" or len(node.body) == 2:
            self._want_bool_of_macro(node, node.body[0])
        kind: Type = BOOL
        if node.function in ("filter", "map"):
            accumulator = scope["__result__"]
            made = scope[node.variable.name] if node.function == "filter" else self.types[node.body[-1]]
            self._bindings.assign(made, accumulator.parameters[0])
            kind = self._bindings.resolve(accumulator)
        self._scopes.pop()
        return kind

    def _want_bool_of_macro(self, node: Macro, predicate: Node) -> None:
        kind = self.types[predicate]
        if self._bindings.assign(kind, BOOL):
            return
        message = f"the predicate of `{node.function}()` is `{self._shown(kind)}`, not `bool`"
        # The engine complains about what it made of the macro, at the bracket, but for these two.
        span, position = Span(node.position, node.end), node.position
        if node.function in ("all", "exists"):
            span, position = predicate.span, predicate.position
        self._complain(ProblemKind.TYPE, predicate, message, span=span, position=position)

    # Lists, maps and messages

    def _joined(self, parts: tuple[Node, ...]) -> Type:
        """The type of all the items together; dynamic when they differ."""
        joined: Type | None = None
        for part in parts:
            kind = self.types[part]
            if joined is None or joined is kind:
                joined = kind
            elif self._bindings.assign(joined, kind):
                joined = joined if more_general(joined, kind) else kind
            else:
                joined = DYN
        return Variable() if joined is None else joined

    def _map(self, node: MapLiteral) -> Type:
        keys = tuple(key for key, _ in node.entries)
        values = tuple(value for _, value in node.entries)
        return map_of(self._joined(keys), self._joined(values))

    def _struct(self, node: Struct) -> Type:
        message = MESSAGES.get(node.name.lstrip("."))
        if message is None:
            span = Span(node.start, node.position + 1)
            text = f"there is no message `{node.name}`"
            return self._complain(ProblemKind.UNDECLARED_VARIABLE, node, text, span=span, name=node.name)
        for entry in node.entries:
            wanted, kind = message.fields.get(entry.field), self.types[entry.value]
            span = Span(entry.field_span.start, entry.value.end)
            if wanted is None:
                text = f"`{node.name}` has no field `{entry.field}`"
                self._complain(ProblemKind.TYPE, node, text, span=span, position=entry.colon, name=entry.field)
            elif not self._bindings.assign(wanted, kind):
                text = f"the field `{entry.field}` is `{wanted}`, and this is `{self._shown(kind)}`"
                self._complain(ProblemKind.TYPE, node, text, span=span, position=entry.colon)
        return message.type


def _are_numbers(kinds: tuple[Type, ...]) -> bool:
    return all(kind.name in ("int", "uint", "double") for kind in kinds)
