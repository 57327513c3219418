"""A run of an expression on types instead of values, to find what fails or never holds."""

from __future__ import annotations

import re

from hatchet_ls.languages.cel.environments import MESSAGES, TYPE_NAMES
from hatchet_ls.languages.cel.functions import ORDERINGS
from hatchet_ls.languages.cel.names import nearest
from hatchet_ls.languages.cel.possible import (
    ANYTHING,
    Values,
    arriving,
    bound,
    inside,
    is_number,
    may_equal,
    outcome,
    single,
    together,
    words,
)
from hatchet_ls.languages.cel.problems import Replacement
from hatchet_ls.languages.cel.trap import Binding, Trap, TrapKind
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
    steps,
    ungroup,
    walk,
)
from hatchet_ls.languages.cel.types import (
    BOOL,
    DOUBLE,
    DYN,
    INT,
    NULL,
    STRING,
    UINT,
    Field,
    Record,
    Type,
    list_of,
    map_of,
)
from hatchet_ls.languages.cel.wraps import of_comparison, of_operation, quoted, unquoted
from hatchet_ls.text.span import Span
from hatchet_ls.text.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from hatchet_ls.languages.cel.check import Checked

_FIELDS = ("map", "record")
_KEY = re.compile(r"""\[\s*(["'])([^\W\d]\w*)\1\s*\]""")


class _Own(NamedTuple):
    """The variable of a macro."""

    name: str
    values: Values
    model: Field | None


