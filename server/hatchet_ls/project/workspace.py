"""The one way from a file's text to its findings, for every door."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hatchet_ls.check import check
from hatchet_ls.hatchet import SDK
from hatchet_ls.project.discovery import discover
from hatchet_ls.project.environment import Environment, find_environment
from hatchet_ls.project.import_roots import ImportRoots
from hatchet_ls.project.settings import (
    Overrides,
    Settings,
    SettingsProblem,
    load_settings,
    pyprojects_above,
    unusable_environment,
)
from hatchet_ls.python.reading import MAX_BYTES, CannotReadError, is_too_large, read
from hatchet_ls.rules import Finding
from hatchet_ls.suppressions import unsuppressed
from hatchet_ls.text import Source, Span

if TYPE_CHECKING:
    from hatchet_ls.hatchet.facts import Facts
    from hatchet_ls.hatchet.program import Program
    from hatchet_ls.hatchet.read import Reader
    from hatchet_ls.python.parse import Module
    from hatchet_ls.python.resolve import Resolver

_MAX_READERS = 16
_MOST_SEARCHED = 5_000
"""Files, and directories."""

_Packages = tuple[tuple[Path, int], ...]
"""Directories with the time of their last change."""
_Key = tuple[tuple[Path, ...], _Packages, float]
"""Import roots, site-packages, and when the SDK among the roots was last changed, if they have it."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in one text."""

    source: Source
    program: Program | None = None
    """None for a file that has nothing to do with Hatchet, and for one that was skipped."""
    module: Module | None = None
    """The tree that the program was read from."""
    findings: tuple[Finding, ...] = ()
    """With severities settled, without those that are off or suppressed."""
    skipped: str | None = None
    """Why the file was not looked at; None when it was."""


class Search(NamedTuple):
    """A search through the files of a workspace."""

    found: Iterator[Source]
    """In the order of their paths; read as they are asked for."""
    lacks: str | None = None
    """Why not all files are looked at; None when they are."""


