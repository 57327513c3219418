"""The SDK's types for the resolver: which class a chain of SDK calls and attributes leads to.

A path is kept in the form ``hatchet_sdk.<Class>`` for a class, ``hatchet_sdk.<Class>()`` for an object of it and
``hatchet_sdk.<Class>().<member>`` for a bound method, whatever module it was imported from.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from hatchet_ls.hatchet.facts import ClassKind, Facts, Member, MemberKind
from hatchet_ls.python.values import EnumMember

PREFIX = "hatchet_sdk."
_MEMBER = re.compile(r"hatchet_sdk\.(?P<cls>\w+)(?P<object>\(\))?\.(?P<member>\w+)(?P<called>\(\))*$")
_DECORATORS = frozenset({"task", "durable_task", "batch_task", "on_failure_task", "on_success_task"})
_MAKERS = _DECORATORS | {"workflow", "worker"}


class SdkTypes:
    """``LibraryTypes`` from the facts."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def normalise(self, path: str) -> str:
        """The path of the same thing by its type; paths of other libraries stay as they are."""
        if not path.startswith(PREFIX):
            return path
        head, dot, rest = path.partition("()")
        cls = self._facts.class_of(head)
        if cls is not None:
            path = PREFIX + cls.name + dot + rest
        elif not dot and "." not in head.removeprefix(PREFIX):
            name = head.removeprefix(PREFIX)
            return PREFIX + self._facts.exports.get(name, name)
        found = _MEMBER.fullmatch(path)
        member = self._member(found) if found else None
        if found is None or member is None:
            return path
        calls = path.count("()") - (1 if found["object"] else 0)
        if member.kind in (MemberKind.PROPERTY, MemberKind.FIELD):
            return f"{PREFIX}{member.result}()" if calls == 0 and member.result else path
        if member.kind is MemberKind.METHOD and member.result and not member.is_async and calls == 1 + member.decorates:
            return f"{PREFIX}{member.result}()"
        return path

    def is_decorator(self, path: str) -> bool:
        """Whether the path is ``….task()`` or the like, which makes a task of a function."""
        if not path.endswith("()") or path.endswith("()()"):
            return False
        found = _MEMBER.fullmatch(path)
        member = self._member(found) if found else None
        return member is not None and member.decorates

    def awaited(self, path: str) -> str:
        """What awaiting a coroutine method's call gives."""
        found = _MEMBER.fullmatch(path) if path.endswith("()") else None
        member = self._member(found) if found else None
        if member is not None and member.is_async and member.result:
            return f"{PREFIX}{member.result}()"
        return path

    def may_matter(self, attribute: str) -> bool:
        """Whether an attribute makes a Hatchet thing, so that it is worth finding out what it belongs to."""
        return attribute in _MAKERS

    def names(self, module: str) -> Collection[str] | None:
        """What the SDK exports; other libraries' names are not known."""
        return self._facts.exports if module == PREFIX.rstrip(".") else None

    def enum_member(self, path: str) -> EnumMember | None:
        """The enum member that a path names, whether the installed release has it or not."""
        head, _, name = path.rpartition(".")
        cls = self._facts.class_of(head)
        if cls is None or cls.kind is not ClassKind.ENUM:
            return None
        member = cls.members.get(name)
        return EnumMember(cls.name, name) if member is not None and member.kind is MemberKind.ENUM_MEMBER else None

    def is_object(self, path: str) -> bool:
        """Whether a path is a class of the SDK, an object of one, or a decorator that makes tasks."""
        return self._facts.class_of(path.removesuffix("()")) is not None or self.is_decorator(path)

    def _member(self, found: re.Match[str]) -> Member | None:
        return self._facts.member(found["cls"], found["member"])
