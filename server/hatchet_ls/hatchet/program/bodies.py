"""What runs when a task runs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from hatchet_ls.hatchet.program.calls import Argument, Call
from hatchet_ls.python.flow import How, Use
from hatchet_ls.text import Source, Span


@dataclass(frozen=True, eq=False)
class Step:
    """One hop from a task's body into the project's own code."""

    source: Source
    span: Span
    name: str
    """The helper's name."""


@dataclass(frozen=True, eq=False)
class BodyCall:
    """A call that runs when a function's body runs, by the dotted path of what is called.

    Paths are those of the imports, with ``()`` for an instance or result: ``time.sleep``, ``datetime.datetime.now``,
    ``requests.Session().get``, ``hatchet_sdk.DurableContext().aio_sleep_for``; builtins are ``open``, ``input``.
    The subscript ``os.environ[...]`` is a call of ``os.environ.__getitem__``.
    """

    path: str
    span: Span
    """In the function's own body: the call, or the call of the helper that leads to it."""
    trail: tuple[Step, ...]
    """Empty for a direct call; else the helper called, and then the call inside it."""
    awaited: bool
    discarded: bool
    """The call (or its ``await``) is a whole statement: its result goes nowhere."""
    arguments: tuple[Argument, ...]
    """As written; positional ones are named ``0``, ``1`` …"""
    call: Call | None = None
    """When it is a call of the SDK, directly in this body."""
    uses: Callable[[], frozenset[Use]] = field(default=frozenset, repr=False)
    """What becomes of its result in this body, as in a durable task (computed on demand)."""
    left_open: bool = False
    """It is inside a coroutine that is made here without being awaited: others may run it, beside this body."""
    implicit: bool = False
    """A model makes it by itself, for a field that is not given."""
    in_generator: bool = False
    """It stands in a generator expression, which an ``await`` would turn into an asynchronous one."""
    whole: Callable[[], bool] = field(default=lambda: False, repr=False)
    """Whether all that it is given certainly are whole numbers (computed on demand)."""


@dataclass(frozen=True, eq=False)
class OrderTaken:
    """A place where the items of a set are taken one after another, in an order that may be another one elsewhere."""

    span: Span
    """In the function's own body: the place, or the call of the helper that leads to it."""
    trail: tuple[Step, ...]
    """As that of a ``BodyCall``."""
    source: Source
    place: Span
    """Where the set stands, be it in a helper."""
    how: How
    has_texts: bool
    """All items are texts, which can be sorted."""
    is_certain: bool
    """Some items are texts, whose hash is another one in each process; of the others nothing is known."""
    made: tuple[Span, ...]
    """Where the same function makes the set."""
    uses: Callable[[], frozenset[Use]] = field(repr=False)
    """What becomes of the order, as in a durable task (computed on demand)."""


@dataclass(frozen=True, eq=False)
class Function:
    """The function that a task runs."""

    source: Source
    name: str
    """``<lambda>`` for a lambda."""
    is_lambda: bool
    name_span: Span
    """Of a lambda its first word."""
    header_span: Span
    """From ``async``/``def``/``lambda`` to the colon."""
    body_span: Span
    is_async: bool
    wrapped: bool
    """It stands under a decorator, below the task's, that may call it in its own way."""
    input_span: Span | None
    """Of the first parameter's name."""
    context_span: Span | None
    """Of the second parameter's name."""
    context_name: str | None
    calls: Callable[[], Sequence[BodyCall]] = field(repr=False)
    """The calls that its body makes, and those one call deep in the project's own helpers (computed on demand)."""
    orders: Callable[[], Sequence[OrderTaken]] = field(repr=False)
    """Where it, or a helper one call deep, takes the items of sets; nothing unless it makes durable calls."""
    raises: Callable[[], Collection[str]] = field(repr=False)
    """The exceptions of libraries that it, or a helper one call deep, raises, by their paths; for those of the project
    their bases (computed on demand)."""
    yields: Callable[[], bool] = field(repr=False)
    """Whether it is a generator (computed on demand)."""
