"""The engine's only position type."""

from __future__ import annotations

from hatchet_ls.text.typed import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points, ``start <= end``, counted from the start of one source."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside (or is equal)."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: Span) -> bool:
        """Whether the two share a code point or meet at an edge (an empty span touches its place)."""
        return self.start <= other.end and other.start <= self.end
