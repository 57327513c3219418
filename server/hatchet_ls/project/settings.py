"""``[tool.hatchet-ls]`` of ``pyproject.toml``."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hatchet_ls.check import Selection
from hatchet_ls.project.selectors import did_you_mean, is_selector, nearest, selected, unknown_selector
from hatchet_ls.project.toml_places import Key, parse_toml, place_of
from hatchet_ls.rules import Severity, rules
from hatchet_ls.text import Source, Span

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

TABLE = ("tool", "hatchet-ls")

DEFAULT_EXCLUDE = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".hg",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".nox",
    ".pytest_cache",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pycache__",
    "__pypackages__",
    "_build",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
)

SEVERITIES: Mapping[str, Severity | None] = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "information": Severity.INFORMATION,
    "info": Severity.INFORMATION,
    "hint": Severity.HINT,
    "off": None,
}
"""How a severity is spelled in the settings; ``off`` silences the rule."""


class TableProblem(NamedTuple):
    """Something wrong in a settings table, wherever that table comes from (a file, an editor)."""

    path: tuple[Key, ...]
    """The keys that lead to it, from the table."""
    message: str


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """Something wrong in a ``pyproject.toml``."""

    source: Source
    """The ``pyproject.toml``."""
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a command line says over the file."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """The settings in force for a file."""

    root: Path
    """The directory that paths and globs are relative to: that of the ``pyproject.toml``."""
    pyproject: Path | None = None
    """The file that has the table; None for the defaults."""
    select: tuple[str, ...] | None = None
    """Rules, families or ``ALL`` that are on; None for all."""
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    """Severity by rule, family or ``all``; None is off."""
    exclude: tuple[str, ...] = ()
    """Globs as in ``.gitignore``, on top of the default ones (``!dist`` takes a default back)."""
    environment: Path | None = None
    """An environment's directory or interpreter, absolute."""
    semantic_tokens: bool = True
    """Editors are told how to colour CEL strings."""

    @cached_property
    def selection(self) -> Selection:
        """Which rules speak, and how loud."""
        on = selected(self.select, self.ignore)
        severities: dict[str, Severity] = {}
        for rule in rules().values():
            match nearest(self.severities, rule.name, rule.family):
                case (None,):
                    on -= {rule.name}
                case (Severity() as severity,):
                    severities[rule.name] = severity
        return Selection(on, severities)

    @cached_property
    def _globs(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines([*DEFAULT_EXCLUDE, *self.exclude])

    def excludes(self, path: Path, *, directory: bool = False) -> bool:
        """Whether ``exclude`` names an absolute path, or a directory above it and below ``root``."""
        try:
            relative = path.relative_to(self.root).as_posix()
        except ValueError:
            relative = path.name
        return self._globs.match_file(relative + "/" if directory else relative)

    def merged(self, overrides: Overrides) -> Settings:
        """These settings with a command line's over them.

        A ``select`` there starts afresh: neither ``ignore`` nor ``off`` of the file holds against it.
        """
        if overrides.select is None:
            return dataclasses.replace(self, ignore=(*self.ignore, *overrides.ignore))
        loud = {name: severity for name, severity in self.severities.items() if severity is not None}
        return dataclasses.replace(self, select=overrides.select, ignore=overrides.ignore, severities=loud)


def load_settings(pyproject: Path, text: str) -> tuple[Settings | None, tuple[SettingsProblem, ...]]:
    """Read the text of a ``pyproject.toml``.

    Returns the settings (None when the file has no ``[tool.hatchet-ls]``) with whatever in them is right, and what
    is wrong, in the order of the text. A file that is no TOML at all gives the defaults and one problem, provided
    that it mentions ``hatchet-ls``; otherwise its faults are not ours to report.
    """
    source = Source(pyproject, text)
    document, fault = parse_toml(source)
    if fault is not None:
        if TABLE[-1] not in text:
            return None, ()
        span, message = fault
        return Settings(pyproject.parent, pyproject), (SettingsProblem(source, span, f"invalid TOML: {message}"),)
    table: Any = document
    for key in TABLE:
        if not isinstance(table, dict) or key not in table:
            return None, ()
        table = table[key]
    settings, problems = read_table(table, pyproject.parent)
    placed = [
        SettingsProblem(source, place_of(source, (*TABLE, *problem.path)), problem.message) for problem in problems
    ]
    return dataclasses.replace(settings, pyproject=pyproject), tuple(sorted(placed, key=lambda each: each.span))


def read_table(table: object, root: Path) -> tuple[Settings, tuple[TableProblem, ...]]:
    """Settings from a table as TOML or JSON gives it: whatever in it is right, and what is wrong."""
    values: dict[str, Any] = {}
    problems: list[TableProblem] = []
    if not isinstance(table, dict):
        return Settings(root), (TableProblem((), f"`{TABLE[-1]}` must be a table, not {_kind(table)}"),)
    for name, value in table.items():
        option = OPTIONS.get(name)
        if option is None:
            problems.append(TableProblem((name,), f"unknown setting `{name}`{did_you_mean(name, OPTIONS)}"))
            continue
        kept, wrong = option.read(name, value)
        if kept is not None:
            values[option.field] = root / kept if option.field == "environment" else kept
        problems.extend(TableProblem((name, *problem.path), problem.message) for problem in wrong)
    return Settings(root, **values), tuple(problems)


def _read_selectors(name: str, value: object) -> tuple[tuple[str, ...] | None, list[TableProblem]]:
    kept, problems = _read_strings(name, value)
    for index, each in enumerate(kept or ()):
        if not is_selector(each):
            problems.append(TableProblem((index,), unknown_selector(each)))
    return kept and tuple(each for each in kept if is_selector(each)), problems


def _read_globs(name: str, value: object) -> tuple[tuple[str, ...] | None, list[TableProblem]]:
    from pathspec import GitIgnoreSpec

    kept, problems = _read_strings(name, value)
    good: list[str] = []
    for index, each in enumerate(kept or ()):
        try:
            GitIgnoreSpec.from_lines([each])
        except ValueError:
            problems.append(TableProblem((index,), f"`{each}` is no glob as in `.gitignore`"))
        else:
            good.append(each)
    return tuple(good), problems


def _read_strings(name: str, value: object) -> tuple[tuple[str, ...] | None, list[TableProblem]]:
    if not isinstance(value, list):
        return None, [TableProblem((), f"`{name}` must be a list of strings, not {_kind(value)}")]
    wrong = [each for each in value if not isinstance(each, str)]
    if wrong:
        return None, [TableProblem((), f"`{name}` must be a list of strings, but it holds {_kind(wrong[0])}")]
    return tuple(value), []


def _read_severities(name: str, value: object) -> tuple[dict[str, Severity | None] | None, list[TableProblem]]:
    if not isinstance(value, dict):
        return None, [TableProblem((), f"`{name}` must be a table of rule = severity, not {_kind(value)}")]
    kept: dict[str, Severity | None] = {}
    problems: list[TableProblem] = []
    for rule, severity in value.items():
        if not is_selector(rule):
            problems.append(TableProblem((rule,), unknown_selector(rule)))
        elif not isinstance(severity, str):
            problems.append(TableProblem((rule,), f"the severity of `{rule}` must be a string, not {_kind(severity)}"))
        elif severity not in SEVERITIES:
            names = ", ".join(f"`{each}`" for each in SEVERITIES)
            hint = did_you_mean(severity, SEVERITIES)
            problems.append(TableProblem((rule,), f"unknown severity `{severity}` (one of {names}){hint}"))
        else:
            kept[rule] = SEVERITIES[severity]
    return kept, problems


def _read_path(name: str, value: object) -> tuple[str | None, list[TableProblem]]:
    if not isinstance(value, str):
        return None, [TableProblem((), f"`{name}` must be a string, not {_kind(value)}")]
    if not value.strip() or "\0" in value:
        return None, [TableProblem((), f"`{name}` must be a path")]
    try:
        return str(Path(value).expanduser()), []
    except RuntimeError:
        return None, [TableProblem((), f"`{value}` names the home directory of nobody here")]


def _read_boolean(name: str, value: object) -> tuple[bool | None, list[TableProblem]]:
    if not isinstance(value, bool):
        return None, [TableProblem((), f"`{name}` must be a boolean, not {_kind(value)}")]
    return value, []


def _kind(value: object) -> str:
    """A value's kind in TOML's words."""
    for kind, word in _KINDS:
        if isinstance(value, kind):
            return word
    return "a date or time"


_KINDS = (
    (bool, "a boolean"),
    (str, "a string"),
    (int, "an integer"),
    (float, "a float"),
    (list, "an array"),
    (dict, "a table"),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One key of the table: the one home of its meaning, for the reader and for the schema."""

    field: str
    """Of ``Settings``."""
    description: str
    read: Callable[[str, object], tuple[Any, list[TableProblem]]]
    schema: Mapping[str, object]
    """JSON schema, with ``#/definitions/selector`` and ``#/definitions/severity``."""


_SELECTORS: Mapping[str, object] = {"type": "array", "items": {"$ref": "#/definitions/selector"}}

OPTIONS: Mapping[str, Option] = {
    "select": Option("select", "Rules or families that are on, or `ALL` (the default).", _read_selectors, _SELECTORS),
    "ignore": Option(
        "ignore",
        "Rules or families that are off. A rule's own name wins over its family's, a family's over `ALL`.",
        _read_selectors,
        _SELECTORS,
    ),
    "rules": Option(
        "severities",
        "The severity of a rule, of a family, or of `all` rules; `off` silences it.",
        _read_severities,
        {
            "type": "object",
            "propertyNames": {"$ref": "#/definitions/selector"},
            "additionalProperties": {"$ref": "#/definitions/severity"},
        },
    ),
    "exclude": Option(
        "exclude",
        "Files and directories that are not checked: globs as in `.gitignore`, relative to the directory of this "
        "file, on top of the usual ones (`.git`, `.venv`, `node_modules`, `build`…); `!build` takes one of those back.",
        _read_globs,
        {"type": "array", "items": {"type": "string"}},
    ),
    "environment": Option(
        "environment",
        "The virtual environment (its directory or its interpreter) in which `hatchet_sdk` is installed, relative "
        "to the directory of this file. It is read, never run. The default is `.venv` or `venv` beside this file.",
        _read_path,
        {"type": "string", "minLength": 1},
    ),
    "semantic-tokens": Option(
        "semantic_tokens",
        "Whether editors that colour by meaning are told how to colour CEL strings (the default is `true`).",
        _read_boolean,
        {"type": "boolean"},
    ),
}


def pyprojects_above(directory: Path) -> Iterator[Path]:
    """Every ``pyproject.toml`` in a directory and above it, nearest first."""
    for each in (directory, *directory.parents):
        candidate = each / "pyproject.toml"
        if candidate.is_file():
            yield candidate
