"""What a given version of ``hatchet_sdk`` has: the vocabulary of SDK facts.

Facts come from the SDK's own source, by parsing (``hatchet/facts_reader.py``), or from the table over the
published releases in ``schemas/`` (``hatchet/facts_history.py``). Nobody types facts by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from hatchet_ls.hatchet.foreign import public_names

UNDESCRIBED = (
    "hatchet_sdk.clients.dispatcher",
    "hatchet_sdk.clients.event_ts",
    "hatchet_sdk.clients.listeners.durable_event_listener",
    "hatchet_sdk.clients.listeners.legacy",
    "hatchet_sdk.clients.listeners.pooled_listener",
    "hatchet_sdk.clients.listeners.workflow_listener",
    "hatchet_sdk.clients.rest",
    "hatchet_sdk.contracts",
    "hatchet_sdk.deprecated",
    "hatchet_sdk.utils.cache",
    "hatchet_sdk.v0",
    "hatchet_sdk.worker.action_listener_process",
    "hatchet_sdk.worker.durable_eviction",
    "hatchet_sdk.worker.runner",
)
"""Trees of the SDK that the facts leave out: generated ones, outdated ones, and the machinery behind worker and client.
Some of them reuse names such as ``Workflow``."""


class Version(NamedTuple):
    """A release of the SDK; compares as releases do."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @classmethod
    def parse(cls, text: str) -> Version | None:
        """Read ``1.43.1``; None if it is no version. Missing parts count as 0, suffixes such as ``rc1`` are dropped."""
        parts: list[int] = []
        for part in text.strip().split(".")[:3]:
            digits = ""
            for character in part:
                if not character.isdecimal():
                    break
                digits += character
            if not digits:
                break
            parts.append(int(digits))
        if not parts:
            return None
        return cls(*[*parts, 0, 0][:3])


class ParameterKind(Enum):
    """How a parameter takes its argument."""

    POSITIONAL = "positional"
    """By position or by keyword."""
    KEYWORD = "keyword"
    """By keyword only."""
    VAR_POSITIONAL = "var_positional"
    VAR_KEYWORD = "var_keyword"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an SDK callable, or one field of an SDK model."""

    name: str
    kind: ParameterKind
    annotation: str
    """As written in the SDK's source; empty if none."""
    default: str | None
    """As written in the SDK's source; None when the argument is required."""
    deprecated: str | None = None
    """The SDK's warning when anything but None (or anything truthy) is passed; None when not deprecated."""

    @property
    def required(self) -> bool:
        """Whether a call must pass it."""
        return self.default is None and self.kind in (ParameterKind.POSITIONAL, ParameterKind.KEYWORD)


class MemberKind(Enum):
    """What an attribute of an SDK class is."""

    METHOD = "method"
    PROPERTY = "property"
    FIELD = "field"
    """A model field, a class variable or an attribute that a method assigns to ``self``."""
    ENUM_MEMBER = "enum_member"


@dataclass(frozen=True, slots=True)
class Member:
    """One attribute of an SDK class."""

    name: str
    kind: MemberKind
    is_async: bool = False
    parameters: tuple[Parameter, ...] = ()
    """Of a method, without ``self``/``cls``."""
    result: str | None = None
    """The SDK class of what a call (method) or an access (property, field) gives, when that is an SDK class."""
    decorates: bool = False
    """The method returns a decorator, and ``result`` is what that decorator makes of a function."""
    deprecated: str | None = None
    """The SDK's deprecation warning, replacement included; None when not deprecated."""
    docs: str = ""
    """The first paragraph of the docstring, for hovers."""
    parameter_docs: Mapping[str, str] = field(default_factory=dict)
    """``:param name:`` texts of the docstring."""


