"""The sources that can be seen, which of them an import leads to, and which have to do with a library."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hatchet_ls.python.parse import Module, forget, parse_again
from hatchet_ls.python.reading import MAX_BYTES, CannotReadError, read
from hatchet_ls.text import Source

_IMPORT = re.compile(
    r"[ \t\f\ufeff]*(?:from[ \t]+(?P<dots>\.*)[ \t]*(?P<module>[\w.]*)[ \t]+import[ \t]+(?P<names>\([^)]*\)|[^\n#;]*)"
    r"|import[ \t]+(?P<modules>[\w., \t]+))"
)
_NAME = re.compile(r"[^\W\d]\w*")


_MOST_TREES = 300
"""Of files that are not open; each takes some hundred kilobytes."""
_MOST_TEXTS = 10_000


class _Leads(NamedTuple):
    """What one source says about how it may reach the library."""

    mentions_library: bool
    imports: tuple[tuple[str, int, str], ...]
    """(dotted module, level, imported name or "")."""


def read_text(path: Path) -> str | None:
    """The text of a Python file; None when it cannot be read as text, or is too large to be looked at."""
    try:
        return read(path).text if path.stat().st_size <= MAX_BYTES else None
    except (OSError, CannotReadError):
        return None


class Modules:
    """The Python modules of a project.

    ``roots`` are the folders from which its imports start, ``site_packages`` those of its environment, which are
    never parsed from here (Jedi reads them). ``library`` is the package whose users matter. ``overlay`` gives the text
    of a document that is open in an editor, which then counts instead of the file's.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        site_packages: Sequence[Path] = (),
        *,
        library: str,
        overlay: Callable[[Path], str | None] | None = None,
    ) -> None:
        self._library = library
        self.roots = tuple(dict.fromkeys(roots))
        self.site_packages = tuple(dict.fromkeys(site_packages))
        self._overlay = overlay
        self._parsed: dict[Path, Module] = {}
        """The last that was asked for last."""
        self._on_disk: dict[Path, tuple[tuple[int, int], str | None]] = {}
        self._found: dict[tuple[str, bool, Path], Path | None] = {}
        self._leads: dict[Path, tuple[str, _Leads]] = {}
        self._reaches: dict[Path, bool] = {}
        self._unsaved: set[Path] = set()

    @property
    def unsaved(self) -> set[Path]:
        """Modules that were read and whose open document differs from the file: who reads files is wrong about them."""
        for path in tuple(self._unsaved):
            self._text(path)  # They may have been closed or saved since.
        return self._unsaved

    def invalidate(self, path: Path | None = None) -> None:
        """Forget what was concluded from which files exist: a file came, went or was saved. ``path`` is that file."""
        self._found.clear()
        self._reaches.clear()
        if path is not None and not self._is_open(path):
            for known in (self._parsed, self._on_disk, self._leads):
                known.pop(path, None)
            forget(path)

    def tidy(self) -> None:
        """Let go what is too much to keep; what is open stays. The modules of other files are given anew after this."""
        for path in self._least(self._parsed, _MOST_TREES):
            del self._parsed[path]
            forget(path)
        for texts in (self._on_disk, self._leads):
            for path in self._least(texts, _MOST_TEXTS):
                texts.pop(path)

    def _least(self, known: dict[Path, Any], most: int) -> list[Path]:
        """The first paths of those that are not open, as many as there are too many."""
        if len(known) <= most:
            return []
        closed = [path for path in known if not self._is_open(path)]
        return closed[: max(0, len(closed) - most)]

    def _is_open(self, path: Path) -> bool:
        return self._overlay is not None and self._overlay(path) is not None

    def parse(self, source: Source) -> Module:
        """The tree of a source, parsed anew only when the text differs from the last one of that path. The modules that
        this gave for earlier texts of the path must not be used any more.

        Raises:
            RecursionError: the source is nested too deeply.
        """
        known = self._parsed.pop(source.path, None)
        if known is None or known.source.text != source.text:
            known = parse_again(source)
        self._parsed[source.path] = known
        return known

    def module(self, path: Path) -> Module | None:
        """The module in a file, or None when it cannot be read or parsed."""
        text = self._text(path)
        if text is None:
            return None
        try:
            return self.parse(Source(path, text))
        except RecursionError:
            return None

    def find(self, dotted: str, level: int, importer: Path) -> Path | None:
        """The project's own file behind an import; None for libraries, the standard library and namespace packages."""
        if not level and dotted.partition(".")[0] == self._library:
            return None  # it is a library in its own repository, too
        folder = importer.parent
        for _ in range(level - 1):
            folder = folder.parent
        key = (dotted, level > 0, folder)
        if key not in self._found:
            bases = [folder] if level else [*self.roots, *self._script_folder(folder)]
            self._found[key] = next(filter(None, (_locate(base, dotted) for base in bases)), None)
        return self._found[key]

    def own_library(self) -> Path | None:
        """The project's own file of the library's name: this is its repository, or has something in its place."""
        key = (self._library, False, Path())
        if key not in self._found:
            self._found[key] = next(filter(None, (_locate(root, self._library) for root in self.roots)), None)
        return self._found[key]

    def find_submodule(self, package: str, name: str) -> Path | None:
        """The project's file of ``package.name`` when ``package`` is a folder without ``__init__.py``."""
        key = (f"{package}.{name}", False, Path())
        if key not in self._found:
            self._found[key] = next(filter(None, (_locate(root, key[0]) for root in self.roots)), None)
        return self._found[key]

    @staticmethod
    def _script_folder(folder: Path) -> list[Path]:
        """A script sees its neighbours; a module of a package does not."""
        return [] if (folder / "__init__.py").is_file() else [folder]

    def reaches_library(self, source: Source) -> bool:
        """The gate: whether a source mentions the library or imports a module of the project that leads to it.

        What is part of the library is not looked at: it does not use it as others do.
        """
        own = self.own_library()
        if own is not None and own.name == "__init__.py" and source.path.is_relative_to(own.parent):
            return False
        leads = self._leads_of(source.path, source.text)
        if leads.mentions_library:
            return True
        known = self._reaches.get(source.path)
        if known is None:
            known = self._reaches[source.path] = self._search(source.path, leads)
        return known

    def _search(self, start: Path, leads: _Leads) -> bool:
        seen = {start}
        pending = [(start, leads)]
        while pending:
            importer, current = pending.pop()
            for path in self._imported(importer, current):
                if path in seen:
                    continue
                seen.add(path)
                text = self._text(path)
                if text is None:
                    continue
                found = self._leads_of(path, text)
                if found.mentions_library or self._reaches.get(path):
                    return True
                pending.append((path, found))
        return False

    def importing(self, files: Collection[Path], sources: Sequence[Source]) -> list[Source]:
        """Those of some sources that are one of the files or import one, directly or by way of others.

        Nothing is parsed for it. Some may be given that do not, as a package has its modules for attributes.
        """
        importers: dict[Path, set[Path]] = {}
        pending = [(source.path, source.text) for source in sources]
        seen = {path for path, _ in pending}
        while pending:
            importer, text = pending.pop()
            for path in self._imported(importer, self._leads_of(importer, text)):
                importers.setdefault(path, set()).add(importer)
                if path not in seen:
                    seen.add(path)
                    if (imported := self._text(path)) is not None:
                        pending.append((path, imported))
        packages = (folder / "__init__.py" for file in files for folder in file.parents)
        found = {*files, *(package for package in packages if package in importers)}
        reached = list(found)
        while reached:
            new = importers.get(reached.pop(), set()) - found
            found |= new
            reached += new
        return [source for source in sources if source.path in found]

    def _imported(self, importer: Path, leads: _Leads) -> Iterator[Path]:
        for module, level, name in leads.imports:
            path = self.find(module, level, importer)
            if path is not None:
                yield path
            if name and (path is None or path.name == "__init__.py"):
                inner = self.find(f"{module}.{name}" if module else name, level, importer)
                if inner is not None:
                    yield inner

    def _leads_of(self, path: Path, text: str) -> _Leads:
        known = self._leads.get(path)
        if known is not None and known[0] == text:
            return known[1]
        leads = _Leads(self._library in text, tuple(_imports(text)))
        if known is not None and known[1] != leads:
            self._reaches.clear()
        self._leads[path] = (text, leads)
        return leads

    def _text(self, path: Path) -> str | None:
        opened = self._overlay(path) if self._overlay is not None else None
        if opened is None:
            self._unsaved.discard(path)
            return self._saved(path)
        if opened == self._saved(path):
            self._unsaved.discard(path)
        else:
            self._unsaved.add(path)
        return opened

    def _saved(self, path: Path) -> str | None:
        try:
            status = path.stat()
        except OSError:
            return None
        stamp = (status.st_mtime_ns, status.st_size)
        known = self._on_disk.get(path)
        if known is None or known[0] != stamp:
            known = self._on_disk[path] = (stamp, read_text(path))
        return known[1]


def _imports(text: str) -> Iterator[tuple[str, int, str]]:
    position = 0
    while (found := text.find("import", position)) != -1:
        # Looking for the word and then at its line is much faster than matching at every line.
        line = max(text.rfind("\n", 0, found), text.rfind("\r", 0, found)) + 1
        match = _IMPORT.match(text, line)
        position = found + len("import") if match is None else max(match.end(), found + 1)
        if match is None:
            continue
        if match["modules"] is not None:
            for part in match["modules"].split(","):
                words = part.split()
                if words:
                    yield words[0], 0, ""
        else:
            names = _NAME.findall(match["names"]) or [""]
            for name in dict.fromkeys(names):
                yield match["module"], len(match["dots"]), name


def _locate(base: Path, dotted: str) -> Path | None:
    """The file of a module below a folder."""
    path = base.joinpath(*dotted.split(".")) if dotted else base
    for candidate in (path / "__init__.py", path.with_name(path.name + ".py") if dotted else None):
        # Not Path.is_file, which raises when the name is too long.
        if candidate is not None and os.path.isfile(candidate):
            return candidate
    return None
