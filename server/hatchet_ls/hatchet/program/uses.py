"""What a source takes from the SDK and its objects, and signs of another SDK."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from hatchet_ls.hatchet.program.calls import Call
from hatchet_ls.hatchet.program.made import Task
from hatchet_ls.python.flow import Use
from hatchet_ls.text import Source, Span


@dataclass(frozen=True, eq=False)
class Access:
    """An attribute of an SDK object: ``ctx.retry_count``, ``worker.start``."""

    source: Source
    owner: str
    """The SDK class, by the facts' name: ``DurableContext``."""
    owner_span: Span
    name: str
    span: Span
    """Of the name."""
    subclassed: bool
    """The object is of a user's subclass, which may have attributes of its own."""
    call: Call | None
    """When the attribute is called at once and is the SDK's."""
    called: bool
    awaited: bool
    stored: bool
    """It is assigned to or deleted, not read."""
    guard: Callable[[], bool] = field(repr=False)
    """Whether it is ``guarded`` (computed on demand)."""
    decorator: bool
    """It is a decorator without parentheses: ``@wf.task``."""
    subscript: bool
    """It is a member of an enum, taken by its quoted name: ``StickyStrategy["SOFT"]``."""
    task: Task | None
    uses: Callable[[], frozenset[Use]] = field(default=frozenset, repr=False)
    """What becomes of its value in the body of ``task``, as in a durable task (computed on demand)."""

    @property
    def guarded(self) -> bool:
        """As for calls; also under ``hasattr`` of that name or ``except AttributeError``."""
        return self.guard()


@dataclass(frozen=True, eq=False)
class PackageName:
    """A name that is taken from the package itself: ``hatchet_sdk.RateLimit``, ``from hatchet_sdk import or_``."""

    source: Source
    name: str
    """``*`` for all that it has."""
    span: Span
    """Of the name in the package."""
    imported: bool
    """By ``from hatchet_sdk import``."""
    renamed: bool
    """The source does not use the name itself: it is an attribute, or imported ``as`` another one."""
    guard: Callable[[], bool] = field(repr=False)
    """Whether it is ``guarded`` (computed on demand)."""

    @property
    def guarded(self) -> bool:
        """As for calls; also where an import may fail."""
        return self.guard()


@dataclass(frozen=True, eq=False)
class Legacy:
    """The first sign that a source is written for hatchet-sdk 0.x, which releases since 1.0 certainly refuse."""

    span: Span
    """Of the name after the client: ``step`` in ``@hatchet.step()``."""
    written: str
    """The decorator without its arguments: ``@hatchet.step``."""
    on_class: bool
    """It is ``workflow``, above a class; else it is what the client does not have any more."""
