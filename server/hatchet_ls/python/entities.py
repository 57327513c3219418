"""What an expression can turn out to be."""

from __future__ import annotations

from dataclasses import dataclass

from hatchet_ls.python.expr import Expr
from hatchet_ls.python.parse import Module, Node


@dataclass(frozen=True)
class Library:
    """Something outside the project, by its dotted path.

    The path goes on through attributes and calls: ``requests.Session().get`` is the ``get`` of what calling
    ``requests.Session`` gives. Builtins have no module: ``open``.
    """

    path: str
    origin: Expr | None = None
    """The call that made it, when it is known."""
    overridden: frozenset[str] | None = None
    """Parameters that a subclass of the project's redefines, when it overrides this method; ``**`` if it may do that to
    any of them."""
    subclassed: bool = False
    """The object is of a subclass of the project's."""

    def at(self, path: str, origin: Expr | None) -> Library:
        """What is at another path from here."""
        return Library(path, origin, self.overridden, self.subclassed)


@dataclass(frozen=True)
class ProjectModule:
    """A module of the project."""

    module: Module


@dataclass(frozen=True)
class ProjectClass:
    """A class of the project."""

    module: Module
    node: Node


@dataclass(frozen=True)
class ProjectFunction:
    """A function of the project, undecorated or under decorators that keep it what it is."""

    module: Module
    node: Node
    bound: bool = False
    """It is a method taken from an instance."""
    is_property: bool = False
    wrapped: bool = False
    """It stands under a decorator that may call it in its own way."""


@dataclass(frozen=True)
class Instance:
    """An object of a class of the project."""

    cls: ProjectClass


Entity = Library | ProjectModule | ProjectClass | ProjectFunction | Instance
