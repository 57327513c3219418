"""``[tool.hatchet-ls]`` of ``pyproject.toml``."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from hatchet_ls.check import Selection
from hatchet_ls.project.environment import UnusableError, read_environment
from hatchet_ls.project.options import OPTIONS, TableProblem, kind, read_options
from hatchet_ls.project.selectors import nearest, selected
from hatchet_ls.project.toml_places import parse_toml, place_of, value_at
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


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """Something wrong in a ``pyproject.toml``."""

    source: Source
    """The ``pyproject.toml``."""
    span: Span
    message: str


@dataclass(frozen=True)
class Globs:
    """Globs as in ``.gitignore``."""

    root: Path
    """What they are relative to."""
    patterns: tuple[str, ...]

    @cached_property
    def _spec(self) -> GitIgnoreSpec:
        from pathspec import GitIgnoreSpec

        return GitIgnoreSpec.from_lines(self.patterns)

    def decide(self, path: Path, *, directory: bool) -> bool | None:
        """Whether the last one that names an absolute path, or a directory above it, takes it out; None if none does.

        What is not below ``root`` has only its own name.
        """
        relative = path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name
        return self._spec.check_file(relative + "/" if directory else relative).include


@dataclass(frozen=True)
class Overrides:
    """What a command line or an editor says over the files. The fields are those of ``Settings``."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    exclude: Globs | None = None
    environment: Path | None = None
    semantic_tokens: bool | None = None


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
    exclude_first: Globs | None = None
    """What an editor says on what to exclude; ``exclude`` is asked about the rest."""

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
    def _globs(self) -> tuple[Globs, ...]:
        own = Globs(self.root, (*DEFAULT_EXCLUDE, *self.exclude))
        return (own,) if self.exclude_first is None else (self.exclude_first, own)

    def excludes(self, path: Path, *, directory: bool = False) -> bool:
        """Whether a glob names an absolute path, or a directory above it."""
        decisions = (globs.decide(path, directory=directory) for globs in self._globs)
        return next((decision for decision in decisions if decision is not None), False)

    def merged(self, overrides: Overrides) -> Settings:
        """These settings with a command line's or an editor's over them.

        A ``select`` there starts afresh: neither ``ignore`` nor ``off`` of the file holds against it. Otherwise
        ``ignore`` adds, a severity holds against those of the file for the same rules, and so does a glob for the same
        paths.
        """
        over, here = overrides.severities, self.severities
        if overrides.select is None:
            select, ignore = self.select, (*self.ignore, *overrides.ignore)
        else:
            select, ignore = overrides.select, overrides.ignore
            here = {name: severity for name, severity in here.items() if severity is not None}
        return dataclasses.replace(
            self,
            select=select,
            ignore=ignore,
            severities={
                **{name: each for name, each in here.items() if not nearest(over, name, _family(name))},
                **over,
            },
            exclude_first=overrides.exclude,
            environment=overrides.environment or self.environment,
            semantic_tokens=self.semantic_tokens if overrides.semantic_tokens is None else overrides.semantic_tokens,
        )


def _family(selector: str) -> str:
    """The family of a rule; of a family itself."""
    return rules()[selector].family if selector in rules() else selector


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
    table = value_at(document, TABLE)
    if table is None:
        return None, ()
    settings, problems = read_table(table, pyproject.parent)
    placed = [
        SettingsProblem(source, place_of(source, (*TABLE, *problem.path)), problem.message) for problem in problems
    ]
    return dataclasses.replace(settings, pyproject=pyproject), tuple(sorted(placed, key=lambda each: each.span))


def read_table(table: object, root: Path) -> tuple[Settings, tuple[TableProblem, ...]]:
    """Settings from a table as TOML gives it: whatever in it is right, and what is wrong."""
    if not isinstance(table, dict):
        return Settings(root), (TableProblem((), f"`{TABLE[-1]}` must be a table, not {kind(table)}"),)
    values, problems = read_options(table, root, OPTIONS)
    return Settings(root, **values), problems


def unusable_environment(settings: Settings, text: str) -> tuple[SettingsProblem, ...]:
    """What is wrong with the environment that the text of a ``pyproject.toml`` names, if it names one."""
    if settings.pyproject is None or settings.environment is None:
        return ()
    try:
        read_environment(settings.environment, by_name=True)
    except UnusableError as error:
        source = Source(settings.pyproject, text)
        message = f"the environment cannot be used: {settings.environment}: {error}"
        return (SettingsProblem(source, place_of(source, (*TABLE, "environment")), message),)
    return ()


def pyprojects_above(directory: Path) -> Iterator[Path]:
    """Every ``pyproject.toml`` in a directory and above it, nearest first."""
    for each in (directory, *directory.parents):
        candidate = each / "pyproject.toml"
        if os.path.isfile(candidate):
            yield candidate
