"""Makes the table of facts that comes with the tool (for ``scripts/generate_sdk_facts.py``)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeVar

from hatchet_ls.hatchet.facts import Class, ClassKind, Facts, Member, MemberKind, Parameter, ParameterKind
from hatchet_ls.hatchet.facts_table import ClassRow, MemberRow, ParameterRow, TableData, Timeline


def encode(releases: Sequence[Facts]) -> TableData:
    """The table over releases, given oldest first."""
    encoder = _Encoder()
    for index, facts in enumerate(releases):
        encoder.add(index, facts)
    return encoder.data([str(facts.version) for facts in releases])


class _Encoder:
    def __init__(self) -> None:
        self._parameters: dict[ParameterRow, int] = {}
        self._members: dict[MemberRow, int] = {}
        self._classes: dict[ClassRow, int] = {}
        self._exports: dict[str, int] = {}
        self._timelines: dict[str, dict[str, Timeline]] = {}

    def add(self, index: int, facts: Facts) -> None:
        members = {
            f"{name}.{member.name}": member for name, cls in facts.classes.items() for member in cls.members.values()
        }
        self._extend("class", index, {name: self._class(cls) for name, cls in facts.classes.items()})
        self._extend("member", index, {key: self._member(member) for key, member in members.items()})
        self._extend("function", index, {name: self._member(member) for name, member in facts.functions.items()})
        self._extend("export", index, {name: _place(self._exports, path) for name, path in facts.exports.items()})
        self._extend("left_out", index, dict.fromkeys(sorted(facts.left_out), 0))
        self._extend("other", index, dict.fromkeys(sorted(facts.others), 0))
        self._extend("lacking", index, dict.fromkeys(sorted(facts.lacking), 0))

    def data(self, releases: list[str]) -> TableData:
        lines = self._timelines
        return TableData(
            releases=releases,
            parameters=list(self._parameters),
            members=list(self._members),
            classes=list(self._classes),
            exports=list(self._exports),
            class_timelines=lines["class"],
            member_timelines=lines["member"],
            function_timelines=lines["function"],
            export_timelines=lines["export"],
            left_out_timelines=lines["left_out"],
            other_timelines=lines["other"],
            lacking_timelines=lines["lacking"],
        )

    def _extend(self, kind: str, index: int, present: Mapping[str, int]) -> None:
        timelines = self._timelines.setdefault(kind, {})
        for name in dict.fromkeys((*timelines, *present)):
            timeline = timelines.setdefault(name, [])
            if not timeline or timeline[-1][1] != present.get(name):
                timeline.append((index, present.get(name)))

    def _places(self, parameters: Sequence[Parameter]) -> tuple[int, ...]:
        rows = (
            ParameterRow(
                parameter.name,
                list(ParameterKind).index(parameter.kind),
                parameter.annotation,
                parameter.default,
                parameter.deprecated,
            )
            for parameter in parameters
        )
        return tuple(_place(self._parameters, row) for row in rows)

    def _member(self, member: Member) -> int:
        row = MemberRow(
            member.name,
            list(MemberKind).index(member.kind),
            member.is_async,
            self._places(member.parameters),
            member.result,
            member.decorates,
            member.deprecated,
        )
        return _place(self._members, row)

    def _class(self, cls: Class) -> int:
        row = ClassRow(
            cls.name,
            cls.module,
            list(ClassKind).index(cls.kind),
            cls.bases,
            self._places(cls.parameters),
            cls.open,
            cls.forbids_extra,
            cls.foreign,
        )
        return _place(self._classes, row)


_Row = TypeVar("_Row")


def _place(rows: dict[_Row, int], row: _Row) -> int:
    return rows.setdefault(row, len(rows))


def written(data: TableData) -> str:
    """The table as the text of its file: JSON with one row or name a line."""
    parts = []
    for key, value in data.items():
        if isinstance(value, dict):
            lines = [f"{_json(name)}:{_json(timeline)}" for name, timeline in value.items()]
            parts.append(f"{_json(key)}:{{\n" + ",\n".join(lines) + "\n}")
        elif isinstance(value, list):
            parts.append(f"{_json(key)}:[\n" + ",\n".join(_json(row) for row in value) + "\n]")
    return "{" + ",\n".join(parts) + "}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
