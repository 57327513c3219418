"""What a rule says: findings and fixes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from hatchet_ls.text import Edit, Source, Span


class Severity(Enum):
    """How bad a finding is, worst first. ``ERROR`` is certain failure, proved against the real SDK."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """0 is worst."""
        return list(Severity).index(self)


class Applicability(Enum):
    """Who may apply a fix."""

    SAFE = "safe"
    """Keeps the meaning, or the code was certainly broken: may be applied without asking."""
    UNSAFE = "unsafe"
    """May change what the code does: only when asked for."""
    DISPLAY = "display"
    """Shown, never applied."""


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits to the finding's own source that mend it."""

    title: str
    """In the imperative, without a full stop: ``Add `backoff_factor=2.0` ``."""
    edits: tuple[Edit, ...]
    applicability: Applicability


@dataclass(frozen=True, slots=True)
class Related:
    """A further place, perhaps in another source, that explains a finding."""

    source: Source
    span: Span
    message: str

    @property
    def path(self) -> Path:
        """The file that it is in."""
        return self.source.path


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that one rule says about one place of the source that is being checked."""

    span: Span
    message: str
    """One sentence about *this* code, with the value and its consequence; code in backticks, no full stop."""
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    """A rule sets it only when it differs from the rule's own; ``check`` settles it."""
    deprecated: bool = False
    """Show it struck through (LSP's Deprecated tag)."""
    others: tuple[Fix, ...] = ()
    """What may be meant instead of what ``fix`` writes: editors offer each, nothing else applies them."""
    rule: str = ""
    """The rule's name; ``check`` fills it in."""
