"""What the methods of models do to the JSON: computed fields, and serializers that write something of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hatchet_ls.hatchet.class_bodies import Decorator, decorators, docstring, functions
from hatchet_ls.hatchet.field_types import FieldTypes
from hatchet_ls.hatchet.models import ANYTHING, ModelField
from hatchet_ls.hatchet.type_parameters import Parameters
from hatchet_ls.python.entities import ProjectClass
from hatchet_ls.python.expr import Expr
from hatchet_ls.python.parse import Node
from hatchet_ls.python.resolve import Resolver

_COMPUTED = frozenset({"pydantic.computed_field", "pydantic.fields.computed_field"})
_OF_FIELDS = frozenset({"pydantic.field_serializer", "pydantic.functional_serializers.field_serializer"})
_OF_MODELS = frozenset({"pydantic.model_serializer", "pydantic.functional_serializers.model_serializer"})

ALL = "*"
"""All fields, in place of a name."""

_Text = Callable[[Expr | None], str]
"""The known text of an expression, else an empty one."""


class Serializers:
    """Reads the methods of classes."""

    def __init__(self, resolver: Resolver, types: FieldTypes, text: _Text) -> None:
        self._resolver = resolver
        self._types = types
        self._text = text

    def computed(self, cls: ProjectClass, by_alias: bool, parameters: Parameters) -> Iterator[ModelField]:
        """The fields that a class computes."""
        for function, decorator in self._decorated(cls, _COMPUTED):
            yield self._computed(cls, function, decorator, by_alias, parameters)

    def retyped(self, classes: Iterable[ProjectClass]) -> frozenset[str]:
        """The names of the fields that are written by functions of the classes, or ``ALL``."""
        given = [
            each.value
            for cls in classes
            for _, decorator in self._decorated(cls, _OF_FIELDS)
            for each in decorator.arguments
            if each.keyword is None
        ]
        return frozenset(self._text(each) or ALL for each in given)

    def reshapes(self, cls: ProjectClass) -> bool:
        """Whether a function of the class writes its objects as a whole."""
        return any(True for _ in self._decorated(cls, _OF_MODELS))

    def _decorated(self, cls: ProjectClass, paths: frozenset[str]) -> Iterator[tuple[Node, Decorator]]:
        for function in functions(cls.node):
            for decorator in decorators(self._resolver, cls.module, function):
                if decorator.path in paths:
                    yield function, decorator

    def _computed(
        self, cls: ProjectClass, function: Node, decorator: Decorator, by_alias: bool, parameters: Parameters
    ) -> ModelField:
        module = cls.module
        given = {each.keyword.value if each.keyword is not None else each.stars: each for each in decorator.arguments}
        annotation = function.annotation
        name = function.name.value
        alias = self._text(given["alias"].value) if "alias" in given else ""
        return ModelField(
            name=name,
            keys=(alias,) if alias and by_alias else (name,),
            annotation=" ".join(module.text(annotation).split()) if annotation is not None else "",
            type=ANYTHING
            if annotation is None or {"return_type", "**"} & given.keys()
            else self._types.read(module, annotation, parameters).type,
            required=False,
            description=self._text(given["description"].value) if "description" in given else docstring(function),
            owner=cls.node.name.value,
            source=module.source,
            name_span=module.span(function.name),
            taken=False,
        )