class ClassKind(Enum):
    """How a class of the SDK is built."""

    MODEL = "model"
    """A pydantic model: keyword-only, unknown keywords are ignored unless it forbids them."""
    ENUM = "enum"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Class:
    """One class of the SDK with everything it inherits inside the SDK."""

    name: str
    module: str
    kind: ClassKind
    bases: tuple[str, ...]
    """Names of the SDK classes that it extends, directly or not, nearest first."""
    members: Mapping[str, Member]
    parameters: tuple[Parameter, ...]
    """Of the constructor; of a model its fields, by the names (aliases) that the constructor takes."""
    open: bool = False
    """It has attributes that no reading finds (``__getattr__``, ``extra="allow"``, a base outside the SDK that is
    not a plain pydantic model or enum)."""
    forbids_extra: bool = False
    """A model with ``extra="forbid"``: an unknown keyword raises instead of being ignored."""
    docs: str = ""
    parameter_docs: Mapping[str, str] = field(default_factory=dict)
    """What the SDK says about the constructor's parameters."""
    foreign: tuple[str, ...] = ()
    """Dotted paths of its bases outside the SDK, such as ``pydantic.BaseModel``; empty for one that cannot be told."""

    @property
    def outside(self) -> frozenset[str]:
        """Public names that it inherits from bases outside the SDK: ``model_dump``, ``value``, ``with_traceback``.

        Of an enum it is the class that is asked: that has ``mro``, too.
        """
        of_class = ("mro",) if self.kind is ClassKind.ENUM else ()
        return frozenset(of_class).union(*(public_names(path) or () for path in self.foreign))

    def has(self, name: str) -> bool:
        """Whether an object may have the attribute; private names are not recorded and always count as there."""
        return self.open or name.startswith("_") or name in self.members or name in self.outside


@dataclass(frozen=True, slots=True)
class Lifetime:
    """When a name of the SDK's API appeared, was deprecated and went, over the published 1.x releases.

    Of a name that went and came back it is the time since it came back.
    """

    since: Version
    removed: Version | None = None
    """The first release without it."""
    deprecated: Version | None = None


@dataclass(frozen=True)
class Facts:
    """What one version of the SDK has.

    Keys: a class by its name (``"RateLimit"``); a member as ``"Hatchet.task"``; a parameter as
    ``"Hatchet.task(retries)"``; a constructor parameter or model field as ``"RateLimit(units)"``;
    a top-level name as ``"hatchet_sdk.RateLimit"``.
    """

    version: Version
    installed: bool
    """Read from the user's environment; False when it is the bundled table that speaks."""
    classes: Mapping[str, Class]
    exports: Mapping[str, str]
    """Names that ``hatchet_sdk`` exports → the class or function they are, by its key; of what is not described here
    (generated REST models that are no enums, and the like) its dotted path."""
    functions: Mapping[str, Member]
    """Module-level functions that are exported, such as ``or_``."""
    history: Mapping[str, Lifetime]
    """Over all published 1.x releases, by the keys above."""
    left_out: frozenset[str] = frozenset()
    """Dotted paths of classes of which another class has the name."""
    others: frozenset[str] = frozenset()
    """Further names of the package ``hatchet_sdk``: its modules, and what it takes from elsewhere (``os``)."""
    lacking: frozenset[str] = frozenset()
    """What its ``__all__`` lists and it does not have, so that ``from hatchet_sdk import *`` raises."""
    open: bool = False
    """The package has names that no reading finds (``__getattr__``, star imports)."""

    def may_have(self, name: str) -> bool:
        """Whether ``hatchet_sdk`` may have a name; private names are not recorded and always count as there."""
        return self.open or name.startswith("_") or name in self.exports or name in self.others

    def class_of(self, dotted: str) -> Class | None:
        """The class behind a dotted path: ``hatchet_sdk.RateLimit``, ``hatchet_sdk.types.rate_limit.RateLimit``."""
        head, _, name = dotted.rpartition(".")
        if head == "hatchet_sdk":
            return self.classes.get(self.exports.get(name, name))
        if not head.startswith("hatchet_sdk.") or dotted in self.left_out:
            return None
        cls = self.classes.get(name)
        return None if cls is None or (head.startswith(UNDESCRIBED) and cls.module != head) else cls

    def member(self, class_name: str, name: str) -> Member | None:
        """A member of a class, inherited ones included."""
        cls = self.classes.get(class_name)
        return cls.members.get(name) if cls else None

    def since(self, key: str) -> Version | None:
        """The release that brought the key; None if no published 1.x release has it."""
        lifetime = self.history.get(key)
        return lifetime.since if lifetime else None


def without_docs(facts: Facts) -> Facts:
    """The same facts without the SDK's documentation."""

    def bare(members: Mapping[str, Member]) -> dict[str, Member]:
        return {name: replace(member, docs="", parameter_docs={}) for name, member in members.items()}

    classes = {
        name: replace(cls, docs="", parameter_docs={}, members=bare(cls.members)) for name, cls in facts.classes.items()
    }
    return replace(facts, classes=classes, functions=bare(facts.functions))
