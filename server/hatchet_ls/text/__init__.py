"""Source text, positions and edits. Knows nothing of Python, Hatchet or LSP."""

from hatchet_ls.text.edits import Edit, OverlappingEdits, apply_edits, combine
from hatchet_ls.text.source import Position, Source
from hatchet_ls.text.span import Span

__all__ = ["Edit", "OverlappingEdits", "Position", "Source", "Span", "apply_edits", "combine"]
