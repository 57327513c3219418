"""Calls of the SDK and their arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from hatchet_ls.hatchet import edits
from hatchet_ls.hatchet.edits import Layout
from hatchet_ls.hatchet.facts import Parameter
from hatchet_ls.python.values import Unknown, Value
from hatchet_ls.text import Edit, Source, Span

if TYPE_CHECKING:
    from hatchet_ls.hatchet.program.made import Task


@dataclass(frozen=True, eq=False)
class Argument:
    """One argument of a call, written or not."""

    name: str
    """The parameter that it goes to; of an unknown keyword the keyword."""
    written: bool
    span: Span
    """Of the value as written in the call; of an argument that is not written, the call's name."""
    keyword_span: Span | None
    """Of the keyword; None for an argument by position or one that is not written."""
    read: Callable[[], Value] = field(repr=False)

    @cached_property
    def value(self) -> Value:
        """What it is. Most arguments are never asked."""
        return self.read()

    @property
    def place(self) -> Span:
        """Where to report on it: ``keyword=value`` is reported on the value."""
        return self.span


class Site(Protocol):
    """Where a call stands. Most calls are never asked, so all of it is computed on demand."""

    @property
    def span(self) -> Span:
        """Of the whole call."""

    @property
    def name_span(self) -> Span:
        """Of the last name before the parenthesis: ``task`` in ``app.hatchet.task(...)``."""

    @property
    def receiver_span(self) -> Span | None:
        """Of what it is called on: ``app.hatchet``; None for a constructor or function called by a bare name."""

    @property
    def parentheses(self) -> Span:
        """From ``(`` to ``)``, both included."""

    @property
    def guarded(self) -> bool:
        """It stands where a failure is expected or never happens: ``pytest.raises``, ``try … except TypeError``,
        ``if TYPE_CHECKING``, a line with ``# type: ignore``; or in a branch for some releases of the SDK:
        ``if hasattr(hatchet, ...)``, ``if version("hatchet-sdk") < ...``."""

    def asks_for(self, keyword: str) -> bool:
        """It stands behind a test that names one of its keywords: ``if accepts(hatchet.worker, "max_runs")``."""

    @property
    def block(self) -> Span | None:
        """The innermost block of statements (or lambda) in which it stands; None for the top of the module."""

    @property
    def task(self) -> Task | None:
        """The task in whose body it stands (not in a nested function), if any."""

    @property
    def layout(self) -> Layout:
        """Where its arguments stand."""


@dataclass(frozen=True, eq=False)
class Call:
    """A call of something of the SDK: a method of its objects, a constructor, a function.

    A decorator is the call inside it: of ``@wf.task(retries=1)`` it is ``wf.task(retries=1)``. A decorator without
    parentheses is no ``Call`` (see ``Access``).
    """

    source: Source
    key: str
    """In the words of the facts: ``Hatchet.task``, ``RateLimit`` (a constructor), ``or_`` (a function)."""
    arguments: tuple[Argument, ...]
    """As written, in order; ``*args`` and ``**kwargs`` are left out (see ``open``)."""
    parameters: tuple[Parameter, ...]
    """What the SDK takes here."""
    open: bool
    """It has ``*args`` or ``**kwargs``: what is not written may still be passed."""
    overridden: frozenset[str] | None
    """Parameters that a subclass of the user's redefines (their meaning is unknown); None when the SDK's own
    callable is called. An overridden callable may take more and need less than ``parameters`` say."""
    awaited: bool
    site: Site = field(repr=False)

    @property
    def span(self) -> Span:
        """Of the whole call."""
        return self.site.span

    @property
    def name_span(self) -> Span:
        """Of the last name before the parenthesis."""
        return self.site.name_span

    @property
    def guarded(self) -> bool:
        """It stands where a failure is expected or never happens (see ``Site``)."""
        return self.site.guarded

    @property
    def task(self) -> Task | None:
        """The task in whose body it stands (not in a nested function), if any."""
        return self.site.task

    def argument(self, name: str) -> Argument:
        """The argument of a parameter. When it is not written its value is ``Unknown``."""
        span = self.name_span
        return self.written(name) or Argument(name, False, span, None, lambda: Unknown(self.source, span))

    def written(self, name: str) -> Argument | None:
        """The argument of a parameter, if it is written."""
        return self._by_name.get(name)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of a name, if the SDK has one here."""
        return self._taken.get(name)

    @cached_property
    def _by_name(self) -> dict[str, Argument]:
        return {argument.name: argument for argument in reversed(self.arguments)}

    @cached_property
    def _taken(self) -> dict[str, Parameter]:
        return {parameter.name: parameter for parameter in self.parameters}

    def omits(self, name: str) -> bool:
        """Whether it is certain that nothing is passed for a parameter (no ``**kwargs``, no overriding subclass)."""
        return not self.open and self.overridden is None and self.written(name) is None

    def add_arguments(self, *texts: str) -> tuple[Edit, ...]:
        """Edits that append arguments (``"retries=3"``), in the call's own layout, before a closing ``**kwargs``."""
        return edits.add_arguments(self.site.layout, texts)

    def remove_argument(self, argument: Argument) -> tuple[Edit, ...]:
        """Edits that take an argument and its comma away."""
        return edits.remove_argument(self.site.layout, argument.span)
