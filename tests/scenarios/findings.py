"""A finding as every door shows it, so that doors can be compared."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A finding; rows and columns start at 1, columns count code points."""

    filename: str
    """Relative to the workspace, with forward slashes."""
    row: int
    column: int
    end_row: int
    end_column: int
    severity: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity} [{self.rule}] at {self.filename}:{self.row}:{self.column}: {self.message}"
