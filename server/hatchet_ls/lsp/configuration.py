"""What the editor's own settings say. All else is in ``pyproject.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SECTION = "hatchet"
"""The editor's settings are under this name."""


def environment(settings: Any) -> str | None:
    """The Python environment that the editor chose: an interpreter's or an environment's path; None if it chose none.

    Takes ``{"hatchet": {"environment": ...}}`` or what is inside. Whatever else is in there is not ours.
    """
    if isinstance(settings, Mapping) and isinstance(settings.get(SECTION), Mapping):
        settings = settings[SECTION]
    chosen = settings.get("environment") if isinstance(settings, Mapping) else None
    return chosen if isinstance(chosen, str) and chosen.strip() else None
