"""What an older SDK has under another name, for snippets that are written for a later release."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any


class LaterModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Modules of the SDK that a later release has; they hold whatever classes the installed one has."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A module that the installed SDK lacks (the last finder is only asked about those)."""
        return importlib.machinery.ModuleSpec(name, self, is_package=True) if name.startswith("hatchet_sdk.") else None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        """Leave it to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Take every name from where the SDK has it."""
        vars(module)["__getattr__"] = elsewhere


def elsewhere(name: str) -> Any:
    """A name of the SDK, from whichever of its modules has it."""
    for path, module in list(sys.modules.items()):
        own = path.startswith("hatchet_sdk.") and not path.startswith("hatchet_sdk.clients.rest")
        if own and not name.startswith("__") and name in vars(module):
            return vars(module)[name]
    raise AttributeError(f"the SDK has no {name!r}", name=name, obj=sys.modules["hatchet_sdk"])


def export_later_names() -> None:
    """Let ``from hatchet_sdk import RateLimit`` work on a release that has it in a module of its own."""
    vars(sys.modules["hatchet_sdk"])["__getattr__"] = elsewhere
    sys.meta_path.append(LaterModules())
