"""Analyses without an engine, for tests of what becomes of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from lsprotocol import types

from hatchet_ls.lsp.analysis import Analyses, Result
from hatchet_ls.lsp.documents import Document, Documents
from hatchet_ls.lsp.positions import Encoding
from hatchet_ls.lsp.worker import Urgency, Worker
from hatchet_ls.project.workspace import Analysis
from hatchet_ls.rules import Finding

A, B, C = (f"file:///app/{name}.py" for name in "abc")


class Bench:
    """Analyses whose engine only notes what it is given. It starts to work when ``worker.start()`` is called."""

    def __init__(self) -> None:
        self.documents = Documents()
        self.worker = Worker()
        self.analysed: list[tuple[str, int]] = []
        self.learned: list[Result] = []
        self.before: Callable[[Document], None] = lambda document: None
        self.findings: Callable[[Document], tuple[Finding, ...]] = lambda document: ()
        self.analyses = Analyses(self.documents, self.worker, self._analyse, self.learned.append)

    def _analyse(self, document: Document) -> Result:
        self.before(document)
        self.analysed.append((document.uri, document.version))
        return Result(document, Analysis(document.source, findings=self.findings(document)))

    def open(self, uri: str) -> None:
        self.documents.open(types.TextDocumentItem(uri, "python", 1, ""), Path("/app"))
        self.analyses.touch()

    def edit(self, uri: str, version: int) -> Document:
        identifier = types.VersionedTextDocumentIdentifier(version, uri)
        whole = types.TextDocumentContentChangeWholeDocument(f"version = {version}")
        document = self.documents.change(identifier, [whole], Encoding.Utf16)
        assert document is not None
        self.analyses.touch()
        return document

    def close(self, uri: str) -> None:
        self.documents.close(uri)
        self.analyses.touch()

    def ask(self, uri: str, urgency: Urgency = Urgency.ASKED) -> asyncio.Task[Result | None]:
        return asyncio.get_running_loop().create_task(self.analyses.newest(uri, urgency))


def run(scenario: Callable[[Bench], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(scenario(Bench()), 60))


async def all_have_asked() -> None:
    """Let every task that was started get to where it waits."""
    for _ in range(5):
        await asyncio.sleep(0)