class Run:
    """One run. ``values`` has what each part can be, ``traps`` what was found."""

    def __init__(
        self, checked: Checked, binding: Binding, input_type: Type | None, output_type: Type | None = None
    ) -> None:
        self.text = checked.text
        self.environment = checked.environment
        self._known = {"input": input_type, "output": output_type}
        self.binding = binding
        self.values: dict[Node, Values] = {}
        self.models: dict[Node, Field] = {}
        """What the model says about the fields that it knows."""
        self.traps: list[Trap] = []
        self._own: list[_Own] = []
        """The variables of the macros around, the innermost last."""
        self.tested = {ungroup(node.argument) for node in walk(checked.tree) if isinstance(node, Has)}
        """What stands inside ``has()``."""
        self._guarded = _looked_at(checked.text, checked.tree)
        for node, is_done in steps(checked.tree):
            if is_done:
                self.values[node] = self._leave(node)
            elif isinstance(node, Macro):
                self._enter(node)

    def spelled(self, node: Node) -> str:
        """The text of a node, with ``input['user']`` as ``input.user``."""
        return _spelled(self.text, node)

    # What is found

    def _trap(
        self,
        node: Node,
        kind: TrapKind,
        message: str,
        suggestion: Replacement | None = None,
        name: str | None = None,
    ) -> Values:
        self.traps.append(Trap(node.span, kind, message, suggestion, name))
        return ANYTHING

    def _source(self, node: Node) -> str:
        text = self.text[node.start : node.end]
        return text if len(text) <= 60 else f"{text[:57]}…"

    # The way through the tree

    def _leave(self, node: Node) -> Values:
        match node:
            case Literal():
                return (node.type,)
            case Name():
                return self._name(node)
            case Group():
                return self.values[node.inner]
            case Select():
                return self._select(node)
            case Has():
                return (BOOL,)
            case Index():
                return self._index(node)
            case Call():
                return self._call(node)
            case Binary():
                return self._binary(node)
            case Logical():
                for operand in node.operands:
                    self._want_bool(operand, node.operator)
                return (BOOL,)
            case Conditional():
                self._want_bool(node.condition, "?")
                self._tell_null(node.condition, f"`{self._source(node)}`")
                return together((self.values[node.then], self.values[node.otherwise]))
            case Unary() if ungroup(node) is not node:
                return self.values[node.operand]
            case Unary():
                return self._operation(node, f"{node.operator}_", (node.operand,))
            case Macro():
                return self._macro(node)
            case ListLiteral():
                return (list_of(single(self.values[item] for item in node.items)) if node.items else DYN,)
            case MapLiteral():
                return (self._map(node),)
            case Struct():
                message = MESSAGES.get(node.name.lstrip("."))
                return (message.type,) if message is not None and message.type.name.startswith("google.") else ANYTHING
            case _:
                return ANYTHING

    def _map(self, node: MapLiteral) -> Type:
        if not node.entries:
            return DYN
        keys = single(self.values[key] for key, _ in node.entries)
        return map_of(keys, single(self.values[value] for _, value in node.entries))

    # Variables and fields

    def _name(self, node: Name) -> Values:
        if not node.name.startswith("."):
            for own in reversed(self._own):
                if node.name == own.name:
                    if own.model is not None:
                        self.models[node] = own.model
                    return own.values
        name = node.name.lstrip(".")
        declared = self.environment.variables.get(name)
        if declared is None:
            return ANYTHING
        if name in self.environment.unbound or name in self.binding.unbound:
            message = f"`{name}` is declared here but not there at run time: the expression fails on every run"
            return self._trap(node, TrapKind.UNBOUND_VARIABLE, message, name=name)
        known = self._known.get(name)
        if isinstance(known, Record):
            self.models[node] = Field(known)
        return bound(name, declared, self.environment, known)

    def _variable(self, node: Node) -> str | None:
        """The declared variable that a node is, if it is one."""
        node = ungroup(node)
        if not isinstance(node, Name):
            return None
        name = node.name.lstrip(".")
        is_own = any(node.name == own.name for own in self._own)
        return name if name in self.environment.variables and not is_own else None

    def _select(self, node: Select) -> Values:
        if dotted(node) in TYPE_NAMES:
            return ANYTHING
        return self._field(node, node.operand, node.field, Span(node.field_span.start, node.end), is_dotted=True)

    def _field(self, node: Node, operand: Node, field: str, place: Span, *, is_dotted: bool) -> Values:
        variable = self._variable(operand)
        if variable in self.binding.empty and node not in self.tested:
            message = f"`{variable}` has no fields here: `{self._source(node)}` fails on every run"
            return self._trap(node, TrapKind.EMPTY_VARIABLE, message, name=variable)
        if variable in self.environment.lower_case_keys and field != field.lower():
            lower = field.lower() if is_dotted else f"{self.text[place.start]}{field.lower()}{self.text[place.start]}"
            message = f"the names in `{variable}` are in lower case: there is no `{field}`"
            self._trap(node, TrapKind.UPPER_CASE_KEY, message, Replacement(place, lower), field)
        found: list[Values] = []
        for kind in self.values[operand]:
            if isinstance(kind, Record):
                found.append(self._known_field(node, kind, field, place, is_dotted))
            elif kind.name == "map":
                found.append(inside(kind.parameters[1]))
            elif kind is DYN:
                found.append(ANYTHING)
        if found:
            self._know_item(node, operand)
            self._tell_null(operand, f"`{self._source(node)}`")
            return together(found)
        if node in self.tested and not any(kind.name == "list" for kind in self.values[operand]):
            return ANYTHING  # a presence test of what has no fields is false and does not fail
        message = f"`{self._source(operand)}` is {words(self.values[operand])}, which has no fields"
        return self._trap(node, TrapKind.FAILS, message)

    def _know_item(self, node: Node, operand: Node) -> None:
        model = self._item(operand)
        if model is not None:
            self.models[node] = model

    def _item(self, node: Node) -> Field | None:
        """What the model says about the items of a list, or the values of a map."""
        model = self.models.get(ungroup(node))
        if model is None or model.type.name not in ("list", "map") or model.type.parameters[-1] is DYN:
            return None
        return Field(model.type.parameters[-1])

    def _known_field(self, node: Node, kind: Record, field: str, place: Span, is_dotted: bool) -> Values:
        known = kind.fields.get(field)
        if known is not None:
            self.models[node] = known
            return arriving(known.type, known.optional)
        if kind.closed:
            near = nearest(field, kind.fields)
            title = f"`{kind.title}`" if kind.title else "the input"
            suggestion = None
            if near is not None:
                quote = "" if is_dotted else self.text[place.start]
                suggestion = Replacement(place, f"{quote}{near}{quote}")
            message = f"{title} has no field `{field}`" + (f": did you mean `{near}`?" if near else "")
            self._trap(node, TrapKind.UNKNOWN_FIELD, message, suggestion, field)
        return ANYTHING

    def _index(self, node: Node) -> Values:
        assert isinstance(node, Index)
        key = ungroup(node.index)
        operand = self.values[node.operand]
        if isinstance(key, Literal) and isinstance(key.value, str) and all(kind.name in _FIELDS for kind in operand):
            return self._field(node, node.operand, key.value, key.span, is_dotted=False)
        keys = self.values[node.index]
        found: list[Values] = []
        for kind in operand:
            if kind.name == "list" and any(is_number(each) or each is DYN for each in keys):
                found.append(inside(kind.parameters[0]))
            elif kind.name == "map" and may_equal(inside(kind.parameters[0]), keys):
                found.append(inside(kind.parameters[1]))
            elif kind is DYN or (kind.name == "record" and may_equal((STRING,), keys)):
                found.append(ANYTHING)
        if found:
            self._know_item(node, node.operand)
            self._tell_null(node.operand, f"`{self._source(node)}`")
            return together(found)
        shown = f"{words(operand)} cannot be indexed with {words(keys)}"
        return self._trap(node, TrapKind.FAILS, f"`{self._source(node)}` fails on every run: {shown}")

    # Operations

    def _call(self, node: Call) -> Values:
        function = node.function.lstrip(".")
        full = full_function(node)
        if full is not None and full in self.environment.functions:
            return self._operation(node, full, node.arguments)
        if function in self.environment.unimplemented:
            message = f"`{function}()` is declared here but has no implementation: it fails on every run"
            return self._trap(node, TrapKind.UNIMPLEMENTED_FUNCTION, message, name=function)
        if function == "dyn" and len(node.arguments) == 1:
            return self.values[node.arguments[0]]
        operands = node.arguments if node.target is None else (node.target, *node.arguments)
        return self._operation(node, function, operands, method=node.target is not None)

    def _operation(self, node: Node, function: str, operands: tuple[Node, ...], method: bool = False) -> Values:
        values = [self.values[operand] for operand in operands]
        overloads = self.environment.functions.get(function, ())
        found = outcome(overloads, method, values)
        shown = f"`{self._source(node)}`"
        if found is not None:
            for operand, kinds in zip(operands, values, strict=True):
                if NULL in kinds and len(kinds) < 4:
                    without = [(NULL,) if each is operand else self.values[each] for each in operands]
                    if outcome(overloads, method, without) is None:
                        self._tell_null(operand, shown)
            return found
        whole = frozenset(operand for operand in operands if self._is_whole(operand))
        suggestion = self._of_literal(node) or of_operation(self.text, operands, values, whole, overloads, method)
        has_whole = any(INT in kinds or UINT in kinds for kinds in values) or function == "_%_"
        if any(DOUBLE in kinds for kinds in values) and (has_whole or _wants_int(suggestion)):
            wanted = "uint" if any(UINT in kinds for kinds in values) else "int"
            message = f"a number in JSON is a double and no {wanted}: {shown} fails on every run"
            return self._trap(node, TrapKind.JSON_NUMBER, message, suggestion, wanted)
        taken = " and ".join(words(kinds) for kinds in values)
        name = f"`{function}`" if function[0].isalpha() else f"`{'in' if function == '@in' else function.strip('_')}`"
        message = f"{shown} fails on every run: {name} does not take {taken}"
        return self._trap(node, TrapKind.FAILS, message, suggestion)

    def _of_literal(self, node: Node) -> Replacement | None:
        """The literal of the other type, where an operator stands between a number and a text."""
        if not isinstance(node, Binary):
            return None
        left, right = self.values[node.left], self.values[node.right]
        if node.function in ORDERINGS:
            # As texts, "10" comes before "9".
            return unquoted(node, left, right)
        return quoted(self.text, node, left, right) if node.operator == "+" else None

    def _binary(self, node: Binary) -> Values:
        left, right = self.values[node.left], self.values[node.right]
        if node.operator in ("==", "!="):
            if not may_equal(left, right):
                always = "false" if node.operator == "==" else "true"
                reason = f"{words(left)} and {words(right)} are never equal"
                self._never(node, f"`{self._source(node)}` is always {always}: {reason}")
            return (BOOL,)
        if node.operator == "in":
            return self._in(node, left, right)
        if node.function in ORDERINGS and any(map(is_number, left)) and any(map(is_number, right)):
            return (BOOL,)
        return self._operation(node, node.function, (node.left, node.right))

    def _never(self, node: Binary, message: str) -> None:
        suggestion = None
        if node.operator != "in":
            suggestion = of_comparison(self.text, node, self.values[node.left], self.values[node.right])
        self._trap(node, TrapKind.NEVER_EQUAL, message, suggestion)

    def _is_whole(self, node: Node) -> bool:
        model = self.models.get(ungroup(node))
        return model is not None and model.type in (INT, UINT)

    def _in(self, node: Binary, left: Values, right: Values) -> Values:
        held: list[Values] = []
        for kind in right:
            if kind.name in ("list", "map"):
                held.append(inside(kind.parameters[0]))
            elif kind.name == "record":
                held.append((STRING,))
            elif kind is DYN:
                held.append(ANYTHING)
        if not held:
            message = f"`{self._source(node)}` fails on every run: nothing is in {words(right)}"
            return self._trap(node, TrapKind.FAILS, message)
        self._tell_null(node.right, f"`{self._source(node)}`")
        if not may_equal(left, together(held)):
            self._never(node, f"`{self._source(node)}` is always false: nothing in there can equal {words(left)}")
        key, variable = ungroup(node.left), self._variable(node.right)
        if variable in self.environment.lower_case_keys and isinstance(key, Literal) and isinstance(key.value, str):
            lower = key.value.lower()
            if lower != key.value:
                quote = self.text[key.start]
                message = f"the names in `{variable}` are in lower case: there is no `{key.value}`"
                suggestion = Replacement(key.span, f"{quote}{lower}{quote}")
                self._trap(node, TrapKind.UPPER_CASE_KEY, message, suggestion, key.value)
        return (BOOL,)

    def _want_bool(self, node: Node, operator: str) -> None:
        values = self.values[node]
        if BOOL not in values and DYN not in values:
            message = f"`{operator}` takes booleans, and `{self._source(node)}` is {words(values)}"
            self._trap(node, TrapKind.FAILS, message)

    def _tell_null(self, operand: Node, where: str) -> None:
        """Tells that a field may be null where null fails, unless the expression looks whether it is."""
        inner = ungroup(operand)
        model = self.models.get(inner)
        if model is None or not model.optional or self.spelled(inner) in self._guarded:
            return
        message = f"`{self._source(inner)}` may be null, and then {where} fails"
        self._trap(inner, TrapKind.MAY_BE_NULL, message, name=dotted(inner))

    # Macros

    def _enter(self, node: Macro) -> None:
        found: list[Values] = []
        for kind in self.values[node.range]:
            if kind.name in ("list", "map"):
                found.append(inside(kind.parameters[0]))
            elif kind.name == "record":
                found.append((STRING,))
            elif kind is DYN:
                found.append(ANYTHING)
        if not found:
            kinds = words(self.values[node.range])
            message = f"`{node.function}()` goes over a list or an object, and `{self._source(node.range)}` is {kinds}"
            self._trap(node.range, TrapKind.FAILS, message)
        self._tell_null(node.range, f"`{self._source(node)}`")
        self.values[node.variable] = together(found) if found else ANYTHING
        model = self._item(node.range) if all(kind.name == "list" for kind in self.values[node.range]) else None
        self._own.append(_Own(node.variable.name, self.values[node.variable], model))

    def _macro(self, node: Macro) -> Values:
        own = self._own.pop()
        if node.function != "map" or len(node.body) == 2:
            self._want_bool(node.body[0], node.function)
        if node.function == "filter":
            return (list_of(_listed(own.values)),)
        if node.function == "map":
            return (list_of(_listed(self.values[node.body[-1]])),)
        return (BOOL,)


def _looked_at(text: str, tree: Node) -> frozenset[str]:
    """What an expression compares with null, asks for its type, or tests for something that null does not have."""
    guarded: set[str] = set()
    for node in walk(tree):
        sides: tuple[Node, ...] = ()
        if isinstance(node, Binary) and node.operator in ("==", "!="):
            pairs = ((node.left, node.right), (node.right, node.left))
            sides = tuple(side for side, other in pairs if isinstance(other, Literal) and other.type is NULL)
        elif isinstance(node, Call) and node.function == "type" and node.target is None:
            sides = node.arguments
        elif isinstance(node, Has) and isinstance(tested := ungroup(node.argument), Select):
            sides = (tested.operand,)  # with null for an operand the test is false, and does not fail
        guarded.update(_spelled(text, side) for side in sides)
    return frozenset(guarded)


def _spelled(text: str, node: Node) -> str:
    """The text of a node, with ``input['user']`` as ``input.user``."""
    node = ungroup(node)
    return _KEY.sub(r".\2", text[node.start : node.end])


def _listed(values: Values) -> Type:
    return single((values,))


def _wants_int(suggestion: Replacement | None) -> bool:
    return suggestion is not None and suggestion.text.startswith("int(")
