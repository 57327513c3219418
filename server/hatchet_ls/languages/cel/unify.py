"""How the engine's checker matches types: what may stand for what, and what variables come to mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hatchet_ls.languages.cel.types import (
    ANY,
    DURATION,
    DYN,
    EMPTY,
    ERROR,
    NULL,
    TIMESTAMP,
    Type,
    Variable,
    list_of,
    map_of,
    type_of,
)

_WILD = frozenset((DYN, ERROR, ANY))
_NULLABLE = frozenset((TIMESTAMP, DURATION, ANY, NULL, EMPTY))
_MAKERS: dict[str, Callable[..., Type]] = {"list": list_of, "map": map_of, "type": type_of}


def is_wild(kind: Type) -> bool:
    """Whether a type goes with every other: dynamic, ``Any``, or what did not check."""
    return kind in _WILD


class Bindings:
    """What type variables stand for. A match that fails leaves no trace."""

    __slots__ = ("_bound", "_trail")

    def __init__(self) -> None:
        self._bound: dict[Type, Type] = {}
        self._trail: list[tuple[Type, Type | None]] = []

    def assign(self, source: Type, target: Type) -> bool:
        """Whether a value of one type may be used as another; binds variables so that it may."""
        if (source is target or source in _WILD or target in _WILD) and not (source.is_open or target.is_open):
            return True
        return self.assign_all((source,), (target,))

    def assign_all(self, sources: Sequence[Type], targets: Sequence[Type]) -> bool:
        """The same for several at once: all or none."""
        if len(sources) == len(targets) and all(map(self._assign, sources, targets)):
            self._trail.clear()
            return True
        while self._trail:
            variable, before = self._trail.pop()
            if before is None:
                del self._bound[variable]
            else:
                self._bound[variable] = before
        return False

    def resolve(self, kind: Type, final: bool = False) -> Type:
        """A type with its variables replaced by what they stand for; in the end unbound ones are dynamic."""
        if not kind.is_open:
            return kind
        if isinstance(kind, Variable):
            bound = self._bound.get(kind)
            if bound is not None:
                return self.resolve(bound, final)
            return DYN if final else kind
        parameters = [self.resolve(parameter, final) for parameter in kind.parameters]
        return _MAKERS[kind.name](*parameters)

    def _set(self, variable: Type, kind: Type) -> None:
        self._trail.append((variable, self._bound.get(variable)))
        self._bound[variable] = kind

    def _occurs(self, variable: Type, kind: Type) -> bool:
        waiting = [kind]
        while waiting:
            part = waiting.pop()
            if part is variable:
                return True
            if isinstance(part, Variable):
                bound = self._bound.get(part)
                if bound is not None:
                    waiting.append(bound)
            elif part.is_open:
                waiting.extend(part.parameters)
        return False

    def _bind(self, variable: Type, kind: Type) -> bool | None:
        """Makes a variable stand for a type; None when neither yes nor no."""
        if kind is variable:
            return True
        bound = self._bound.get(variable)
        if bound is not None:
            if kind == bound:
                return True
            if not self._assign(kind, bound):
                return False
            general = kind if more_general(kind, bound) else bound
            if not self._occurs(variable, general):
                self._set(variable, general)
            return True
        if self._occurs(variable, kind):
            return None
        self._set(variable, kind)
        return True

    def _assign(self, source: Type, target: Type) -> bool:
        waiting = [(source, target)]
        while waiting:
            source, target = waiting.pop()
            if source is target and not source.is_open:
                continue
            outcome: bool | None = None
            if isinstance(target, Variable):
                outcome = self._bind(target, source)
            if outcome is None and isinstance(source, Variable):
                outcome = self._bind(source, target)
            if outcome is None:
                outcome = _fits(source, target)
            if outcome is False:
                return False
            if outcome is None:
                waiting.extend(reversed(list(zip(source.parameters, target.parameters, strict=True))))
        return True


def _fits(source: Type, target: Type) -> bool | None:
    """Whether one type may be used as another, neither of them a variable; None when their parameters decide."""
    if source in _WILD or target in _WILD:
        return True
    if source is NULL or target is NULL:
        other = target if source is NULL else source
        return other in _NULLABLE or other.name == "wrapper"
    if target.name == "wrapper":
        return source in (target, target.parameters[0])
    if source.name == "wrapper":
        return source.parameters[0] == target
    if source.name == "type" and target.name == "type":
        return True
    if source.name != target.name or len(source.parameters) != len(target.parameters):
        return False
    return None if source.parameters else True


def more_general(left: Type, right: Type) -> bool:
    """Whether a type is equal to another, or dynamic where the other is not."""
    waiting = [(left, right)]
    while waiting:
        left, right = waiting.pop()
        if left is DYN or isinstance(left, Variable) or (left.name == "type" and right.name == "type"):
            continue
        if right is DYN or isinstance(right, Variable) or left.name != right.name:
            return False
        if len(left.parameters) != len(right.parameters):
            return False
        waiting.extend(zip(left.parameters, right.parameters, strict=True))
    return True


def instantiate(kind: Type, meaning: dict[Type, Type]) -> Type:
    """A signature's type with its placeholders replaced."""
    found = meaning.get(kind)
    if found is not None:
        return found
    if not kind.parameters:
        return kind
    return _MAKERS[kind.name](*(instantiate(parameter, meaning) for parameter in kind.parameters))