class Workspace:
    """Settings, environments and sources of the files below (or beside) a folder. All calls from one thread.

    ``overlay`` gives the text of a document that is open in an editor, which then counts instead of the file's.
    ``environment`` is the one that the editor has active: a directory or an interpreter, used where no settings name
    one. ``overrides`` hold over all settings.
    """

    def __init__(
        self,
        root: Path,
        *,
        overlay: Callable[[Path], str | None] | None = None,
        environment: Path | None = None,
        overrides: Overrides | None = None,
    ) -> None:
        self.root = root
        self._overlay = overlay
        self._chosen = environment
        self._overrides = overrides
        self._defaults = self._merge(Settings(root))
        self._loaded: dict[Path, Settings | None] = {}
        """Settings in force by ``pyproject.toml``; None for one without the table."""
        self._last_good: dict[Path, Settings] = {}
        self._problems: dict[Path, tuple[SettingsProblem, ...]] = {}
        self._settings: dict[Path, Settings] = {}
        """By the directory of the file."""
        self._environments: dict[tuple[Path | None, tuple[Path, ...]], Environment] = {}
        self._facts: dict[_Packages, Facts] = {}
        self._readers: OrderedDict[_Key, Reader] = OrderedDict()
        self._import_roots = ImportRoots(root)
        self._keys: dict[Path, _Key] = {}
        """By the directory of the file."""

    def configure(self, overrides: Overrides | None, environment: Path | None) -> None:
        """Go by other overrides and another active environment from now on."""
        self._overrides, self._chosen = overrides, environment
        self._defaults = self._merge(Settings(self.root))
        self.reload()

    def analyse(self, path: Path, text: str) -> Analysis:
        """Everything that is to be said about a text, which need not be what the file at ``path`` (absolute) holds."""
        source = Source(path, text)
        if is_too_large(text):
            return Analysis(source, skipped=f"it is larger than {MAX_BYTES // 1_000_000} MB")
        settings = self.settings(path)
        reader = self._reader(path)
        try:
            program = reader.read(source)
            if program is None:
                return Analysis(source)
            module = reader.modules.parse(source)
            findings = unsuppressed(module, check(program, settings.selection))
        except RecursionError:
            return Analysis(source, skipped="it is nested too deeply")
        return Analysis(source, program, module, tuple(findings))

    def read(self, source: Source) -> Program | None:
        """What a source says, without checking it; None also when it is too large or too deeply nested."""
        if is_too_large(source.text):
            return None
        try:
            return self._reader(source.path).read(source)
        except RecursionError:
            return None

    def resolver(self, source: Source) -> Resolver:
        """For questions about the Python of a source, in the present state of all sources."""
        return self._reader(source.path).resolver()

    def search(self, wanted: Callable[[str], bool]) -> Search:
        """The files below the folder that are not excluded and whose text is wanted; of very many the first ones."""
        listed = discover([self.root], self.excludes, most=_MOST_SEARCHED)
        lacks = None if listed.whole else f"the folder has more than {_MOST_SEARCHED:,} files or directories"
        return Search(self._wanted(listed.files, wanted), lacks)

    def _wanted(self, paths: Sequence[Path], wanted: Callable[[str], bool]) -> Iterator[Source]:
        for path in paths:
            text = self._overlay(path) if self._overlay is not None else None
            if text is None:
                try:
                    text = read(path).text
                except CannotReadError:
                    continue
            if wanted(text):
                yield Source(path, text)

    def importing(self, files: Collection[Path], sources: Sequence[Source]) -> list[Source]:
        """Those of some sources that are one of the files or import one, directly or by way of others."""
        by_reader: dict[int, tuple[Reader, list[Source]]] = {}
        for source in sources:
            reader = self._reader(source.path)
            by_reader.setdefault(id(reader), (reader, []))[1].append(source)
        return [each for reader, own in by_reader.values() for each in reader.modules.importing(files, own)]

    def settings(self, path: Path) -> Settings:
        """The settings in force for a file: of the nearest ``pyproject.toml`` above it that has any."""
        directory = path.parent
        known = self._settings.get(directory)
        if known is None:
            known = self._defaults
            for pyproject in pyprojects_above(directory):
                if pyproject not in self._loaded:
                    self._load(pyproject)
                found = self._loaded[pyproject]
                if found is not None:
                    known = found
                    break
            self._settings[directory] = known
        return known

    def colours(self, path: Path) -> bool:
        """Whether the settings let the CEL strings of a file be coloured."""
        return self.settings(path).semantic_tokens

    def excludes(self, path: Path, directory: bool = False) -> bool:
        """Whether the settings leave a file (or a directory) out."""
        return self.settings(path).excludes(path, directory=directory)

    @property
    def problems(self) -> tuple[SettingsProblem, ...]:
        """What is wrong with the settings of all files that were asked about so far."""
        return tuple(problem for _, problems in sorted(self._problems.items()) for problem in problems)

    def environment(self, path: Path) -> Environment:
        """The environment that a file's imports come from."""
        pyprojects = tuple(pyproject.parent for pyproject in pyprojects_above(path.parent))
        key = (self.settings(path).environment, (*pyprojects, self.root))
        if key not in self._environments:
            self._environments[key] = find_environment(key[0], self._chosen, key[1])
        return self._environments[key]

    def facts(self, path: Path) -> Facts:
        """What the SDK of a file's environment has."""
        return self._reader(path).facts

    def parse(self, source: Source) -> Module:
        """The tree of a source.

        Raises:
            RecursionError: the source is nested too deeply.
        """
        return self._reader(source.path).modules.parse(source)

    def invalidate(self, path: Path) -> None:
        """A file or directory came, went or changed on disk."""
        is_of_sdk = SDK in path.parts or self._in_environment(path)
        if path.suffix == ".py" and path.name != "__init__.py" and not is_of_sdk:
            for reader in self._readers.values():
                reader.modules.invalidate(path)
        else:
            self.reload()

    def reload(self) -> None:
        """Look again at everything on disk; what has not changed there is not read again."""
        known = {*self._last_good, *self._problems}
        for forgotten in (self._settings, self._loaded, self._environments, self._keys, self._problems):
            forgotten.clear()
        self._import_roots.forget()
        for pyproject in known:
            if pyproject.is_file():
                self._load(pyproject)
            else:
                self._last_good.pop(pyproject, None)
        # What was read for another state of an environment, or of the SDK's own sources, is not asked for again.
        stamped = {key: _key(key[0], [place for place, _ in key[1]]) for key in self._readers}
        for key in [key for key, now in stamped.items() if key != now]:
            del self._readers[key]
        for packages in [each for each in self._facts if each != _stamped([place for place, _ in each])]:
            del self._facts[packages]
        for reader in self._readers.values():
            reader.modules.invalidate()

    def _in_environment(self, path: Path) -> bool:
        roots = {each.root for each in self._environments.values()} - {self.root, *self.root.parents}
        return any(path.is_relative_to(root) for root in roots)

    def _load(self, pyproject: Path) -> None:
        try:
            text = read(pyproject).text
            settings, problems = load_settings(pyproject, text)
        except CannotReadError as error:
            settings = Settings(pyproject.parent, pyproject)
            problems = (SettingsProblem(Source(pyproject, ""), Span(0, 0), f"cannot be read: {error}"),)
        if problems:
            settings = self._last_good.get(pyproject, settings)
        elif settings is not None:
            self._last_good[pyproject] = settings
            if self._overrides is None or self._overrides.environment is None:
                problems = unusable_environment(settings, text)
        else:
            self._last_good.pop(pyproject, None)
        self._problems.pop(pyproject, None)
        if problems:
            self._problems[pyproject] = problems
        self._loaded[pyproject] = self._merge(settings) if settings is not None else None

    def _merge(self, settings: Settings) -> Settings:
        return settings.merged(self._overrides) if self._overrides is not None else settings

    def _reader(self, path: Path) -> Reader:
        from hatchet_ls.hatchet.facts_reader import load_facts, own_facts
        from hatchet_ls.hatchet.read import Reader
        from hatchet_ls.python.modules import Modules

        directory = path.parent
        if directory not in self._keys:
            self._keys[directory] = _key(self._import_roots.of(directory), self.environment(path).site_packages)
        key = self._keys[directory]
        if key in self._readers:
            self._readers.move_to_end(key)
            return self._readers[key]
        roots, packages, _ = key
        site_packages = [place for place, _ in packages]
        modules = Modules(roots, site_packages, library=SDK, overlay=self._overlay)
        own = modules.own_library()
        if own is None and packages not in self._facts:
            self._facts[packages] = load_facts(site_packages)
        facts = own_facts(own) if own is not None else self._facts[packages]
        reader = self._readers[key] = Reader(modules, facts)
        if len(self._readers) > _MAX_READERS:
            self._readers.popitem(last=False)
        return reader


def _key(roots: tuple[Path, ...], site_packages: Sequence[Path]) -> _Key:
    from hatchet_ls.hatchet.facts_reader import newest_change

    return roots, _stamped(site_packages), max((newest_change(root / SDK) for root in roots), default=0.0)


def _stamped(site_packages: Sequence[Path]) -> _Packages:
    """With the time of the last installation that may have touched the SDK."""
    return tuple((place, max(_modified(place), _modified(place / SDK))) for place in site_packages)


def _modified(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
