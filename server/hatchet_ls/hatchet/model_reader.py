"""From the trees of classes to the models of inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from hatchet_ls.hatchet.class_bodies import (
    Decorator,
    decorators,
    docstring,
    functions,
    has_blocks,
    library_path,
    statements,
)
from hatchet_ls.hatchet.field_docs import description_of
from hatchet_ls.hatchet.field_types import FieldTypes
from hatchet_ls.hatchet.model_serializers import ALL, Serializers
from hatchet_ls.hatchet.model_settings import Settings, configure
from hatchet_ls.hatchet.models import ANYTHING, FieldType, InputModel, ModelField
from hatchet_ls.hatchet.type_parameters import Parameters, parameters_of
from hatchet_ls.python.entities import Entity, Library, ProjectClass, ProjectFunction
from hatchet_ls.python.evaluate import Evaluator
from hatchet_ls.python.expr import Expr, WrittenArgument, call_arguments
from hatchet_ls.python.parse import Module, Node
from hatchet_ls.python.resolve import Resolver
from hatchet_ls.python.values import Known, Object, Value

_MODELS = frozenset({"pydantic.BaseModel", "pydantic.main.BaseModel"})
_EMPTY_MODELS = frozenset({"hatchet_sdk.EmptyModel"})
"""The SDK's own: it allows further fields."""
_TYPED_DICTS = frozenset({"typing.TypedDict", "typing_extensions.TypedDict"})
_DATACLASSES = frozenset({"dataclasses.dataclass", "pydantic.dataclasses.dataclass"})
_PLAIN_BASES = frozenset({"object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Generic"})
_FIELDS = frozenset({"pydantic.Field", "pydantic.fields.Field", "dataclasses.field"})
_BEFORE = frozenset(
    {
        "pydantic.model_validator",
        "pydantic.root_validator",
        "pydantic.functional_validators.model_validator",
    }
)
_ROOTS = frozenset({"pydantic.RootModel", "pydantic.root_model.RootModel"})
_CHOICES = frozenset({"pydantic.AliasChoices", "pydantic.aliases.AliasChoices"})
_NAMING = ("alias", "serialization_alias", "validation_alias")
_OWN_SCHEMA = "__get_pydantic_core_schema__"
_MAX_VARIANTS = 100
"""Of one generic class."""
_CUSTOM = frozenset({_OWN_SCHEMA, "__init__", "__new__", "__pydantic_init_subclass__"})

_TAKING_ALL = frozenset(
    {*_NAMING, "default", "default_factory", "deprecated", "description", "examples", "exclude", "repr", "title"}
)
"""The keywords of ``Field(...)`` that say nothing of which values a field takes."""


class _Kind(NamedTuple):
    """What makes a class a model."""

    pydantic: bool = False
    dataclass: bool = False
    typed_dict: bool = False
    lenient: bool = False
    open: bool = False
    root: bool = False
    """Its JSON is that of its one field."""

    @property
    def is_model(self) -> bool:
        return self.pydantic or self.dataclass or self.typed_dict


