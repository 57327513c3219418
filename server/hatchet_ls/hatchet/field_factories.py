"""Fields that make a value of their own where none is given: ``id: UUID = Field(default_factory=uuid4)``."""

from __future__ import annotations

from collections.abc import Iterator

from hatchet_ls.hatchet.class_bodies import decorators, functions
from hatchet_ls.hatchet.model_reader import ModelReader
from hatchet_ls.hatchet.models import ModelField
from hatchet_ls.python.entities import ProjectClass, ProjectFunction
from hatchet_ls.python.parse import walk_inner
from hatchet_ls.python.resolve import Resolver

_FIELD_VALIDATORS = ("field_validator", "validator")
_FORKS = frozenset({"and_test", "if_stmt", "or_test", "test", "try_stmt", "while_stmt"})
_AFTER = frozenset({"__post_init__", "model_post_init"})
"""Methods that see an object when its fields have their values."""


class Factories:
    """Finds them, for one analysis."""

    def __init__(self, resolver: Resolver, models: ModelReader) -> None:
        self._resolver = resolver
        self._models = models

    def of(self, cls: ProjectClass) -> list[ModelField]:
        """The fields of a class whose value in the JSON is that of their factory, unless the field is given."""
        model = self._models.model(cls)
        if model is None or model.open or model.lenient or model.reshaped:
            return []
        changed = set(self._changed(cls))
        if "*" in changed:
            return []
        return [each for each in model.fields if self._settles(each) and each.sent and each.name not in changed]

    def _settles(self, field: ModelField) -> bool:
        """Whether the field has a factory that is called each time and always goes the same way."""
        if field.factory is None:
            return False
        node = field.factory.node
        function = self._resolver.infer(field.factory)
        if node.type != "lambdef" and isinstance(function, ProjectFunction):
            node = function.node
            if function.module.scopes.decorators.get(id(node)):
                return False
        return all(each.type not in _FORKS for each in walk_inner(node))

    def _changed(self, cls: ProjectClass) -> Iterator[str]:
        """The fields to which a method may give another value; ``*`` for any of them."""
        for each in self._resolver.lineage(cls):
            if not isinstance(each, ProjectClass):
                continue
            for function in functions(each.node):
                if function.name.value in _AFTER:
                    yield "*"
                for decorator in decorators(self._resolver, each.module, function):
                    name = (decorator.path or "").rpartition(".")[2]
                    if name in _FIELD_VALIDATORS:
                        for given in decorator.arguments:
                            if not given.keyword:
                                yield "*" if given.stars else given.value.text.strip("'\"")
                    elif decorator.path is None or name.endswith("validator"):
                        yield "*"
