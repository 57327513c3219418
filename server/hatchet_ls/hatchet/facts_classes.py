"""The SDK's classes with everything that they inherit inside the SDK."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence

from hatchet_ls.hatchet.facts import Class, ClassKind, Member, MemberKind
from hatchet_ls.hatchet.facts_annotations import Annotations, Given, decorator_name, dotted_name
from hatchet_ls.hatchet.facts_bases import Lineage
from hatchet_ls.hatchet.facts_constructors import Constructors
from hatchet_ls.hatchet.facts_deprecations import Deprecations
from hatchet_ls.hatchet.facts_docs import docstring, first_paragraph, parameter_docs
from hatchet_ls.hatchet.facts_fields import fields_of, is_field, statements
from hatchet_ls.hatchet.facts_signature import callable_parameters
from hatchet_ls.hatchet.facts_source import Definition, FunctionNode, SdkSource, SourceModule
from hatchet_ls.hatchet.foreign import public_names

_PROPERTIES = frozenset({"property", "cached_property"})
_MANAGERS = frozenset({"asynccontextmanager", "contextmanager"})


class ClassReader:
    """Makes a ``Class`` of a class's source."""

    def __init__(self, source: SdkSource, key_of: Callable[[Definition], str | None]) -> None:
        """``key_of`` gives the name under which the facts have a class; None for one that they leave out."""
        self._key_of = key_of
        self._annotations = Annotations(source)
        self._deprecations = Deprecations(source)
        self._lineage = Lineage(source)
        self._constructors = Constructors(self._deprecations)
        self._own: dict[str, dict[str, Member]] = {}
        self._warnings: dict[str, dict[str, dict[str, str]]] = {}

    def function(self, definition: Definition) -> Member:
        """A module-level function."""
        assert isinstance(definition.node, (ast.FunctionDef, ast.AsyncFunctionDef))
        return self._callable(definition.node, (), definition.module, None, {})

    def read(self, definition: Definition) -> Class:
        """A class of the SDK with what it inherits."""
        assert isinstance(definition.node, ast.ClassDef)
        line, foreign = self._lineage.of(definition)
        kind = self._lineage.kind(foreign)
        members: dict[str, Member] = {}
        for index in range(len(line) - 1, -1, -1):
            members.update(self._own_members(line[index:], kind))
        config = self._lineage.config(line, foreign) if kind is ClassKind.MODEL else {}
        has_getattr = any(method.name == "__getattr__" for ancestor in line for method in _methods(ancestor.node))
        parameters, docs = self._constructors.of(line, foreign, kind, config)
        return Class(
            name=self._key_of(definition) or definition.name,
            module=definition.module.name,
            kind=kind,
            bases=tuple(key for ancestor in line[1:] if (key := self._key_of(ancestor)) is not None),
            members=members,
            parameters=parameters,
            open=has_getattr or config.get("extra") == "allow" or any(public_names(path) is None for path in foreign),
            forbids_extra=config.get("extra") == "forbid",
            docs=first_paragraph(docstring(definition.node)),
            parameter_docs=docs,
            foreign=foreign,
        )

    def _own_members(self, line: Sequence[Definition], kind: ClassKind) -> dict[str, Member]:
        """What the first class of a line of ancestors defines itself."""
        owner = line[0]
        if owner.path in self._own:
            return self._own[owner.path]
        members: dict[str, Member] = {}
        self._own[owner.path] = members
        assert isinstance(owner.node, ast.ClassDef)
        for field in fields_of(owner, kind):
            given = self._annotations.given(field.annotation, owner.module, owner) if field.annotation else None
            result = self._key_of(owner) if field.kind is MemberKind.ENUM_MEMBER else self._key(given)
            members[field.name] = Member(
                field.name, field.kind, result=result, deprecated=field.deprecated, docs=field.docs
            )
        warned = self._warned(line)
        overloads: dict[str, list[FunctionNode]] = {}
        for method in _methods(owner.node):
            decorators = {decorator_name(decorator) for decorator in method.decorator_list}
            if "overload" in decorators:
                overloads.setdefault(method.name, []).append(method)
            elif not method.name.startswith("_") and decorators.isdisjoint({"setter", "deleter"}):
                variants = overloads.get(method.name, ())
                members[method.name] = self._callable(
                    method, variants, owner.module, owner, warned.get(method.name, {})
                )
        for name, annotation in self._assigned(owner):
            if (
                not name.startswith("_")
                and name not in members
                and not any(is_field(ancestor.node, name) for ancestor in line[1:])
            ):
                given = self._annotations.given(annotation, owner.module, owner)
                members[name] = Member(name, MemberKind.FIELD, result=self._key(given))
        return members

    def _callable(
        self,
        node: FunctionNode,
        overloads: Sequence[FunctionNode],
        module: SourceModule,
        owner: Definition | None,
        warned: Mapping[str, str],
    ) -> Member:
        decorators = {decorator_name(decorator) for decorator in node.decorator_list}
        is_property = not decorators.isdisjoint(_PROPERTIES)
        given = self._annotations.given(node.returns, module, owner)
        if given is None and overloads:
            variants = {self._annotations.given(overload.returns, module, owner) for overload in overloads}
            given = variants.pop() if len(variants) == 1 else None
        docs = docstring(node) or next((text for overload in overloads if (text := docstring(overload))), "")
        bound = owner is not None and "staticmethod" not in decorators
        return Member(
            node.name,
            MemberKind.PROPERTY if is_property else MemberKind.METHOD,
            is_async=isinstance(node, ast.AsyncFunctionDef)
            and not is_property
            and decorators.isdisjoint(_MANAGERS)
            and not _yields(node),
            parameters=() if is_property else callable_parameters(node, overloads, module, warned, bound=bound),
            # What a context manager's call gives is the manager, whatever the generator is annotated with.
            result=self._key(given) if decorators.isdisjoint(_MANAGERS) else None,
            decorates=given is not None and given.decorates and self._key(given) is not None,
            deprecated=self._deprecations.of_callable(node, module),
            docs=first_paragraph(docs),
            parameter_docs=parameter_docs(docs),
        )

    def _key(self, given: Given | None) -> str | None:
        return self._key_of(given.definition) if given else None

    def _warned(self, line: Sequence[Definition]) -> dict[str, dict[str, str]]:
        """The deprecation warnings of parameters, by method, ancestors included."""
        owner = line[0]
        if owner.path not in self._warnings:
            # What is here already when the class is met again by way of its own attributes.
            self._warnings[owner.path] = {}
            warned = dict(self._warned(line[1:])) if line[1:] else {}
            own = {method.name: method for method in _methods(owner.node)}
            for name, method in own.items():
                warned.pop(name, None)
                if found := self._deprecations.of_parameters(method, owner.module):
                    warned[name] = found
            parameters = {parameter for found in warned.values() for parameter in found}
            attributes: dict[str, Mapping[str, Mapping[str, str]]] = {"self": warned}

            def warnings_of(receiver: str, method: str) -> Mapping[str, str]:
                if receiver not in attributes:
                    attributes[receiver] = self._warned_by(receiver, owner)
                return attributes[receiver].get(method, {})

            for _ in range(2):  # A method may pass its parameter on to one that passes it on itself.
                for name, method in own.items():
                    if found := self._deprecations.passed_on(method, parameters, warnings_of):
                        warned[name] = {**found, **warned.get(name, {})}
            self._warnings[owner.path] = warned
        return self._warnings[owner.path]

    def _warned_by(self, receiver: str, owner: Definition) -> Mapping[str, Mapping[str, str]]:
        """The same of the class of what is in ``self.attribute``."""
        for name, annotation in self._assigned(owner):
            if receiver == f"self.{name}":
                given = self._annotations.given(annotation, owner.module, owner)
                return self._warned(self._lineage.of(given.definition)[0]) if given else {}
        return {}

    def _assigned(self, owner: Definition) -> Iterator[tuple[str, ast.expr | None]]:
        """Attributes that the methods assign to ``self``, with what says their type."""
        for method in _methods(owner.node):
            arguments = [*method.args.posonlyargs, *method.args.args, *method.args.kwonlyargs]
            if not arguments:
                continue
            said = {argument.arg: argument.annotation for argument in arguments}
            for statement in statements(method.body):
                if isinstance(statement, ast.Assign):
                    targets, annotation = statement.targets, _type_of(statement.value, said)
                elif isinstance(statement, ast.AnnAssign):
                    targets, annotation = [statement.target], statement.annotation
                else:
                    continue
                for target in targets:
                    for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                        head, _, name = dotted_name(part).partition(".")
                        if head == arguments[0].arg and name.isidentifier():
                            yield name, annotation


def _type_of(value: ast.expr, parameters: Mapping[str, ast.expr | None]) -> ast.expr | None:
    """What says the type of a value: a parameter's annotation, or the class that it is made of."""
    if isinstance(value, ast.Name):
        return parameters.get(value.id)
    return value.func if isinstance(value, ast.Call) else None


def _methods(node: ast.AST) -> list[FunctionNode]:
    body: list[ast.stmt] = getattr(node, "body", [])
    return [statement for statement in body if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef))]


def _yields(node: FunctionNode) -> bool:
    """Whether it is a generator; a ``yield`` inside of a larger expression is not looked for."""
    for statement in statements(node.body):
        value = getattr(statement, "value", None)
        if isinstance(value, (ast.Yield, ast.YieldFrom)):
            return True
    return False
