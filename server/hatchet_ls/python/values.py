"""What is known about an expression without running it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hatchet_ls.text import Source, Span


@dataclass(frozen=True, slots=True)
class Known:
    """A value that the sources settle.

    ``value`` is an ``int``, ``float``, ``bool``, ``str``, ``bytes``, ``None``, ``datetime.timedelta``, or an
    ``Items``, ``Entries``, ``EnumMember`` or ``Object``. Match it by structure: ``case Known(str(text))``; mind that a
    ``bool`` is an ``int``.
    """

    value: Any
    source: Source
    """Where the value is written, which is another file or line when a name carries it here."""
    span: Span
    parts: tuple[tuple[Span, Known], ...] = field(default=(), compare=False, repr=False)
    """Of strings that are added up: where each operand stands in the sum, and its value, which may be written
    elsewhere."""

    __match_args__ = ("value",)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing certain is known. Rules are silent on it."""

    source: Source
    span: Span


Value = Known | Unknown


@dataclass(frozen=True, slots=True)
class Items:
    """A list, tuple or set display (``kind`` says which). ``complete`` is False when it holds a ``*rest`` that is not
    known; the items of one that is known are among its own."""

    kind: str
    items: tuple[Value, ...]
    complete: bool = True
    places: tuple[Span, ...] = field(default=(), compare=False)
    """Where each item stands in the display (of several, the ``*rest``); its value may be written elsewhere."""

    __match_args__ = ("kind", "items")


@dataclass(frozen=True, slots=True)
class Entries:
    """A dict display. ``complete`` is False when it holds a ``**rest``."""

    entries: tuple[tuple[Value, Value], ...]
    complete: bool = True
    places: tuple[tuple[Span, Span], ...] = field(default=(), compare=False)
    """Where each key and value stands in the display; they may be written elsewhere."""


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A member of an enum of a library, such as ``hatchet_sdk.RateLimitDuration`` ``.MINUTE``."""

    enum: str
    """The class's dotted path as imported."""
    name: str


@dataclass(frozen=True, slots=True)
class Object:
    """Something that is made elsewhere, by its type's dotted path: ``hatchet_sdk.Task()`` is an instance of
    ``hatchet_sdk.Task``, ``hatchet_sdk.Task`` the class itself, a plain function of the project is ``def``."""

    path: str
    source: Source | None
    """Where it is made (its call, its decorated function, a generic class's ``Page[Line]``), when that is known."""
    span: Span | None
