"""Diagnostics by the one channel that the client takes: asked for (pull) or published (push), never both."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from hatchet_ls.lsp.findings import result_id, to_diagnostic
from hatchet_ls.lsp.uris import key_of
from hatchet_ls.lsp.worker import Urgency

if TYPE_CHECKING:
    from hatchet_ls.lsp.analysis import Result
    from hatchet_ls.lsp.documents import Document
    from hatchet_ls.lsp.server import Server

PULL_OPTIONS = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False, identifier="hatchet")

_QUIET = 0.05
"""Seconds without an edit after which a result is worth publishing."""
_LONGEST_WAIT = 0.25
"""Seconds after which the newest text is analysed although the edits go on: published if done before the next one."""
_QUIET_ELSEWHERE = 0.3
"""Seconds without an edit after which the other open documents are looked at again."""
_OTHERS = ""
"""The key of that task, which is no document's."""


async def pull(server: Server, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
    """Answer ``textDocument/diagnostic`` for the newest text. Of what is not open there is nothing to say."""
    items = await server.diagnostics.of(params.text_document.uri)
    identity = result_id(items)
    if params.previous_result_id == identity:
        return types.RelatedUnchangedDocumentDiagnosticReport(result_id=identity)
    return types.RelatedFullDocumentDiagnosticReport(items=items, result_id=identity)


class Diagnostics:
    """What the client knows of each document, and what is on the way to it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._said: dict[str, str] = {}
        """The result that the client has, or has been told to ask for."""
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._first_edits: dict[str, float] = {}
        """When the edits began since which no analysis was asked for here, by the loop's clock in seconds."""

    async def of(self, uri: str) -> list[types.Diagnostic]:
        """The diagnostics of the newest text of a document, for a client that asks."""
        document = self._server.documents.get(uri)
        if document is not None and document.is_settings:
            return self._server.settings.of(document)
        if document is None or not document.is_python:
            return []
        result = await self._server.analyses.newest(uri, Urgency.ASKED)
        if result is None:
            return []
        items = self._items(result)
        self._said[key_of(uri)] = result_id(items)
        return items

    def opened(self, document: Document) -> None:
        """Publish at once."""
        self._publish_after(0.0, document)
        self._look_at_others_after(_QUIET_ELSEWHERE)

    def edited(self, document: Document) -> None:
        """Publish when the edits pause."""
        now = asyncio.get_running_loop().time()
        first = self._first_edits.setdefault(key_of(document.uri), now)
        self._publish_after(max(0.0, min(_QUIET, first + _LONGEST_WAIT - now)), document)
        self._look_at_others_after(_QUIET_ELSEWHERE)

    def closed(self, document: Document) -> None:
        """Take back what was published."""
        key = key_of(document.uri)
        self._cancel(key)
        self._first_edits.pop(key, None)
        if self._said.pop(key, None) is not None and not self._server.client.pulls:
            self._publish(document, [])
        self._look_at_others_after(_QUIET_ELSEWHERE)

    def all_changed(self) -> None:
        """Files or settings have changed: look at all open documents again."""
        self._look_at_others_after(0.0)

    def _items(self, result: Result) -> list[types.Diagnostic]:
        source, server = result.analysis.source, self._server
        return [to_diagnostic(finding, source, server.client, server.uri_of) for finding in result.analysis.findings]

    def _publish_after(self, seconds: float, document: Document) -> None:
        if document.is_python and not self._server.client.pulls:
            self._start(key_of(document.uri), self._publish_newest(document.uri, seconds))

    async def _publish_newest(self, uri: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._first_edits.pop(key_of(uri), None)
        result = await self._server.analyses.newest(uri, Urgency.EDITED)
        if result is not None:
            items = self._items(result)
            self._said[key_of(uri)] = result_id(items)
            self._publish(result.document, items)

    def _look_at_others_after(self, seconds: float) -> None:
        self._start(_OTHERS, self._refresh_others(seconds))

    async def _refresh_others(self, seconds: float) -> None:
        """Tell the client about the documents whose diagnostics an edit elsewhere has changed."""
        await asyncio.sleep(seconds)
        any_changed = False
        try:
            for document in self._server.documents:
                key = key_of(document.uri)
                if key not in self._said:
                    continue
                result = await self._server.analyses.newest(document.uri, Urgency.BACKGROUND)
                if result is None:
                    continue
                items = self._items(result)
                identity = result_id(items)
                if self._said.get(key, identity) == identity:
                    continue
                self._said[key] = identity
                any_changed = True
                if not self._server.client.pulls:
                    self._publish(result.document, items)
        finally:
            # The next edit may cancel this at any document: what is noted as said by then must have been asked for.
            if any_changed and self._server.client.pulls:
                self._server.ask_to_pull()

    def _publish(self, document: Document, items: list[types.Diagnostic]) -> None:
        version = document.version if self._server.client.versions else None
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=document.uri, diagnostics=items, version=version)
        )

    def _start(self, key: str, work: Coroutine[Any, Any, None]) -> None:
        self._cancel(key)
        self._tasks[key] = self._server.start(work)

    def _cancel(self, key: str) -> None:
        if (task := self._tasks.pop(key, None)) is not None:
            task.cancel()