class ModelReader:
    """Reads each class once, for one analysis."""

    def __init__(self, resolver: Resolver, evaluator: Evaluator) -> None:
        self._resolver = resolver
        self._evaluator = evaluator
        self._types = FieldTypes(resolver, evaluator, self.is_model, self.model)
        self._serializers = Serializers(resolver, self._types, self._text)
        self._memo: dict[tuple[int, tuple[FieldType, ...]], InputModel | None] = {}
        self._variants: Counter[int] = Counter()

    def forget(self) -> None:
        """Read all models anew from here on."""
        self._memo.clear()
        self._variants.clear()

    def of(self, value: Value) -> InputModel | None:
        """The model that a value (an ``input_validator``) is; None when it is no class that can be read."""
        match value:
            case Known(Object("class", source, span)) if source is not None and span is not None:
                made = self._evaluator.made.get((id(source), span.start, span.end))
                if made is None:
                    return None
                if made.node.type == "classdef":
                    return self.model(ProjectClass(made.module, made.node))
                return self._types.read(made.module, made.node).type.model
        return None

    def returned(self, function: ProjectFunction) -> InputModel | None:
        """The model that a function certainly returns by its annotation."""
        annotation = function.node.annotation if function.node.type == "funcdef" and not function.wrapped else None
        made = self._types.read(function.module, annotation).type if annotation is not None else ANYTHING
        return made.model if not made.nullable else None

    def model(self, cls: ProjectClass, given: tuple[FieldType, ...] = ()) -> InputModel | None:
        """The model that a class of the project is, with types for its parameters if it is generic; None for other
        classes."""
        key = id(cls.node), given
        if key not in self._memo:
            self._variants[id(cls.node)] += 1
            # A class that mentions itself with other types, as in `Tree[list[T]]`, has no end of them.
            self._memo[key] = self._read(cls, given) if self._variants[id(cls.node)] <= _MAX_VARIANTS else None
        return self._memo[key]

    def is_model(self, cls: ProjectClass) -> bool:
        """Whether a class is one whose fields can be read."""
        return self._kind(cls, self._resolver.lineage(cls)).is_model

    def _read(self, cls: ProjectClass, given: tuple[FieldType, ...]) -> InputModel | None:
        lineage = self._resolver.lineage(cls)
        kind = self._kind(cls, lineage)
        if not kind.is_model:
            return None
        classes = [each for each in lineage if isinstance(each, ProjectClass)]
        settings = Settings()
        for each in reversed(classes):
            configure(self._resolver, each, settings)
        parameters = parameters_of(
            self._resolver, cls, given, lambda module, node, own: self._types.read(module, node, own).type
        )
        fields: dict[str, ModelField] = {}
        unclear = False
        for each in reversed(classes):
            if kind.dataclass and not kind.pydantic and not self._is_dataclass(each):
                continue
            total = self._is_total(each)
            own = parameters.get(id(each.node), {})
            for statement in statements(each.node):
                made = self._field(each, statement, kind, settings, total, own)
                if made is not None:
                    fields[made.name] = made
            fields |= {made.name: made for made in self._serializers.computed(each, settings.by_alias, own)}
            unclear = unclear or has_blocks(each.node)
        retyped = self._serializers.retyped(classes)
        for name, field in fields.items():
            if settings.retyped or {name, ALL} & retyped:
                fields[name] = replace(field, type=ANYTHING, factory=None)
        return InputModel(
            name=cls.node.name.value,
            fields=tuple(fields.values()),
            open=kind.open
            or settings.extra
            or settings.unclear
            or unclear
            or any(each.renamed for each in fields.values()),
            lenient=kind.lenient or settings.unclear or unclear or any(self._supplies(each) for each in classes),
            reshaped=kind.root or any(self._reshapes(each) for each in classes),
            is_dict=kind.typed_dict,
            description=docstring(cls.node),
            given=given,
            source=cls.module.source,
            span=cls.module.span(cls.node.name),
        )

    # what the class is

    def _kind(self, cls: ProjectClass, lineage: list[Entity | None]) -> _Kind:
        kind = _Kind(dataclass=self._is_dataclass(cls))
        for each in lineage:
            match each:
                case ProjectClass():
                    continue
                case Library(path) if path in _MODELS:
                    kind = kind._replace(pydantic=True)
                case Library(path) if path in _EMPTY_MODELS:
                    kind = kind._replace(pydantic=True, open=True)
                case Library(path) if path in _ROOTS:
                    kind = kind._replace(pydantic=True, lenient=True, open=True, root=True)
                case Library(path) if path in _TYPED_DICTS:
                    kind = kind._replace(typed_dict=True)
                case Library(path) if path in _PLAIN_BASES:
                    continue
                case Library(path) if path.partition(".")[0] in ("pydantic", "pydantic_settings", "sqlmodel"):
                    kind = kind._replace(pydantic=True, lenient=True, open=True)
                case _:
                    kind = kind._replace(lenient=True, open=True)
        return kind

    def _is_dataclass(self, cls: ProjectClass) -> bool:
        return any(each.path in _DATACLASSES for each in decorators(self._resolver, cls.module, cls.node))

    def _is_total(self, cls: ProjectClass) -> bool:
        """Whether the keys of a ``TypedDict`` have to be there."""
        return not any(
            each.keyword is not None and each.keyword.value == "total" and each.value.text == "False"
            for each in self._resolver.class_arguments(cls)
        )

    def _supplies(self, cls: ProjectClass) -> bool:
        """Whether something of the class may supply what the input lacks."""
        if any(
            each.keyword is not None and each.keyword.value == "metaclass"
            for each in self._resolver.class_arguments(cls)
        ):
            return True
        if cls.module.scopes.decorators.get(id(cls.node)) and not self._is_dataclass(cls):
            return True
        scope = cls.module.scopes.by_node.get(id(cls.node))
        if scope is None or _CUSTOM & scope.bindings.keys():
            return True
        return any(
            _runs_before(decorator)
            for function in functions(cls.node)
            for decorator in decorators(self._resolver, cls.module, function)
        )

    def _reshapes(self, cls: ProjectClass) -> bool:
        """Whether the class writes its objects in a way of its own."""
        scope = cls.module.scopes.by_node.get(id(cls.node))
        return scope is None or _OWN_SCHEMA in scope.bindings or self._serializers.reshapes(cls)

    # fields

    def _field(
        self, cls: ProjectClass, statement: Node, kind: _Kind, settings: Settings, total: bool, parameters: Parameters
    ) -> ModelField | None:
        module = cls.module
        name, second = statement.children[0], statement.children[1]
        if getattr(second, "type", "") != "annassign" or name.type != "name":
            return None
        annotation = second.children[1]
        value = second.children[3] if len(second.children) > 3 else None
        if (kind.pydantic and name.value.startswith("_")) or name.value == "model_config":
            return None
        made = self._types.read(module, annotation, parameters)
        if made.excluded:
            return None
        details = self._details(module, value, made.metadata)
        taken = not _says(details, "init", "False")
        parts = [each.split() for each in made.metadata]
        plain = all(each and library_path(self._resolver, each[0]) in _FIELDS for each in parts)
        if kind.typed_dict:
            required = made.required if made.required is not None else total
        else:
            required = taken and self._is_required(value, details)
        return ModelField(
            name=name.value,
            keys=self._keys(name.value, details, settings),
            annotation=" ".join(module.text(annotation).split()),
            type=made.type,
            required=required,
            description=self._text(details.get("description")) or description_of(module, statement),
            owner=cls.node.name.value,
            source=module.source,
            name_span=module.span(name),
            taken=taken,
            sent=made.sent and not _says(details, "exclude", "True"),
            renamed=any(name in details and "" in self._taken(details[name]) for name in _NAMING),
            narrowed=bool(made.metadata) or not details.keys() <= _TAKING_ALL,
            factory=details.get("default_factory") if "unclear" not in details and plain else None,
        )

    def _details(self, module: Module, value: Node | None, metadata: tuple[Expr, ...]) -> dict[str, Expr]:
        """The keywords of ``Field(...)`` or ``field(...)``, be it the default or in ``Annotated``.

        ``default`` is there when the field has a default of any kind; ``unclear`` when that cannot be told. To be named
        ``None`` is to be left unnamed.
        """
        details: dict[str, Expr] = {}
        for place in (*metadata, *([Expr(module, value)] if value is not None else [])):
            parts = place.split()
            if parts is not None and parts[1].children[0] == "(" and library_path(self._resolver, parts[0]) in _FIELDS:
                for argument in call_arguments(place.module, parts[1]):
                    details[_detail(argument)] = argument.value
            elif place.node is value and value is not None:
                details["default"] = place
        return {key: said for key, said in details.items() if key not in _NAMING or said.text != "None"}

    @staticmethod
    def _is_required(value: Node | None, details: dict[str, Expr]) -> bool:
        if "default_factory" in details or "unclear" in details:
            return False
        return "default" not in details or details["default"].text in ("...", "Ellipsis")

    def _keys(self, name: str, details: dict[str, Expr], settings: Settings) -> tuple[str, ...]:
        alias = self._text(details.get("alias"))
        written = self._text(details.get("serialization_alias")) or alias
        taken = list(self._taken(details["validation_alias"])) if "validation_alias" in details else [alias]
        keys = [written if written and settings.by_alias else name, *filter(None, taken)]
        if not any(taken) or settings.by_name:
            keys.append(name)
        return tuple(dict.fromkeys(keys))

    def _taken(self, alias: Expr) -> Iterator[str]:
        """Under which names of the JSON a field is looked for; an empty one where that cannot be told.

        ``"userId"``, ``AliasChoices("userId", "user_id")``; not ``AliasPath("user", "id")``: ``user`` is no field.
        """
        parts = alias.split()
        if parts is not None and library_path(self._resolver, parts[0]) in _CHOICES:
            for each in call_arguments(alias.module, parts[1]):
                yield from self._taken(each.value) if not each.stars else ("",)
        else:
            yield self._text(alias)

    def _text(self, expr: Expr | None) -> str:
        match self._evaluator.evaluate(expr) if expr is not None else None:
            case Known(str(text)):
                return text
        return ""


def _runs_before(decorator: Decorator) -> bool:
    """Whether a decorator makes something of a method that sees an input before its fields are looked at."""
    if decorator.path is None:
        return True
    if decorator.path not in _BEFORE:
        return decorator.path.startswith(("pydantic.root", "pydantic.v1"))
    return [each.value.text.strip("'\"") for each in decorator.arguments if each.keyword] != ["after"]


def _says(details: dict[str, Expr], name: str, text: str) -> bool:
    return name in details and details[name].text == text


def _detail(argument: WrittenArgument) -> str:
    if argument.stars:
        return "unclear"
    return str(argument.keyword.value) if argument.keyword is not None else "default"
