"""The documents that the client has open, as they are now. Each edit makes a new ``Document``; none ever changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lsprotocol import types

from hatchet_ls.lsp.positions import Encoding, to_span
from hatchet_ls.lsp.uris import PAST_VERSIONS, key_of, path_of, scheme_of
from hatchet_ls.text import Source


@dataclass(frozen=True, eq=False, slots=True)
class Document:
    """One version of an open document."""

    uri: str
    """As the client spelled it when it opened the document: all answers use this spelling."""
    language: str
    version: int
    source: Source
    in_file: bool
    """It is a file's text; else (``untitled:`` and the like) ``source.path`` is only a name in the workspace."""

    @property
    def is_python(self) -> bool:
        """Whether it is ours to look at: Python by the client's word or by the file's name."""
        return "python" in self.language.lower() or self.source.path.suffix in (".py", ".pyi")

    @property
    def is_settings(self) -> bool:
        """Whether it is a ``pyproject.toml``."""
        return self.in_file and self.source.path.name == "pyproject.toml"


class Documents:
    """What is open. Changed on the main thread only; reading from another thread is safe."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}
        self._files: dict[Path, Document] = {}

    def __iter__(self) -> Iterator[Document]:
        return iter(tuple(self._open.values()))

    def get(self, uri: str) -> Document | None:
        """The newest version of a document; None when it is not open."""
        return self._open.get(key_of(uri))

    def open(self, item: types.TextDocumentItem, root: Path) -> Document | None:
        """Take a document in; None when it is a file's past version. ``root`` is the home of what is in no file."""
        if scheme_of(item.uri) in PAST_VERSIONS:
            return None
        file = path_of(item.uri)
        name = unquote(item.uri).rpartition("/")[2].rpartition(":")[2]
        source = Source(file or root / (name or "untitled"), item.text)
        return self._put(Document(item.uri, item.language_id, item.version, source, in_file=file is not None))

    def change(
        self,
        identifier: types.VersionedTextDocumentIdentifier,
        changes: Sequence[types.TextDocumentContentChangeEvent],
        encoding: Encoding,
    ) -> Document | None:
        """Edit a document; None when it is not open."""
        document = self.get(identifier.uri)
        if document is None:
            return None
        source = document.source
        for change in changes:
            source = _changed(source, change, encoding)
        return self._put(
            Document(document.uri, document.language, identifier.version, source, in_file=document.in_file)
        )

    def close(self, uri: str) -> Document | None:
        """Let a document go: its last version, or None when it was not open."""
        document = self._open.pop(key_of(uri), None)
        if document is not None and document.in_file:
            self._files.pop(document.source.path, None)
        return document

    def at(self, path: Path) -> Document | None:
        """The newest version of a file's document; None when it is not open."""
        return self._files.get(path)

    def text_of(self, path: Path) -> str | None:
        """The text of a file as it stands in the editor; None when it is not open there."""
        document = self.at(path)
        return None if document is None else document.source.text

    def _put(self, document: Document) -> Document:
        self._open[key_of(document.uri)] = document
        if document.in_file:
            self._files[document.source.path] = document
        return document


def _changed(source: Source, change: types.TextDocumentContentChangeEvent, encoding: Encoding) -> Source:
    if isinstance(change, types.TextDocumentContentChangeWholeDocument):
        return Source(source.path, change.text)
    return source.replaced(to_span(source, change.range, encoding), change.text)
