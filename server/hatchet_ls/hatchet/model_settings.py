"""The configurations of models: what they say about names and further fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hatchet_ls.hatchet.class_bodies import decorators, inner_class, library_path, statements
from hatchet_ls.python.entities import ProjectClass
from hatchet_ls.python.expr import Expr, WrittenArgument, call_arguments
from hatchet_ls.python.resolve import Resolver

_CONFIGURATIONS = frozenset({"pydantic.ConfigDict", "pydantic.config.ConfigDict", "dict"})
_NAMES = frozenset({"model_config", "__pydantic_config__"})
_DECORATORS = frozenset({"pydantic.with_config", "pydantic.config.with_config"})


@dataclass
class Settings:
    """What the configurations of a class and its bases say."""

    extra: bool = False
    by_alias: bool = False
    """Written by their aliases."""
    by_name: bool = False
    """Read by their names although they have aliases."""
    unclear: bool = False
    """There is an alias generator, or something that cannot be read."""
    retyped: bool = False
    """Values are written in another way than by default."""


def configure(resolver: Resolver, cls: ProjectClass, settings: Settings) -> None:
    """Add what one class says.

    ``model_config = ConfigDict(extra="allow")``, the same as arguments of the class, and ``class Config``.
    """
    _take(settings, resolver.class_arguments(cls))
    for each in decorators(resolver, cls.module, cls.node):
        keywords = {argument.keyword.value for argument in each.arguments if argument.keyword is not None}
        settings.unclear = settings.unclear or each.path in _DECORATORS or "config" in keywords
    for statement in statements(cls.node):
        target, value = statement.children[0], statement.children[-1]
        if target.type != "name" or target.value not in _NAMES:
            continue
        parts = Expr(cls.module, value.children[-1] if value.type == "annassign" else value).split()
        if parts is not None and library_path(resolver, parts[0]) in _CONFIGURATIONS:
            _take(settings, call_arguments(cls.module, parts[1]))
        else:
            settings.unclear = True
    if (old := inner_class(cls, "Config")) is not None:
        settings.unclear = settings.unclear or bool(resolver.class_arguments(old))
        for statement in statements(old.node):
            _set(settings, statement.children[0].get_code().strip(), old.module.text(statement.children[-1]))


def _take(settings: Settings, written: Iterable[WrittenArgument]) -> None:
    for each in written:
        if each.stars:
            settings.unclear = True
        elif each.keyword is not None:
            _set(settings, each.keyword.value, each.value.text)


def _set(settings: Settings, name: str, written: str) -> None:
    value = written.strip("'\"")
    match name:
        case "extra":
            settings.extra = value != "forbid" and value != "ignore"
        case "extra_items":
            settings.extra = True
        case "serialize_by_alias":
            settings.by_alias = value == "True"
        case "populate_by_name" | "validate_by_name" | "allow_population_by_field_name":
            settings.by_name = value == "True"
        case "alias_generator":
            settings.unclear = value != "None"
        case "json_encoders" | "ser_json_timedelta" | "ser_json_temporal":
            settings.retyped = True
