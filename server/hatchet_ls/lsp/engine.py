"""The engine as the server uses it. All of it runs on the worker's thread, its imports included."""

from __future__ import annotations

import logging
import re
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from hatchet_ls.lsp.analysis import Result
from hatchet_ls.lsp.documents import Document

if TYPE_CHECKING:
    from hatchet_ls.hatchet.facts import Facts
    from hatchet_ls.hatchet.program import Program
    from hatchet_ls.lsp.configuration import Section
    from hatchet_ls.project.editor_settings import EditorSettings
    from hatchet_ls.project.settings import SettingsProblem
    from hatchet_ls.project.workspace import Search, Workspace
    from hatchet_ls.text import Source

log = logging.getLogger(__name__)

_TIMINGS = 20
_MOST_READ = 300
"""Programs that one search reads at most; each takes some milliseconds."""

_MOST_SUPERSEDED = 4
"""Programs of earlier texts that are kept while others wait: that of 10,000 lines takes some 50 MB."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of the client's, or a project outside of all of them."""

    workspace: Workspace
    editor: EditorSettings


class Timing(NamedTuple):
    """How long one analysis took."""

    path: Path
    characters: int
    findings: int
    milliseconds: float


class Engine:
    """A workspace for each of the client's folders. ``overlay`` gives the texts of the open documents."""

    def __init__(self, overlay: Callable[[Path], str | None]) -> None:
        self._overlay = overlay
        self._folders: dict[Path, Folder] = {}
        self._outside: dict[Path, Folder] = {}
        """By the directory of their ``pyproject.toml``."""
        self._elsewhere: Section = {}
        """What the editor's settings say for files that are in no folder."""
        self._named = True
        self._without_sdk: set[str] = set()
        self._newest: dict[Path, weakref.ref[Program]] = {}
        """The last program of each document, as long as its result is kept elsewhere."""
        self._superseded: list[Program] = []
        self.timings: deque[Timing] = deque(maxlen=_TIMINGS)
        """Of the last analyses, the latest last."""
        self.warm = False
        """Something has been analysed: libraries, rules and facts are loaded."""

    def load(self) -> None:
        """Load what every analysis needs."""
        import hatchet_ls.hatchet.read
        import hatchet_ls.project.editor_settings
        import hatchet_ls.project.workspace  # noqa: F401

    def open(self, sections: Mapping[Path, Section], elsewhere: Section, *, named: bool = True) -> None:
        """Go by these folders and what the editor's settings say for each; what was open and stays keeps what it knows.

        ``elsewhere`` is what they say for files that are in none of them. Folders that are not ``named`` by the client
        only stand for those that it lacks: whatever they hold, they are not searched.
        """
        self._named = named
        self._folders = {root: self._opened(self._folders.get(root), root, each) for root, each in sections.items()}
        self._outside.clear()
        self._elsewhere = elsewhere
        for root, folder in self._folders.items():
            # What is wrong with a folder's settings is worth saying before any of its files is opened.
            folder.workspace.settings(root / "pyproject.toml")

    def _opened(self, before: Folder | None, root: Path, section: Section) -> Folder:
        from hatchet_ls.project.editor_settings import EditorSettings, read_section
        from hatchet_ls.project.workspace import Workspace

        last = before.editor if before is not None else EditorSettings(root)
        editor = read_section(section, last)
        for problem in editor.problems:
            if problem not in last.problems:
                log.warning("in the editor's settings for %s: %s", root, problem)
        if before is None:
            workspace = Workspace(
                root, overlay=self._overlay, environment=editor.active_environment, overrides=editor.overrides
            )
            return Folder(workspace, editor)
        if editor.values != last.values:
            before.workspace.configure(editor.overrides, editor.active_environment)
        return Folder(before.workspace, editor)

    def invalidate(self, paths: Iterable[Path]) -> None:
        """Files came, went or changed on disk."""
        for path in paths:
            for folder in self._all():
                folder.workspace.invalidate(path)

    def problems(self) -> tuple[SettingsProblem, ...]:
        """What is wrong with the settings that have been read so far."""
        return tuple(problem for folder in self._all() for problem in folder.workspace.problems)

    def analyse(self, document: Document) -> Result:
        """Check one version of a document. Whatever goes wrong is logged, and then there is nothing to say about it."""
        from hatchet_ls.project.workspace import Analysis

        path, text = document.source.path, document.source.text
        analysis = Analysis(document.source)
        begin = perf_counter()
        try:
            workspace = self.workspace(path)
            if not (document.in_file and workspace.excludes(path)):
                analysis = workspace.analyse(path, text)
            if analysis.program is not None:
                self.warm = True
                self._supersede(path, analysis.program)
                self._mention(analysis.program.facts)
        except Exception:
            log.exception("cannot check %s", document.uri)
        self.timings.append(Timing(path, len(text), len(analysis.findings), (perf_counter() - begin) * 1000))
        return Result(document, analysis, self.problems())

    def tidy(self, *, busy: bool) -> None:
        """Let the programs of earlier texts go; when ``busy``, only if they are many."""
        if busy and len(self._superseded) < _MOST_SUPERSEDED:
            return
        for program in self._superseded:
            program.close()
        self._superseded.clear()

    def _supersede(self, path: Path, program: Program) -> None:
        earlier = self._newest.get(path)
        if earlier is not None and (superseded := earlier()) is not None:
            self._superseded.append(superseded)
        self._newest[path] = weakref.ref(program)

    def read(self, source: Source) -> Program | None:
        """What a text says that need not be a document's; None when it has nothing to do with Hatchet."""
        return self.workspace(source.path).read(source)

    def programs(self, sources: Iterable[Source]) -> Iterator[Program]:
        """The programs of files; of very many the first ones."""
        programs = (self.read(source) for source in sources)
        yield from islice((program for program in programs if program is not None), _MOST_READ)

    def search(self, beside: Source, words: Iterable[str]) -> Search:
        """The files in a source's workspace with one of some words."""
        from hatchet_ls.project.workspace import Search

        workspace = self.workspace(beside.path)
        if not self._named and workspace.root in self._folders:
            return Search(iter(()), "no folder is open")
        pattern = re.compile("|".join(map(re.escape, words)))
        return workspace.search(lambda text: pattern.search(text) is not None)

    def workspace(self, path: Path) -> Workspace:
        """The workspace of a file."""
        return self.folder(path).workspace

    def folder(self, path: Path) -> Folder:
        """The innermost folder that holds a file; of one that is in none its project, or else the first folder."""
        holding = [root for root in self._folders if root in path.parents]
        if holding:
            return self._folders[max(holding, key=lambda root: len(root.parts))]
        from hatchet_ls.project.settings import pyprojects_above

        project = next(pyprojects_above(path.parent), None)
        if project is None:
            return next(iter(self._folders.values()))
        if project.parent not in self._outside:
            self._outside[project.parent] = self._opened(None, project.parent, self._elsewhere)
        return self._outside[project.parent]

    def _all(self) -> Iterator[Folder]:
        yield from self._folders.values()
        yield from self._outside.values()

    def _mention(self, facts: Facts) -> None:
        """Say once that no SDK is installed."""
        if not facts.installed and str(facts.version) not in self._without_sdk:
            self._without_sdk.add(str(facts.version))
            log.info("no hatchet_sdk found in the Python environment: using the bundled facts of %s", facts.version)
