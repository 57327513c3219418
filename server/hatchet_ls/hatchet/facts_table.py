"""The facts of many releases in one table, each distinct fact once.

The SDK's own documentation is left out: where the SDK is not installed, hovers speak for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias, TypedDict

from hatchet_ls.hatchet.facts import (
    Class,
    ClassKind,
    Facts,
    Lifetime,
    Member,
    MemberKind,
    Parameter,
    ParameterKind,
    Version,
)


class ParameterRow(NamedTuple):
    """A ``Parameter``; its kind is a place in ``ParameterKind``."""

    name: str
    kind: int
    annotation: str
    default: str | None
    deprecated: str | None


class MemberRow(NamedTuple):
    """A ``Member``; its kind is a place in ``MemberKind``, its parameters are rows."""

    name: str
    kind: int
    is_async: bool
    parameters: tuple[int, ...]
    result: str | None
    decorates: bool
    deprecated: str | None


class ClassRow(NamedTuple):
    """A ``Class`` without its members; its kind is a place in ``ClassKind``, its parameters are rows."""

    name: str
    module: str
    kind: int
    bases: tuple[str, ...]
    parameters: tuple[int, ...]
    open: bool
    forbids_extra: bool
    foreign: tuple[str, ...]


Timeline: TypeAlias = "list[tuple[int, int | None]]"
"""Pairs of a release and a row: from that release on the row counts, until the next pair. No row: the name is gone."""


class TableData(TypedDict):
    """The table as it lies in its file (where tuples are arrays)."""

    releases: list[str]
    """Oldest first."""
    parameters: list[ParameterRow]
    members: list[MemberRow]
    classes: list[ClassRow]
    exports: list[str]
    class_timelines: dict[str, Timeline]
    member_timelines: dict[str, Timeline]
    """By ``Class.member``."""
    function_timelines: dict[str, Timeline]
    export_timelines: dict[str, Timeline]
    left_out_timelines: dict[str, Timeline]
    other_timelines: dict[str, Timeline]
    lacking_timelines: dict[str, Timeline]


_PARAMETER_KINDS = list(ParameterKind)
_MEMBER_KINDS = list(MemberKind)
_CLASS_KINDS = list(ClassKind)


class Table:
    """Facts of releases from a table."""

    def __init__(self, data: TableData) -> None:
        self._data = data
        self.releases = tuple(version for text in data["releases"] if (version := Version.parse(text)) is not None)

    @cached_property
    def _parameters(self) -> list[Parameter]:
        rows = (ParameterRow(*row) for row in self._data["parameters"])
        return [
            Parameter(row.name, _PARAMETER_KINDS[row.kind], row.annotation, row.default, row.deprecated) for row in rows
        ]

    def facts(self, release: int, history: Mapping[str, Lifetime]) -> Facts:
        """The facts of a release by its place in ``releases``."""
        data = self._data
        members: dict[str, dict[str, Member]] = {}
        for key, row in _present(data["member_timelines"], release):
            owner, _, name = key.partition(".")
            members.setdefault(owner, {})[name] = self._member(row)
        return Facts(
            version=self.releases[release],
            installed=False,
            classes={
                name: self._class(row, members.get(name, {}))
                for name, row in _present(data["class_timelines"], release)
            },
            exports={name: data["exports"][row] for name, row in _present(data["export_timelines"], release)},
            functions={name: self._member(row) for name, row in _present(data["function_timelines"], release)},
            history=history,
            left_out=frozenset(path for path, _ in _present(data["left_out_timelines"], release)),
            others=frozenset(name for name, _ in _present(data["other_timelines"], release)),
            lacking=frozenset(name for name, _ in _present(data["lacking_timelines"], release)),
        )

    def _member(self, index: int) -> Member:
        row = MemberRow(*self._data["members"][index])
        return Member(
            row.name,
            _MEMBER_KINDS[row.kind],
            row.is_async,
            tuple(self._parameters[parameter] for parameter in row.parameters),
            row.result,
            row.decorates,
            row.deprecated,
        )

    def _class(self, index: int, members: Mapping[str, Member]) -> Class:
        row = ClassRow(*self._data["classes"][index])
        return Class(
            row.name,
            row.module,
            _CLASS_KINDS[row.kind],
            tuple(row.bases),
            members,
            tuple(self._parameters[parameter] for parameter in row.parameters),
            row.open,
            row.forbids_extra,
            foreign=tuple(row.foreign),
        )

    def lifetimes(self) -> dict[str, Lifetime]:
        """When each name appeared, was deprecated and went, by the keys of ``Facts``."""
        data = self._data
        found: dict[str, Lifetime] = {}
        for name, timeline in data["export_timelines"].items():
            found[f"hatchet_sdk.{name}"] = self._lifetime(
                [(release, row is not None, None) for release, row in timeline]
            )
        for name, timeline in data["class_timelines"].items():
            rows = [(release, None if row is None else ClassRow(*data["classes"][row])) for release, row in timeline]
            found[name] = self._lifetime([(release, row is not None, None) for release, row in rows])
            found.update(self._of_parameters(name, [(release, row.parameters if row else ()) for release, row in rows]))
        for name, timeline in (*data["member_timelines"].items(), *data["function_timelines"].items()):
            spells = [(release, None if row is None else MemberRow(*data["members"][row])) for release, row in timeline]
            found[name] = self._lifetime(
                [(release, row is not None, row.deprecated if row else None) for release, row in spells]
            )
            found.update(
                self._of_parameters(name, [(release, row.parameters if row else ()) for release, row in spells])
            )
        return found

    def _of_parameters(self, owner: str, spells: Sequence[tuple[int, Sequence[int]]]) -> Iterator[tuple[str, Lifetime]]:
        """What a callable takes from each of the given releases on, as the lifetimes of its parameters."""
        by_release = [
            (release, {self._parameters[index].name: self._parameters[index] for index in rows})
            for release, rows in spells
        ]
        for name in dict.fromkeys(name for _, parameters in by_release for name in parameters):
            yield (
                f"{owner}({name})",
                self._lifetime(
                    [
                        (release, name in parameters, parameters[name].deprecated if name in parameters else None)
                        for release, parameters in by_release
                    ]
                ),
            )

    def _lifetime(self, spells: Sequence[tuple[int, bool, str | None]]) -> Lifetime:
        """Of ``(release, present, deprecation warning)`` from each release on."""
        since, removed, deprecated = 0, None, None
        gone = True
        for release, present, warning in spells:
            if present and gone:
                since, removed, deprecated = release, None, None
            if present:
                deprecated = None if warning is None else release if deprecated is None else deprecated
            elif not gone:
                removed = release
            gone = not present
        return Lifetime(
            self.releases[since],
            None if removed is None else self.releases[removed],
            None if deprecated is None else self.releases[deprecated],
        )


def _present(timelines: Mapping[str, Timeline], release: int) -> Iterator[tuple[str, int]]:
    """The names that are there in a release, with their rows."""
    for name, timeline in timelines.items():
        row = None
        for start, following in timeline:
            if start > release:
                break
            row = following
        if row is not None:
            yield name, row
