"""The section ``hatchet`` of an editor's settings, as it holds for one folder."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hatchet_ls.project.options import OPTIONS, Option, TableProblem, kind, read_options, read_path
from hatchet_ls.project.settings import Globs, Overrides

CLIENT_ONLY = frozenset({"importStrategy", "interpreter", "trace"})
"""What the section says to an editor's extension, and not to the server."""


@dataclass(frozen=True)
class EditorSettings:
    """What holds for the files of a folder: what is right in the section, or else what was right there before."""

    root: Path
    values: Mapping[str, Any] = field(default_factory=dict)
    """By the options' fields."""
    problems: tuple[str, ...] = ()
    """What is wrong in the section, in words."""

    @property
    def overrides(self) -> Overrides:
        """What is said over every ``pyproject.toml``."""
        names = Overrides.__dataclass_fields__.keys() - {"exclude"}
        exclude = Globs(self.root, self.values["exclude"]) if self.values.get("exclude") else None
        return Overrides(**{name: self.values[name] for name in names & self.values.keys()}, exclude=exclude)

    @property
    def active_environment(self) -> Path | None:
        """The environment that the editor has active, where nobody names one."""
        return self.values.get("active_environment")

    @property
    def dashboard_url(self) -> str | None:
        """Where Hatchet's dashboard is."""
        return self.values.get("dashboard_url")


def read_section(section: Mapping[str, object], last: EditorSettings) -> EditorSettings:
    """Read what an editor says now for the folder of ``last``, which is what held there before.

    None, and what is empty, says nothing: editors send it for settings that nobody has set. In the place of a setting
    that is wrong its last value stays.
    """
    said = {name: value for name, value in section.items() if name not in CLIENT_ONLY and value not in _NOTHING}
    values, problems = read_options(said, last.root, EDITOR_OPTIONS)
    for name in {str(problem.path[0]) for problem in problems} & EDITOR_OPTIONS.keys():
        kept = EDITOR_OPTIONS[name].field
        if kept in last.values:
            values[kept] = last.values[kept]
        elif not values.get(kept):
            values.pop(kept, None)
    return EditorSettings(last.root, values, tuple(problem.message for problem in problems))


_NOTHING: tuple[object, ...] = (None, "", [], {})


def _read_url(name: str, value: object) -> tuple[str | None, list[TableProblem]]:
    if not isinstance(value, str):
        return None, [TableProblem((), f"`{name}` must be a string, not {kind(value)}")]
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return None, [TableProblem((), f"`{name}` must be a URL that starts with http:// or https://")]
    return value.strip(), []


EDITOR_ONLY: Mapping[str, Option] = {
    "dashboardUrl": Option(
        "dashboard_url",
        "Where your tenant is in Hatchet's dashboard: the address of any of its pages, such as "
        "`https://cloud.onhatchet.run/tenants/707d0855-80ab-4e1f-a156-f1c4546cbf52`. The page that opens is then the "
        "tenant's list of workflows, searched for the name; from there a click leads to the workflow's runs. Or any "
        "address with `{workflow}` in the place of the workflow's name.",
        _read_url,
        {"type": "string"},
    ),
    "activeEnvironment": Option(
        "active_environment",
        "For extensions to fill in, not for users: the virtual environment (its directory or its interpreter) that is "
        "active in the editor. It counts where neither the editor's settings nor `pyproject.toml` name one.",
        read_path,
        {"type": "string"},
    ),
}
"""What only editors say."""

EDITOR_OPTIONS: Mapping[str, Option] = {
    **{re.sub(r"-(\w)", lambda match: match[1].upper(), name): option for name, option in OPTIONS.items()},
    **EDITOR_ONLY,
}
"""By the names in an editor's settings: those of ``pyproject.toml`` in camel case, and those that only editors have."""
