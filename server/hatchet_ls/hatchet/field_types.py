"""Annotations of fields as types of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from hatchet_ls.hatchet.models import ANYTHING, FieldType, InputModel, JsonKind
from hatchet_ls.hatchet.type_parameters import Parameters, subscript
from hatchet_ls.python.entities import Entity, Library, ProjectClass
from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.expr import Expr, call_arguments
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.scopes import Assignment
from hatchet_ls.python.values import Known

_STRINGS = (
    "str bytes uuid.UUID decimal.Decimal datetime.datetime datetime.date datetime.time datetime.timedelta "
    "pathlib.Path pathlib.PurePath ipaddress.IPv4Address ipaddress.IPv6Address typing.LiteralString "
    "pydantic.EmailStr pydantic.NameEmail pydantic.AnyUrl pydantic.AnyHttpUrl pydantic.HttpUrl pydantic.FileUrl "
    "pydantic.PostgresDsn pydantic.RedisDsn pydantic.SecretStr pydantic.StrictStr pydantic.AwareDatetime "
    "pydantic.NaiveDatetime pydantic.PastDatetime pydantic.FutureDatetime pydantic.PastDate pydantic.FutureDate "
    "pydantic.UUID1 pydantic.UUID3 pydantic.UUID4 pydantic.UUID5 pydantic.constr() pydantic.FilePath "
    "pydantic.DirectoryPath pydantic.IPvAnyAddress"
)
_INTEGERS = (
    "int pydantic.StrictInt pydantic.PositiveInt pydantic.NegativeInt pydantic.NonNegativeInt pydantic.NonPositiveInt "
    "pydantic.conint() pydantic.ByteSize"
)
_NUMBERS = (
    "float pydantic.StrictFloat pydantic.PositiveFloat pydantic.NegativeFloat pydantic.NonNegativeFloat "
    "pydantic.NonPositiveFloat pydantic.FiniteFloat pydantic.confloat()"
)
_LISTS = (
    "list tuple set frozenset typing.List typing.Tuple typing.Set typing.FrozenSet typing.Sequence typing.Iterable "
    "collections.abc.Sequence collections.abc.Iterable collections.abc.Collection collections.deque pydantic.conlist()"
)
_MAPS = "dict typing.Dict typing.Mapping typing.MutableMapping collections.abc.Mapping collections.abc.MutableMapping"
_KINDS = {
    path: kind
    for kind, paths in (
        (JsonKind.STRING, _STRINGS),
        (JsonKind.INTEGER, _INTEGERS),
        (JsonKind.NUMBER, _NUMBERS),
        (JsonKind.BOOLEAN, "bool pydantic.StrictBool"),
        (JsonKind.LIST, _LISTS),
        (JsonKind.MAP, _MAPS),
    )
    for path in paths.split()
}
_ENUMS = frozenset({"enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.Flag", "enum.IntFlag"})
_NEW_TYPES = frozenset({"typing.NewType()", "typing_extensions.NewType()"})
_OWN_SCHEMA = "__get_pydantic_core_schema__"
_ANNOTATING = frozenset({"annotated_types", "pydantic", "typing", "typing_extensions"})
"""Packages whose additions to ``Annotated`` say how values are checked, not how they are written."""
_REWRITING = frozenset(
    {
        "EncodedBytes",
        "EncodedStr",
        "GetPydanticSchema",
        "PlainSerializer",
        "SerializeAsAny",
        "WithJsonSchema",
        "WrapSerializer",
    }
)
"""Those of them that do say it."""
_MAX_DEPTH = 20
_NONE: Parameters = {}


class ReadType(NamedTuple):
    """What an annotation says."""

    type: FieldType
    excluded: bool = False
    """It makes the name no field: ``ClassVar``."""
    required: bool | None = None
    """Of ``Required`` and ``NotRequired``."""
    sent: bool = True
    """It is in the JSON; not an ``InitVar``."""
    metadata: tuple[Expr, ...] = ()
    """What ``Annotated`` adds."""


class _Within(NamedTuple):
    """Where an annotation is read."""

    parameters: Parameters
    depth: int = 0


class FieldTypes:
    """Reads annotations; classes of the project among them are put to ``is_model`` and, when asked for, ``model``."""

    def __init__(
        self,
        resolver: Resolver,
        evaluator: Evaluator,
        is_model: Callable[[ProjectClass], bool],
        model: Callable[[ProjectClass, tuple[FieldType, ...]], InputModel | None],
    ) -> None:
        self._resolver = resolver
        self._evaluator = evaluator
        self._is_model = is_model
        self._model = model

    def read(self, module: Module, node: Node, parameters: Parameters = _NONE) -> ReadType:
        """What an annotation says, with types for the parameters of the generic class in whose body it stands."""
        return self._read(module, node, _Within(parameters))

    def _read(self, module: Module, node: Node, around: _Within) -> ReadType:
        if around.depth > _MAX_DEPTH:
            return ReadType(ANYTHING)
        within = around._replace(depth=around.depth + 1)
        if node.type == "name" and node.value in within.parameters:
            return ReadType(within.parameters[node.value])
        if node.type == "keyword" and node.value == "None":
            return ReadType(FieldType(JsonKind.NULL))
        if node.type == "string":
            inner = module.quoted(node)
            return self._read(module, inner, within) if inner is not None else ReadType(ANYTHING)
        if node.type in ("expr", "arith_expr") and all(sign == "|" for sign in node.children[1::2]):
            return ReadType(self._union(module, node.children[::2], within))
        if (parts := subscript(Expr(module, node))) is not None:
            return self._subscript(module, *parts, within)
        if node.type in ("name", "atom_expr"):
            return self._named(Expr(module, node), within)
        return ReadType(ANYTHING)

    def _named(self, expr: Expr, within: _Within) -> ReadType:
        entity = self._resolver.infer(expr)
        if isinstance(entity, Library):
            if entity.path in ("typing.ClassVar", "dataclasses.KW_ONLY"):
                return ReadType(ANYTHING, excluded=True)
            if entity.path in _NEW_TYPES and entity.origin is not None:
                return self._new_type(entity.origin, within)
        known = self._of(entity)
        # A name for `Page[Line]` is resolved to the class alone.
        alias = self._resolver.assigned(expr) if known is ANYTHING or known.kind is JsonKind.MODEL else None
        return self._elsewhere(alias, within) if alias is not None else ReadType(known)

    def _elsewhere(self, annotation: Expr, within: _Within) -> ReadType:
        """What an annotation says that stands outside of the class, where the names of its parameters mean nothing."""
        return self._read(annotation.module, annotation.node, within._replace(parameters=_NONE))

    def _new_type(self, made: Expr, within: _Within) -> ReadType:
        """``NewType("UserId", int)``"""
        parts = made.split()
        given = list(call_arguments(made.module, parts[1])) if parts is not None else []
        if len(given) != 2 or given[1].stars or given[1].value.length is not None:
            return ReadType(ANYTHING)
        return self._elsewhere(given[1].value, within)

    def _subscript(self, module: Module, outer: Expr, items: list[Node], within: _Within) -> ReadType:
        entity = self._resolver.infer(outer)
        name = entity.path.rpartition(".")[2] if isinstance(entity, Library) else ""
        match name:
            case "Annotated":
                made = self._read(module, items[0], within)
                added = [Expr(module, item) for item in items[1:]]
                kept = made.type if all(map(self._keeps, added)) else ANYTHING
                return made._replace(type=kept, metadata=(*made.metadata, *added))
            case "ClassVar":
                return ReadType(ANYTHING, excluded=True)
            case "Required" | "NotRequired":
                return self._read(module, items[0], within)._replace(required=name == "Required")
            case "ReadOnly" | "Final":
                return self._read(module, items[0], within)
            case "InitVar":
                return self._read(module, items[0], within)._replace(sent=False)
            case "Optional":
                return ReadType(replace(self._read(module, items[0], within).type, nullable=True))
            case "Union":
                return ReadType(self._union(module, items, within))
            case "Literal":
                return ReadType(self._literal(module, items))
        return ReadType(self._generic(module, entity, items, within))

    def _generic(self, module: Module, entity: Entity | None, items: list[Node], within: _Within) -> FieldType:
        outer = self._of(entity)
        if outer.kind is JsonKind.MODEL and isinstance(entity, ProjectClass):
            return self._nested(entity, tuple(self._read(module, item, within).type for item in items))
        if outer.kind is JsonKind.LIST:
            kinds = [item for item in items if module.text(item) != "..."]
            return replace(outer, item=self._union(module, kinds, within))
        if outer.kind is JsonKind.MAP and len(items) == 2:
            return replace(outer, item=self._read(module, items[1], within).type)
        return outer

    def _nested(self, cls: ProjectClass, given: tuple[FieldType, ...]) -> FieldType:
        return FieldType(JsonKind.MODEL, of=(id(cls.node), given), read=lambda: self._model(cls, given))

    def _union(self, module: Module, nodes: list[Node], within: _Within) -> FieldType:
        """What all alternatives have in common; null aside."""
        types = [self._read(module, node, within).type for node in nodes]
        kinds = [each for each in types if each.kind is not JsonKind.NULL]
        nullable = len(kinds) < len(types) or any(each.nullable for each in kinds)
        if not kinds:
            return FieldType(JsonKind.NULL)
        if len(kinds) == 1:
            return replace(kinds[0], nullable=nullable)
        found = {each.kind for each in kinds}
        if found == {JsonKind.INTEGER, JsonKind.NUMBER}:
            return FieldType(JsonKind.NUMBER, nullable)
        if len(found) == 1 and JsonKind.MODEL not in found:
            values = tuple(value for each in kinds for value in each.values)
            limited = all(each.values for each in kinds)
            return FieldType(kinds[0].kind, nullable, values=values if limited else ())
        return FieldType(JsonKind.ANY, nullable)

    def _literal(self, module: Module, items: list[Node]) -> FieldType:
        values: list[str | int] = []
        nullable = False
        for item in items:
            match self._evaluator.evaluate(Expr(module, item)):
                case Known(None):
                    nullable = True
                case Known(str() | int() as value):
                    values.append(value)
                case _:
                    return ANYTHING
        return _limited(values, nullable)

    def _keeps(self, added: Expr) -> bool:
        """Whether something in ``Annotated`` certainly leaves alone how values are written."""
        if added.node.type in ("string", "strings", "number", "keyword"):
            return True
        entity = self._resolver.infer(added)
        if not isinstance(entity, Library):
            return False
        path = entity.path.replace("()", "")
        return path.partition(".")[0] in _ANNOTATING and path.rpartition(".")[2] not in _REWRITING

    def _of(self, entity: Entity | None) -> FieldType:
        match entity:
            case Library(path):
                kind = _KINDS.get(path)
                return FieldType(kind) if kind is not None else ANYTHING
            case ProjectClass():
                bases = self._resolver.bases(entity)
                if any(isinstance(base, Library) and base.path in _ENUMS for base in bases):
                    return self._enum(entity)
                if self._is_model(entity):
                    return self._nested(entity, ())
                scope = entity.module.scopes.by_node.get(id(entity.node))
                return ANYTHING if scope is None or _OWN_SCHEMA in scope.bindings else self._derived(bases)
        return ANYTHING

    def _derived(self, bases: list[Entity | None]) -> FieldType:
        """A class such as ``class UserId(str)``; pydantic does not know how to write it, but its users may."""
        return next((found for base in bases if (found := self._of(base)) is not ANYTHING), ANYTHING)

    def _enum(self, cls: ProjectClass) -> FieldType:
        values: list[str | int] = []
        for value in self._members(cls):
            match value:
                case Known(str() | int() as member):
                    values.append(member)
                case _:
                    return ANYTHING
        return _limited(values, nullable=False)

    def _members(self, cls: ProjectClass) -> Iterator[object]:
        scope = cls.module.scopes.by_node.get(id(cls.node))
        for name, bindings in scope.bindings.items() if scope is not None else ():
            if name.startswith("_"):
                continue
            for binding in bindings:
                if isinstance(binding, Assignment) and binding.annotation is None and binding.value is not None:
                    yield self._evaluator.evaluate(Expr(cls.module, binding.value))


def _limited(values: list[str | int], nullable: bool) -> FieldType:
    """The type of a few values."""
    if values and all(isinstance(value, bool) for value in values):
        return FieldType(JsonKind.BOOLEAN, nullable)
    if values and all(isinstance(value, str) for value in values):
        return FieldType(JsonKind.STRING, nullable, values=tuple(values))
    if values and all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return FieldType(JsonKind.INTEGER, nullable, values=tuple(values))
    return ANYTHING
